//! Handling units as the model knows them: what is in them, where they stand, and which numbers were given.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use proto::stock::v1::document_line::Action;
use proto::stock::v1::{CloseUnit, Nest, OpenUnit, SetNumberRange};

use super::expiry::EXPIRED;
use super::paper::{AVAILABLE, BoxName, BoxStep, COMPANY_PREFIX, Goods};
use super::recalls::RECALLED;

/// Statuses in the order in which the contents of a unit are told.
pub(super) const STATUSES: [&str; 7] =
    [AVAILABLE, "inspection", "quality_hold", "damaged", EXPIRED, RECALLED, "returned"];
/// Units stand in each other so deep at most.
const LEVELS_MAX: usize = 5;

/// Those of a warehouse.
#[derive(Debug, Clone, Default)]
pub(super) struct Boxes {
    pub(super) open: BTreeMap<u64, Unit>,
    /// Every number that a unit had, or has.
    used: BTreeSet<u64>,
    /// Extension digit, next and last reference.
    numbers: Option<(u64, u64, u64)>,
    /// By the line of the document that is judged.
    opened: BTreeMap<u32, u64>,
}

/// A unit.
#[derive(Debug, Clone)]
pub(super) struct Unit {
    pub(super) kind: &'static str,
    at: &'static str,
    pub(super) parent: Option<u64>,
    pub(super) contents: BTreeMap<Kind, Content>,
}

/// Item, lot, place of the status in [`STATUSES`].
pub(super) type Kind = (&'static str, &'static str, usize);

/// How much, and which numbers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Content {
    pub(super) quantity: i64,
    pub(super) serials: BTreeSet<String>,
}

impl Content {
    pub(super) fn of(goods: Goods) -> Self {
        Self { quantity: goods.quantity, serials: goods.serial().into_iter().collect() }
    }

    pub(super) fn numbers(&self) -> String {
        self.serials.iter().map(String::as_str).collect::<Vec<_>>().join(",")
    }
}

/// What kind of goods they are.
pub(super) fn kind(goods: Goods) -> Kind {
    (goods.sku, goods.lot, STATUSES.iter().position(|status| *status == goods.status).unwrap())
}

/// Goods of a kind, at a place.
pub(super) fn goods_of((sku, lot, status): Kind, at: &'static str, quantity: i64) -> Goods {
    Goods { lot, status: STATUSES[status], ..Goods::plain(sku, at, quantity) }
}

impl Boxes {
    /// Another document.
    pub(super) fn begin(&mut self) {
        self.opened.clear();
    }

    /// The unit that a line names.
    pub(super) fn named(&self, name: BoxName) -> Result<u64, &'static str> {
        let number = match name {
            BoxName::Number(number) => Some(number),
            BoxName::Line(line) => self.opened.get(&line).copied(),
        };
        number.filter(|number| self.open.contains_key(number)).ok_or("HANDLING_UNIT_NOT_FOUND")
    }

    /// The unit that goods name, which must be where they are.
    pub(super) fn named_at(
        &self,
        name: Option<BoxName>,
        at: &'static str,
    ) -> Result<Option<u64>, &'static str> {
        let Some(name) = name else { return Ok(None) };
        let number = self.named(name)?;
        if self.place(number) == at { Ok(Some(number)) } else { Err("HANDLING_UNIT_ELSEWHERE") }
    }

    /// Where a unit is: where the outermost one stands.
    pub(super) fn place(&self, number: u64) -> &'static str {
        self.open[self.chain(number).last().unwrap()].at
    }

    /// What of some goods is in units.
    pub(super) fn packed(&self, goods: Goods) -> i64 {
        let here = self.open.iter().filter(|(number, _)| self.place(**number) == goods.at);
        here.filter_map(|(_, unit)| unit.contents.get(&kind(goods))).map(|content| content.quantity).sum()
    }

    pub(super) fn held(&self, number: u64, goods: Goods) -> Content {
        self.open[&number].contents.get(&kind(goods)).cloned().unwrap_or_default()
    }

    /// Whether the piece is in any unit.
    pub(super) fn has_piece(&self, goods: Goods) -> bool {
        goods.serial().is_some_and(|serial| self.has_serial(&serial))
    }

    pub(super) fn has_serial(&self, serial: &str) -> bool {
        let mut contents = self.open.values().flat_map(|unit| unit.contents.values());
        contents.any(|content| content.serials.contains(serial))
    }

    pub(super) fn take(&mut self, number: u64, kind: Kind, gone: &Content) {
        let contents = &mut self.open.get_mut(&number).unwrap().contents;
        let content = contents.get_mut(&kind).unwrap();
        content.quantity -= gone.quantity;
        content.serials.retain(|serial| !gone.serials.contains(serial));
        if content.quantity == 0 {
            contents.remove(&kind);
        }
    }

    pub(super) fn put(&mut self, number: u64, kind: Kind, come: &Content) {
        let content = self.open.get_mut(&number).unwrap().contents.entry(kind).or_default();
        content.quantity += come.quantity;
        content.serials.extend(come.serials.iter().cloned());
    }

    /// What a line does that is about no goods; the facts.
    pub(super) fn step(&mut self, step: &BoxStep, line: u32) -> Result<Vec<String>, &'static str> {
        match step {
            BoxStep::SetNumbers { extension, next, last } => {
                if self.numbers.is_some_and(|(_, mark, _)| *next < mark) {
                    return Err("NUMBER_RANGE_TAKEN");
                }
                self.numbers = Some((*extension, *next, *last));
                Ok(vec![format!("numbers {extension} {next} {last}")])
            }
            BoxStep::Open { given, kind, at } => {
                let (number, source) = match given {
                    Some(number) if self.was_given(*number) => return Err("SSCC_REUSED"),
                    Some(number) => (*number, "given"),
                    None => (self.next_number()?, "range"),
                };
                self.used.insert(number);
                self.opened.insert(line, number);
                self.open.insert(number, Unit { kind, at, parent: None, contents: BTreeMap::new() });
                Ok(vec![format!("opened {number:018} {kind} {at} {source}")])
            }
            BoxStep::Nest { unit, parent } => self.nest(*unit, *parent),
            BoxStep::Close { unit } => {
                let number = self.named(*unit)?;
                if !self.open[&number].contents.is_empty() || self.nested(number).next().is_some() {
                    return Err("HANDLING_UNIT_NOT_EMPTY");
                }
                self.open.remove(&number);
                Ok(vec![format!("closed {number:018} BrokenUp")])
            }
        }
    }

    fn nest(&mut self, unit: BoxName, parent: Option<BoxName>) -> Result<Vec<String>, &'static str> {
        let number = self.named(unit)?;
        let Some(parent) = parent else { return Ok(vec![self.set_parent(number, None)]) };
        let parent = self.named(parent)?;
        let above = self.chain(parent);
        if above.contains(&number) || above.len() + self.levels(number) > LEVELS_MAX {
            return Err("BAD_NESTING");
        }
        if self.place(number) != self.place(parent) {
            return Err("HANDLING_UNIT_ELSEWHERE");
        }
        Ok(vec![self.set_parent(number, Some(parent))])
    }

    /// Before a unit goes anywhere: it leaves the one that it stands in, which is a fact if there is one.
    pub(super) fn leave(&mut self, number: u64) -> Option<String> {
        self.open[&number].parent.map(|_| self.set_parent(number, None))
    }

    fn set_parent(&mut self, number: u64, parent: Option<u64>) -> String {
        let at = self.place(number);
        let unit = self.open.get_mut(&number).unwrap();
        (unit.at, unit.parent) = (at, parent);
        let parent = parent.map_or_else(String::new, |parent| format!("{parent:018}"));
        format!("nested {number:018} {parent}")
    }

    pub(super) fn stand(&mut self, number: u64, at: &'static str) -> String {
        let unit = self.open.get_mut(&number).unwrap();
        let from = std::mem::replace(&mut unit.at, at);
        format!("stands {number:018} {from} {at}")
    }

    /// A unit and all that is nested in it is gone, from the inside out.
    pub(super) fn ship(&mut self, number: u64) -> Vec<String> {
        let all = self.with_nested(number);
        self.open.retain(|number, _| !all.contains(number));
        all.iter().rev().map(|number| format!("closed {number:018} Shipped")).collect()
    }

    /// A unit, and what is nested in it, each before what stands in it.
    pub(super) fn with_nested(&self, number: u64) -> Vec<u64> {
        let nested = self.nested(number).flat_map(|inner| self.with_nested(inner));
        std::iter::once(number).chain(nested).collect()
    }

    /// Those that stand right in a unit.
    pub(super) fn nested(&self, number: u64) -> impl Iterator<Item = u64> {
        self.open.iter().filter(move |(_, unit)| unit.parent == Some(number)).map(|(inner, _)| *inner)
    }

    /// A unit, the one that it stands in, and so on.
    pub(super) fn chain(&self, number: u64) -> Vec<u64> {
        std::iter::successors(Some(number), |number| self.open[number].parent).collect()
    }

    fn levels(&self, number: u64) -> usize {
        1 + self.nested(number).map(|inner| self.levels(inner)).max().unwrap_or_default()
    }

    fn next_number(&mut self) -> Result<u64, &'static str> {
        let Some((extension, next, last)) = &mut self.numbers else { return Err("NUMBER_RANGE_EXHAUSTED") };
        while *next <= *last {
            let number = own_number(*extension, *next);
            *next += 1;
            if !self.used.contains(&number) {
                return Ok(number);
            }
        }
        Err("NUMBER_RANGE_EXHAUSTED")
    }

    fn was_given(&self, number: u64) -> bool {
        let of_range = |(extension, next, _)| (0..next).any(|given| own_number(extension, given) == number);
        self.used.contains(&number) || self.numbers.is_some_and(of_range)
    }
}

/// The company's number: extension digit, prefix, reference and check digit (GS1 General Specifications 3.3.1, 7.9.1).
pub(super) fn own_number(extension: u64, reference: u64) -> u64 {
    checked(extension * 10_u64.pow(16) + 7_610_425 * 10_u64.pow(9) + reference)
}

/// A supplier's.
pub(super) fn foreign_number(reference: u64) -> u64 {
    checked(10_u64.pow(16) + 614_141 * 10_u64.pow(9) + reference)
}

/// 17 digits with the one that checks them: from the right, they count three times and once by turns.
fn checked(body: u64) -> u64 {
    let weighed = (0..17).map(|place| body / 10_u64.pow(place) % 10 * if place % 2 == 0 { 3 } else { 1 });
    body * 10 + (10 - weighed.sum::<u64>() % 10) % 10
}

impl fmt::Display for BoxName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => write!(f, "{number:018}"),
            Self::Line(line) => write!(f, "line:{line}"),
        }
    }
}

impl BoxStep {
    pub(super) fn action(&self) -> Action {
        match self {
            Self::SetNumbers { extension, next, last } => Action::SetNumberRange(SetNumberRange {
                company_prefix: COMPANY_PREFIX.to_owned(),
                extension_digit: u32::try_from(*extension).unwrap(),
                next: *next,
                last: *last,
            }),
            Self::Open { given, kind, at } => Action::OpenUnit(OpenUnit {
                handling_unit: given.map_or_else(String::new, |number| BoxName::Number(number).to_string()),
                kind: (*kind).to_owned(),
                location: (*at).to_owned(),
            }),
            Self::Nest { unit, parent } => Action::Nest(Nest {
                handling_unit: unit.to_string(),
                parent: parent.map_or_else(String::new, |parent| parent.to_string()),
            }),
            Self::Close { unit } => Action::CloseUnit(CloseUnit { handling_unit: unit.to_string() }),
        }
    }
}

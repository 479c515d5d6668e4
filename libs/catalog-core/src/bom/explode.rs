use std::collections::{BTreeMap, BTreeSet};

use proto::catalog::v1::{Bom, BomAlternative, BomKind, BomLine, BomOutput};
use proto::common::v1::Decimal;
use vocabulary::{Date, Quantity};

use super::Bills;
use super::ratio::Ratio;
use crate::{Record, Refusal, Rule};

/// How many levels a bill is followed down, phantoms included.
pub const LEVELS_MAX: u32 = 20;
/// How many lines of bills are followed, each as often as it is come by.
pub const LINES_FOLLOWED_MAX: usize = 100_000;

/// How deep a bill is followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// Down to what has no bill of its own.
    All,
    /// What one production takes: one level, and through phantoms.
    One,
}

/// What is asked.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// The item that is made.
    pub sku: &'a str,
    /// How many good ones.
    pub quantity: Quantity,
    /// The day that decides which versions hold.
    pub day: Date,
    /// How deep.
    pub depth: Depth,
}

/// What is needed.
#[derive(Debug, Clone, PartialEq)]
pub struct Explosion {
    /// The version of the item's bill.
    pub version: String,
    /// How it comes to be.
    pub kind: BomKind,
    /// How much is begun, so that what is wanted turns out good.
    pub begun: Quantity,
    /// By level and item.
    pub requirements: Vec<Requirement>,
    /// What comes out besides.
    pub outputs: Vec<BomOutput>,
}

/// What is needed of one item.
#[derive(Debug, Clone, PartialEq)]
pub struct Requirement {
    /// The item.
    pub sku: String,
    /// How much, over all places where it is needed, rounded up once.
    pub quantity: Quantity,
    /// The deepest place where it is needed, from 1.
    pub level: u32,
    /// The version of its own bill that was followed, or empty.
    pub version: String,
    /// What may be taken in its place.
    pub alternatives: Vec<BomAlternative>,
}

/// An item in a bill: in stock, or a phantom.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Node<'a> {
    sku: &'a str,
    phantom: bool,
}

/// What has been found to be needed of it so far, exactly.
#[derive(Debug)]
struct Need<'a> {
    quantity: Ratio,
    /// In the order in which lines name them.
    alternatives: Vec<(&'a str, Ratio)>,
}

/// What a quantity of an item takes.
///
/// 1. Every item gets the deepest level at which it stands, so that all that needs it is above it.
/// 2. Level by level, what is needed of an item is the exact sum over all lines that need it. It is rounded up once, to the item's
///    decimals; what has to be begun for it is that by its yield, rounded up as well, since nothing is begun in parts. A phantom is never
///    there by itself: what is needed of it goes on exactly.
/// 3. A line needs what is begun, by the bill's base quantity, times its own quantity, by the share that is not lost.
///
/// # Errors
/// A refusal: more decimals than the item has, no bill on that day (of the item or a phantom), a component that is retired with all that
/// could be taken in its place, more than [`LEVELS_MAX`] or [`LINES_FOLLOWED_MAX`], or numbers beyond every quantity.
pub fn explode(bills: &Bills, wanted: &Wanted<'_>) -> Result<Explosion, Refusal> {
    Run { bills, wanted }.explode()
}

struct Run<'a> {
    bills: &'a Bills,
    wanted: &'a Wanted<'a>,
}

impl<'a> Run<'a> {
    fn explode(&self) -> Result<Explosion, Refusal> {
        let top = Node { sku: self.wanted.sku, phantom: false };
        self.check_wanted()?;
        let mut order: Vec<(u32, Node<'a>)> =
            self.levels(top)?.into_iter().map(|(node, level)| (level, node)).collect();
        order.sort_unstable();
        let quantity = Ratio::of(self.wanted.quantity).ok_or_else(too_large)?;
        let mut needs = BTreeMap::from([(top, Need { quantity, alternatives: Vec::new() })]);
        let mut found = Explosion {
            version: String::new(),
            kind: BomKind::Make,
            begun: Quantity::ZERO,
            requirements: Vec::new(),
            outputs: Vec::new(),
        };
        for (level, node) in order {
            let Some(need) = needs.remove(&node) else { continue };
            let bom = self.followed(node, level)?;
            if level > 0 && !node.phantom {
                found.requirements.push(self.requirement(node, (level, bom), &need)?);
            }
            let Some(bom) = bom else { continue };
            let begun = self.begun(node, bom, need.quantity)?;
            if level == 0 {
                found.version.clone_from(&bom.version);
                found.kind = bom.kind();
                found.begun = begun.rounded_up(Quantity::DECIMALS_MAX).ok_or_else(too_large)?;
                found.outputs = self.outputs(bom, begun)?;
            }
            self.add_lines(bom, begun, &mut needs)?;
        }
        Ok(found)
    }

    fn check_wanted(&self) -> Result<(), Refusal> {
        let Wanted { sku, quantity, .. } = self.wanted;
        let Some(item) = self.bills.item(sku) else {
            let message = format!("item {sku:?} does not exist: check the SKU");
            return Err(Refusal::new(Rule::UnknownItem, "sku", message));
        };
        if !quantity.is_positive() {
            let message =
                format!("{quantity} is nothing that can be made: give a quantity greater than zero");
            return Err(Refusal::new(Rule::QuantityNotPositive, "quantity", message));
        }
        let allowed = Bills::decimals(item);
        if quantity.decimals() > allowed {
            let message = format!("{quantity} of {sku:?} has more than its {allowed} decimals: round it");
            return Err(Refusal::new(Rule::TooManyDecimals, "quantity", message));
        }
        Ok(())
    }

    /// The deepest level of everything, from 0.
    fn levels(&self, top: Node<'a>) -> Result<BTreeMap<Node<'a>, u32>, Refusal> {
        let mut levels = BTreeMap::new();
        let mut current = BTreeSet::from([top]);
        let mut lines = 0_usize;
        for level in 0..=LEVELS_MAX {
            let mut below = BTreeSet::new();
            for node in current {
                levels.insert(node, level);
                let Some(bom) = self.followed(node, level)? else { continue };
                lines = lines.saturating_add(bom.lines.len());
                if lines > LINES_FOLLOWED_MAX {
                    return Err(beyond(&format!("more than {LINES_FOLLOWED_MAX} lines below {:?}", top.sku)));
                }
                for line in &bom.lines {
                    below.insert(self.taken(line)?.0);
                }
            }
            if below.is_empty() {
                return Ok(levels);
            }
            current = below;
        }
        Err(beyond(&format!("more than {LEVELS_MAX} levels below {:?}", top.sku)))
    }

    /// The bill that is followed for it, if it is followed.
    fn followed(&self, node: Node<'a>, level: u32) -> Result<Option<&'a Bom>, Refusal> {
        let must = level == 0 || node.phantom;
        if !must && self.wanted.depth == Depth::One {
            return Ok(None);
        }
        let bom = self.bills.on(node.sku, self.wanted.day);
        if bom.is_none() && must {
            let what = if node.phantom { "phantom" } else { "item" };
            let message = format!(
                "no version of a bill of {what} {:?} holds on that day: make one, or ask for another day",
                node.sku
            );
            return Err(Refusal::new(Rule::NoBom, "day", message));
        }
        Ok(bom)
    }

    /// What a line takes: its item, or the first in its place if that is retired.
    fn taken(&self, line: &'a BomLine) -> Result<(Node<'a>, Option<&'a Decimal>), Refusal> {
        if line.phantom || self.is_active(&line.sku) {
            return Ok((Node { sku: &line.sku, phantom: line.phantom }, line.quantity.as_ref()));
        }
        let other = line.alternatives.iter().find(|other| self.is_active(&other.sku));
        let taken = other.map(|other| (Node { sku: &other.sku, phantom: false }, other.quantity.as_ref()));
        taken.ok_or_else(|| {
            let message =
                format!("component {:?} is retired, and nothing may be taken in its place", line.sku);
            Refusal::new(Rule::ItemRetired, "sku", message)
        })
    }

    fn is_active(&self, sku: &str) -> bool {
        self.bills.item(sku).is_some_and(Record::is_active)
    }

    fn decimals(&self, sku: &str) -> u32 {
        self.bills.item(sku).map_or(0, Bills::decimals)
    }

    /// What has to be begun for so much of it to turn out good.
    fn begun(&self, node: Node<'a>, bom: &Bom, need: Ratio) -> Result<Ratio, Refusal> {
        let by_yield = |good: Ratio| {
            let share = number(bom.yield_percent.as_ref())?.over(Ratio::HUNDRED)?;
            good.over(share)
        };
        if node.phantom {
            return by_yield(need).ok_or_else(too_large);
        }
        let decimals = self.decimals(node.sku);
        let rounded = |exact: Ratio| exact.rounded_up(decimals).and_then(Ratio::of);
        rounded(need).and_then(by_yield).and_then(rounded).ok_or_else(too_large)
    }

    fn add_lines(
        &self,
        bom: &'a Bom,
        begun: Ratio,
        needs: &mut BTreeMap<Node<'a>, Need<'a>>,
    ) -> Result<(), Refusal> {
        for line in &bom.lines {
            let kept = line
                .scrap_percent
                .as_ref()
                .map_or(Some(Ratio::HUNDRED), |scrap| Ratio::HUNDRED.minus(number(Some(scrap))?));
            let needed = |quantity: Option<&Decimal>| {
                let share = kept?.over(Ratio::HUNDRED)?;
                begun.over(base(bom)?)?.times(number(quantity)?)?.over(share)
            };
            let (node, quantity) = self.taken(line)?;
            let exact = needed(quantity).ok_or_else(too_large)?;
            let need = needs.entry(node).or_insert(Need { quantity: Ratio::ZERO, alternatives: Vec::new() });
            need.quantity = need.quantity.plus(exact).ok_or_else(too_large)?;
            let others = line.alternatives.iter().filter(|other| other.sku != node.sku);
            for other in others.filter(|other| self.is_active(&other.sku)) {
                let exact = needed(other.quantity.as_ref()).ok_or_else(too_large)?;
                need.add_alternative(&other.sku, exact)?;
            }
        }
        Ok(())
    }

    fn requirement(
        &self,
        node: Node<'a>,
        (level, bom): (u32, Option<&Bom>),
        need: &Need<'a>,
    ) -> Result<Requirement, Refusal> {
        let up = |sku: &str, exact: Ratio| exact.rounded_up(self.decimals(sku)).ok_or_else(too_large);
        let other = |(sku, exact): &(&str, Ratio)| {
            let quantity = Some(decimal(up(sku, *exact)?));
            Ok(BomAlternative { sku: (*sku).to_owned(), quantity })
        };
        Ok(Requirement {
            sku: node.sku.to_owned(),
            quantity: up(node.sku, need.quantity)?,
            level,
            version: bom.map(|bom| bom.version.clone()).unwrap_or_default(),
            alternatives: need.alternatives.iter().map(other).collect::<Result<_, Refusal>>()?,
        })
    }

    fn outputs(&self, bom: &Bom, begun: Ratio) -> Result<Vec<BomOutput>, Refusal> {
        let each = bom.outputs.iter().map(|output| {
            let exact = || begun.over(base(bom)?)?.times(number(output.quantity.as_ref())?);
            let quantity = exact().and_then(|exact| exact.rounded_down(self.decimals(&output.sku)));
            Ok(BomOutput { quantity: Some(decimal(quantity.ok_or_else(too_large)?)), ..output.clone() })
        });
        each.collect()
    }
}

impl<'a> Need<'a> {
    fn add_alternative(&mut self, sku: &'a str, exact: Ratio) -> Result<(), Refusal> {
        match self.alternatives.iter_mut().find(|(known, _)| *known == sku) {
            Some((_, quantity)) => *quantity = quantity.plus(exact).ok_or_else(too_large)?,
            None => self.alternatives.push((sku, exact)),
        }
        Ok(())
    }
}

fn base(bom: &Bom) -> Option<Ratio> {
    number(bom.base_quantity.as_ref())
}

/// A number of a bill that was checked when it was made.
fn number(value: Option<&Decimal>) -> Option<Ratio> {
    Quantity::parse(&value?.value).ok().and_then(Ratio::of)
}

fn decimal(quantity: Quantity) -> Decimal {
    Decimal { value: quantity.to_string() }
}

fn beyond(what: &str) -> Refusal {
    Refusal::new(Rule::BomTooLarge, "sku", format!("{what}: ask for a part of it"))
}

fn too_large() -> Refusal {
    let message = "so much is needed that no quantity can say it: ask for less";
    Refusal::new(Rule::QuantityOverflow, "quantity", message)
}

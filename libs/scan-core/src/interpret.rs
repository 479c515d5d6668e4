use gs1::{Checks, ReferenceYear, Rules};
use rust_decimal::Decimal;
use vocabulary::{Gln, Quantity, Sscc, UnitCode, WarehouseCode, Weight, WeightUnit};

use crate::actions::{Context, NextAction, next_actions};
use crate::codes::split_location;
use crate::reading::{Reading, gtins, read, without_identifier};
use crate::{Directory, Facts, KnownItem, KnownLocation, KnownUnit, Problem, Separators};

/// How a text is judged.
#[derive(Debug, Clone, Copy)]
pub struct Setting<'a> {
    /// How FNC1 may be written.
    pub separators: &'a Separators,
    /// The year from which centuries are told: this one, for whoever scans now.
    pub reference_year: ReferenceYear,
    /// What the caller is doing.
    pub context: Context,
}

/// What a scan means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Interpretation {
    /// What the label says.
    pub facts: Facts,
    /// The item that it names.
    pub item: Option<KnownItem>,
    /// How much of it, and in which unit.
    pub quantity: Option<(Quantity, UnitCode)>,
    /// The same in the item's base unit; `None` when it is not exact there.
    pub base_quantity: Option<Quantity>,
    /// What the goods weigh, of an item of catch weight, in the unit that it is weighed in; nothing of what is in a logistic unit.
    pub weight: Option<Weight>,
    /// The warehouse that it names.
    pub warehouse: Option<WarehouseCode>,
    /// The location that it names.
    pub location: Option<KnownLocation>,
    /// The logistic unit that it names, if it is here. The master data does not tell: see [`Interpretation::of_unit`].
    pub unit: Option<KnownUnit>,
    /// What can be done next.
    pub next: Vec<NextAction>,
}

/// What the text of a scanner means. Blanks and line ends around it are those of the scanner.
///
/// What an item or a location of the caller's warehouse is called goes before every other reading.
///
/// # Errors
/// [`Problem`] when it cannot be read, or names what does not exist.
pub fn interpret(
    text: &str,
    setting: &Setting<'_>,
    directory: &impl Directory,
) -> Result<Interpretation, Problem> {
    let started = text.trim_start_matches(is_around);
    let code = started.trim_end_matches(is_around);
    let mut found = match own_code(without_identifier(code), directory) {
        Some(found) => found,
        None => read_and_find(code, text.len().saturating_sub(started.len()), setting, directory)?,
    };
    found.next = next_actions(setting.context, &found);
    Ok(found)
}

/// What a scanner sends around a code. The separator of GS1 is a control character, too, and belongs to the code.
const fn is_around(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\r' | '\n' | '\u{2}' | '\u{3}')
}

/// A SKU or a location of the caller's warehouse, as it is.
fn own_code(code: &str, directory: &impl Directory) -> Option<Interpretation> {
    let (item, location) = (directory.item(code), directory.location_here(code));
    if item.is_none() && location.is_none() {
        return None;
    }
    let warehouse = location.as_ref().map(|location| location.warehouse.clone());
    Some(Interpretation { item, location, warehouse, ..Interpretation::of(Facts::default()) })
}

fn read_and_find(
    code: &str,
    offset: usize,
    setting: &Setting<'_>,
    directory: &impl Directory,
) -> Result<Interpretation, Problem> {
    let restored = setting.separators.restore(code);
    let rules = Rules { checks: Checks::CONTENT, reference_year: setting.reference_year };
    let reading = read(&restored.text, &rules).map_err(|error| {
        error.standing_at(restored.position_as_given(error.position()).saturating_add(offset))
    })?;
    match reading {
        Reading::Elements(elements) => find(Facts::of(&elements, setting.reference_year), directory),
        Reading::Digits(digits) => number(digits, directory),
        Reading::Other(other) => Err(unknown(other)),
    }
}

/// Digits without an AI: an item first, then a place, then a logistic unit.
fn number(digits: &str, directory: &impl Directory) -> Result<Interpretation, Problem> {
    if let Some((item, gtin)) = gtins(digits).find_map(|gtin| Some((directory.item_of_gtin(&gtin)?, gtin))) {
        let facts = Facts { gtin: Some(gtin), ..Facts::default() };
        return Interpretation::of_goods(facts, item, directory);
    }
    if let Some(gln) = Gln::parse(digits).ok().filter(|gln| directory.warehouse_of_gln(gln).is_some()) {
        return find(Facts { gln: Some(gln), ..Facts::default() }, directory);
    }
    if let Ok(sscc) = Sscc::parse(digits) {
        return Ok(Interpretation::of(Facts { sscc: Some(sscc), ..Facts::default() }));
    }
    Err(gtins(digits).next().map_or_else(|| unknown(digits), Problem::UnknownGtin))
}

/// Finds what the facts name.
fn find(facts: Facts, directory: &impl Directory) -> Result<Interpretation, Problem> {
    let item = find_item(&facts, directory)?;
    let names_goods = item.is_some() || facts.sscc.is_some();
    let (warehouse, location) = match find_place(&facts, directory) {
        // Beside goods, a place that is not ours is that of somebody they passed.
        Err(Problem::UnknownGln(_)) if names_goods => (None, None),
        found => found?,
    };
    let goods = match item {
        Some(item) => Interpretation::of_goods(facts, item, directory)?,
        None => Interpretation::of(facts),
    };
    Ok(Interpretation { warehouse, location, ..goods })
}

fn find_item(facts: &Facts, directory: &impl Directory) -> Result<Option<KnownItem>, Problem> {
    match (&facts.gtin, &facts.sku) {
        (Some(gtin), _) => {
            let item = directory.item_of_gtin(gtin);
            item.map(Some).ok_or_else(|| Problem::UnknownGtin(gtin.clone()))
        }
        (None, Some(sku)) => directory.item(sku).map(Some).ok_or_else(|| Problem::UnknownSku(sku.clone())),
        (None, None) => Ok(None),
    }
}

type Place = (Option<WarehouseCode>, Option<KnownLocation>);

fn find_place(facts: &Facts, directory: &impl Directory) -> Result<Place, Problem> {
    let (warehouse, location) = match (&facts.gln, &facts.own_location) {
        (Some(gln), _) => {
            let warehouse = directory.warehouse_of_gln(gln);
            let warehouse = warehouse.ok_or_else(|| Problem::UnknownGln(gln.clone()))?;
            match &facts.gln_extension {
                Some(location) => (warehouse.to_string(), location.clone()),
                None => return Ok((Some(warehouse), None)),
            }
        }
        (None, Some(own)) => match split_location(own) {
            Some((warehouse, location)) => (warehouse.to_owned(), location.to_owned()),
            None => return Err(unknown(own)),
        },
        (None, None) => return Ok((None, None)),
    };
    match directory.location(&warehouse, &location) {
        Some(found) => Ok((Some(found.warehouse.clone()), Some(found))),
        None => Err(Problem::UnknownLocation { warehouse, location }),
    }
}

/// How much a label says: a count in the unit that was scanned; one, of what has a serial number; else the weight, of what is weighed;
/// else one, of what is packed. The number of a piece does not say that there is just one, nor that of what a logistic unit is full of.
fn quantity(facts: &Facts, item: &KnownItem) -> Option<(Quantity, UnitCode)> {
    let one = || (Decimal::ONE, &item.unit);
    let is_packed = item.unit != item.base_unit && facts.sscc.is_none();
    let (number, unit) = match (facts.count, &facts.serial) {
        (Some(count), _) => (Decimal::from(count), &item.unit),
        (None, Some(_)) => one(),
        // What a piece weighs is said of that one piece.
        (None, None) if item.weighed.is_some() => (is_packed || has_weight(facts)).then(one)?,
        (None, None) => weight(facts, item).or_else(|| is_packed.then(one))?,
    };
    Quantity::try_new(number).ok().map(|quantity| (quantity, unit.clone()))
}

/// The weight on a label, in a unit of the item.
fn weight<'a>(facts: &Facts, item: &'a KnownItem) -> Option<(Decimal, &'a UnitCode)> {
    facts.net_weight_kg.zip(item.kilogram.as_ref()).or_else(|| facts.net_weight_lb.zip(item.pound.as_ref()))
}

/// Whether a label says what the goods weigh that carry it.
const fn has_weight(facts: &Facts) -> bool {
    facts.sscc.is_none() && (facts.net_weight_kg.is_some() || facts.net_weight_lb.is_some())
}

/// The weight of an item of catch weight: exactly as on the label, and never in another unit.
fn catch_weight(facts: &Facts, item: &KnownItem) -> Result<Option<Weight>, Problem> {
    let Some(unit) = item.weighed.filter(|_| has_weight(facts)) else { return Ok(None) };
    let (found, other) = match unit {
        WeightUnit::Kilogram => (facts.net_weight_kg, WeightUnit::Pound),
        WeightUnit::Pound => (facts.net_weight_lb, WeightUnit::Kilogram),
    };
    let sku = item.sku.clone();
    let found = found.ok_or(Problem::OtherWeightUnit { sku, weighed: unit, given: other })?;
    let positive = Quantity::try_new(found).ok().filter(|amount| amount.is_positive());
    Ok(positive.map(|amount| Weight { amount, unit }))
}

fn unknown(text: &str) -> Problem {
    Problem::UnknownCode(text.chars().take(80).collect())
}

impl Interpretation {
    const fn of(facts: Facts) -> Self {
        Self {
            facts,
            item: None,
            quantity: None,
            base_quantity: None,
            weight: None,
            warehouse: None,
            location: None,
            unit: None,
            next: Vec::new(),
        }
    }

    /// The same of a logistic unit that is here: what can be done next is another.
    #[must_use]
    pub fn of_unit(mut self, unit: KnownUnit, context: Context) -> Self {
        self.unit = Some(unit);
        self.next = next_actions(context, &self);
        self
    }

    fn of_goods(facts: Facts, item: KnownItem, directory: &impl Directory) -> Result<Self, Problem> {
        let (quantity, weight) = (quantity(&facts, &item), catch_weight(&facts, &item)?);
        let in_base = |(quantity, unit): &(Quantity, UnitCode)| directory.in_base(&item.sku, *quantity, unit);
        let base_quantity = quantity.as_ref().and_then(in_base);
        Ok(Self { quantity, base_quantity, weight, item: Some(item), ..Self::of(facts) })
    }

    /// Whether it says what goods, or which place, it is about.
    pub(crate) const fn names_something(&self) -> bool {
        self.item.is_some()
            || self.location.is_some()
            || self.warehouse.is_some()
            || self.facts.sscc.is_some()
            || self.facts.lot.is_some()
            || self.facts.serial.is_some()
    }
}

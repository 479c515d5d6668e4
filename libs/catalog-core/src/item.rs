use std::collections::{BTreeMap, BTreeSet};

use proto::catalog::v1::{
    self as wire, CodingRule, Item, ItemClass, LifecycleState, NegativeStockPolicy, Tracking, UnitConversion,
};
use proto::events::v1::catalog_change;
use vocabulary::{ClassCode, Quantity, Sku, Timestamp, UnitCode};

use crate::packaging::{admit_gtins, normalise_gtins, packaging_gtins};
use crate::refusal::InField;
use crate::{CatchWeight, Conversion, Key, Kind, Record, Refusal, Rule, check_sku, text};

const CONVERSIONS_MAX: usize = 20;
const NAME_CHARS_MAX: usize = 200;

impl Record for Item {
    const KIND: Kind = Kind::Item;
    const CHANGEABLE: &'static [&'static str] = &[
        "name",
        "gtins",
        "unit_conversions",
        "tracking",
        "item_class",
        "negative_stock_policy",
        "catch_weight",
    ];

    fn parse_key(_scope: &str, code: &str) -> Result<Key, Refusal> {
        let sku = Sku::parse(code).in_field("sku")?;
        Ok(Key { kind: Kind::Item, scope: String::new(), code: sku.as_str().into() })
    }

    fn key(&self) -> Key {
        Key { kind: Kind::Item, scope: String::new(), code: self.sku.clone() }
    }

    fn normalised(mut self) -> Result<Self, Refusal> {
        Sku::parse(&self.sku).in_field("sku")?;
        text::name("name", &self.name, NAME_CHARS_MAX)?;
        UnitCode::parse(&self.base_unit).in_field("base_unit")?;
        if self.base_unit_decimals > Quantity::DECIMALS_MAX {
            let message = format!("base_unit_decimals {} is not valid: 0 to 9", self.base_unit_decimals);
            return Err(Refusal::new(Rule::BadField, "base_unit_decimals", message));
        }
        check_conversions(&self.base_unit, &self.unit_conversions)?;
        normalise_gtins(&mut self)?;
        self.tracking = tracking(self.tracking)?.into();
        self.negative_stock_policy = negative_stock_policy(self.negative_stock_policy)?.into();
        if !self.item_class.is_empty() {
            ClassCode::parse(&self.item_class).in_field("item_class")?;
        }
        if let Some(weighed) = &mut self.catch_weight {
            normalise_weight(weighed)?;
        }
        Ok(self)
    }

    fn into_new(self) -> Self {
        let state = LifecycleState::Active.into();
        Self { state, etag: String::new(), created_at: None, updated_at: None, ..self }
    }

    fn take(&mut self, path: &str, newer: &Self) {
        match path {
            "name" => self.name.clone_from(&newer.name),
            "gtins" => self.gtins.clone_from(&newer.gtins),
            "unit_conversions" => self.unit_conversions.clone_from(&newer.unit_conversions),
            "tracking" => self.tracking = newer.tracking,
            "item_class" => self.item_class.clone_from(&newer.item_class),
            "negative_stock_policy" => self.negative_stock_policy = newer.negative_stock_policy,
            "catch_weight" => self.catch_weight.clone_from(&newer.catch_weight),
            _ => {}
        }
    }

    fn etag(&self) -> &str {
        &self.etag
    }

    fn stamp(&mut self, etag: String, at: Timestamp) {
        let (seconds, nanos) = at.parts();
        let now = prost_types::Timestamp { seconds, nanos };
        self.etag = etag;
        self.created_at.get_or_insert(now);
        self.updated_at = Some(now);
    }

    fn is_active(&self) -> bool {
        self.state() != LifecycleState::Retired
    }

    fn retire(&mut self) -> Result<(), Refusal> {
        self.set_state(LifecycleState::Retired);
        Ok(())
    }

    fn restore(&mut self) -> Result<(), Refusal> {
        self.set_state(LifecycleState::Active);
        Ok(())
    }

    fn into_change(self) -> catalog_change::Record {
        catalog_change::Record::Item(self)
    }
}

/// What new items are judged against: the records they refer to.
#[derive(Debug, Default)]
pub struct ItemContext {
    /// The classes the items name, by code.
    pub classes: BTreeMap<String, ItemClass>,
    /// The coding rules of these classes, by code.
    pub rules: BTreeMap<String, CodingRule>,
    /// Who has the GTINs of the items: GTIN to SKU.
    pub gtin_owners: BTreeMap<String, String>,
}

/// Judges new items: their classes exist, their SKUs obey the coding rules, their GTINs are free and differ.
/// `fields` are the paths of the items, in the same order.
///
/// # Errors
/// A refusal for the first item that may not be created.
pub fn admit_items(items: &[Item], fields: &[String], context: &ItemContext) -> Result<(), Refusal> {
    let mut in_batch: BTreeMap<&str, &str> = BTreeMap::new();
    for (item, field) in items.iter().zip(fields) {
        admit_class(item, context).map_err(|refusal| refusal.within(field))?;
        admit_sku(item, context).map_err(|refusal| refusal.within(field))?;
        admit_gtins(item, |gtin| {
            context.gtin_owners.get(gtin).map(String::as_str).or_else(|| in_batch.get(gtin).copied())
        })
        .map_err(|refusal| refusal.within(field))?;
        in_batch.extend(packaging_gtins(item).map(|gtin| (gtin, item.sku.as_str())));
    }
    Ok(())
}

/// Judges a changed item: a new class exists, its GTINs are free. A coding rule is asked of new SKUs only.
///
/// # Errors
/// A refusal when it may not change like that.
pub fn admit_items_update(before: &Item, after: &Item, context: &ItemContext) -> Result<(), Refusal> {
    if after.item_class != before.item_class {
        admit_class(after, context)?;
    }
    admit_gtins(after, |gtin| context.gtin_owners.get(gtin).map(String::as_str))
}

fn admit_class(item: &Item, context: &ItemContext) -> Result<(), Refusal> {
    let code = &item.item_class;
    if code.is_empty() {
        return Ok(());
    }
    match context.classes.get(code) {
        Some(class) if class.is_active() => Ok(()),
        Some(_) => {
            let message = format!("item class {code:?} is retired: choose another one");
            Err(Refusal::new(Rule::ItemClassRetired, "item_class", message))
        }
        None => {
            let message = format!("item class {code:?} does not exist: create it first");
            Err(Refusal::new(Rule::UnknownItemClass, "item_class", message))
        }
    }
}

fn admit_sku(item: &Item, context: &ItemContext) -> Result<(), Refusal> {
    let class = context.classes.get(&item.item_class);
    let rule = class.and_then(|class| context.rules.get(&class.coding_rule));
    rule.map_or(Ok(()), |rule| check_sku(rule, &item.sku))
}

fn check_conversions(base_unit: &str, conversions: &[UnitConversion]) -> Result<(), Refusal> {
    if conversions.len() > CONVERSIONS_MAX {
        let message = format!("{} unit conversions: at most {CONVERSIONS_MAX}", conversions.len());
        return Err(Refusal::new(Rule::BadField, "unit_conversions", message));
    }
    let mut units = BTreeSet::from([base_unit]);
    for (position, message) in conversions.iter().enumerate() {
        let field = format!("unit_conversions[{position}]");
        Conversion::parse(message).map_err(|invalid| {
            Refusal::new(Rule::BadField, format!("{field}.{}", invalid.what), invalid.to_string())
        })?;
        if !units.insert(&message.unit) {
            let words = format!("unit {} is the base unit or given twice: give it once", message.unit);
            return Err(Refusal::new(Rule::BadField, format!("{field}.unit"), words));
        }
    }
    Ok(())
}

/// The same weight is written in one way.
fn normalise_weight(weighed: &mut wire::CatchWeight) -> Result<(), Refusal> {
    CatchWeight::parse(weighed).map_err(|invalid| {
        Refusal::new(Rule::BadField, format!("catch_weight.{}", invalid.what), invalid.to_string())
    })?;
    for bound in [&mut weighed.unit_weight_min, &mut weighed.unit_weight_max].into_iter().flatten() {
        bound.value = Quantity::parse(&bound.value).in_field("catch_weight")?.to_string();
    }
    Ok(())
}

fn tracking(number: i32) -> Result<Tracking, Refusal> {
    match Tracking::try_from(number) {
        Ok(Tracking::Unspecified) => Ok(Tracking::None),
        Ok(tracking) => Ok(tracking),
        Err(_) => Err(unknown_number("tracking", number)),
    }
}

fn negative_stock_policy(number: i32) -> Result<NegativeStockPolicy, Refusal> {
    match NegativeStockPolicy::try_from(number) {
        Ok(NegativeStockPolicy::Unspecified) => Ok(NegativeStockPolicy::Forbid),
        Ok(policy) => Ok(policy),
        Err(_) => Err(unknown_number("negative_stock_policy", number)),
    }
}

fn unknown_number(field: &str, number: i32) -> Refusal {
    Refusal::new(Rule::BadField, field, format!("{field} {number} is not valid: use one of the named values"))
}

#[cfg(test)]
#[path = "item_tests.rs"]
mod tests;

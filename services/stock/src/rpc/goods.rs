//! Which goods a line is about, checked against the item's tracking.

use std::collections::{BTreeMap, BTreeSet};

use catalog_view::ItemRecord;
use proto::catalog::v1::Tracking as CatalogTracking;
use proto::stock::v1 as wire;
use rpc::{ApiError, Reason, given};
use stock_core::{LOT_ATTRIBUTES_MAX, Line, LineGoods, LotFacts, Tracking, UnitName};
use vocabulary::{
    CountryCode, Date, Invalid, LotCode, Owner, PartyCode, Quantity, SerialNumber, StockStatus,
};

use super::weight::{self, Weighing};

const NAME_CHARS_MAX: usize = 32;
const VALUE_CHARS_MAX: usize = 128;

/// What a line must say of an item that is tracked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// The lot, and every unit.
    All,
    /// Every unit; the lot may be chosen.
    Units,
    /// Nothing: lots are chosen, and units when they leave; or those that are named.
    Nothing,
}

/// The goods of a line; `None` for plain ones of an item that is not tracked.
pub(super) fn parse(
    item: &ItemRecord,
    goods: Option<&wire::Goods>,
    (naming, weighing): (Naming, Weighing),
    quantity: Quantity,
) -> Result<Option<Box<LineGoods>>, ApiError> {
    let tracking = tracking(item);
    let Some(goods) = goods else {
        if tracking == Tracking::None && item.catch_weight.is_none() {
            return Ok(None);
        }
        return parse(item, Some(&wire::Goods::default()), (naming, weighing), quantity);
    };
    let parsed = LineGoods {
        tracking,
        lot: lot(item, tracking, &goods.lot, naming)?,
        serials: units(item, tracking, &goods.serials, (naming, quantity))?,
        status: status("goods.status", &goods.status)?,
        owner: owner("goods.owner", &goods.owner)?,
        facts: LotFacts::default(),
        claim: None,
        partner: None,
        unit: given("goods.handling_unit", &goods.handling_unit, UnitName::parse)?,
        weight: weight::of_line(item, goods.weight.as_ref(), (weighing, quantity))?,
        takes_promised: false,
        carries: None,
    };
    if naming == Naming::Nothing && parsed.unit.is_some() {
        let message = "goods are promised wherever they are packed: leave the handling unit empty";
        return Err(ApiError::invalid(Reason::BadField, "goods.handling_unit", message));
    }
    if naming == Naming::Nothing && parsed.owner != Owner::Own {
        let message = "only goods of our own can be promised: leave the owner empty";
        return Err(ApiError::invalid(Reason::BadOwner, "goods.owner", message));
    }
    Ok(parsed.boxed())
}

/// What a receipt says of its lot.
pub(super) fn lot_facts(item: &ItemRecord, facts: Option<&wire::LotFacts>) -> Result<LotFacts, ApiError> {
    let Some(facts) = facts else { return Ok(LotFacts::default()) };
    if tracking(item) != Tracking::Lot {
        return Err(not_by_lot(item, "lot_facts"));
    }
    let read = LotFacts {
        supplier_lot: given("lot_facts.supplier_lot", &facts.supplier_lot, LotCode::parse)?,
        made: given("lot_facts.made", &facts.made, Date::parse)?,
        best_before: given("lot_facts.best_before", &facts.best_before, Date::parse)?,
        expiry: given("lot_facts.expiry", &facts.expiry, Date::parse)?,
        origin: given("lot_facts.origin", &facts.origin, country)?,
        attributes: attributes(facts)?,
    };
    check_dates(&read)?;
    Ok(read)
}

/// A code that ISO 3166-1 has given to a country.
fn country(text: &str) -> Result<CountryCode, Invalid> {
    let code = CountryCode::parse(text)?;
    if gs1::is_country(code.as_str()) {
        return Ok(code);
    }
    Err(Invalid::new("country", text, "two letters that ISO 3166-1 has given to one"))
}

/// What was made later cannot have been over before.
fn check_dates(facts: &LotFacts) -> Result<(), ApiError> {
    let LotFacts { made, best_before, expiry, .. } = facts;
    for (field, what, earlier, later) in [
        ("best_before", "made", made, best_before),
        ("expiry", "made", made, expiry),
        ("expiry", "best before", best_before, expiry),
    ] {
        if let (Some(earlier), Some(later)) = (earlier, later)
            && later < earlier
        {
            let message = format!("{later} lies before {earlier} ({what}): correct one of them");
            return Err(ApiError::invalid(Reason::BadField, format!("lot_facts.{field}"), message));
        }
    }
    Ok(())
}

/// Serial numbers, as they are written.
pub(super) fn serials(field: &str, serials: &[String]) -> Result<Vec<SerialNumber>, ApiError> {
    let parse = |(number, text): (usize, &String)| {
        SerialNumber::parse(text)
            .map_err(|e| ApiError::invalid(Reason::BadCode, format!("{field}[{number}]"), e.to_string()))
    };
    let parsed: Vec<SerialNumber> = serials.iter().enumerate().map(parse).collect::<Result<_, _>>()?;
    let mut seen = BTreeSet::new();
    match parsed.iter().enumerate().find(|(_, serial)| !seen.insert(*serial)) {
        Some((number, serial)) => {
            let message = format!("serial number {serial} is named twice: one unit has one number");
            Err(ApiError::invalid(Reason::SerialCount, format!("{field}[{number}]"), message))
        }
        None => Ok(parsed),
    }
}

/// A supplier or a customer; empty means that nobody said.
pub(super) fn partner(text: &str) -> Result<Option<PartyCode>, ApiError> {
    given("partner", text, PartyCode::parse)
}

/// A status by its name; empty means available.
pub(super) fn status(field: &'static str, text: &str) -> Result<StockStatus, ApiError> {
    StockStatus::parse(text).map_err(|e| ApiError::invalid(Reason::BadStatus, field, e.to_string()))
}

/// An owner as written; empty means own.
pub(super) fn owner(field: &'static str, text: &str) -> Result<Owner, ApiError> {
    Owner::parse(text).map_err(|e| ApiError::invalid(Reason::BadOwner, field, e.to_string()))
}

pub(super) const fn tracking(item: &ItemRecord) -> Tracking {
    match item.tracking {
        CatalogTracking::Unspecified | CatalogTracking::None => Tracking::None,
        CatalogTracking::Lot => Tracking::Lot,
        CatalogTracking::Serial => Tracking::Serial,
    }
}

fn lot(
    item: &ItemRecord,
    tracking: Tracking,
    text: &str,
    naming: Naming,
) -> Result<Option<LotCode>, ApiError> {
    match (tracking, text) {
        (Tracking::Lot, "") if naming == Naming::All => {
            let message = format!("item {} is tracked by lot: name the lot", item.sku);
            Err(ApiError::invalid(Reason::LotMissing, "goods.lot", message).with("sku", &item.sku))
        }
        (_, "") => Ok(None),
        (Tracking::Lot, text) => given("goods.lot", text, LotCode::parse),
        (Tracking::None | Tracking::Serial, _) => Err(not_by_lot(item, "goods.lot")),
    }
}

fn not_by_lot(item: &ItemRecord, field: &'static str) -> ApiError {
    let message = format!("item {} is not tracked by lot: leave the lot away", item.sku);
    ApiError::invalid(Reason::LotNotTracked, field, message).with("sku", &item.sku)
}

fn units(
    item: &ItemRecord,
    tracking: Tracking,
    texts: &[String],
    (naming, quantity): (Naming, Quantity),
) -> Result<Vec<SerialNumber>, ApiError> {
    let refused = |reason, message: String| {
        Err(ApiError::invalid(reason, "goods.serials", message).with("sku", &item.sku))
    };
    if tracking != Tracking::Serial {
        return if texts.is_empty() {
            Ok(Vec::new())
        } else {
            let message =
                format!("item {} is not tracked by serial number: leave the numbers away", item.sku);
            refused(Reason::SerialsNotTracked, message)
        };
    }
    if quantity.decimals() > 0 {
        let message =
            format!("{quantity} of item {}, which is tracked by serial number: give whole units", item.sku);
        return refused(Reason::SerialFraction, message);
    }
    let is_left_open = naming == Naming::Nothing && texts.is_empty();
    if !is_left_open && !laws::serials_match(texts.len(), quantity) {
        let message = format!("{} serial numbers for {quantity} units: give one a unit", texts.len());
        return refused(Reason::SerialCount, message);
    }
    serials("goods.serials", texts)
}

fn attributes(facts: &wire::LotFacts) -> Result<BTreeMap<String, String>, ApiError> {
    let is_text = |text: &str, chars_max: usize| {
        text.chars().count() <= chars_max && !text.chars().any(char::is_control)
    };
    let is_right = |(name, value): (&String, &String)| {
        !name.is_empty() && is_text(name, NAME_CHARS_MAX) && is_text(value, VALUE_CHARS_MAX)
    };
    if facts.attributes.len() > LOT_ATTRIBUTES_MAX || !facts.attributes.iter().all(is_right) {
        let message = format!(
            "a lot has at most {LOT_ATTRIBUTES_MAX} attributes, with names of 1 to {NAME_CHARS_MAX} characters and \
             values of at most {VALUE_CHARS_MAX}"
        );
        return Err(ApiError::invalid(Reason::BadField, "lot_facts.attributes", message));
    }
    Ok(facts.attributes.clone())
}

/// The line takes goods although they are promised.
pub(super) fn taking_promised(mut line: Line) -> Line {
    if let Line::Item { goods, .. } = &mut line {
        goods.get_or_insert_default().takes_promised = true;
    }
    line
}

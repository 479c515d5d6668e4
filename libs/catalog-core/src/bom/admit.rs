use std::collections::BTreeMap;

use proto::catalog::v1::Bom;
use proto::common::v1::Decimal;
use vocabulary::Quantity;

use super::Bills;
use super::bills::days;
use crate::{Record, Refusal, Rule};

/// Judges a new version of a bill: what it names exists and is in use, what cannot be divided is not, it holds on no day of another
/// version, and nothing is made of itself. `bills` has the items that it names, the other versions, and all bills below it.
///
/// # Errors
/// The first refusal.
pub fn admit_bom(bom: &Bom, bills: &Bills) -> Result<(), Refusal> {
    check_item(bills, &bom.sku, ("sku", "base_quantity"), bom.base_quantity.as_ref())?;
    for (at, line) in bom.lines.iter().enumerate() {
        let field = format!("lines[{at}]");
        let within = |refusal: Refusal| refusal.within(&field);
        check_item(bills, &line.sku, ("sku", "quantity"), line.quantity.as_ref()).map_err(within)?;
        for (at, other) in line.alternatives.iter().enumerate() {
            let checked = check_item(bills, &other.sku, ("sku", "quantity"), other.quantity.as_ref());
            checked.map_err(|refusal| within(refusal.within(&format!("alternatives[{at}]"))))?;
        }
    }
    for (at, output) in bom.outputs.iter().enumerate() {
        let checked = check_item(bills, &output.sku, ("sku", "quantity"), output.quantity.as_ref());
        checked.map_err(|refusal| refusal.within(&format!("outputs[{at}]")))?;
    }
    check_days(bom, bills)?;
    check_cycle(bom, bills)
}

/// Judges a version whose days have changed.
///
/// # Errors
/// A refusal when it is retired, or holds on a day of another version.
pub fn admit_bom_update(bom: &Bom, bills: &Bills) -> Result<(), Refusal> {
    if !bom.is_active() {
        let message = format!("version {:?} of {:?} is retired: make a new one", bom.version, bom.sku);
        return Err(Refusal::new(Rule::BadField, "version", message));
    }
    check_days(bom, bills)
}

fn check_item(
    bills: &Bills,
    sku: &str,
    (named, counted): (&str, &str),
    quantity: Option<&Decimal>,
) -> Result<(), Refusal> {
    let Some(item) = bills.item(sku) else {
        let message = format!("item {sku:?} does not exist: check the SKU");
        return Err(Refusal::new(Rule::UnknownItem, named, message));
    };
    if !item.is_active() {
        let message = format!("item {sku:?} is retired: use another one, or take it back into use");
        return Err(Refusal::new(Rule::ItemRetired, named, message));
    }
    let allowed = Bills::decimals(item);
    let given = quantity.and_then(|quantity| Quantity::parse(&quantity.value).ok());
    match given {
        Some(given) if given.decimals() > allowed => {
            let message = format!(
                "{given} {} of {sku:?} has more than the {allowed} decimals that it can be divided into: give whole parts of it, for a \
                 larger base quantity",
                item.base_unit
            );
            Err(Refusal::new(Rule::TooManyDecimals, counted, message))
        }
        Some(_) | None => Ok(()),
    }
}

fn check_days(bom: &Bom, bills: &Bills) -> Result<(), Refusal> {
    let (first, last) = days(bom);
    let overlaps = |other: &&Bom| {
        let (other_first, other_last) = days(other);
        other.version != bom.version && first <= other_last && other_first <= last
    };
    let Some(other) = bills.of(&bom.sku).iter().find(overlaps) else { return Ok(()) };
    let shown = |day: &str| if day.is_empty() { "always".to_owned() } else { day.to_owned() };
    let message = format!(
        "version {:?} holds from {} until {}: end it before this one begins",
        other.version,
        shown(&other.valid_from),
        shown(&other.valid_until)
    );
    Err(Refusal::new(Rule::BomOverlap, "valid_from", message))
}

/// Looks for the item below itself, whatever the days: a shortest way, level by level.
fn check_cycle(bom: &Bom, bills: &Bills) -> Result<(), Refusal> {
    let mut above: BTreeMap<&str, &str> = BTreeMap::new();
    let mut level: Vec<&str> = Vec::new();
    for sku in Bills::components(bom) {
        if above.insert(sku, &bom.sku).is_none() {
            level.push(sku);
        }
    }
    while !level.is_empty() {
        let mut below = Vec::new();
        for made in level {
            for sku in bills.of(made).iter().flat_map(Bills::components) {
                if sku == bom.sku {
                    return Err(cycle(&above, made, &bom.sku));
                }
                if !above.contains_key(sku) {
                    above.insert(sku, made);
                    below.push(sku);
                }
            }
        }
        level = below;
    }
    Ok(())
}

fn cycle(above: &BTreeMap<&str, &str>, last: &str, sku: &str) -> Refusal {
    let mut way = vec![sku, last];
    let mut at = last;
    while let Some(next) = above.get(at) {
        way.push(next);
        if *next == sku {
            break;
        }
        at = next;
    }
    way.reverse();
    let message = format!("it would be made of itself: {}; take one of them out", way.join(" > "));
    Refusal::new(Rule::BomCycle, "lines", message)
}

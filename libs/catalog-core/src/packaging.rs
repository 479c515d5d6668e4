//! What an item is packed as: each of its units is a packaging level, and each level has GTINs of its own
//! (GS1 General Specifications 2.1: every trade item grouping is numbered by itself).

use std::collections::BTreeSet;

use proto::catalog::v1::Item;
use vocabulary::Gtin;

use crate::refusal::InField;
use crate::{Refusal, Rule};

/// Over all units of an item, so that the GTINs of the largest batch of items fit into one statement.
const GTINS_MAX: usize = 20;

/// The GTINs of an item, of all its units.
pub fn packaging_gtins(item: &Item) -> impl Iterator<Item = &str> {
    let packed = item.unit_conversions.iter().flat_map(|unit| &unit.gtins);
    item.gtins.iter().chain(packed).map(String::as_str)
}

/// Brings the GTINs of every unit to 14 digits, sorted.
///
/// # Errors
/// A refusal for one that is not valid or given twice, and for too many.
pub(crate) fn normalise_gtins(item: &mut Item) -> Result<(), Refusal> {
    let count = packaging_gtins(item).count();
    if count > GTINS_MAX {
        let message = format!("{count} gtins: at most {GTINS_MAX} over all units of an item");
        return Err(Refusal::new(Rule::BadField, "gtins", message));
    }
    let mut seen = BTreeSet::new();
    normalise_level(&mut item.gtins, "gtins", &mut seen)?;
    for (position, unit) in item.unit_conversions.iter_mut().enumerate() {
        normalise_level(&mut unit.gtins, &level_path(position), &mut seen)?;
    }
    Ok(())
}

/// Judges whether the GTINs of an item are free: no other item has them, in any unit.
///
/// # Errors
/// A refusal for the first that is taken.
pub(crate) fn admit_gtins<'a>(item: &Item, owner: impl Fn(&str) -> Option<&'a str>) -> Result<(), Refusal> {
    admit_level(item, &item.gtins, "gtins", &owner)?;
    for (position, unit) in item.unit_conversions.iter().enumerate() {
        admit_level(item, &unit.gtins, &level_path(position), &owner)?;
    }
    Ok(())
}

fn level_path(position: usize) -> String {
    format!("unit_conversions[{position}].gtins")
}

fn normalise_level(gtins: &mut [String], path: &str, seen: &mut BTreeSet<Gtin>) -> Result<(), Refusal> {
    for (position, text) in gtins.iter_mut().enumerate() {
        let field = format!("{path}[{position}]");
        let gtin = Gtin::parse(text).in_field(&field)?;
        *text = gtin.as_str().into();
        if !seen.insert(gtin) {
            let message = format!("gtin {text} is given twice: one GTIN, one unit of one item");
            return Err(Refusal::new(Rule::BadField, field, message));
        }
    }
    gtins.sort_unstable();
    Ok(())
}

fn admit_level<'a>(
    item: &Item,
    gtins: &[String],
    path: &str,
    owner: &impl Fn(&str) -> Option<&'a str>,
) -> Result<(), Refusal> {
    for (position, gtin) in gtins.iter().enumerate() {
        match owner(gtin) {
            Some(sku) if sku != item.sku => {
                let message = format!("gtin {gtin} belongs to item {sku:?}: one GTIN, one item");
                return Err(Refusal::new(Rule::GtinTaken, format!("{path}[{position}]"), message));
            }
            Some(_) | None => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use proto::catalog::v1::UnitConversion;

    use super::*;

    /// `base gtins / gtins of CASE / …`, each with blanks between.
    fn item(text: &str) -> Item {
        let gtins = |part: &str| part.split_whitespace().map(Into::into).collect();
        let mut levels = text.split('/');
        let base = gtins(levels.next().unwrap());
        let unit =
            |(n, part)| UnitConversion { unit: format!("U{n}"), gtins: gtins(part), ..Default::default() };
        let unit_conversions = levels.enumerate().map(unit).collect();
        Item { sku: "A".into(), gtins: base, unit_conversions, ..Default::default() }
    }

    /// `gtins | ok`, or the field and the rule that is broken; 96385074 belongs to another item, 036000291452 to this one.
    fn check(row: &str) {
        let (input, expected) = row.split_once(" | ").unwrap();
        let mut item = item(input);
        let owner = |gtin: &str| match gtin {
            "00000096385074" => Some("OTHER"),
            "00036000291452" => Some("A"),
            _ => None,
        };
        let judged = normalise_gtins(&mut item).and_then(|()| admit_gtins(&item, owner));
        let got = judged.map_or_else(|r| format!("{} {:?}", r.field, r.rule), |()| "ok".into());
        assert_eq!(got, expected, "{row}");
    }

    #[test]
    fn one_gtin_is_one_unit_of_one_item() {
        check(" | ok");
        check("6291041500213 / 16291041500210 | ok");
        check("6291041500213 036000291452 / / 9520123456788 | ok");
        check("96385074 | gtins[0] GtinTaken");
        check("6291041500213 / / 036000291452 96385074 | unit_conversions[1].gtins[0] GtinTaken");
        check("6291041500213 / 6291041500213 | unit_conversions[0].gtins[0] BadField");
        check("/ 6291041500213 / 06291041500213 | unit_conversions[1].gtins[0] BadField");
        check("/ 6291041500213 06291041500213 | unit_conversions[0].gtins[1] BadField");
        check("/ 6291041500214 | unit_conversions[0].gtins[0] BadCode");
        let twenty_one = "6291041500213 ".repeat(10) + "/" + &"9520123456788 ".repeat(11);
        check(&format!("{twenty_one}| gtins BadField"));
    }

    #[test]
    fn every_level_gets_its_one_written_form() {
        let mut packed = item("6291041500213 96385074 / 9520123456788 036000291452");
        normalise_gtins(&mut packed).unwrap();
        let all: Vec<&str> = packaging_gtins(&packed).collect();
        assert_eq!(all, ["00000096385074", "06291041500213", "00036000291452", "09520123456788"]);
    }
}

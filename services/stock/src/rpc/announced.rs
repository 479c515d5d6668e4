//! What a delivery announces: its lines with their tolerances, and the handling units of a despatch advice.

use std::collections::BTreeMap;

use catalog_view::ItemRecord;
use proto::stock::v1::{self as wire, tolerance};
use rpc::{ApiError, Reason, given};
use rust_decimal::{Decimal, RoundingStrategy};
use stock_core::UnitName;
use vocabulary::{HandlingUnitKind, Invalid, Quantity, Sscc};
use work_core::{AnnouncedLine, AnnouncedUnit, Aql, DELIVERY_UNITS_MAX, Goods, UnitGoods};

use super::amount::{in_base, positive, quantity};
use super::goods::{self, Naming};
use super::line::LineParser;
use super::weight::Weighing;

/// The most goods in all handling units of a delivery.
const UNIT_GOODS_MAX: usize = 1000;

impl LineParser<'_> {
    pub(super) fn announced_line(&self, line: &wire::DeliveryLine) -> Result<AnnouncedLine, ApiError> {
        let item = self.item(&line.sku)?;
        let given_quantity = positive("quantity", line.quantity.as_ref())?;
        let expected = in_base(&item, "quantity", given_quantity, &line.unit)?;
        Ok(AnnouncedLine {
            sku: item.sku.clone(),
            expected,
            over_max: tolerance(&item, ("over", line.over.as_ref()), (expected, &line.unit))?,
            under_max: tolerance(&item, ("under", line.under.as_ref()), (expected, &line.unit))?,
            inspection: given("aql", &line.aql, Aql::parse)?,
        })
    }

    pub(super) fn announced_units(
        &self,
        units: &[wire::DeliveryUnit],
        lines: &BTreeMap<u32, AnnouncedLine>,
    ) -> Result<BTreeMap<Sscc, AnnouncedUnit>, ApiError> {
        let goods: usize = units.iter().map(|unit| unit.goods.len()).sum();
        if units.len() > DELIVERY_UNITS_MAX || goods > UNIT_GOODS_MAX {
            let message = format!(
                "{} handling units with {goods} goods announced: give at most {DELIVERY_UNITS_MAX} with {UNIT_GOODS_MAX}",
                units.len()
            );
            return Err(ApiError::invalid(Reason::TooManyLines, "units", message));
        }
        let mut announced = BTreeMap::new();
        for (n, unit) in units.iter().enumerate() {
            let parsed = self.announced_unit(unit, lines);
            let (sscc, parsed) = parsed.map_err(|error| error.in_field(format_args!("units[{n}]")))?;
            if announced.insert(sscc, parsed).is_some() {
                let message = format!("handling unit {sscc} is announced twice: one unit has one number");
                return Err(ApiError::invalid(
                    Reason::BadField,
                    format!("units[{n}].handling_unit"),
                    message,
                ));
            }
        }
        Ok(announced)
    }

    fn announced_unit(
        &self,
        unit: &wire::DeliveryUnit,
        lines: &BTreeMap<u32, AnnouncedLine>,
    ) -> Result<(Sscc, AnnouncedUnit), ApiError> {
        let sscc = Sscc::parse(&unit.handling_unit).map_err(bad("handling_unit"))?;
        let kind = HandlingUnitKind::parse(&unit.kind).map_err(bad("kind"))?;
        if unit.goods.is_empty() {
            let message = "nothing is in it: say what, or leave it away";
            return Err(ApiError::invalid(Reason::NoLines, "goods", message));
        }
        let packed = |(n, goods): (usize, &wire::DeliveryUnitGoods)| {
            self.unit_goods(goods, (sscc, lines)).map_err(|error| error.in_field(format_args!("goods[{n}]")))
        };
        let goods = unit.goods.iter().enumerate().map(packed).collect::<Result<_, _>>()?;
        Ok((sscc, AnnouncedUnit { kind, goods }))
    }

    fn unit_goods(
        &self,
        packed: &wire::DeliveryUnitGoods,
        (sscc, lines): (Sscc, &BTreeMap<u32, AnnouncedLine>),
    ) -> Result<UnitGoods, ApiError> {
        let Some(line) = lines.get(&packed.number) else {
            let message = format!("the delivery has no line {}", packed.number);
            return Err(ApiError::invalid(Reason::BadField, "number", message));
        };
        let item = self.item(line.sku.as_str())?;
        if item.catch_weight.is_some() {
            let message = format!("item {} is weighed as it comes: receive it line by line", item.sku);
            return Err(ApiError::invalid(Reason::WeightMissing, "number", message).with("sku", &item.sku));
        }
        let quantity = positive("quantity", packed.quantity.as_ref())?;
        let quantity = in_base(&item, "quantity", quantity, &packed.unit)?;
        let named = wire::Goods {
            lot: packed.lot.clone(),
            serials: packed.serials.clone(),
            handling_unit: UnitName::Sscc(sscc).to_string(),
            ..wire::Goods::default()
        };
        let named = goods::parse(&item, Some(&named), (Naming::All, Weighing::Never), quantity)?;
        let facts = goods::lot_facts(&item, packed.lot_facts.as_ref())?;
        let goods = named.map(|named| Goods { lot: named.lot, facts, serials: named.serials });
        Ok(UnitGoods { line: packed.number, quantity, goods: goods.unwrap_or_default() })
    }
}

/// In the base unit.
pub(super) fn tolerance(
    item: &ItemRecord,
    (field, given): (&'static str, Option<&wire::Tolerance>),
    (expected, unit): (Quantity, &str),
) -> Result<Quantity, ApiError> {
    let refused = |message: String| Err(ApiError::invalid(Reason::BadField, field, message));
    match given.and_then(|given| given.tolerance.as_ref()) {
        None => Ok(Quantity::ZERO),
        Some(tolerance::Tolerance::Quantity(decimal)) => {
            let given = quantity(field, Some(decimal))?;
            if given.is_negative() {
                return refused(format!("the tolerance {given} is less than zero"));
            }
            in_base(item, field, given, unit)
        }
        Some(tolerance::Tolerance::Percent(decimal)) => {
            let percent = quantity(field, Some(decimal))?;
            if percent.is_negative() || percent > Quantity::from(100) {
                return refused(format!("{percent} is no tolerance in percent: give 0 to 100"));
            }
            Ok(part(expected, percent, item.decimals))
        }
    }
}

/// So many percent, rounded down. A product that is too large to be exact is divided first, which loses what no decimals hold.
fn part(expected: Quantity, percent: Quantity, decimals: u32) -> Quantity {
    let (expected, percent) = (expected.decimal(), percent.decimal());
    let product = expected.checked_mul(percent).and_then(|product| product.checked_div(Decimal::ONE_HUNDRED));
    let divided = || expected.checked_div(Decimal::ONE_HUNDRED).and_then(|part| part.checked_mul(percent));
    let part = product.or_else(divided).unwrap_or_default();
    Quantity::try_new(part.round_dp_with_strategy(decimals, RoundingStrategy::ToZero)).unwrap_or_default()
}

fn bad(field: &'static str) -> impl Fn(Invalid) -> ApiError {
    move |invalid| ApiError::invalid(Reason::BadCode, field, invalid.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_is_rounded_down_to_the_decimals_of_the_item() {
        for (expected, percent, decimals, part_of) in [
            ("10", "10", 0, "1"),
            ("19", "10", 0, "1"),
            ("19", "10", 1, "1.9"),
            ("0.5", "33.3", 3, "0.166"),
            ("1000000000000000000", "100", 0, "1000000000000000000"),
            ("999999999.999999999", "0.000000001", 9, "0.009999999"),
        ] {
            let quantity = |text: &str| Quantity::parse(text).unwrap();
            let found = part(quantity(expected), quantity(percent), decimals);
            assert_eq!(found, quantity(part_of), "{percent} % of {expected}");
        }
    }
}

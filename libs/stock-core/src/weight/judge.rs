use rust_decimal::Decimal;
use vocabulary::{LocationCode, Quantity, Sku, Weight, WeightUnit};

use super::{LineWeight, MovedWeight, WeightRejection};
use crate::Rejection;
use crate::amount::{amount, quantity};
use crate::draft::Draft;
use crate::entry::Moved;

/// Decimals of a weight that nobody measured, at least: grams of kilograms.
const ESTIMATE_DECIMALS: u32 = 3;

/// What is known of the weight of goods that move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Scale {
    /// Nobody weighed them (with the unit that it would have been in, if the line says so): only all that is at a place can move like
    /// that, and it stays in the warehouse.
    Unknown(Option<WeightUnit>),
    /// They were weighed.
    Measured(Weight),
    /// Nobody can weigh them, and they must move: a part has its share of what is there.
    Estimated,
    /// They move back, and weigh again what they weighed before.
    TakenBack(MovedWeight),
}

impl Scale {
    pub(crate) fn of_line(weight: Option<LineWeight>) -> Self {
        match weight {
            Some(LineWeight::Measured(weight)) => Self::Measured(weight),
            Some(LineWeight::Estimated(_)) => Self::Estimated,
            Some(LineWeight::Unknown(unit)) => Self::Unknown(Some(unit)),
            None => Self::Unknown(None),
        }
    }

    const fn unit(self) -> Option<WeightUnit> {
        match self {
            Self::Unknown(unit) => unit,
            Self::Estimated => None,
            Self::Measured(weight) => Some(weight.unit),
            Self::TakenBack(weight) => Some(weight.unit),
        }
    }

    /// What the place where they were loses, if something stays there.
    fn lost(self) -> Option<Quantity> {
        match self {
            Self::Unknown(_) | Self::Estimated => None,
            Self::Measured(weight) => Some(weight.amount),
            Self::TakenBack(weight) => Some(weight.measured),
        }
    }

    /// What they weigh where they are now; `None` when that is what the other place lost.
    fn gained(self) -> Option<Quantity> {
        match self {
            Self::Unknown(_) | Self::Estimated => None,
            Self::Measured(weight) => Some(weight.amount),
            Self::TakenBack(weight) => weight.measured.checked_add(weight.difference).ok(),
        }
    }
}

/// What is here must be weighed as the goods are.
pub(crate) fn check(draft: &Draft<'_>, sku: &Sku, weighed: Option<WeightUnit>) -> Result<(), Rejection> {
    let held = draft.weighed(sku);
    if held == weighed || draft.holds_nothing(sku) {
        return Ok(());
    }
    Err(WeightRejection::Changed { sku: sku.clone(), held, weighed }.into())
}

/// One weight says nothing of goods that stay apart.
pub(crate) fn check_parts(draft: &Draft<'_>, sku: &Sku, parts: usize) -> Result<(), Rejection> {
    if parts < 2 || draft.weighed(sku).is_none() {
        return Ok(());
    }
    Err(WeightRejection::OfSeveral { sku: sku.clone() }.into())
}

/// What a fulfilment says of the weight of promised goods, which are here.
pub(crate) fn of_fulfilment(
    draft: &Draft<'_>,
    sku: &Sku,
    weight: Option<Quantity>,
) -> Result<Scale, Rejection> {
    match (weight, draft.weighed(sku)) {
        (Some(amount), Some(unit)) => Ok(Scale::Measured(Weight { amount, unit })),
        (Some(_), None) => Err(WeightRejection::Unexpected { sku: sku.clone() }.into()),
        (None, _) => Ok(Scale::Unknown(None)),
    }
}

/// Weighs goods that have just been moved in the draft, and says so in their movement. The last ones of a position take all of its weight,
/// whatever they weigh themselves.
pub(crate) fn weigh(draft: &mut Draft<'_>, moved: &mut Moved, scale: Scale) -> Result<(), Rejection> {
    let Some(unit) = scale.unit().or_else(|| draft.weighed(&moved.sku)) else { return Ok(()) };
    let (from, to) = (moved.from_holding(), moved.to_holding());
    if moved.from == moved.to && from == to {
        return Ok(());
    }
    let lost = lost(draft, moved, scale)?;
    // What is there weighs something, even where its share is nothing, or where it weighed nothing more before that was shared.
    let measured = scale.gained().unwrap_or(lost).max(finest());
    let overflow = || {
        let (sku, location) = (moved.sku.clone(), moved.to.code().clone());
        Rejection::QuantityOverflow { sku, location }
    };
    let difference = lost.checked_sub(measured).map_err(|_| overflow())?;
    if let Some(at) = moved.from.real() {
        let amount = lost.negated();
        draft.add_weight((&moved.sku, at, &from), Weight { amount, unit }).ok_or_else(overflow)?;
    }
    if let Some(at) = moved.to.real() {
        let weight = Weight { amount: measured, unit };
        draft.add_weight((&moved.sku, at, &to), weight).ok_or_else(overflow)?;
    }
    let goods = moved.goods.get_or_insert_default();
    goods.weight = Some(MovedWeight { unit, measured, difference });
    Ok(())
}

/// What the place where goods were loses.
fn lost(draft: &Draft<'_>, moved: &Moved, scale: Scale) -> Result<Quantity, Rejection> {
    let (sku, unit) = (&moved.sku, moved.from_unit());
    let missing = || WeightRejection::Missing { sku: sku.clone(), unit }.into();
    let crosses_border = moved.from.real().is_none() || moved.to.real().is_none();
    if crosses_border && matches!(scale, Scale::Unknown(_)) {
        return Err(missing());
    }
    let Some(at) = moved.from.real() else { return scale.lost().ok_or_else(missing) };
    let holding = moved.from_holding();
    let (held, left) = (draft.weight(sku, at, &holding), draft.balance(sku, at, &holding).on_hand);
    if left.is_zero() {
        return Ok(held);
    }
    if scale == Scale::Estimated {
        return Ok(share(held, moved.quantity, left));
    }
    within((sku, at), scale.lost().ok_or_else(missing)?, held)
}

/// What stays of a position weighs something.
fn within(
    (sku, location): (&Sku, &LocationCode),
    requested: Quantity,
    held: Quantity,
) -> Result<Quantity, Rejection> {
    if requested.is_positive() && requested < held {
        return Ok(requested);
    }
    let (sku, location) = (sku.clone(), location.clone());
    Err(WeightRejection::Insufficient { sku, location, requested, held }.into())
}

/// The share of a part in what a position weighs, by count, rounded down: to grams of kilograms where the position is not finer, and to
/// the finest there is where that were nothing. Less than all of it: what stays weighs something. Nothing only where all of it weighs no
/// more than the finest there is.
fn share(held: Quantity, part: Quantity, left: Quantity) -> Quantity {
    let exact = exact_share(held, part, left).unwrap_or_default();
    let rounded = |decimals| Quantity::try_new(exact.trunc_with_scale(decimals)).unwrap_or_default();
    let usual = rounded(ESTIMATE_DECIMALS.max(held.decimals()));
    let share = if usual.is_positive() { usual } else { rounded(Quantity::DECIMALS_MAX).max(finest()) };
    share.min(held.checked_sub(finest()).unwrap_or_default())
}

/// Multiplied first, so that a third of 15 is 5; where that were too large a number, divided first.
fn exact_share(held: Quantity, part: Quantity, left: Quantity) -> Option<Decimal> {
    let all = amount(part).checked_add(amount(left))?;
    let multiplied = amount(part).checked_mul(amount(held));
    let share = multiplied.and_then(|product| quantity(product.checked_div(all)?).ok());
    share.map(Quantity::decimal).or_else(|| {
        let all = part.decimal().checked_add(left.decimal())?;
        part.decimal().checked_div(all)?.checked_mul(held.decimal())
    })
}

/// The least that goods can weigh.
fn finest() -> Quantity {
    Quantity::try_new(Decimal::new(1, Quantity::DECIMALS_MAX)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_has_its_share() {
        for (held, part, left, expected) in [
            ("10", "1", "1", "5"),
            ("10", "3", "4", "4.285"),
            ("10.0001", "1", "2", "3.3333"),
            ("0.002", "1", "9", "0.0002"),
            ("0.000000002", "1", "9", "0.000000001"),
            ("15", "1", "2", "5"),
            ("0.000000002", "9", "1", "0.000000001"),
            ("0.000000001", "9", "1", "0"),
            ("1000000000000000000", "1000000000000000000", "0.000000001", "999999999999999999.999"),
            ("1000000000000000000", "0.000000001", "999999999999999999.999999999", "0.000000001"),
        ] {
            let quantity = |text| Quantity::parse(text).unwrap();
            let share = share(quantity(held), quantity(part), quantity(left));
            assert_eq!(share, quantity(expected), "{part} of {held} with {left} left");
        }
    }
}

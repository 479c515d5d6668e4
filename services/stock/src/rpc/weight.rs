//! What goods weigh: as lines say it, checked against the item, and as it is answered.

use catalog_core::{CatchWeight, WeightError};
use catalog_view::ItemRecord;
use proto::common::v1::Decimal;
use rpc::{ApiError, Reason};
use stock_core::{LineWeight, WeightRejection};
use vocabulary::{Quantity, Weight, WeightUnit};

use super::amount;
use super::page::decimal;

/// What a line must say of the weight of an item of catch weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Weighing {
    /// It crosses the border: what the goods weigh.
    Always,
    /// It stays inside: what they weigh, if they are a part of what is there. The warehouse knows.
    Parts,
    /// Nothing.
    Never,
}

/// The weight of a line's goods; nothing of an item that is only counted.
pub(super) fn of_line(
    item: &ItemRecord,
    given: Option<&Decimal>,
    (weighing, quantity): (Weighing, Quantity),
) -> Result<Option<LineWeight>, ApiError> {
    const FIELD: &str = "goods.weight";
    let Some(weighed) = &item.catch_weight else {
        return if given.is_some() { Err(unexpected(item)) } else { Ok(None) };
    };
    let measured = match (given, weighing) {
        (Some(_), Weighing::Never) => {
            let message =
                "the weight is that of the position, and promises are of a count: leave the weight out";
            return Err(ApiError::invalid(Reason::WeightUnexpected, FIELD, message).with("sku", &item.sku));
        }
        (None, Weighing::Always) => {
            let message = format!(
                "item {} is of catch weight: say what the goods weigh, in {}",
                item.sku,
                weighed.unit()
            );
            return Err(ApiError::invalid(Reason::WeightMissing, FIELD, message).with("sku", &item.sku));
        }
        (Some(_), Weighing::Always | Weighing::Parts) => {
            Some(measured(FIELD, given, weighed, Some(quantity)).map_err(|e| e.with("sku", &item.sku))?)
        }
        (None, Weighing::Parts | Weighing::Never) => None,
    };
    let unit = weighed.unit();
    Ok(Some(
        measured.map_or(LineWeight::Unknown(unit), |amount| LineWeight::Measured(Weight { amount, unit })),
    ))
}

/// The weight of promised goods, of which the item is known while the promise is open. What cannot be judged here is judged by the
/// warehouse.
pub(super) fn of_fulfilment(
    item: Option<&ItemRecord>,
    given: Option<&Decimal>,
    quantity: Option<Quantity>,
) -> Result<Option<Box<Quantity>>, ApiError> {
    if given.is_none() {
        return Ok(None);
    }
    let weighed = item.and_then(|item| item.catch_weight.as_ref());
    let weight = match weighed {
        Some(weighed) => measured("weight", given, weighed, quantity)?,
        None => amount::positive("weight", given)?,
    };
    Ok(Some(Box::new(weight)))
}

fn measured(
    field: &'static str,
    given: Option<&Decimal>,
    weighed: &CatchWeight,
    quantity: Option<Quantity>,
) -> Result<Quantity, ApiError> {
    let weight = amount::positive(field, given)?;
    let judged = match quantity {
        Some(quantity) => weighed.judge(weight, quantity),
        None => weighed.judge_decimals(weight),
    };
    judged.map(|()| weight).map_err(|error| {
        let reason = match error {
            WeightError::TooManyDecimals { .. } => Reason::TooManyDecimals,
            WeightError::TooLight { .. } | WeightError::TooHeavy { .. } => Reason::WeightImplausible,
        };
        ApiError::invalid(reason, field, error.to_string()).with("weight", weight)
    })
}

fn unexpected(item: &ItemRecord) -> ApiError {
    let message = format!("item {} is not of catch weight: leave the weight out", item.sku);
    ApiError::invalid(Reason::WeightUnexpected, "goods.weight", message).with("sku", &item.sku)
}

/// A refusal about weight, with its data.
pub(super) fn refused(rejection: &WeightRejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    let word = |unit: &Option<WeightUnit>| unit.map_or("", WeightUnit::as_str);
    match rejection {
        WeightRejection::Missing { sku, unit } => {
            let error = error(Reason::WeightMissing).with("sku", sku);
            match unit {
                Some(unit) => error.with("handling_unit", unit),
                None => error,
            }
        }
        WeightRejection::Unexpected { sku } => error(Reason::WeightUnexpected).with("sku", sku),
        WeightRejection::Changed { sku, held, weighed } => error(Reason::WeighingChanged)
            .with("sku", sku)
            .with("held", word(held))
            .with("weighed", word(weighed)),
        WeightRejection::Insufficient { sku, location, requested, held } => error(Reason::InsufficientWeight)
            .with("sku", sku)
            .with("location", location)
            .with("requested", requested)
            .with("held", held),
        WeightRejection::OfSeveral { sku } => error(Reason::WeightOfSeveral).with("sku", sku),
    }
}

/// What positions of an item weigh together. A sum out of range cannot be: it is what is inside of the item.
pub(super) fn sum(weights: impl IntoIterator<Item = Option<Weight>>) -> Option<Weight> {
    weights.into_iter().flatten().reduce(|sum, weight| Weight {
        amount: sum.amount.checked_add(weight.amount).unwrap_or(sum.amount),
        ..sum
    })
}

/// As it is answered: the weight, and its unit.
pub(super) fn wire(weight: Option<Weight>) -> (Option<Decimal>, String) {
    let unit = weight.map_or_else(String::new, |weight| weight.unit.to_string());
    (weight.and_then(|weight| decimal(weight.amount)), unit)
}

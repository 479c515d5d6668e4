//! Quantities as they are written, and in the base unit.

use catalog_core::UnitError;
use catalog_view::ItemRecord;
use proto::common::v1::Decimal;
use rpc::{ApiError, Reason};
use vocabulary::Quantity;

pub(super) fn quantity(field: &'static str, decimal: Option<&Decimal>) -> Result<Quantity, ApiError> {
    let text = decimal.map_or("", |decimal| decimal.value.as_str());
    Quantity::parse(text).map_err(|e| ApiError::invalid(quantity_reason(text), field, e.to_string()))
}

/// Why a text is no quantity: a number that is too fine or too large, or no number.
fn quantity_reason(text: &str) -> Reason {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, "0"));
    let number = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    if !number(whole) || !number(fraction) {
        return Reason::BadQuantity;
    }
    let decimals = fraction.trim_end_matches('0').len();
    if usize::try_from(Quantity::DECIMALS_MAX).is_ok_and(|max| decimals > max) {
        return Reason::TooManyDecimals;
    }
    let whole = whole.trim_start_matches('0').len();
    if whole > 18 { Reason::QuantityOverflow } else { Reason::BadQuantity }
}

pub(super) fn positive(field: &'static str, decimal: Option<&Decimal>) -> Result<Quantity, ApiError> {
    let quantity = quantity(field, decimal)?;
    if quantity.is_positive() {
        return Ok(quantity);
    }
    let message = format!("the quantity {quantity} is not greater than zero");
    Err(ApiError::invalid(Reason::QuantityNotPositive, field, message))
}

pub(super) fn in_base(
    item: &ItemRecord,
    field: &'static str,
    quantity: Quantity,
    unit: &str,
) -> Result<Quantity, ApiError> {
    item.to_base(quantity, unit).map_err(|error| {
        let (reason, field) = match &error {
            UnitError::UnknownUnit { .. } => (Reason::UnknownUnit, "unit"),
            UnitError::TooManyDecimals { .. } => (Reason::TooManyDecimals, field),
            UnitError::NotExact { .. } => (Reason::QuantityNotExact, field),
            UnitError::Overflow { .. } => (Reason::QuantityOverflow, field),
        };
        ApiError::invalid(reason, field, error.to_string()).with("sku", &item.sku)
    })
}

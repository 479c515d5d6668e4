//! Single fields.

use proto::common::v1::Decimal;
use vocabulary::{Invalid, Quantity, Sscc};

use super::WireError;

pub(super) fn decimal(quantity: Quantity) -> Option<Decimal> {
    Some(Decimal { value: quantity.to_string() })
}

/// Nothing is left out.
pub(super) fn some(quantity: Quantity) -> Option<Decimal> {
    decimal(quantity).filter(|_| !quantity.is_zero())
}

pub(super) fn quantity(decimal: Option<&Decimal>) -> Result<Quantity, WireError> {
    let Some(decimal) = decimal else { return Ok(Quantity::ZERO) };
    Ok(Quantity::parse(&decimal.value)?)
}

/// An empty text is nothing.
pub(super) fn given<T>(
    text: &str,
    parse: impl FnOnce(&str) -> Result<T, Invalid>,
) -> Result<Option<T>, WireError> {
    if text.is_empty() { Ok(None) } else { Ok(Some(parse(text)?)) }
}

pub(super) fn sscc(text: &str) -> Result<Sscc, WireError> {
    Ok(Sscc::parse(text)?)
}

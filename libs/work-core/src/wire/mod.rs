//! Changes and documents as messages of `events/v1`: what the journal stores and checkpoints keep.

mod announcement;
mod change;
mod delivery;
mod rejection;

use proto::common::v1::Decimal;
use thiserror::Error;
use vocabulary::{Invalid, Quantity, Sscc};

pub use change::{change_of, change_to};
pub use delivery::{delivery_of, delivery_to};
pub use rejection::{rejection_of, rejection_to};

/// A message that says nothing a document can be.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WireError {
    /// A field is missing.
    #[error("the message has no {0}")]
    Missing(&'static str),
    /// A field has a value that its type does not allow.
    #[error(transparent)]
    Invalid(#[from] Invalid),
}

fn decimal(quantity: Quantity) -> Option<Decimal> {
    Some(Decimal { value: quantity.to_string() })
}

fn quantity(decimal: Option<&Decimal>) -> Result<Quantity, WireError> {
    let Some(decimal) = decimal else { return Ok(Quantity::ZERO) };
    Ok(Quantity::parse(&decimal.value)?)
}

/// An empty text is nothing.
fn given<T>(text: &str, parse: impl FnOnce(&str) -> Result<T, Invalid>) -> Result<Option<T>, WireError> {
    if text.is_empty() { Ok(None) } else { Ok(Some(parse(text)?)) }
}

fn sscc(text: &str) -> Result<Sscc, WireError> {
    Ok(Sscc::parse(text)?)
}

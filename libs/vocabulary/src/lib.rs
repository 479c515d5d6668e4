//! The ids and measures every crate speaks in. Each is a newtype made only by a checking constructor: parse at the edge,
//! trust inside. Pure: no I/O, no clock, no floats.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod code;
mod currency;
mod gs1;
mod invalid;
mod quantity;
mod request_id;
mod sequence;
mod timestamp;

pub use code::{ClassCode, LocationCode, Sku, UnitCode, WarehouseCode};
pub use currency::Currency;
pub use gs1::{Gln, Gtin, Sscc, check_digit};
pub use invalid::Invalid;
pub use quantity::{Quantity, QuantityOverflow};
pub use request_id::RequestId;
pub use sequence::{ReservationId, Sequence};
pub use timestamp::Timestamp;

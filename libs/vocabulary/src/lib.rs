//! The ids and measures every crate speaks in. Each is a newtype made only by a checking constructor: parse at the edge,
//! trust inside. Pure: no I/O, no clock, no floats.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod available_statuses;
mod code;
mod currency;
mod date;
mod gs1;
mod invalid;
mod lot_facts;
mod owner;
mod quantity;
mod request_id;
mod sequence;
mod sscc;
mod status;
mod timestamp;
mod weight;

pub use available_statuses::AvailableStatuses;
pub use code::{
    ChannelCode, ClassCode, CountryCode, DocumentCode, ExpectationCode, HandlingUnitKind, LocationCode,
    LotCode, PartyCode, SerialNumber, SkillCode, Sku, UnitCode, WarehouseCode, ZoneCode,
};
pub use currency::Currency;
pub use date::Date;
pub use gs1::{Gln, Gtin, check_digit};
pub use invalid::Invalid;
pub use lot_facts::{LOT_ATTRIBUTES_MAX, LotFacts};
pub use owner::Owner;
pub use quantity::{Quantity, QuantityOverflow};
pub use request_id::RequestId;
pub use sequence::{ReservationId, Sequence};
pub use sscc::Sscc;
pub use status::StockStatus;
pub use timestamp::Timestamp;
pub use weight::{Weight, WeightUnit};

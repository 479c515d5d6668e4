//! The documents of warehouse work: what is announced to come, in which state it is, and which step may follow.
//!
//! A document is kept by the warehouse beside its stock, in the same journal. A step is judged here and says what changes of the
//! document ([`DeliveryChange`]); what it moves are lines of stock like all others, judged with it, in one entry. So a document cannot
//! say that something came which the stock does not have. This crate knows no stock: whoever calls it puts both together.
//!
//! Pure: no I/O, no clock, no randomness, no floats.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod aql;
mod delivery;
mod party;
mod sampling;
pub mod wire;

pub use aql::Aql;
pub use delivery::{
    AnnouncedLine, AnnouncedUnit, Announcement, Arrival, DELIVERY_LINES_MAX, DELIVERY_UNITS_MAX, Deliveries,
    Delivery, DeliveryChange, DeliveryRejection, DeliveryState, Discrepancy, DiscrepancyKind,
    ENDED_LINES_KEPT, Goods, Inspection, InspectionOutcome, LineProgress, NotFollowing, OPEN_DELIVERIES_MAX,
    Source, TouchedDeliveries, Unannounced, UnitGoods,
};
pub use party::Answerable;
pub use sampling::{SamplingPlan, sampling_plan};

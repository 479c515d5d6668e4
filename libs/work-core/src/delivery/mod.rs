//! Deliveries: goods that are announced to come (a purchase order, a despatch advice, goods from another warehouse, from production or
//! back from a customer), what of them came, and what is not as it was announced.

mod announcement;
mod arrival;
mod change;
mod disposal;
mod record;
mod rejection;
mod steps;

pub use announcement::{
    AnnouncedLine, AnnouncedUnit, Announcement, DELIVERY_LINES_MAX, DELIVERY_UNITS_MAX, Goods, Source,
    Unannounced, UnitGoods,
};
pub use arrival::Arrival;
pub use change::{DeliveryChange, Discrepancy, DiscrepancyKind, Inspection, NotFollowing};
pub use disposal::{Disposal, Disposition};
pub use record::{Delivery, DeliveryState, LineProgress, OPEN_DELIVERIES_MAX};
pub use rejection::DeliveryRejection;
pub use steps::InspectionOutcome;

/// The deliveries of a warehouse.
pub type Deliveries = crate::Documents<Delivery>;
/// What entries have changed of them.
pub type TouchedDeliveries = crate::TouchedDocuments<Delivery>;

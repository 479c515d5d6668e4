//! Deliveries: goods that are announced to come (a purchase order, a despatch advice, goods from another warehouse, from production or
//! back from a customer), what of them came, and what is not as it was announced.

mod announcement;
mod arrival;
mod change;
mod deliveries;
mod record;
mod rejection;
mod steps;

pub use announcement::{
    AnnouncedLine, AnnouncedUnit, Announcement, DELIVERY_LINES_MAX, DELIVERY_UNITS_MAX, Goods, Source,
    Unannounced, UnitGoods,
};
pub use arrival::Arrival;
pub use change::{DeliveryChange, Discrepancy, DiscrepancyKind, Inspection, NotFollowing};
pub use deliveries::{Deliveries, ENDED_LINES_KEPT, OPEN_DELIVERIES_MAX, TouchedDeliveries};
pub use record::{Delivery, DeliveryState, LineProgress};
pub use rejection::DeliveryRejection;
pub use steps::InspectionOutcome;

//! Production orders: what is to be made of what, what of it was made, and what that took. Every quantity moves by the lines of stock that
//! there are; an order says how much a step is to move ([`ProductionOrder::report`]), and keeps count of what it moved.

mod change;
mod need;
mod plan;
mod record;
mod rejection;
mod report;
mod steps;
#[cfg(test)]
mod tests;

pub use change::{
    ByProductStep, ComponentStep, ProductionChange, ProductionNotFollowing, ProductionStep, Progress,
};
pub use plan::{
    ByProduct, Component, ComponentMethod, PRODUCTION_LINES_MAX, PRODUCTION_QUANTITY_MAX, ProductionPlan,
    Wanted,
};
pub use record::{
    ByProductProgress, ComponentProgress, OPEN_PRODUCTION_ORDERS_MAX, ProductionOrder, ProductionState,
};
pub use rejection::ProductionRejection;
pub use report::{Due, Reported, Said};

/// The production orders of a warehouse.
pub type ProductionOrders = crate::Documents<ProductionOrder>;
/// What entries have changed of them.
pub type TouchedProductionOrders = crate::TouchedDocuments<ProductionOrder>;

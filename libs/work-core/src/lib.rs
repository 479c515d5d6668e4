//! The documents of warehouse work: what is announced to come, what customers want, what is counted, what is made, who does what, in which state it is, and which step may follow.
//!
//! A document is kept by the warehouse beside its stock, in the same journal. A step is judged here and says what changes of the
//! document ([`DeliveryChange`]); what it moves are lines of stock like all others, judged with it, in one entry. So a document cannot
//! say that something came which the stock does not have. This crate knows no stock: whoever calls it puts both together.
//!
//! Pure: no I/O, no clock, no randomness, no floats.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod aql;
mod count;
mod delivery;
mod documents;
mod order;
mod party;
mod production;
mod put_away;
mod sampling;
mod task;
pub mod wire;

pub use aql::Aql;
pub use count::{
    COUNT_LINES_MAX, COUNT_PLACES_MAX, ClassLimits, Confidence, Corrected, Count, CountChange, CountFigures,
    CountKind, CountNotFollowing, CountPlace, CountPlan, CountRejection, CountSheets, CountState,
    CountTolerance, CountedGoods, CountedLine, Counting, Counts, Estimate, Exact, OPEN_COUNTS_MAX,
    PlaceProgress, Reading, SamplePlan, TouchedCounts, UsageClass, WHOLE, classes, draw, estimate,
    sample_size,
};
pub use delivery::{
    AnnouncedLine, AnnouncedUnit, Announcement, Arrival, DELIVERY_LINES_MAX, DELIVERY_UNITS_MAX, Deliveries,
    Delivery, DeliveryChange, DeliveryRejection, DeliveryState, Discrepancy, DiscrepancyKind, Disposal,
    Disposition, Goods, Inspection, InspectionOutcome, LineProgress, NotFollowing, OPEN_DELIVERIES_MAX,
    Source, TouchedDeliveries, Unannounced, UnitGoods,
};
pub use documents::{Document, Documents, TouchedDocuments};
pub use order::{
    OPEN_ORDERS_MAX, ORDER_LINES_MAX, Order, OrderChange, OrderNotFollowing, OrderProgress, OrderRejection,
    OrderState, OrderedLine, Orders, Placement, Short, TouchedOrders, Wave,
};
pub use party::Answerable;
pub use production::{
    ByProduct, ByProductProgress, ByProductStep, Component, ComponentMethod, ComponentProgress,
    ComponentStep, Due, OPEN_PRODUCTION_ORDERS_MAX, PRODUCTION_LINES_MAX, PRODUCTION_QUANTITY_MAX,
    ProductionChange, ProductionNotFollowing, ProductionOrder, ProductionOrders, ProductionPlan,
    ProductionRejection, ProductionState, ProductionStep, Progress, Reported, Said, TouchedProductionOrders,
    Wanted,
};
pub use put_away::{
    HazardClass, Hindrance, PutAwayReason, Segregation, Shelf, Shelves, StoredAs, Stores, Suggested,
    ToPutAway, ZoneClass,
};
pub use sampling::{SamplingPlan, sampling_plan};
pub use task::{
    OPEN_TASKS_MAX, Purpose, TASKS_HELD_MAX, Task, TaskAsk, TaskChange, TaskKind, TaskNotFollowing, TaskPlan,
    TaskRejection, TaskState, Tasks, TouchedTasks,
};

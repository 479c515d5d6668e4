//! Outbound orders: what customers want, what of it is promised to them, and what has left. What is promised and what has left is not said
//! here a second time: an order learns it from the promises that were made for it ([`Order::promised`], [`Order::shipped`]).

mod change;
mod placement;
mod record;
mod rejection;
mod steps;

pub use change::{OrderChange, OrderNotFollowing, Short};
pub use placement::{ORDER_LINES_MAX, OrderedLine, Placement};
pub use record::{OPEN_ORDERS_MAX, Order, OrderProgress, OrderState, Wave};
pub use rejection::OrderRejection;

/// The outbound orders of a warehouse.
pub type Orders = crate::Documents<Order>;
/// What entries have changed of them.
pub type TouchedOrders = crate::TouchedDocuments<Order>;

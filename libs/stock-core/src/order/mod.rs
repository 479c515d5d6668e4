//! Outbound orders, as documents beside the stock. What is promised for an order says so in its terms, so that an order learns of every
//! promise that is made, moved, kept or ended for it, whoever does that and why.

mod cross_dock;
mod draft;
mod evolve;
mod fact;
mod judge;
mod leave;
mod line;
mod picks;

pub use fact::OrderFact;
pub use line::{OrderLine, ShortPick};
pub use picks::Pick;

pub(crate) use cross_dock::cross_dock;
pub(crate) use draft::OrderDraft;
pub(crate) use evolve::OrderBook;
pub(crate) use judge::judge;

//! Traces over the whole network, from the edges of every warehouse.

mod duplicates;
mod edges;
mod graph;
mod recipients;
mod walk;

pub(crate) use self::graph::{Event, Link};
pub(crate) use self::recipients::{Reach, RecipientsWish};
pub(crate) use self::walk::{Detail, Direction, Wish};

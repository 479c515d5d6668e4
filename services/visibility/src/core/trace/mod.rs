//! The trace of lots and units: where each came from, where it is, and where it went, as sums that grow with every journal entry.
//!
//! What happened to a lot (or a unit) is told by its edges, one for each warehouse, kind and other side: received from a
//! supplier, held in a status, issued to a customer, consumed by or produced in a document. A lot with a hundred thousand
//! movements between the same parties has a handful of them. A production document is a node too, with an edge for everything it
//! took and made: going from lot to document to lot is how a trace goes up and down.
//!
//! Edges are kept under one sorted text key each, so that every store can keep them: `NODE\0KIND\0OTHER`.

mod edge;
mod key;
mod steps;
#[cfg(test)]
mod tests;

pub use edge::Edge;
pub use key::{EdgeKey, EdgeKind, Node};
pub use steps::{Step, steps};

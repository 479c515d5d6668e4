//! Production orders, as documents beside the stock. A step moves goods by the lines that there are, in the entry that says so: what is used up
//! and what is made of it stand together, and a trace links them. What it moves follows from the order as the line finds it, so that two
//! who report at the same time take nothing twice.

mod draft;
mod evolve;
mod expect;
mod fact;
mod judge;
mod line;
mod promise;
mod report;
mod take;

pub use fact::ProductionFact;
pub use line::{ComponentPromise, ProductionGoods, ProductionLine, ProductionReport};

pub(crate) use draft::ProductionDraft;
pub(crate) use judge::{judge, take_back};

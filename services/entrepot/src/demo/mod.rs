//! `entrepot demo`: a short story over two warehouses, told in tables, and then real order lines.
//!
//! The same seed tells the same story: every document has a request id, a time and quantities that follow from the seed, so that
//! telling it again on the same server changes nothing either.

mod cast;
mod command;
mod own_server;
mod pallet;
mod plot;
mod scanner;
mod stage;
mod tell;

pub(crate) use command::{DemoArgs, run};

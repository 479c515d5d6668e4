//! Composition: which services run in this process, on which parts. The only place that knows all of them.

mod config;
mod data_dir;
mod part;
mod readiness;
mod role;
mod run;
mod signals;

pub(crate) use config::Config;
pub(crate) use data_dir::DataDir;
pub(crate) use part::migrate;
pub(crate) use role::Role;
pub(crate) use run::{run, run_quietly};

//! `entrepot bench`: how fast it is, on this machine, beside what the same machine does without it.
//!
//! The servers are this very binary in processes of their own; clients and baselines run here. A baseline runs in the same job as
//! the measurement it stands beside, and [`measure`] says which. Nothing is asserted: numbers are for people to judge.
//!
//! | module | what it is for |
//! |---|---|
//! | [`measure`] | one file a measurement |
//! | [`baseline`] | what the machine does without us: pgbench, SQLite, Redis |
//! | [`deployment`] | the processes of one measurement, with its own schemas, topics and directory |
//! | [`world`] | its master data and opening stock |
//! | [`core`] | the rules alone, in this process |
//! | [`load`] | clients that send documents as fast as they are answered |
//! | [`usage`] | processor time and memory of processes |
//! | [`report`] | the table and the file |

mod baseline;
mod core;
mod deployment;
mod load;
mod measure;
mod process;
mod random;
mod report;
mod run;
mod servers;
mod usage;
mod world;

pub(crate) use run::{BenchArgs, run};

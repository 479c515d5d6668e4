//! `entrepot import`: files of other systems become documents.
//!
//! An import is two passes. The first reads the whole file and decides what each line means, without a server:
//! [`source`] → [`header`] → [`cells`] → [`judge`] under a [`map`] → rows and [`reject`]s → [`document`]s and [`opening`]s = a [`plan`].
//! The second makes it so: [`master`] data, then every warehouse's documents in order on a stream of its own ([`lane`]).
//!
//! | limit | value |
//! |---|---|
//! | bytes of a file, unpacked | 2 GiB |
//! | data lines of a file | 10,000,000 |
//! | units of a line | 1,000,000,000 |
//! | lines of a document | 1,000 |
//! | warehouses of a map | 1,000 |

mod attempts;
mod cells;
mod command;
mod depth;
mod document;
mod excerpt;
mod fault;
mod header;
mod identity;
mod item;
mod judge;
mod lane;
mod map;
mod master;
mod message;
mod names;
mod opening;
mod orders;
mod plan;
mod post;
mod read;
mod reject;
mod report;
mod row;
mod source;
mod time;

pub(crate) use command::{ImportCommand, run};
pub(crate) use excerpt::import_excerpt;
pub(crate) use report::Report;

//! The event log as topics in one SQLite file.

mod append;
mod fault;
mod headers;
mod log;
mod position;
mod reader;
mod schema;
mod topics;
mod writer;

pub(crate) use self::log::EmbeddedLog;
pub(crate) use self::reader::EmbeddedReader;

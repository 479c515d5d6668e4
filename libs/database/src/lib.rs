//! Shell: connections, migrations and claims for SQLite and PostgreSQL.
//!
//! One [`Database`] is one SQLite file or one schema of a PostgreSQL server. Services keep their SQL in `store/`; this
//! crate only opens the door, brings the schema up to date and says who may be the single owner.
//!
//! Absences: no SQL of any service, no retry loops, no credentials in errors, logs or `Debug`.

pub mod claim;
mod config;
mod connection;
mod fault;
mod lock_key;
mod migrate;
mod postgres;
mod sqlite;

pub use config::{Backend, DatabaseConfig};
pub use connection::Database;
pub use fault::{Cause, DatabaseFault};

//! Test support: the real servers, and a place of its own on each of them for every test (a schema, a topic prefix, a
//! key prefix), so that tests run side by side and never see each other.
//!
//! [`FaultProxy`] is a line to a server that can be cut anywhere.
//!
//! Not for production: what is missing here fails the test at once, by a panic that says what to do.

mod fault_proxy;
mod postgres;
mod servers;
mod sqlite;
mod unique;

pub use fault_proxy::{FaultProxy, Way};
pub use postgres::{Schema, on_postgres};
pub use servers::{kafka, postgres_url, redis_url};
pub use sqlite::{TempDir, sqlite_url, temp_dir};
pub use unique::unique;

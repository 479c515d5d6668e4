//! The same promises on a real SQLite file and a real PostgreSQL server.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a step of a test that fails fails the test")]

mod claims;
mod faults;
mod migrations;
mod opening;
mod schema;

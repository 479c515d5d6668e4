//! The file. Every change is decided and stored in one turn: a write transaction that nobody comes between, in this process or
//! another, and that is durable when it ends (WAL, synchronous=FULL).
//!
//! | statement | when | how many |
//! |---|---|---|
//! | the open grants, the newest number, the count of what waits | every turn | 3 |
//! | find the request | something is recorded | 1 a part |
//! | insert or change | every change | 1 |
//! | what waits | a batch is sent | 1 |

mod entity;
mod migrations;
mod open;
mod rows;
mod turn;

pub(crate) use open::LedgerStore;
pub use open::Which;
pub(crate) use turn::Turn;

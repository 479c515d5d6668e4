//! The papers service: numbered business documents, from a goods receipt note to the certificate of a lot's trace.
//!
//! | module | what it does |
//! |---|---|
//! | `rpc` | one file an RPC: reads the request, has it done, answers |
//! | `engine` | says whose paper it is, on which day, and composes it from what the other services answer |
//! | `feed` | asks the catalog, the stock service and the view |
//! | `store` | the tables, and the one transaction that gives a paper its number |
//!
//! What stands on a paper of a kind and how it looks is in `paper-core`. Absent on purpose: drafts, changes and deletion. A paper is issued or
//! it is not there.

mod app;
mod config;
mod engine;
mod fault;
mod feed;
mod rpc;
mod store;

pub use app::{Papers, Parts, Running};
pub use config::{Entity, PapersConfig};
pub use fault::PapersFault;

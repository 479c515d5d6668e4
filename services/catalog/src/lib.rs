//! The catalog service: items, item classes, coding rules, warehouses and locations.
//!
//! | module | what it does |
//! |---|---|
//! | `rpc` | one file an RPC: reads the request, asks the store, answers |
//! | `store` | the tables, and the one transaction that every change is |
//! | `feed` | publishes the changes to `entrepot.catalog.v1`, in order |
//! | `app` | opens the parts and starts them |
//!
//! The rules are in `catalog-core`. Absent on purpose: caches (readers elsewhere follow the topic), deletion (records are retired).

mod app;
mod config;
mod fault;
mod feed;
mod rpc;
mod store;

pub use app::{Catalog, Parts, Running};
pub use config::CatalogConfig;
pub use fault::CatalogFault;

//! Shell: what a service knows of the catalog, kept from its topic. Reads are local and cost a hash lookup, so that no service
//! calls the catalog on the write path.
//!
//! [`CatalogView`] holds it, [`follow`] keeps it, and the records are what rules need of the master data and no more.

mod apply;
mod follow;
mod record;
mod tables;
mod view;

pub use follow::{TOPIC, follow};
pub use record::{ItemRecord, LocationRecord, Packaging, RecallRecord, WarehouseRecord};
pub use view::CatalogView;

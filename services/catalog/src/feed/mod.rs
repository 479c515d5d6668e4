//! What the catalog publishes, and whom it asks.

mod cloud_event;
mod network;
mod relay;

use eventlog::TopicSpec;

pub(crate) use network::Network;
pub(crate) use relay::Relay;

/// One partition: one order for all changes. Compacted: the newest record of every key stays.
pub(crate) const TOPIC: TopicSpec = TopicSpec { name: "entrepot.catalog.v1", partitions: 1, compacted: true };

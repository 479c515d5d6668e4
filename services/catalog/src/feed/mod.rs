//! What the catalog publishes.

mod cloud_event;
mod relay;

use eventlog::TopicSpec;

pub(crate) use relay::Relay;

/// One partition: one order for all changes. Compacted: the newest record of every key stays.
pub(crate) const TOPIC: TopicSpec = TopicSpec { name: "entrepot.catalog.v1", partitions: 1, compacted: true };

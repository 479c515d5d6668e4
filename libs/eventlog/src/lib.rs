//! Shell: the event log port. One interface, two implementations: topics in one SQLite file (embedded) and Apache Kafka.
//!
//! A topic has partitions; the key of a record decides its partition, by the same hash in both implementations. Records
//! of one key are read in the order they were published in. Publishing is at least once: a caller publishes from its own
//! durable cursor, moves the cursor after `Ok`, and publishes again from the cursor after a fault. What readers get
//! then is always one or more repeats of the same order, never an order with a hole (see `kafka/producer.rs`), so a
//! consumer that drops what it has already applied, by sequence, applies everything exactly once.
//!
//! Absent on purpose: consumer groups and committed offsets (a consumer keeps its position together with its effect),
//! transactions across topics, deletion by time.

mod config;
mod embedded;
mod fault;
mod header;
mod kafka;
mod limits;
mod log;
mod partitioner;
mod reader;
mod record;

pub use config::EventLogConfig;
pub use fault::LogFault;
pub use header::{Header, HeaderName};
pub use limits::{BATCH_BYTES_MAX, PARTITIONS_MAX, RECORD_VALUE_BYTES_MAX, RECORDS_PER_PUBLISH_MAX};
pub use log::EventLog;
pub use partitioner::partition_of;
pub use reader::Reader;
pub use record::{Batch, Delivered, Record, TopicSpec};

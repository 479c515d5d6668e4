//! The event log as topics of an Apache Kafka cluster, through librdkafka.

mod client;
mod delivery;
mod fault;
mod log;
mod message;
mod producer;
mod reader;
mod topics;
mod watermarks;

pub(crate) use self::log::KafkaLog;
pub(crate) use self::reader::KafkaReader;

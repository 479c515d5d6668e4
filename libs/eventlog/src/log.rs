use std::collections::BTreeMap;

use crate::config::EventLogConfig;
use crate::embedded::EmbeddedLog;
use crate::fault::LogFault;
use crate::kafka::KafkaLog;
use crate::limits;
use crate::reader::Reader;
use crate::record::{Record, TopicSpec};

/// An open event log. Clones share it.
#[derive(Clone, Debug)]
pub struct EventLog(Backend);

#[derive(Clone, Debug)]
enum Backend {
    Embedded(EmbeddedLog),
    Kafka(KafkaLog),
}

impl EventLog {
    /// Opens the log. Embedded: makes the file when absent. Kafka: needs no broker yet, it may come later.
    ///
    /// # Errors
    /// `Rejected` for a configuration that cannot work, `Unavailable` when the file cannot be opened now.
    pub async fn open(config: &EventLogConfig) -> Result<Self, LogFault> {
        let backend = match config {
            EventLogConfig::Embedded { path } => Backend::Embedded(EmbeddedLog::open(path).await?),
            EventLogConfig::Kafka { bootstrap_servers, topic_prefix } => {
                Backend::Kafka(KafkaLog::open(bootstrap_servers, topic_prefix)?)
            }
        };
        Ok(Self(backend))
    }

    /// Makes the topic unless it is there; when this returns, it can be published to and read.
    ///
    /// # Errors
    /// `Rejected` when the topic is there with another number of partitions, `Unavailable`.
    pub async fn ensure_topic(&self, spec: &TopicSpec) -> Result<(), LogFault> {
        limits::check_topic(spec)?;
        match &self.0 {
            Backend::Embedded(log) => log.ensure_topic(spec).await,
            Backend::Kafka(log) => log.ensure_topic(spec).await,
        }
    }

    /// Publishes the records. `Ok` means that all are durable, in the order given for every key. After a fault, or when
    /// the future is dropped, a prefix of every key's records may be in the log, or still on its way: publish again
    /// from the own cursor. Two calls at the same time have no order between them.
    ///
    /// # Errors
    /// `UnknownTopic`; `Rejected` over a limit (nothing is published then); `Unavailable`.
    pub async fn publish(&self, topic: &str, records: Vec<Record>) -> Result<(), LogFault> {
        limits::check_records(&records)?;
        match &self.0 {
            Backend::Embedded(log) => log.publish(topic, records).await,
            Backend::Kafka(log) => log.publish(topic, &records).await,
        }
    }

    /// Reads every partition from its beginning.
    ///
    /// # Errors
    /// `UnknownTopic`, `Unavailable`.
    pub async fn read_from_start(&self, topic: &str) -> Result<Reader, LogFault> {
        self.read_from(topic, &BTreeMap::new()).await
    }

    /// Reads on: `offsets` has the first offset wanted of a partition; a partition that is not in it is read from its
    /// beginning.
    ///
    /// # Errors
    /// `UnknownTopic`; `Rejected` for a partition the topic does not have; `Truncated` when the topic ends before an
    /// offset or no longer has it; `Unavailable`.
    pub async fn read_from(&self, topic: &str, offsets: &BTreeMap<i32, i64>) -> Result<Reader, LogFault> {
        Ok(match &self.0 {
            Backend::Embedded(log) => Reader::embedded(log.read_from(topic, offsets).await?),
            Backend::Kafka(log) => Reader::kafka(log.read_from(topic, offsets).await?),
        })
    }
}

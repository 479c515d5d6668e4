use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::producer::Producers;
use super::reader::KafkaReader;
use super::topics::Topics;
use crate::fault::LogFault;
use crate::record::{Record, TopicSpec};

#[derive(Clone)]
pub(crate) struct KafkaLog(pub(super) Arc<Shared>);

pub(super) struct Shared {
    pub(super) bootstrap_servers: String,
    topic_prefix: String,
    pub(super) topics: Topics,
    producers: Producers,
}

impl fmt::Debug for KafkaLog {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut log = formatter.debug_struct("KafkaLog");
        log.field("bootstrap_servers", &self.0.bootstrap_servers).field("topic_prefix", &self.0.topic_prefix);
        log.finish_non_exhaustive()
    }
}

impl KafkaLog {
    /// Connects to nothing yet: the brokers may be away when a service starts.
    pub(crate) fn open(bootstrap_servers: &str, topic_prefix: &str) -> Result<Self, LogFault> {
        if bootstrap_servers.trim().is_empty() {
            return Err(LogFault::rejected("no Kafka bootstrap servers: name at least one as host:port"));
        }
        Ok(Self(Arc::new(Shared {
            bootstrap_servers: bootstrap_servers.to_owned(),
            topic_prefix: topic_prefix.to_owned(),
            topics: Topics::new(bootstrap_servers)?,
            producers: Producers::new(bootstrap_servers)?,
        })))
    }

    pub(crate) async fn ensure_topic(&self, spec: &TopicSpec) -> Result<(), LogFault> {
        self.0.topics.ensure(&self.full_name(spec.name), spec).await
    }

    pub(crate) async fn publish(&self, topic: &str, records: &[Record]) -> Result<(), LogFault> {
        let full_name = self.full_name(topic);
        // Asked first, because a producer only learns after half a minute that a topic is not there.
        self.0.topics.partitions(&full_name).await?.ok_or_else(|| LogFault::unknown_topic(topic))?;
        let result = self.0.producers.publish(&full_name, records).await;
        if let Err(LogFault::UnknownTopic { .. }) = &result {
            self.0.topics.forget(&full_name);
            return Err(LogFault::unknown_topic(topic));
        }
        result
    }

    pub(crate) async fn read_from(
        &self,
        topic: &str,
        offsets: &BTreeMap<i32, i64>,
    ) -> Result<KafkaReader, LogFault> {
        let full_name = self.full_name(topic);
        self.0.topics.forget(&full_name);
        let partitions = self.0.topics.partitions(&full_name).await?;
        let partitions = partitions.ok_or_else(|| LogFault::unknown_topic(topic))?;
        let watermarks = self.0.topics.watermarks(&full_name, partitions).await?;
        KafkaReader::open(self.clone(), full_name, &watermarks, offsets)
    }

    fn full_name(&self, topic: &str) -> String {
        format!("{}{topic}", self.0.topic_prefix)
    }
}

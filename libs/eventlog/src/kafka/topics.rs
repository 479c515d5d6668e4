//! The topics of the cluster: what there is, and making what is not.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use rdkafka::admin::{AdminClient, AdminOptions, NewTopic, TopicReplication};
use rdkafka::config::FromClientConfigAndContext;
use rdkafka::error::RDKafkaErrorCode as Code;
use rdkafka::metadata::MetadataTopic;
use tokio::time::Instant;

use super::client::{self, Context, MESSAGE_BYTES_MAX, blocking};
use super::fault;
use super::watermarks::{self, Watermark};
use crate::fault::LogFault;
use crate::record::TopicSpec;

/// How long one question to the cluster may take.
const ANSWER_WAIT: Duration = Duration::from_secs(5);
/// How long the cluster may take to make a topic.
const CREATE_WAIT: Duration = Duration::from_secs(15);
/// How long a new topic may take until all its partitions have a leader.
const VISIBLE_WAIT: Duration = Duration::from_secs(20);
const VISIBLE_POLL: Duration = Duration::from_millis(25);
/// The broker's own default.
const REPLICATION: TopicReplication<'static> = TopicReplication::Fixed(-1);

pub(super) struct Topics {
    admin: Arc<AdminClient<Context>>,
    /// Partitions of the topics seen so far.
    known: RwLock<HashMap<String, u32>>,
}

impl Topics {
    pub(super) fn new(bootstrap_servers: &str) -> Result<Self, LogFault> {
        let admin = AdminClient::from_config_and_context(&client::config(bootstrap_servers), Context);
        let admin = admin.map_err(|error| fault::from_kafka("", &error))?;
        Ok(Self { admin: Arc::new(admin), known: RwLock::default() })
    }

    /// How many partitions the topic has; `None` when there is no such topic.
    pub(super) async fn partitions(&self, topic: &str) -> Result<Option<u32>, LogFault> {
        if let Some(partitions) = self.known.read().unwrap_or_else(PoisonError::into_inner).get(topic) {
            return Ok(Some(*partitions));
        }
        let partitions = self.ask_partitions(topic).await?;
        if let Some(partitions) = partitions {
            self.known.write().unwrap_or_else(PoisonError::into_inner).insert(topic.to_owned(), partitions);
        }
        Ok(partitions)
    }

    pub(super) fn forget(&self, topic: &str) {
        self.known.write().unwrap_or_else(PoisonError::into_inner).remove(topic);
    }

    pub(super) async fn watermarks(&self, topic: &str, partitions: u32) -> Result<Vec<Watermark>, LogFault> {
        watermarks::fetch(Arc::clone(&self.admin), topic.to_owned(), partitions, ANSWER_WAIT).await
    }

    /// As `watermarks`, for asking whether the cluster is there: it gives up soon.
    pub(super) async fn probe(&self, topic: &str, partitions: u32) -> Result<Vec<Watermark>, LogFault> {
        watermarks::fetch(Arc::clone(&self.admin), topic.to_owned(), partitions, watermarks::PROBE_WAIT).await
    }

    pub(super) async fn ensure(&self, topic: &str, spec: &TopicSpec) -> Result<(), LogFault> {
        if self.ask_partitions(topic).await?.is_none() {
            self.create(topic, spec).await?;
        }
        let found = self.wait_until_visible(topic).await?;
        if found != spec.partitions {
            return Err(LogFault::rejected(format!(
                "topic {topic} is there with {found} partitions, asked for are {}: the partition of a key depends on \
                 it, take a new name or make the topic anew",
                spec.partitions
            )));
        }
        Ok(())
    }

    async fn create(&self, topic: &str, spec: &TopicSpec) -> Result<(), LogFault> {
        let partitions = i32::try_from(spec.partitions).unwrap_or(i32::MAX);
        let new = NewTopic::new(topic, partitions, REPLICATION).set("max.message.bytes", MESSAGE_BYTES_MAX);
        let new = if spec.compacted {
            new.set("cleanup.policy", "compact")
        } else {
            new.set("cleanup.policy", "delete").set("retention.ms", "-1").set("retention.bytes", "-1")
        };
        let options =
            AdminOptions::new().request_timeout(Some(CREATE_WAIT)).operation_timeout(Some(CREATE_WAIT));
        let results = self.admin.create_topics([&new], &options).await;
        for result in results.map_err(|error| fault::from_kafka(topic, &error))? {
            match result {
                Ok(_) | Err((_, Code::TopicAlreadyExists)) => {}
                Err((_, code)) => return Err(fault::from_code(topic, code, &format!("not created: {code}"))),
            }
        }
        Ok(())
    }

    async fn wait_until_visible(&self, topic: &str) -> Result<u32, LogFault> {
        let deadline = Instant::now() + VISIBLE_WAIT;
        loop {
            match self.usable_partitions(topic).await {
                Ok(Some(partitions)) => return Ok(partitions),
                Ok(None) | Err(LogFault::UnknownTopic { .. }) => {}
                Err(fault) if fault.is_retryable() => {}
                Err(fault) => return Err(fault),
            }
            if Instant::now() >= deadline {
                return Err(LogFault::unavailable(format!("topic {topic} was made, but has no leaders yet")));
            }
            tokio::time::sleep(VISIBLE_POLL).await;
        }
    }

    /// The number of partitions once all their leaders answer: the metadata knows a new leader before the leader does.
    async fn usable_partitions(&self, topic: &str) -> Result<Option<u32>, LogFault> {
        let partitions = self.ask_partitions(topic).await?;
        if let Some(partitions) = partitions {
            self.probe(topic, partitions).await?;
        }
        Ok(partitions)
    }

    async fn ask_partitions(&self, topic: &str) -> Result<Option<u32>, LogFault> {
        let (admin, topic) = (Arc::clone(&self.admin), topic.to_owned());
        blocking(move || {
            let metadata = admin.inner().fetch_metadata(Some(&topic), ANSWER_WAIT);
            let metadata = metadata.map_err(|error| fault::from_kafka(&topic, &error))?;
            match metadata.topics().first() {
                Some(found) => partitions_with_leader(&topic, found),
                None => Ok(None),
            }
        })
        .await
    }
}

fn partitions_with_leader(topic: &str, found: &MetadataTopic) -> Result<Option<u32>, LogFault> {
    if let Some(error) = found.error() {
        let code = Code::from(error);
        if fault::is_unknown_topic(code) {
            return Ok(None);
        }
        return Err(fault::from_code(topic, code, &code.to_string()));
    }
    if found.partitions().iter().any(|partition| partition.leader() < 0) {
        return Err(LogFault::unavailable(format!("topic {topic} has a partition without a leader")));
    }
    Ok(Some(u32::try_from(found.partitions().len()).unwrap_or(u32::MAX)))
}

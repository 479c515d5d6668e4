//! The topics of the file.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use sqlx::SqlitePool;

use super::fault::from_sqlx;
use super::position::{Lane, TOPIC_ID_MAX};
use crate::fault::LogFault;
use crate::partitioner::partition_of;
use crate::record::TopicSpec;

#[derive(Debug, PartialEq, Eq)]
pub(super) struct Topic {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) partitions: u32,
    pub(super) retention: Retention,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Retention {
    EveryRecord,
    NewestOfKey,
}

impl Topic {
    pub(super) fn lane_of(&self, key: &[u8]) -> Lane {
        self.lane(partition_of(key, self.partitions))
    }

    pub(super) fn lane(&self, partition: u32) -> Lane {
        Lane::new(self.id, partition)
    }
}

/// Topics by name, each looked up once: a topic never changes after it was made.
#[derive(Debug)]
pub(super) struct Topics {
    pool: SqlitePool,
    known: RwLock<HashMap<String, Arc<Topic>>>,
}

impl Topics {
    pub(super) fn new(pool: SqlitePool) -> Self {
        Self { pool, known: RwLock::default() }
    }

    pub(super) async fn get(&self, name: &str) -> Result<Arc<Topic>, LogFault> {
        if let Some(topic) = self.remembered(name) {
            return Ok(topic);
        }
        let topic = self.stored(name).await?.ok_or_else(|| LogFault::unknown_topic(name))?;
        let topic = Arc::new(topic);
        let mut known = self.known.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(name.to_owned(), Arc::clone(&topic));
        Ok(topic)
    }

    pub(super) async fn ensure(&self, spec: &TopicSpec) -> Result<(), LogFault> {
        let topic = match self.stored(spec.name).await? {
            Some(topic) => topic,
            None => self.create(spec).await?,
        };
        let retention = if spec.compacted { Retention::NewestOfKey } else { Retention::EveryRecord };
        if topic.partitions != spec.partitions || topic.retention != retention {
            return Err(LogFault::rejected(format!(
                "topic {} is there with {} partitions and {:?} kept, asked for are {} and {retention:?}: \
                 a topic cannot be changed, take a new name",
                spec.name, topic.partitions, topic.retention, spec.partitions
            )));
        }
        Ok(())
    }

    fn remembered(&self, name: &str) -> Option<Arc<Topic>> {
        self.known.read().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }

    async fn stored(&self, name: &str) -> Result<Option<Topic>, LogFault> {
        let found: Option<(i64, u32, bool)> =
            sqlx::query_as("SELECT id, partitions, compacted FROM topic WHERE name = ?1")
                .bind(name)
                .fetch_optional(&self.pool)
                .await
                .map_err(from_sqlx)?;
        Ok(found.map(|(id, partitions, compacted)| {
            let retention = if compacted { Retention::NewestOfKey } else { Retention::EveryRecord };
            Topic { id, name: name.to_owned(), partitions, retention }
        }))
    }

    async fn create(&self, spec: &TopicSpec) -> Result<Topic, LogFault> {
        sqlx::query(
            "INSERT INTO topic (name, partitions, compacted) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
        )
        .bind(spec.name)
        .bind(spec.partitions)
        .bind(spec.compacted)
        .execute(&self.pool)
        .await
        .map_err(from_sqlx)?;
        let topic = self.stored(spec.name).await?.ok_or_else(|| LogFault::unknown_topic(spec.name))?;
        if topic.id > TOPIC_ID_MAX {
            return Err(LogFault::rejected(format!(
                "more than {TOPIC_ID_MAX} topics in one file: use another file"
            )));
        }
        Ok(topic)
    }
}

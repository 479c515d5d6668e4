use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use sqlx::SqlitePool;
use tokio::sync::watch;

use super::reader::EmbeddedReader;
use super::topics::{Topic, Topics};
use super::writer::Writer;
use super::{append, fault, schema};
use crate::fault::LogFault;
use crate::record::{Record, TopicSpec};

#[derive(Clone, Debug)]
pub(crate) struct EmbeddedLog(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    pool: SqlitePool,
    topics: Topics,
    writer: Writer,
    commits: watch::Receiver<u64>,
}

impl EmbeddedLog {
    pub(crate) async fn open(path: &Path) -> Result<Self, LogFault> {
        let pool = schema::open(path).await?;
        let (sender, commits) = watch::channel(0);
        let writer = Writer::start(path.to_owned(), sender);
        let topics = Topics::new(pool.clone());
        Ok(Self(Arc::new(Shared { pool, topics, writer, commits })))
    }

    pub(crate) async fn ensure_topic(&self, spec: &TopicSpec) -> Result<(), LogFault> {
        self.0.topics.ensure(spec).await
    }

    pub(crate) async fn publish(&self, topic: &str, records: Vec<Record>) -> Result<(), LogFault> {
        let topic = self.0.topics.get(topic).await?;
        if records.is_empty() {
            return Ok(());
        }
        self.0.writer.publish(topic, records).await
    }

    pub(crate) async fn read_from(
        &self,
        topic: &str,
        offsets: &BTreeMap<i32, i64>,
    ) -> Result<EmbeddedReader, LogFault> {
        let topic = self.0.topics.get(topic).await?;
        let mut next = vec![0; usize::try_from(topic.partitions).unwrap_or_default()];
        for (partition, offset) in offsets {
            *place(&mut next, &topic, *partition)? = self.checked(&topic, *partition, *offset).await?;
        }
        Ok(EmbeddedReader::new(self.0.pool.clone(), topic, self.0.commits.clone(), next))
    }

    /// The offset, if the partition reaches up to it.
    async fn checked(&self, topic: &Topic, partition: i32, offset: i64) -> Result<i64, LogFault> {
        let lane = topic.lane(u32::try_from(partition).unwrap_or_default());
        let mut connection = self.0.pool.acquire().await.map_err(fault::from_sqlx)?;
        let end = append::next_offset(&mut connection, lane).await?;
        if offset < 0 || offset > end {
            return Err(LogFault::truncated(&topic.name, partition, offset));
        }
        Ok(offset)
    }
}

fn place<'a>(next: &'a mut [i64], topic: &Topic, partition: i32) -> Result<&'a mut i64, LogFault> {
    let index = usize::try_from(partition).ok();
    index.and_then(|index| next.get_mut(index)).ok_or_else(|| {
        LogFault::rejected(format!(
            "topic {} has the partitions 0 to {}, not {partition}: store positions per topic",
            topic.name,
            topic.partitions - 1
        ))
    })
}

use std::collections::BTreeMap;
use std::time::Duration;

use crate::embedded::EmbeddedReader;
use crate::fault::LogFault;
use crate::kafka::KafkaReader;
use crate::record::Batch;

/// Reads one topic, all partitions, without a consumer group: the caller keeps the position.
#[derive(Debug)]
pub struct Reader(Backend);

#[derive(Debug)]
enum Backend {
    Embedded(EmbeddedReader),
    Kafka(KafkaReader),
}

impl Reader {
    pub(crate) fn embedded(reader: EmbeddedReader) -> Self {
        Self(Backend::Embedded(reader))
    }

    pub(crate) fn kafka(reader: KafkaReader) -> Self {
        Self(Backend::Kafka(reader))
    }

    /// Returns as soon as there are records (at most `records_max`, less when they are large), or when it is news that
    /// nothing newer exists; otherwise after `wait`, empty. Dropping the future loses nothing.
    ///
    /// # Errors
    /// `Unavailable`: call again, the reader goes on where it was. `Truncated`, `UnknownTopic`: the reader is of no more
    /// use and says the same again.
    pub async fn next_batch(&mut self, records_max: usize, wait: Duration) -> Result<Batch, LogFault> {
        match &mut self.0 {
            Backend::Embedded(reader) => reader.next_batch(records_max, wait).await,
            Backend::Kafka(reader) => reader.next_batch(records_max, wait).await,
        }
    }

    /// The first offset not returned yet, per partition: what [`crate::EventLog::read_from`] takes to go on from here.
    /// A partition of which nothing was read yet may be missing.
    #[must_use]
    pub fn positions(&self) -> BTreeMap<i32, i64> {
        match &self.0 {
            Backend::Embedded(reader) => reader.positions(),
            Backend::Kafka(reader) => reader.positions(),
        }
    }
}

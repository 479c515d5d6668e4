use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use futures::FutureExt;
use rdkafka::config::FromClientConfigAndContext;
use rdkafka::consumer::{Consumer as _, StreamConsumer};
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::{Offset, TopicPartitionList};
use tokio::time::Instant;

use super::client::{self, Context};
use super::watermarks::Watermark;
use super::{KafkaLog, fault, message};
use crate::fault::LogFault;
use crate::limits::BATCH_BYTES_MAX;
use crate::record::{Batch, Delivered};

/// How often to ask whether the cluster is back.
const PROBE_INTERVAL: Duration = Duration::from_secs(1);
/// After so long without a word from the consumer the leaders are asked where the partitions end: it may be stuck, or a
/// broker may be gone without closing its connection.
const QUIET_MAX: Duration = Duration::from_secs(10);

pub(crate) struct KafkaReader {
    log: KafkaLog,
    topic: String,
    consumer: StreamConsumer<Context>,
    partitions: Vec<Partition>,
    /// Received and not returned yet; kept here, so that a dropped future loses nothing.
    pending: Vec<Delivered>,
    pending_bytes: usize,
    link: Link,
    quiet_since: Instant,
    /// Why nothing more will come.
    ended: Option<LogFault>,
    told_caught_up: bool,
}

#[derive(Clone, Copy, Debug)]
struct Partition {
    /// The offset wanted next.
    next: i64,
    /// As of the leader's newest answer there is nothing from `next` on.
    at_end: bool,
}

#[derive(Clone, Debug)]
enum Link {
    Up,
    /// A broker was lost: what the ends of partitions were is not known until the leaders were asked again.
    Lost {
        fault: LogFault,
        probe_at: Instant,
    },
}

/// What the consumer had to say.
enum Event {
    Record(Delivered),
    End(i32),
    Error(KafkaError),
}

impl fmt::Debug for KafkaReader {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut reader = formatter.debug_struct("KafkaReader");
        reader.field("topic", &self.topic).field("partitions", &self.partitions).field("link", &self.link);
        reader.finish_non_exhaustive()
    }
}

impl KafkaReader {
    pub(super) fn open(
        log: KafkaLog,
        topic: String,
        watermarks: &[Watermark],
        offsets: &BTreeMap<i32, i64>,
    ) -> Result<Self, LogFault> {
        let partitions = starts(&topic, watermarks, offsets)?;
        let consumer = connect(&log.0.bootstrap_servers, &topic, &partitions)?;
        Ok(Self {
            log,
            topic,
            consumer,
            partitions,
            pending: Vec::new(),
            pending_bytes: 0,
            link: Link::Up,
            quiet_since: Instant::now(),
            ended: None,
            told_caught_up: false,
        })
    }

    pub(crate) fn positions(&self) -> BTreeMap<i32, i64> {
        let mut positions: BTreeMap<i32, i64> =
            (0..).zip(self.partitions.iter().map(|partition| partition.next)).collect();
        // What is still pending has not been returned: its first record is where to go on.
        for delivered in self.pending.iter().rev() {
            positions.insert(delivered.partition, delivered.offset);
        }
        positions
    }

    pub(crate) async fn next_batch(&mut self, records_max: usize, wait: Duration) -> Result<Batch, LogFault> {
        let deadline = Instant::now() + wait;
        loop {
            self.drain(records_max.max(1));
            self.probe_if_due().await;
            if !self.pending.is_empty() || (self.caught_up() && !self.told_caught_up) {
                return Ok(self.batch());
            }
            if let Some(fault) = &self.ended {
                return Err(fault.clone());
            }
            let until = deadline.min(self.probe_at());
            match tokio::time::timeout_at(until, receive(&self.consumer)).await {
                Ok(event) => self.take(event),
                Err(_) if until < deadline => {}
                Err(_) => return self.nothing_new(),
            }
        }
    }

    fn drain(&mut self, records_max: usize) {
        while self.pending.len() < records_max && self.pending_bytes < BATCH_BYTES_MAX {
            match receive(&self.consumer).now_or_never() {
                Some(event) => self.take(event),
                None => return,
            }
        }
    }

    fn take(&mut self, event: Event) {
        self.quiet_since = Instant::now();
        match event {
            Event::Record(delivered) => {
                self.see(delivered.partition, |partition| {
                    *partition = Partition { next: delivered.offset + 1, at_end: false };
                });
                self.pending_bytes += delivered.record.size();
                self.pending.push(delivered);
            }
            Event::End(partition) => self.see(partition, |partition| partition.at_end = true),
            Event::Error(error) => self.take_error(&error),
        }
    }

    fn see(&mut self, partition: i32, change: impl FnOnce(&mut Partition)) {
        let index = usize::try_from(partition).ok();
        if let Some(partition) = index.and_then(|index| self.partitions.get_mut(index)) {
            change(partition);
        }
    }

    fn take_error(&mut self, error: &KafkaError) {
        let code = error.rdkafka_error_code();
        if code.is_some_and(fault::is_of_group) {
            return;
        }
        if code == Some(Code::AutoOffsetReset) {
            let reason = format!("topic {}: {error}", self.topic);
            self.ended = Some(LogFault::Truncated { reason });
            return;
        }
        let fault = fault::from_kafka(&self.topic, error);
        if fault.is_retryable() {
            tracing::warn!(topic = self.topic, %fault, "lost a broker while reading");
            self.partitions.iter_mut().for_each(|partition| partition.at_end = false);
            self.link = Link::Lost { fault, probe_at: Instant::now() };
        } else {
            self.ended = Some(fault);
        }
    }

    fn probe_at(&self) -> Instant {
        match &self.link {
            Link::Up => self.quiet_since + QUIET_MAX,
            Link::Lost { probe_at, .. } => *probe_at,
        }
    }

    /// After a loss or a long silence, asks the leaders where the partitions end: librdkafka does not say again that a
    /// partition is at its end when it was before.
    async fn probe_if_due(&mut self) {
        if self.ended.is_some() || Instant::now() < self.probe_at() {
            return;
        }
        let partitions = u32::try_from(self.partitions.len()).unwrap_or(u32::MAX);
        let answer = self.log.0.topics.probe(&self.topic, partitions).await;
        match answer.and_then(|watermarks| self.found(&watermarks)) {
            Ok(()) => self.quiet_since = Instant::now(),
            Err(fault) if fault.is_retryable() => {
                self.link = Link::Lost { fault, probe_at: Instant::now() + PROBE_INTERVAL };
            }
            Err(fault) => self.ended = Some(fault),
        }
    }

    fn found(&mut self, watermarks: &[Watermark]) -> Result<(), LogFault> {
        for (number, (partition, watermark)) in (0..).zip(self.partitions.iter_mut().zip(watermarks)) {
            partition.at_end = partition.next == watermark.high;
            if partition.next > watermark.high {
                return Err(LogFault::truncated(&self.topic, number, partition.next));
            }
        }
        let was_up = matches!(self.link, Link::Up);
        self.link = Link::Up;
        if was_up && !self.caught_up() {
            tracing::warn!(
                topic = self.topic,
                "the consumer is silent although there is more: starting it anew"
            );
            self.consumer = connect(&self.log.0.bootstrap_servers, &self.topic, &self.partitions)?;
        }
        Ok(())
    }

    fn caught_up(&self) -> bool {
        matches!(self.link, Link::Up) && self.ended.is_none() && self.partitions.iter().all(|one| one.at_end)
    }

    fn batch(&mut self) -> Batch {
        self.told_caught_up = self.caught_up();
        self.pending_bytes = 0;
        Batch { records: std::mem::take(&mut self.pending), caught_up: self.told_caught_up }
    }

    fn nothing_new(&mut self) -> Result<Batch, LogFault> {
        match &self.link {
            Link::Lost { fault, .. } => Err(fault.clone()),
            Link::Up => Ok(self.batch()),
        }
    }
}

async fn receive(consumer: &StreamConsumer<Context>) -> Event {
    match consumer.recv().await {
        Ok(message) => Event::Record(message::delivered(&message)),
        Err(KafkaError::PartitionEOF(partition)) => Event::End(partition),
        Err(error) => Event::Error(error),
    }
}

/// Where each partition is to be read from.
fn starts(
    topic: &str,
    watermarks: &[Watermark],
    offsets: &BTreeMap<i32, i64>,
) -> Result<Vec<Partition>, LogFault> {
    let mut partitions: Vec<Partition> =
        watermarks.iter().map(|mark| Partition { next: mark.low, at_end: mark.low == mark.high }).collect();
    for (number, offset) in offsets {
        let index = usize::try_from(*number).ok().filter(|index| *index < watermarks.len());
        let Some(index) = index else {
            return Err(LogFault::rejected(format!(
                "topic {topic} has {} partitions, and no {number}: store positions per topic",
                watermarks.len()
            )));
        };
        let mark = watermarks[index];
        // Zero is always a position one can go on from: a topic whose head was compacted away begins later.
        let next = if *offset == 0 { mark.low } else { *offset };
        if next < mark.low || next > mark.high {
            return Err(LogFault::truncated(topic, *number, *offset));
        }
        partitions[index] = Partition { next, at_end: next == mark.high };
    }
    Ok(partitions)
}

fn connect(
    bootstrap_servers: &str,
    topic: &str,
    partitions: &[Partition],
) -> Result<StreamConsumer<Context>, LogFault> {
    let mut config = client::config(bootstrap_servers);
    config
        // librdkafka wants a group even when partitions are assigned by hand; nobody joins it.
        .set("group.id", "entrepot-reader")
        .set("enable.auto.commit", "false")
        .set("enable.auto.offset.store", "false")
        .set("enable.partition.eof", "true")
        .set("auto.offset.reset", "error")
        // A topic was there when the reader was opened: when it is not any more, that is to be said soon.
        .set("topic.metadata.propagation.max.ms", "5000")
        .set("topic.metadata.refresh.interval.ms", "30000")
        // Memory of what was fetched ahead, and how soon to fetch on when there is room again.
        .set("queued.max.messages.kbytes", "16384")
        .set("fetch.max.bytes", "8388608")
        .set("fetch.queue.backoff.ms", "10");
    let to_fault = |error: KafkaError| fault::from_kafka(topic, &error);
    let consumer: StreamConsumer<Context> =
        StreamConsumer::from_config_and_context(&config, Context).map_err(to_fault)?;
    let mut assignment = TopicPartitionList::with_capacity(partitions.len());
    for (number, partition) in (0..).zip(partitions) {
        assignment.add_partition_offset(topic, number, Offset::Offset(partition.next)).map_err(to_fault)?;
    }
    consumer.assign(&assignment).map_err(to_fault)?;
    Ok(consumer)
}

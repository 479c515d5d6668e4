//! Publishing to Kafka in order and without holes.
//!
//! Why what is in a partition is, for every key, one or more repeats of the publisher's order and never an order with
//! a hole in it (a consumer that goes by sequence would lose what fell into one):
//! 1. Records are handed to librdkafka in the publisher's order. It is idempotent: the broker takes the batches of a
//!    producer in this order only, each once.
//! 2. `message.timeout.ms=0`: no record is given up while later ones are still sent. (With a timeout record 7 can expire
//!    a moment before the broker is back, and 8 be delivered; librdkafka's gapless guarantee does not cover that.) The
//!    caller is told `Unavailable` by our own clock instead, and what it publishes again then queues up behind.
//! 3. `enable.gapless.guarantee`: a record the broker refuses for good stops its producer, with all that is behind it.
//! 4. After any failed delivery the producer is replaced, and a publish call that has a failed delivery hands over no
//!    more records. The old producer ends when the last call that uses it returns. What it had on the wire is a prefix.

use std::sync::{Arc, PoisonError, RwLock};

use rdkafka::config::FromClientConfigAndContext;
use rdkafka::error::{KafkaError, RDKafkaErrorCode as Code};
use rdkafka::producer::{BaseRecord, Producer as _, ThreadedProducer};
use tokio::sync::Semaphore;
use tokio::time::{Duration, Instant};

use super::client;
use super::delivery::{Deliveries, ROOM, STALL_MAX, Ticket, stalled, weight};
use super::fault;
use super::message::headers_of;
use crate::fault::LogFault;
use crate::record::Record;

/// How long to let librdkafka's own queue drain before the next try.
const QUEUE_RETRY: Duration = Duration::from_millis(5);

type Producer = ThreadedProducer<Deliveries>;
type Message<'a> = BaseRecord<'a, [u8], [u8], Arc<Ticket>>;

/// The producer in use.
pub(super) struct Producers {
    bootstrap_servers: String,
    current: RwLock<Arc<Producer>>,
}

impl Producers {
    pub(super) fn new(bootstrap_servers: &str) -> Result<Self, LogFault> {
        let current = RwLock::new(Arc::new(connect(bootstrap_servers)?));
        Ok(Self { bootstrap_servers: bootstrap_servers.to_owned(), current })
    }

    pub(super) async fn publish(&self, topic: &str, records: &[Record]) -> Result<(), LogFault> {
        let producer = Arc::clone(&self.current.read().unwrap_or_else(PoisonError::into_inner));
        let ticket = Arc::new(Ticket::new(topic, records.len()));
        let result = deliver(&producer, topic, records, &ticket).await;
        if let Some(fault) = ticket.failure() {
            tracing::warn!(topic, %fault, "kafka refused a record, the producer is replaced");
            self.replace(&producer)?;
        }
        result
    }

    /// Puts a new producer in the place of `failed`, unless another call did that already.
    fn replace(&self, failed: &Arc<Producer>) -> Result<(), LogFault> {
        let mut current = self.current.write().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&current, failed) {
            *current = Arc::new(connect(&self.bootstrap_servers)?);
        }
        Ok(())
    }
}

fn connect(bootstrap_servers: &str) -> Result<Producer, LogFault> {
    let mut config = client::config(bootstrap_servers);
    config
        .set("enable.idempotence", "true")
        .set("enable.gapless.guarantee", "true")
        .set("acks", "all")
        .set("message.timeout.ms", "0")
        .set("partitioner", "murmur2_random")
        .set("compression.type", "lz4")
        .set("linger.ms", "2")
        .set("queue.buffering.max.messages", "100000")
        .set("queue.buffering.max.kbytes", "131072");
    let context = Deliveries { room: Semaphore::new(ROOM) };
    Producer::from_config_and_context(&config, context).map_err(|error| fault::from_kafka("", &error))
}

async fn deliver(
    producer: &Producer,
    topic: &str,
    records: &[Record],
    ticket: &Arc<Ticket>,
) -> Result<(), LogFault> {
    for record in records {
        take_room(producer, record).await?;
        if let Some(fault) = ticket.failure() {
            return Err(fault.clone());
        }
        let message =
            BaseRecord::with_opaque_to(topic, Arc::clone(ticket)).key(&*record.key).payload(&*record.value);
        let message = if record.headers.is_empty() { message } else { message.headers(headers_of(record)) };
        enqueue(producer, topic, message).await?;
    }
    ticket.delivered().await
}

/// Waits until librdkafka has room for the record; its delivery report gives the room back.
async fn take_room(producer: &Producer, record: &Record) -> Result<(), LogFault> {
    let permits = weight(record.key.len(), record.value.len());
    let room = &producer.context().room;
    let taken = match room.try_acquire_many(permits) {
        Ok(taken) => taken,
        Err(_) => match tokio::time::timeout(STALL_MAX, room.acquire_many(permits)).await {
            Ok(Ok(taken)) => taken,
            Ok(Err(_)) | Err(_) => return Err(stalled()),
        },
    };
    taken.forget();
    Ok(())
}

async fn enqueue(producer: &Producer, topic: &str, message: Message<'_>) -> Result<(), LogFault> {
    let deadline = Instant::now() + STALL_MAX;
    let mut message = message;
    loop {
        let (error, returned) = match producer.send(message) {
            Ok(()) => return Ok(()),
            Err(refused) => refused,
        };
        let full = matches!(error, KafkaError::MessageProduction(Code::QueueFull));
        if !full || Instant::now() >= deadline {
            give_room_back(producer, &returned);
            return Err(if full { stalled() } else { fault::from_kafka(topic, &error) });
        }
        message = returned;
        tokio::time::sleep(QUEUE_RETRY).await;
    }
}

fn give_room_back(producer: &Producer, message: &Message<'_>) {
    let weight = weight(message.key.map_or(0, <[u8]>::len), message.payload.map_or(0, <[u8]>::len));
    producer.context().room.add_permits(usize::try_from(weight).unwrap_or_default());
}

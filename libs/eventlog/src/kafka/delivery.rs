//! From handing records to librdkafka to knowing that the brokers have them.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use rdkafka::client::ClientContext;
use rdkafka::config::RDKafkaLogLevel;
use rdkafka::error::KafkaError;
use rdkafka::message::{BorrowedMessage, DeliveryResult};
use rdkafka::producer::ProducerContext;
use tokio::sync::{Notify, Semaphore};

use super::client::Context;
use super::fault;
use crate::fault::LogFault;

/// How long to wait without a single delivery before the caller is told that the log is not available.
pub(super) const STALL_MAX: Duration = Duration::from_secs(15);

/// Records, or KiB of them if that is more, that are with librdkafka at a time.
pub(super) const ROOM: usize = 65_536;

/// What a record takes of the room.
pub(super) fn weight(key_bytes: usize, value_bytes: usize) -> u32 {
    u32::try_from(1 + (key_bytes + value_bytes) / 1024).unwrap_or(u32::MAX)
}

/// One publish call: counts its records down as they are delivered.
#[derive(Debug)]
pub(super) struct Ticket {
    topic: String,
    remaining: AtomicUsize,
    failed: OnceLock<LogFault>,
    changed: Notify,
}

impl Ticket {
    pub(super) fn new(topic: &str, records: usize) -> Self {
        Self {
            topic: topic.to_owned(),
            remaining: AtomicUsize::new(records),
            failed: OnceLock::new(),
            changed: Notify::new(),
        }
    }

    /// The first delivery that failed.
    pub(super) fn failure(&self) -> Option<&LogFault> {
        self.failed.get()
    }

    /// Returns when all records are delivered, one failed, or nothing moved for `STALL_MAX`.
    pub(super) async fn delivered(&self) -> Result<(), LogFault> {
        let mut before = usize::MAX;
        loop {
            if let Some(fault) = self.failure() {
                return Err(fault.clone());
            }
            let remaining = self.remaining.load(Ordering::Acquire);
            if remaining == 0 {
                return Ok(());
            }
            if remaining == before {
                return Err(stalled());
            }
            if tokio::time::timeout(STALL_MAX, self.changed.notified()).await.is_err() {
                before = remaining;
            }
        }
    }

    fn settle(&self, error: Option<&KafkaError>) {
        if let Some(error) = error {
            let _ = self.failed.set(fault::from_kafka(&self.topic, error));
        }
        if self.remaining.fetch_sub(1, Ordering::AcqRel) == 1 || error.is_some() {
            self.changed.notify_one();
        }
    }
}

pub(super) fn stalled() -> LogFault {
    LogFault::unavailable(format!("Kafka has taken no record for {} s", STALL_MAX.as_secs()))
}

/// Receives the delivery reports of one producer, on its polling thread.
pub(super) struct Deliveries {
    pub(super) room: Semaphore,
}

impl ClientContext for Deliveries {
    fn log(&self, level: RDKafkaLogLevel, facility: &str, message: &str) {
        Context.log(level, facility, message);
    }

    fn error(&self, error: KafkaError, reason: &str) {
        Context.error(error, reason);
    }
}

impl ProducerContext for Deliveries {
    type DeliveryOpaque = Arc<Ticket>;

    fn delivery(&self, result: &DeliveryResult<'_>, ticket: Arc<Ticket>) {
        let (message, error): (&BorrowedMessage<'_>, _) = match result {
            Ok(message) => (message, None),
            Err((error, message)) => (message, Some(error)),
        };
        let weight = weight(message.key_len(), message.payload_len());
        self.room.add_permits(usize::try_from(weight).unwrap_or_default());
        ticket.settle(error);
    }
}

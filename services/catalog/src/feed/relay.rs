//! The relay: takes changes from their table to the topic, in order, each at least once.
//!
//! 1. The turn reads the cursor (on PostgreSQL with its row locked, so that only one process publishes).
//! 2. It publishes what comes after the cursor and waits until that is durable.
//! 3. It moves the cursor. A crash between 2 and 3 publishes the same changes again: readers compare revisions.

use std::time::Duration;

use eventlog::{EventLog, LogFault};
use rpc::Backoff;
use telemetry::metrics::{self, Gauge};
use thiserror::Error;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::{TOPIC, cloud_event};
use crate::CatalogConfig;
use crate::store::{Store, StoreError};

/// How long to wait for a turn that another process has.
const TAKEN_PAUSE: Duration = Duration::from_millis(50);

/// See the module.
#[derive(Debug)]
pub(crate) struct Relay {
    store: Store,
    log: EventLog,
    poll: Duration,
    batch_max: u64,
    topic_made: bool,
    published: watch::Sender<u64>,
    metrics: Metrics,
}

/// What the relay tells about itself.
#[derive(Debug)]
struct Metrics {
    revision: Gauge,
    lag: Gauge,
}

impl Metrics {
    fn new() -> Self {
        Self {
            revision: metrics::gauge("catalog.revision", "", "Changes of the catalog so far"),
            lag: metrics::gauge("catalog.relay.lag", "{change}", "Changes that are not in the topic yet"),
        }
    }
}

#[derive(Debug, Error)]
enum RelayFault {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Log(#[from] LogFault),
}

/// What a turn found.
#[derive(Debug, PartialEq, Eq)]
enum Turn {
    /// Something was published; perhaps there is more.
    More,
    /// Nothing is left.
    Done,
    /// Another process has the turn, and may miss what was committed just now.
    Taken,
}

impl Relay {
    /// A relay, and the revision that it has published.
    pub(crate) fn new(store: Store, log: EventLog, config: &CatalogConfig) -> (Self, watch::Receiver<u64>) {
        let (published, receiver) = watch::channel(0);
        let poll = Duration::from_millis(config.relay_poll_ms.max(1));
        let batch_max = u64::from(config.relay_batch_max.clamp(1, 10_000));
        (
            Self { store, log, poll, batch_max, topic_made: false, published, metrics: Metrics::new() },
            receiver,
        )
    }

    /// Publishes until cancelled. An outage of the event log or of the database only delays it.
    pub(crate) async fn run(mut self, cancel: CancellationToken) {
        let mut backoff = Backoff::new(Duration::from_millis(50), Duration::from_secs(5));
        let mut committed = self.store.committed();
        let mut failing = false;
        loop {
            committed.mark_unchanged();
            let turn = tokio::select! {
                turn = self.turn() => turn,
                () = cancel.cancelled() => return,
            };
            self.measure().await;
            if turn.is_ok() {
                backoff.reset();
                if std::mem::take(&mut failing) {
                    tracing::info!("the catalog relay publishes again");
                }
            }
            let pause = match turn {
                Ok(Turn::More) => continue,
                Ok(Turn::Done) => self.poll,
                Ok(Turn::Taken) => self.poll.min(TAKEN_PAUSE),
                Err(fault) => {
                    if !std::mem::replace(&mut failing, true) {
                        tracing::warn!(%fault, "the catalog relay cannot publish and tries again");
                    }
                    backoff.delay()
                }
            };
            tokio::select! {
                () = cancel.cancelled() => return,
                () = tokio::time::sleep(pause) => {}
                // After a failure the pause is kept: every commit would be a retry otherwise.
                Ok(()) = committed.changed(), if !failing => {}
            }
        }
    }

    /// The lag is told in an outage of the event log, too; in one of the database nobody knows it.
    async fn measure(&self) {
        if let Ok(revision) = self.store.revision().await {
            self.metrics.revision.set_count(revision);
            self.metrics.lag.set_count(revision.saturating_sub(*self.published.borrow()));
        }
    }

    async fn turn(&mut self) -> Result<Turn, RelayFault> {
        if !self.topic_made {
            self.log.ensure_topic(&TOPIC).await?;
            self.topic_made = true;
        }
        let Some(turn) = self.store.relay_turn(TOPIC.name).await? else { return Ok(Turn::Taken) };
        let rows = turn.changes(self.batch_max).await?;
        let Some(last) = rows.last().map(|row| row.revision) else {
            self.published.send_replace(turn.cursor());
            return Ok(Turn::Done);
        };
        self.log.publish(TOPIC.name, rows.into_iter().map(cloud_event::record).collect()).await?;
        turn.advance(last).await?;
        self.published.send_replace(last);
        Ok(Turn::More)
    }
}

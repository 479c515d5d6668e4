use std::sync::Arc;

use laws::Law;
use tokio::sync::mpsc;
use tokio::time::{Duration, Instant};
use vocabulary::Sequence;

use super::batch::{Batch, DueCheckpoint};
use super::metrics::PartitionMetrics;
use super::spans;
use super::tail::Tail;
use crate::store::{Appender, Row, StoreFault};

/// How often an idle committer asks whether it still owns the partition.
const CLAIM_EVERY: Duration = Duration::from_secs(3);

/// Writes batches, one at a time, in order, and answers each after it is durable. A task of its own: a caller that goes
/// away never takes half a commit with it.
#[derive(Debug)]
pub(super) struct Committer {
    pub(super) appender: Appender,
    pub(super) tail: Arc<Tail>,
    pub(super) checkpoints: mpsc::Sender<DueCheckpoint>,
    pub(super) metrics: PartitionMetrics,
    pub(super) durable: Sequence,
}

impl Committer {
    /// Ends when the owner has ended, and gives the claim back; or at the first batch that could not be written, which stays
    /// unanswered. An idle committer looks after its claim, so that no reader is answered for long by an owner that has lost it.
    pub(super) async fn run(mut self, mut batches: mpsc::Receiver<Batch>) -> Result<Appender, StoreFault> {
        loop {
            match tokio::time::timeout(CLAIM_EVERY, batches.recv()).await {
                Err(_idle) => self.appender.check_claim().await?,
                Ok(None) => return Ok(self.appender),
                Ok(Some(batch)) => self.commit(batch).await?,
            }
        }
    }

    async fn commit(&mut self, mut batch: Batch) -> Result<(), StoreFault> {
        self.write(std::mem::take(&mut batch.rows)).await?;
        for (reply, answers) in batch.replies {
            // A caller that has gone needs no answer: it will ask again with the same id.
            let _gone = reply.send(answers);
        }
        for release in batch.releases {
            release();
        }
        if let Some(due) = batch.checkpoint {
            let judged = due.change.head.sequence;
            self.metrics.law(Law::DurableAnswers, laws::durable_answer(judged, self.durable));
            // There is room: only one is on its way at a time. One that is lost fences those that build on it.
            let _lost = self.checkpoints.try_send(due);
        }
        Ok(())
    }

    async fn write(&mut self, rows: Vec<Row>) -> Result<(), StoreFault> {
        let Some(last) = rows.last().map(|row| row.sequence) else { return Ok(()) };
        let started = Instant::now();
        let spans = spans::commit(&rows);
        self.appender.append(&rows).await?;
        drop(spans);
        self.metrics.committed(rows.len(), started.elapsed());
        self.durable = last;
        self.tail.push(rows);
        Ok(())
    }
}

use std::sync::Arc;

use laws::Law;
use tokio::sync::mpsc;
use tokio::time::Instant;
use vocabulary::Sequence;

use super::batch::Batch;
use super::metrics::PartitionMetrics;
use super::spans;
use super::tail::Tail;
use crate::store::{Appender, CheckpointChange, Row, StoreFault};

/// Writes batches, one at a time, in order, and answers each after it is durable. A task of its own: a caller that goes
/// away never takes half a commit with it.
#[derive(Debug)]
pub(super) struct Committer {
    pub(super) appender: Appender,
    pub(super) tail: Arc<Tail>,
    pub(super) checkpoints: mpsc::Sender<CheckpointChange>,
    pub(super) metrics: PartitionMetrics,
    pub(super) durable: Sequence,
}

impl Committer {
    /// Ends when the owner has ended, or at the first batch that could not be written: that one stays unanswered.
    pub(super) async fn run(mut self, mut batches: mpsc::Receiver<Batch>) -> Result<(), StoreFault> {
        while let Some(mut batch) = batches.recv().await {
            self.write(std::mem::take(&mut batch.rows)).await?;
            for (reply, answers) in batch.replies {
                // A caller that has gone needs no answer: it will ask again with the same id.
                let _gone = reply.send(answers);
            }
            for release in batch.releases {
                release();
            }
            if let Some(change) = batch.checkpoint {
                self.metrics
                    .law(Law::DurableAnswers, laws::durable_answer(change.head.sequence, self.durable));
                let _stopping = self.checkpoints.send(change).await;
            }
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

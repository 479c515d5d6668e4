use tokio::sync::{OwnedSemaphorePermit, oneshot};

use super::Answer;
use super::job::Release;
use crate::config::Limits;
use crate::store::{CheckpointChange, Row};

/// What is written together, and answered after that.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) rows: Vec<Row>,
    pub(super) replies: Vec<(oneshot::Sender<Vec<Answer>>, Vec<Answer>)>,
    pub(super) releases: Vec<Release>,
    /// The state after the last row, if a checkpoint is due.
    pub(super) checkpoint: Option<DueCheckpoint>,
    /// Given back when the batch has ended: the next may come.
    pub(super) turn: Option<OwnedSemaphorePermit>,
    bytes: usize,
}

/// A checkpoint on its way; the next may be taken when this is dropped.
#[derive(Debug)]
pub(super) struct DueCheckpoint {
    pub(super) change: CheckpointChange,
    pub(super) _slot: OwnedSemaphorePermit,
}

impl Batch {
    pub(super) fn push(&mut self, row: Row) {
        self.bytes += row.entry.len();
        self.rows.push(row);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty() && self.replies.is_empty() && self.releases.is_empty()
    }

    pub(super) fn has_room(&self, limits: &Limits) -> bool {
        self.rows.len() < limits.batch_documents_max
            && self.bytes < limits.batch_bytes_max
            && self.replies.len() + self.releases.len() < limits.batch_documents_max
    }
}

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use tokio::sync::watch;
use vocabulary::Sequence;

use crate::store::{Head, JournalReader, Row, StoreFault};

/// The newest durable entries, in memory, for the relay and for whoever tails the journal.
#[derive(Debug)]
pub(crate) struct Tail {
    ring: Mutex<Ring>,
    durable: watch::Sender<Head>,
    bytes_max: usize,
}

#[derive(Debug, Default)]
struct Ring {
    rows: VecDeque<Row>,
    bytes: usize,
}

impl Tail {
    pub(crate) fn new(bytes_max: usize) -> Self {
        Self { ring: Mutex::default(), durable: watch::Sender::new(Head::default()), bytes_max }
    }

    /// The newest durable entry, and a way to wait for the next.
    pub(crate) fn durable(&self) -> watch::Receiver<Head> {
        self.durable.subscribe()
    }

    /// Starts anew from what the store holds.
    pub(super) fn reset(&self, head: Head) {
        *self.ring.lock().unwrap_or_else(PoisonError::into_inner) = Ring::default();
        self.durable.send_replace(head);
    }

    /// Adds rows that have just become durable.
    pub(super) fn push(&self, rows: Vec<Row>) {
        let Some(head) = rows.last().map(Row::head) else { return };
        let mut ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        ring.bytes += rows.iter().map(|row| row.entry.len()).sum::<usize>();
        ring.rows.extend(rows);
        while ring.bytes > self.bytes_max
            && let Some(oldest) = ring.rows.pop_front()
        {
            ring.bytes -= oldest.entry.len();
        }
        drop(ring);
        self.durable.send_replace(head);
    }

    /// Durable entries after a sequence, in order: from memory if it reaches back that far, else from the store.
    pub(crate) async fn after(
        &self,
        journal: &JournalReader,
        after: Sequence,
        entries_max: usize,
    ) -> Result<Vec<Row>, StoreFault> {
        let durable = self.durable.borrow().sequence;
        if after >= durable {
            return Ok(Vec::new());
        }
        if let Some(rows) = self.in_memory(after, entries_max) {
            return Ok(rows);
        }
        let mut rows = journal.after(after, entries_max as u64).await?;
        // The store may be one batch ahead of what has been said to be durable.
        rows.retain(|row| row.sequence <= durable);
        Ok(rows)
    }

    fn in_memory(&self, after: Sequence, entries_max: usize) -> Option<Vec<Row>> {
        let ring = self.ring.lock().unwrap_or_else(PoisonError::into_inner);
        let oldest = ring.rows.front()?.sequence;
        let skip = usize::try_from(after.next().get().checked_sub(oldest.get())?).ok()?;
        Some(ring.rows.range(skip.min(ring.rows.len())..).take(entries_max).cloned().collect())
    }
}

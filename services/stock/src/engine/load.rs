//! From what is stored to a state: the checkpoint, then the journal's tail.

use stock_core::{ChainHash, EvolveError, State, decode_entry};
use vocabulary::{RequestId, Sequence, WarehouseCode};

use super::changes::Changes;
use crate::store::{Checkpoint, CheckpointStore, Head, JournalReader, Row, StoreFault};

/// Entries read at once.
const PAGE: u64 = 4_000;

/// A state as of its newest entry.
#[derive(Debug)]
pub(super) struct Loaded {
    pub(super) state: State,
    pub(super) head: Head,
    /// Where the replay began.
    pub(super) checkpoint: Sequence,
    /// What the replayed entries touched: the next checkpoint must hold it.
    pub(super) changes: Changes,
    /// Requests of the entries that were replayed.
    pub(super) request_ids: Vec<RequestId>,
}

/// Loads the newest state. A checkpoint that does not belong to the journal is thrown away.
pub(super) async fn load(
    warehouse: &WarehouseCode,
    journal: &JournalReader,
    checkpoints: &CheckpointStore,
) -> Result<Loaded, StoreFault> {
    let mut checkpoint = checkpoints.load().await?;
    if !belongs(&checkpoint, journal).await? {
        tracing::warn!(%warehouse, sequence = %checkpoint.head.sequence, "the checkpoint does not belong to the journal: replaying all of it");
        checkpoints.discard().await?;
        checkpoint = Checkpoint::default();
    }
    let mut head = checkpoint.head;
    let state =
        State::restore(warehouse.clone(), head.sequence, checkpoint.positions, checkpoint.reservations);
    let mut loaded = Loaded {
        state: state.map_err(|e| damaged("checkpoint", &e))?,
        head,
        checkpoint: head.sequence,
        changes: Changes::since(head.sequence),
        request_ids: Vec::new(),
    };
    // The next page is read while this one is replayed.
    let mut page = fetch(journal, head.sequence);
    loop {
        let rows =
            page.await.map_err(|e| StoreFault::Damaged { what: "journal", detail: e.to_string() })??;
        let Some(last) = rows.last() else { break };
        page = fetch(journal, last.sequence);
        for row in &rows {
            head = step(&mut loaded.state, Some(&mut loaded.changes), head, row)?;
            loaded.request_ids.push(row.request_id);
        }
        tokio::task::yield_now().await;
    }
    loaded.head = head;
    Ok(loaded)
}

/// The state as of a sequence in the past, from the first entry on.
pub(crate) async fn replay_until(
    warehouse: &WarehouseCode,
    journal: &JournalReader,
    until: Sequence,
) -> Result<State, StoreFault> {
    let (mut state, mut head) = (State::new(warehouse.clone()), Head::default());
    while head.sequence < until {
        let rows = journal.after(head.sequence, PAGE).await?;
        if rows.is_empty() {
            return Err(StoreFault::Damaged {
                what: "journal",
                detail: format!("it ends at {}", head.sequence),
            });
        }
        for row in rows.iter().take_while(|row| row.sequence <= until) {
            head = step(&mut state, None, head, row)?;
        }
        tokio::task::yield_now().await;
    }
    Ok(state)
}

fn fetch(journal: &JournalReader, after: Sequence) -> tokio::task::JoinHandle<Result<Vec<Row>, StoreFault>> {
    let journal = journal.clone();
    tokio::spawn(async move { journal.after(after, PAGE).await })
}

/// Checks a row against the chain and takes it into the state.
fn step(state: &mut State, changes: Option<&mut Changes>, head: Head, row: &Row) -> Result<Head, StoreFault> {
    let computed = head.hash.next(&row.entry);
    if !laws::one_history(head.sequence, row.sequence, row.hash.as_bytes(), computed.as_bytes()) {
        let detail = format!("entry {} after {} does not continue the chain", row.sequence, head.sequence);
        return Err(StoreFault::Damaged { what: "journal", detail });
    }
    let entry = decode_entry(&row.entry).map_err(|e| damaged("journal", &e))?;
    if let Some(changes) = changes {
        changes.note(&entry, state);
    }
    state.evolve(&entry).map_err(|e: EvolveError| damaged("journal", &e))?;
    Ok(row.head())
}

async fn belongs(checkpoint: &Checkpoint, journal: &JournalReader) -> Result<bool, StoreFault> {
    if checkpoint.head.sequence == Sequence::START {
        return Ok(checkpoint.head.hash == ChainHash::START);
    }
    let found = journal.at(checkpoint.head.sequence).await?;
    Ok(found.is_some_and(|row| row.hash == checkpoint.head.hash))
}

fn damaged(what: &'static str, detail: &dyn std::fmt::Display) -> StoreFault {
    StoreFault::Damaged { what, detail: detail.to_string() }
}

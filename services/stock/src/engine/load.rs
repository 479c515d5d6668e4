//! From what is stored to a state: the checkpoint, then the journal's tail. The journal is read, decoded (and checked against
//! its chain), and taken into the state at the same time, each by a task of its own.

use futures::{Stream, StreamExt};
use stock_core::{ChainHash, Decoder, Entry, EvolveError, State};
use tokio_stream::wrappers::ReceiverStream;
use vocabulary::{RequestId, Sequence, WarehouseCode};

use crate::store::{Checkpoint, CheckpointStore, Head, JournalReader, Scanned, StoreFault};

/// No journal gets so far.
const END: Sequence = Sequence::new(u64::MAX);
/// Chunks decoded at the same time.
const CHUNKS_AT_ONCE: usize = 2;

/// A state as of its newest entry.
#[derive(Debug)]
pub(super) struct Loaded {
    /// What the replayed entries touched is marked in it: the next checkpoint must hold it.
    pub(super) state: State,
    pub(super) head: Head,
    /// Where the replay began.
    pub(super) checkpoint: Sequence,
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
    let state = State::restore(warehouse.clone(), head.sequence, checkpoint.snapshot);
    let mut state = state.map_err(|e| damaged("checkpoint", &e))?;
    let (checkpoint, mut request_ids) = (head.sequence, Vec::new());
    let mut chunks = decoded(journal, head, END);
    loop {
        let chunk = next(&mut chunks).await?;
        if chunk.is_empty() {
            break;
        }
        for (hash, entry) in chunk {
            head = evolve(&mut state, hash, &entry)?;
            request_ids.push(entry.request_id);
        }
        tokio::task::yield_now().await;
    }
    Ok(Loaded { state, head, checkpoint, request_ids })
}

/// A state of the past, which a later one can be made of.
#[derive(Debug)]
pub(crate) struct Replayed {
    pub(crate) state: State,
    head: Head,
}

impl Replayed {
    /// Before the first entry.
    pub(crate) fn start(warehouse: &WarehouseCode) -> Self {
        Self { state: State::new(warehouse.clone()), head: Head::default() }
    }

    /// Replays the journal up to a sequence.
    pub(crate) async fn until(
        mut self,
        journal: &JournalReader,
        until: Sequence,
    ) -> Result<Self, StoreFault> {
        let mut chunks = decoded(journal, self.head, until);
        while self.head.sequence < until {
            let chunk = next(&mut chunks).await?;
            if chunk.is_empty() {
                return Err(damaged("journal", &format_args!("it ends at {}", self.head.sequence)));
            }
            for (hash, entry) in chunk {
                self.head = evolve(&mut self.state, hash, &entry)?;
            }
            tokio::task::yield_now().await;
        }
        Ok(self)
    }
}

type Chunk = Vec<(ChainHash, Entry)>;

/// The next chunk; an empty one says that those were all.
async fn next(
    chunks: &mut (impl Stream<Item = Result<Chunk, StoreFault>> + Unpin),
) -> Result<Chunk, StoreFault> {
    let cut = || Err(damaged("journal", &"reading it broke off"));
    chunks.next().await.unwrap_or_else(cut)
}

/// The entries after `head` up to `until`, in order, each with the hash after it.
fn decoded(
    journal: &JournalReader,
    head: Head,
    until: Sequence,
) -> impl Stream<Item = Result<Chunk, StoreFault>> + Unpin + use<> {
    let mut before = (head.sequence, head.hash);
    let chunks = ReceiverStream::new(journal.scan((head.sequence, until))).map(move |chunk| {
        let start = before;
        if let Ok(rows) = &chunk {
            let last = rows.last().map_or(before.1, |row| row.hash);
            before = (Sequence::new(before.0.get() + rows.len() as u64), last);
        }
        tokio::task::spawn_blocking(move || decode(start, &chunk?))
    });
    let joined = |chunk: Result<Result<Chunk, StoreFault>, tokio::task::JoinError>| {
        chunk.unwrap_or_else(|error| Err(damaged("journal", &error)))
    };
    chunks.buffered(CHUNKS_AT_ONCE).map(joined)
}

/// Decodes rows and checks them against the chain, which stands at `before`.
fn decode((mut sequence, mut hash): (Sequence, ChainHash), rows: &[Scanned]) -> Result<Chunk, StoreFault> {
    let (mut decoder, mut chunk) = (Decoder::default(), Vec::with_capacity(rows.len()));
    for row in rows {
        let entry = decoder.decode(&row.entry).map_err(|e| damaged("journal", &e))?;
        let computed = hash.next(&row.entry);
        if !laws::one_history(sequence, entry.sequence, row.hash.as_bytes(), computed.as_bytes()) {
            let detail = format!("entry {} after {sequence} does not continue the chain", entry.sequence);
            return Err(damaged("journal", &detail));
        }
        (sequence, hash) = (entry.sequence, computed);
        chunk.push((hash, entry));
    }
    Ok(chunk)
}

fn evolve(state: &mut State, hash: ChainHash, entry: &Entry) -> Result<Head, StoreFault> {
    state.evolve(entry).map_err(|e: EvolveError| damaged("journal", &e))?;
    Ok(Head { sequence: entry.sequence, hash, recorded_at: entry.recorded_at })
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

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::Bytes;
use eventlog::RECORD_VALUE_BYTES_MAX;
use rustc_hash::FxHashMap;
use stock_core::{Decision, Document, Entry, Outcome, State, decide, decode_entry, encode_entry};
use tokio::sync::{Semaphore, mpsc, oneshot};
use tokio_util::sync::CancellationToken;
use vocabulary::{RequestId, Sequence, Timestamp};

use super::audit::audit;
use super::batch::{Batch, DueCheckpoint};
use super::expiry::Bell;
use super::job::Release;
use super::metrics::PartitionMetrics;
use super::queue::Waiting;
use super::remembered::Remembered;
use super::{Answer, Job, KnownIds, Recorded, Request};
use crate::config::Limits;
use crate::store::{CheckpointChange, Head, JournalReader, Row, StoreFault};

/// Bytes of the entry that a caller's document makes: half of what the event log takes. The end of a promise is less than twice as
/// large as the promise, so that the warehouse can always end what it accepted.
const ENTRY_BYTES_MAX: usize = RECORD_VALUE_BYTES_MAX / 2;

/// The single task that judges a warehouse's documents.
#[derive(Debug)]
pub(super) struct Owner {
    pub(super) state: State,
    pub(super) head: Head,
    pub(super) remembered: Remembered,
    /// The last checkpoint taken, or loaded.
    pub(super) checkpoint: Sequence,
    pub(super) journal: JournalReader,
    pub(super) limits: Limits,
    pub(super) metrics: PartitionMetrics,
    /// Held by the checkpoint that is being written: at most one is.
    pub(super) checkpoint_slot: Arc<Semaphore>,
    /// Answers that the store gave for the jobs taken last; those in memory must not be displaced by them.
    pub(super) looked_up: FxHashMap<RequestId, Recorded>,
    /// Who ends soft promises is told when the next one ends.
    pub(super) expiry: Bell,
}

/// What an owner is connected to.
#[derive(Debug)]
pub(super) struct Wiring {
    pub(super) jobs: Waiting,
    pub(super) batches: mpsc::Sender<Batch>,
    /// Ids from before the start, page by page.
    pub(super) known_ids: mpsc::Receiver<KnownIds>,
    pub(super) stop: CancellationToken,
}

impl Owner {
    /// Judges until it is told to stop, or the committer has ended. What was accepted into the queue before is judged and
    /// written. Returns what a last checkpoint would hold.
    pub(super) async fn run(mut self, mut wiring: Wiring) -> Result<CheckpointChange, StoreFault> {
        let turn = Arc::new(Semaphore::new(1));
        let (mut open, mut waiting) = (Batch::default(), VecDeque::new());
        let mut ids_open = true;
        loop {
            while open.has_room(&self.limits)
                && let Some(job) = waiting.pop_front()
            {
                self.take(job, &mut open)?;
            }
            tokio::select! {
                biased;
                () = wiring.stop.cancelled() => break,
                permit = Arc::clone(&turn).acquire_owned(), if !open.is_empty() => {
                    let mut batch = std::mem::take(&mut open);
                    batch.turn = permit.ok();
                    if wiring.batches.send(batch).await.is_err() {
                        break;
                    }
                }
                job = wiring.jobs.recv(), if waiting.is_empty() && open.has_room(&self.limits) => {
                    let Some(job) = job else { break };
                    waiting = self.taken(job, &mut wiring.jobs).await?;
                }
                ids = wiring.known_ids.recv(), if ids_open => ids_open = self.note_known(ids),
                () = wiring.batches.closed() => break,
            }
        }
        self.finish(waiting, open, wiring).await
    }

    /// What is still waiting is judged and handed over. When the committer has ended it stays unanswered, as it should.
    async fn finish(
        mut self,
        mut waiting: VecDeque<Job>,
        mut open: Batch,
        mut wiring: Wiring,
    ) -> Result<CheckpointChange, StoreFault> {
        wiring.jobs.close();
        loop {
            while let Some(job) = waiting.pop_front() {
                self.take(job, &mut open)?;
                if !open.has_room(&self.limits) {
                    let _ended = wiring.batches.send(std::mem::take(&mut open)).await;
                }
            }
            let Some(job) = wiring.jobs.recv().await else { break };
            waiting = self.taken(job, &mut wiring.jobs).await?;
        }
        let _ended = wiring.batches.send(open).await;
        Ok(self.due_checkpoint())
    }

    /// The job and what waits behind it, up to a batch's worth of documents, with every answer the store may have.
    async fn taken(&mut self, job: Job, jobs: &mut Waiting) -> Result<VecDeque<Job>, StoreFault> {
        self.metrics.queued(jobs.len());
        let (mut documents, mut bytes) = (job.documents(), job.bytes());
        let mut taken = VecDeque::from([job]);
        while documents < self.limits.batch_documents_max
            && bytes < self.limits.batch_bytes_max
            && let Some(job) = jobs.try_recv()
        {
            documents += job.documents();
            bytes += job.bytes();
            taken.push_back(job);
        }
        let unknown = self.perhaps_stored(&taken);
        self.look_up(unknown).await?;
        Ok(taken)
    }

    /// False when there will be no more.
    fn note_known(&mut self, ids: Option<KnownIds>) -> bool {
        match ids {
            Some(KnownIds::Page(ids)) => ids.into_iter().for_each(|id| self.remembered.note(id)),
            Some(KnownIds::Complete) => self.remembered.set_complete(),
            // Without the last word some ids may be missing: the store is asked about every one.
            None => return false,
        }
        true
    }

    fn due_checkpoint(&mut self) -> CheckpointChange {
        let base = std::mem::replace(&mut self.checkpoint, self.head.sequence);
        let change = CheckpointChange { head: self.head, base, touched: self.state.take_touched() };
        audit(&change, &self.state, &self.metrics);
        change
    }

    const fn entries_since_checkpoint(&self) -> u64 {
        self.head.sequence.get().saturating_sub(self.checkpoint.get())
    }

    /// Ids whose answers are not in memory and may be in the store.
    fn perhaps_stored(&self, jobs: &VecDeque<Job>) -> Vec<RequestId> {
        let ids = jobs.iter().flat_map(Job::requests).map(|request| request.request_id);
        ids.filter(|id| self.remembered.may_be_stored(*id)).collect()
    }

    /// Fetches from the store the answers that may be there and are not in memory: one query for all jobs.
    async fn look_up(&mut self, unknown: Vec<RequestId>) -> Result<(), StoreFault> {
        self.looked_up.clear();
        if unknown.is_empty() {
            return Ok(());
        }
        for row in self.journal.of_requests(&unknown).await? {
            let damaged =
                |e: stock_core::CodecError| StoreFault::Damaged { what: "journal", detail: e.to_string() };
            let entry = decode_entry(&row.entry).map_err(damaged)?;
            self.looked_up.insert(row.request_id, Recorded::of(&entry));
        }
        Ok(())
    }

    fn take(&mut self, job: Job, open: &mut Batch) -> Result<(), StoreFault> {
        match job {
            Job::Look(look) => open.releases.push(look(&self.state)),
            Job::Judge { request, reply } => open.releases.push(self.only_judge(request, reply)),
            Job::Post { requests, reply } => {
                let now = self.now();
                let judge = |request| self.judge(request, now, open);
                let answers = requests.into_iter().map(judge).collect::<Result<Vec<_>, _>>()?;
                open.replies.push((reply, answers));
                if self.entries_since_checkpoint() >= self.limits.checkpoint_entries
                    && open.checkpoint.is_none()
                    && let Ok(slot) = Arc::clone(&self.checkpoint_slot).try_acquire_owned()
                {
                    open.checkpoint = Some(DueCheckpoint { change: self.due_checkpoint(), _slot: slot });
                }
            }
        }
        Ok(())
    }

    /// The time of what is recorded next: it never goes back.
    fn now(&self) -> Timestamp {
        rpc::clock::now().max(self.head.recorded_at)
    }

    /// The answer that the request's id has already.
    fn known(&self, request: &Request) -> Option<Answer> {
        let recorded = self.remembered.get(request.request_id);
        let recorded = recorded.or_else(|| self.looked_up.get(&request.request_id));
        recorded.map(|recorded| recorded.again(request.digest))
    }

    fn only_judge(&self, request: Request, reply: oneshot::Sender<Answer>) -> Release {
        let judged = |document: Document| {
            let own_time = document.effective_at;
            let (Entry { effective_at, outcome, .. }, _) = self.entry(document, self.now());
            let verdict = match outcome {
                Outcome::Posted(_) => Ok(()),
                Outcome::Rejected(refusal) => Err(refusal),
            };
            Answer::Judged { effective_at: own_time.map(|_| effective_at), verdict }
        };
        let answer = self.known(&request);
        let answer = answer.unwrap_or_else(|| request.document.map_or_else(Answer::Invalid, judged));
        Box::new(move || drop(reply.send(answer)))
    }

    fn judge(&mut self, request: Request, now: Timestamp, open: &mut Batch) -> Result<Answer, StoreFault> {
        if let Some(answer) = self.known(&request) {
            return Ok(answer);
        }
        let document = match request.document {
            Ok(document) => document,
            Err(error) => return Ok(Answer::Invalid(error)),
        };
        let (entry, bytes) = self.entry(document, now);
        // What was decided follows from this very state: a fault here is a bug, and the state is read anew.
        let bug = |e: stock_core::EvolveError| StoreFault::Damaged { what: "state", detail: e.to_string() };
        self.state.evolve(&entry).map_err(bug)?;
        self.expiry.ring(self.state.next_expiry());
        open.push(self.record(&entry, bytes, request.traceparent));
        let recorded = Recorded::of(&entry);
        self.remembered.note(entry.request_id);
        self.remembered.put(entry.request_id, recorded.clone());
        Ok(Answer::Recorded(recorded))
    }

    /// What would be recorded of a document, and its bytes. An entry that the event log does not take would stop everything behind it:
    /// a document that would make one is refused.
    fn entry(&self, document: Document, now: Timestamp) -> (Entry, Bytes) {
        let Decision { effective_at, outcome } = decide(&self.state, &document, now);
        let bytes_max = if document.is_own() { RECORD_VALUE_BYTES_MAX } else { ENTRY_BYTES_MAX };
        let too_large = Outcome::Rejected(document.too_many_bytes(bytes_max));
        let mut entry = Entry {
            sequence: self.state.sequence().next(),
            warehouse: self.state.warehouse().clone(),
            request_id: document.request_id,
            digest: document.digest,
            effective_at,
            recorded_at: now,
            reference: document.reference,
            outcome,
        };
        let mut bytes = encode_entry(&entry);
        if bytes.len() > bytes_max {
            entry.outcome = too_large;
            bytes = encode_entry(&entry);
        }
        (entry, Bytes::from(bytes))
    }

    fn record(&mut self, entry: &Entry, bytes: Bytes, traceparent: Option<Arc<str>>) -> Row {
        let hash = self.head.hash.next(&bytes);
        self.head = Head { sequence: entry.sequence, hash, recorded_at: entry.recorded_at };
        Row {
            sequence: entry.sequence,
            request_id: entry.request_id,
            effective_at: entry.effective_at,
            recorded_at: entry.recorded_at,
            hash,
            entry: bytes,
            traceparent,
        }
    }
}

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::Instant;
use vocabulary::{Sequence, WarehouseCode};

use super::ring::{Read, Ring, TooOld};
use crate::store::Applied;

/// What this replica knows of one warehouse's view.
#[derive(Debug)]
pub(crate) struct Track {
    code: WarehouseCode,
    /// The newest head that this process ever saw the view at: no answer may be older.
    seen: watch::Sender<Sequence>,
    /// The newest entry that this process read in the log.
    logged: AtomicU64,
    ring: Mutex<Ring>,
    repair: Mutex<Repair>,
}

/// What is wrong with the view, and what is being done.
#[derive(Debug, Default)]
struct Repair {
    /// Its head went back; over when the head is back.
    lost: bool,
    /// What is stored cannot be read; over when it is built anew.
    damaged: bool,
    /// Complete for the last time.
    complete_at: Option<Instant>,
    /// A rebuild was asked for and has not ended.
    asked: bool,
    failures: u32,
    not_before: Option<Instant>,
}

const RETRY_FIRST: Duration = Duration::from_millis(250);
const RETRY_DOUBLINGS_MAX: u32 = 8;

impl Track {
    /// Knows nothing of the warehouse, which was complete at `complete_at`: nothing of it was in the log.
    pub(crate) fn new(code: WarehouseCode, changes_max: usize, complete_at: Option<Instant>) -> Self {
        Self {
            code,
            seen: watch::Sender::new(Sequence::START),
            logged: AtomicU64::new(0),
            ring: Mutex::new(Ring::new(changes_max)),
            repair: Mutex::new(Repair { complete_at, ..Repair::default() }),
        }
    }

    pub(crate) fn code(&self) -> &WarehouseCode {
        &self.code
    }

    pub(crate) fn seen(&self) -> Sequence {
        *self.seen.borrow()
    }

    /// Notes that the view stood at `sequence` and wakes those that waited for it.
    pub(crate) fn see(&self, sequence: Sequence) {
        self.seen.send_if_modified(|seen| {
            let is_news = sequence > *seen;
            *seen = sequence.max(*seen);
            is_news
        });
    }

    /// Waits until the view was seen at `sequence`, or beyond.
    pub(crate) async fn reached(&self, sequence: Sequence) {
        // The sender lives in `self`, so that the wait cannot fail.
        let _ = self.seen.subscribe().wait_for(|seen| *seen >= sequence).await;
    }

    pub(crate) fn logged(&self) -> Sequence {
        Sequence::new(self.logged.load(Ordering::Acquire))
    }

    pub(crate) fn note_logged(&self, sequence: Sequence) {
        self.logged.fetch_max(sequence.get(), Ordering::AcqRel);
    }

    /// The newest entry that a complete view must contain.
    pub(crate) fn target(&self) -> Sequence {
        self.logged().max(self.seen())
    }

    /// Hands new changes to the watchers.
    pub(crate) fn publish(&self, applied: &mut Applied) {
        self.ring().extend(applied);
    }

    /// The newest entry that watchers were told of.
    pub(crate) fn published(&self) -> Sequence {
        self.ring().last()
    }

    /// The oldest position that a watcher can begin at.
    pub(crate) fn oldest(&self) -> Sequence {
        self.ring().oldest()
    }

    pub(crate) fn read(&self, position: Sequence, count: usize) -> Result<Read, TooOld> {
        self.ring().read(position, count)
    }

    /// Whether entries that are in the log are missing in the view.
    pub(crate) fn is_behind(&self) -> bool {
        let repair = self.repair();
        repair.lost || repair.damaged || self.logged() > self.seen()
    }

    /// Whether what is there cannot be relied on: then what is missing in it may be there all the same.
    pub(crate) fn is_absent(&self) -> bool {
        let repair = self.repair();
        repair.lost || repair.damaged
    }

    pub(crate) fn lose(&self) {
        self.repair().lost = true;
    }

    pub(crate) fn damage(&self) {
        self.repair().damaged = true;
    }

    pub(crate) fn find(&self) {
        self.repair().lost = false;
    }

    /// The view was built anew.
    pub(crate) fn renew(&self) {
        let mut repair = self.repair();
        (repair.lost, repair.damaged) = (false, false);
    }

    /// Notes that the log was read to its end at `now`: the view was complete then, if it is not behind.
    pub(crate) fn note_caught_up(&self, now: Instant) {
        if !self.is_behind() {
            let mut repair = self.repair();
            repair.complete_at = Some(now);
            repair.failures = 0;
        }
    }

    /// When the view was known to be complete for the last time; `None` when it never was.
    pub(crate) fn complete_at(&self) -> Option<Instant> {
        self.repair().complete_at
    }

    /// Whether a rebuild should be asked for now; the caller must ask then.
    pub(crate) fn takes_repair(&self, now: Instant) -> bool {
        let is_behind = self.is_behind();
        let mut repair = self.repair();
        let is_due = is_behind && !repair.asked && repair.not_before.is_none_or(|at| now >= at);
        repair.asked |= is_due;
        is_due
    }

    /// A rebuild was asked for and has not ended, or has failed and is to be tried again.
    pub(crate) fn is_in_repair(&self) -> bool {
        let repair = self.repair();
        repair.asked || repair.failures > 0
    }

    /// The rebuild that was asked for has ended.
    pub(crate) fn repaired(&self, succeeded: Result<(), Instant>) {
        let mut repair = self.repair();
        repair.asked = false;
        match succeeded {
            Ok(()) => (repair.failures, repair.not_before) = (0, None),
            Err(now) => {
                let delay = RETRY_FIRST.saturating_mul(1 << repair.failures.min(RETRY_DOUBLINGS_MAX));
                repair.failures = repair.failures.saturating_add(1);
                repair.not_before = now.checked_add(delay);
            }
        }
    }

    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn repair(&self) -> MutexGuard<'_, Repair> {
        self.repair.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

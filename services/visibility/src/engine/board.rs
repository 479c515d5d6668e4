use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard};

use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use vocabulary::WarehouseCode;

use super::Alarm;
use super::standing::Standing;
use super::track::Track;

/// What this replica knows of every warehouse's view. The feed writes it, reads and watchers follow it.
#[derive(Debug)]
pub(crate) struct Board {
    tracks: RwLock<BTreeMap<WarehouseCode, Arc<Track>>>,
    changes_max: usize,
    caught_up_at: watch::Sender<Option<Instant>>,
    tick: watch::Sender<u64>,
    doubt: Notify,
    standing: Standing,
    alarm: Alarm,
}

impl Board {
    /// `changes_max`: changes kept for watchers, a warehouse; and of alerts, of all.
    pub(crate) fn new(changes_max: usize) -> Self {
        Self {
            tracks: RwLock::default(),
            changes_max,
            caught_up_at: watch::Sender::new(None),
            tick: watch::Sender::new(0),
            doubt: Notify::new(),
            standing: Standing::new(),
            alarm: Alarm::new(changes_max),
        }
    }

    pub(crate) fn track(&self, warehouse: &str) -> Option<Arc<Track>> {
        self.read().get(warehouse).cloned()
    }

    /// The warehouse must be known to exist: tracks are never removed.
    pub(crate) fn track_or_new(&self, warehouse: &WarehouseCode) -> Arc<Track> {
        if let Some(track) = self.track(warehouse.as_str()) {
            return track;
        }
        let mut tracks = self.tracks.write().unwrap_or_else(PoisonError::into_inner);
        let new = || Arc::new(Track::new(warehouse.clone(), self.changes_max, self.caught_up_at()));
        Arc::clone(tracks.entry(warehouse.clone()).or_insert_with(new))
    }

    pub(crate) fn tracks(&self) -> Vec<Arc<Track>> {
        self.read().values().cloned().collect()
    }

    pub(crate) fn warehouses(&self) -> BTreeSet<WarehouseCode> {
        self.read().keys().cloned().collect()
    }

    /// The log was read to its end and all of it applied.
    pub(crate) fn note_caught_up(&self, now: Instant) {
        self.tracks().iter().for_each(|track| track.note_caught_up(now));
        self.caught_up_at.send_replace(Some(now));
        self.standing.note_caught_up();
    }

    pub(crate) fn caught_up_at(&self) -> Option<Instant> {
        *self.caught_up_at.borrow()
    }

    /// Waits until the log was read to its end for the first time.
    pub(crate) async fn caught_up(&self) {
        // The sender lives in `self`, so that the wait cannot fail.
        let _ = self.caught_up_at.subscribe().wait_for(Option::is_some).await;
    }

    /// Whether this replica can answer.
    pub(crate) const fn standing(&self) -> &Standing {
        &self.standing
    }

    /// What alerts are open.
    pub(crate) const fn alarm(&self) -> &Alarm {
        &self.alarm
    }

    /// Wakes the watchers.
    pub(crate) fn tick(&self) {
        self.tick.send_modify(|tick| *tick = tick.wrapping_add(1));
    }

    pub(crate) fn ticks(&self) -> watch::Receiver<u64> {
        self.tick.subscribe()
    }

    /// A reader saw the view go back: the feed should look at once.
    pub(crate) fn doubt(&self) {
        self.doubt.notify_one();
    }

    pub(crate) async fn doubted(&self) {
        self.doubt.notified().await;
    }

    fn read(&self) -> RwLockReadGuard<'_, BTreeMap<WarehouseCode, Arc<Track>>> {
        self.tracks.read().unwrap_or_else(PoisonError::into_inner)
    }
}

use std::collections::BTreeSet;
use std::time::Duration;

use eventlog::{Batch, Reader};
use tokio::time::Instant;
use vocabulary::WarehouseCode;

use super::RebuildRequest;
use super::follow::Feed;
use crate::metrics::{Trouble, ViewState};
use crate::store::{CacheFault, LogPosition};

/// How often the heads in the cache are compared with what was seen.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How often the place in the log is noted for warehouses in which nothing happens.
const NOTE_EVERY: Duration = Duration::from_secs(10);
const HEADS_A_READ: usize = 256;

impl Feed {
    /// Between two batches: is everything in the view that should be?
    pub(super) async fn oversee(&mut self, reader: &Reader, batch: &Batch) {
        let now = Instant::now();
        if now.saturating_duration_since(self.looked_at) >= LOOK_EVERY {
            self.look_after(reader, now).await;
        }
        if batch.caught_up && !self.cache_away {
            self.parts.board.note_caught_up(now);
        }
        self.repair(now);
    }

    /// Compares the heads in the cache with what was seen before.
    pub(super) async fn look_after(&mut self, reader: &Reader, now: Instant) {
        self.looked_at = now;
        match self.compare_heads().await {
            Ok(()) => self.cache_is_back(),
            Err(fault) => return self.cache_is_away(&fault.to_string()),
        }
        if now.saturating_duration_since(self.noted_at) >= NOTE_EVERY {
            self.noted_at = now;
            self.note_places(reader).await;
        }
        self.repair(now);
        self.measure(now);
    }

    async fn compare_heads(&self) -> Result<(), CacheFault> {
        let tracks = self.parts.board.tracks();
        if tracks.is_empty() {
            // Nothing to compare yet; whether the cache answers is asked all the same.
            return self.parts.cache.prepare().await;
        }
        for tracks in tracks.chunks(HEADS_A_READ) {
            let seen: Vec<_> = tracks.iter().map(|track| track.seen()).collect();
            let codes: Vec<&str> = tracks.iter().map(|track| track.code().as_str()).collect();
            let heads = match self.parts.cache.heads(&codes).await {
                // Found again when it is read or written; the others must not wait for it.
                Err(CacheFault::Damaged { warehouse, .. }) => {
                    tracks
                        .iter()
                        .filter(|track| track.code().as_str() == warehouse)
                        .for_each(|track| track.damage());
                    continue;
                }
                heads => heads?,
            };
            for ((track, seen), head) in tracks.iter().zip(seen).zip(heads) {
                if head.sequence >= seen {
                    track.find();
                    track.see(head.sequence);
                    continue;
                }
                track.lose();
                if !track.is_in_repair() {
                    self.parts.metrics.trouble(Trouble::Lost);
                    let warehouse = track.code();
                    tracing::error!(%warehouse, %seen, found = %head.sequence, "the view went back: building it again from the log");
                }
            }
        }
        Ok(())
    }

    /// Asks for a rebuild of every warehouse that is behind.
    fn repair(&self, now: Instant) {
        let behind = self.parts.board.tracks().into_iter().filter(|track| track.takes_repair(now));
        let warehouses: BTreeSet<WarehouseCode> = behind.map(|track| track.code().clone()).collect();
        if warehouses.is_empty() {
            return;
        }
        let request = RebuildRequest { warehouses, done: None };
        if let Err(refused) = self.parts.rebuilds.try_send(request) {
            // The queue is full, or the service is stopping: asked again after a while.
            for warehouse in refused.into_inner().warehouses {
                self.parts.board.track_or_new(&warehouse).repaired(Err(now));
            }
        }
    }

    /// Everything before the reader's place is in, also for warehouses in which nothing happened since: noting it spares the next
    /// start reading it all again.
    async fn note_places(&mut self, reader: &Reader) {
        let places = reader.positions();
        for track in self.parts.board.tracks().iter().filter(|track| !track.is_behind()) {
            let Some(partition) = self.partitions.get(track.code()) else { continue };
            let Some(offset) = places.get(partition) else { continue };
            if self.noted.get(track.code()) == Some(offset) {
                continue;
            }
            let next = LogPosition { partition: *partition, offset: *offset };
            if let Err(fault) = self.parts.cache.note(track.code(), track.seen(), next).await {
                return self.cache_is_away(&fault.to_string());
            }
            self.noted.insert(track.code().clone(), *offset);
        }
    }

    fn measure(&self, now: Instant) {
        for track in self.parts.board.tracks() {
            let sequence = track.seen().get();
            let state = ViewState {
                sequence,
                lag: track.logged().get().saturating_sub(sequence),
                age: track.complete_at().map(|at| now.saturating_duration_since(at)),
                age_max: Duration::from_millis(self.parts.config.age_max_ms),
            };
            self.parts.metrics.view(track.code(), &state);
        }
    }

    pub(super) fn cache_is_away(&mut self, reason: &str) {
        self.parts.metrics.trouble(Trouble::CacheAway);
        self.parts.board.standing().note_cache_away(reason);
        if !std::mem::replace(&mut self.cache_away, true) {
            tracing::warn!(reason, "the view's cache is away: reads are refused until it is back");
        }
    }

    fn cache_is_back(&mut self) {
        self.parts.board.standing().note_cache_back();
        if std::mem::replace(&mut self.cache_away, false) {
            tracing::info!("the view's cache is back");
        }
    }
}

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use tokio_util::sync::CancellationToken;
use vocabulary::{Sequence, Timestamp, WarehouseCode};

use super::alarm::Scope;
use super::alerts::{serial_alert, sounded, want};
use super::{Board, Horizon};
use crate::core::{AlertKey, AlertKind, Due};
use crate::metrics::Metrics;
use crate::store::{AlertState, Cache, CacheFault};

const ALERTS_A_READ: usize = 1000;
/// Open alerts of a warehouse that watchers are told of; further ones are in the list only.
const OPEN_MAX: usize = 50_000;

/// The task that looks at the alerts again and again: what the journals changed, and what the clock did.
#[derive(Debug)]
pub(crate) struct Lookout {
    parts: LookoutParts,
    seen: BTreeMap<WarehouseCode, Seen>,
}

/// What the task works with.
#[derive(Debug)]
pub(crate) struct LookoutParts {
    pub(crate) cache: Cache,
    pub(crate) board: Arc<Board>,
    pub(crate) horizon: Horizon,
    pub(crate) every: Duration,
    pub(crate) metrics: Metrics,
}

/// What was found in a warehouse by the last look.
#[derive(Debug, Clone, Default)]
struct Seen {
    differed: Sequence,
    /// The next alerts to become due, by the clock alone.
    next: Vec<AlertKey>,
}

impl Lookout {
    pub(crate) fn new(parts: LookoutParts) -> Self {
        Self { parts, seen: BTreeMap::new() }
    }

    /// Runs until `cancel`. While the view or its cache is away nothing is raised and nothing cleared.
    pub(crate) async fn run(mut self, cancel: CancellationToken) {
        let work = async {
            self.parts.board.caught_up().await;
            let mut pulse = tokio::time::interval(self.parts.every);
            loop {
                pulse.tick().await;
                match self.look(rpc::clock::now()).await {
                    Ok(()) => self.parts.board.alarm().prime(),
                    Err(fault) => self.failed(&fault),
                }
            }
        };
        tokio::select! {
            () = cancel.cancelled() => {}
            () = work => {}
        }
    }

    /// A damaged view is built again, as when a reader finds it so. The feed says in the log that the cache is away.
    fn failed(&self, fault: &CacheFault) {
        if let CacheFault::Damaged { warehouse, .. } = fault
            && let Some(track) = self.parts.board.track(warehouse)
        {
            track.damage();
            self.parts.board.doubt();
        }
    }

    async fn look(&mut self, now: Timestamp) -> Result<(), CacheFault> {
        let due = self.parts.horizon.due(now);
        let tracks = self.parts.board.tracks();
        let all = tracks.len();
        let tracks: Vec<_> = tracks.iter().filter(|track| !track.is_behind()).collect();
        let mut is_whole = tracks.len() == all;
        let codes: Vec<&str> = tracks.iter().map(|track| track.code().as_str()).collect();
        let seen: Vec<Sequence> = tracks.iter().map(|track| track.seen()).collect();
        let states = self.parts.cache.alert_states(&codes).await?;
        let mut is_news = false;
        for ((track, seen), state) in tracks.iter().zip(seen).zip(states) {
            // A view that went back is built again: what is missing meanwhile is not over.
            is_whole &= state.head.sequence >= seen;
            if state.head.sequence >= seen && self.is_due(track.code(), state, due) {
                is_news |= self.look_at(track.code(), state, due).await?;
            }
        }
        if is_whole {
            is_news |= self.look_at_serials().await?;
        }
        if is_news {
            self.parts.board.tick();
        }
        self.measure();
        Ok(())
    }

    /// Whether anything can be another than at the last look.
    fn is_due(&self, code: &WarehouseCode, state: AlertState, due: Due) -> bool {
        let Some(seen) = self.seen.get(code) else { return true };
        seen.differed != state.differed || seen.next.iter().any(|key| key.is_due(due))
    }

    async fn look_at(
        &mut self,
        code: &WarehouseCode,
        state: AlertState,
        due: Due,
    ) -> Result<bool, CacheFault> {
        let (mut open, mut next) = (Vec::new(), Vec::new());
        for kind in AlertKind::KEPT {
            let mut after = String::new();
            loop {
                // Not by the clock: what comes next of the kind tells when to look again.
                let wants = [want(code, kind.whole(), after, ALERTS_A_READ)];
                let page = self.parts.cache.alerts(&wants).await?.pop().unwrap_or_default();
                // A view that was lost meanwhile: what is missing is not over.
                if page.head.sequence < state.head.sequence {
                    return Ok(false);
                }
                let (are_due, later): (Vec<_>, Vec<_>) =
                    page.alerts.into_iter().partition(|alert| alert.key.is_due(due));
                open.extend(are_due.into_iter().map(|alert| sounded(code, alert)));
                if let Some(first) = later.into_iter().next() {
                    next.push(first.key);
                    break;
                }
                match page.next {
                    Some(key) if open.len() < OPEN_MAX => after = key,
                    Some(_) => {
                        tracing::warn!(warehouse = %code, limit = OPEN_MAX, "more alerts are open than watchers are told of");
                        break;
                    }
                    None => break,
                }
            }
        }
        self.seen.insert(code.clone(), Seen { differed: state.differed, next });
        let scope = Scope::Warehouse(code.clone());
        Ok(self.parts.board.alarm().settle(scope, open, state.head.sequence))
    }

    async fn look_at_serials(&self) -> Result<bool, CacheFault> {
        let (mut open, mut after) = (Vec::new(), String::new());
        loop {
            let (units, next) = self.parts.cache.duplicates(&after, ALERTS_A_READ).await?;
            open.extend(units.iter().filter_map(serial_alert));
            match next {
                Some(next) if open.len() < OPEN_MAX => after = next,
                Some(_) | None => break,
            }
        }
        Ok(self.parts.board.alarm().settle(Scope::Network, open, Sequence::START))
    }

    fn measure(&self) {
        let mut counts = BTreeMap::from(AlertKind::ALL.map(|kind| (kind, 0_u64)));
        self.parts.board.alarm().for_each(|alert| {
            let count = counts.entry(alert.key.kind()).or_default();
            *count = count.saturating_add(1);
        });
        counts.into_iter().for_each(|(kind, count)| self.parts.metrics.alerts(kind, count));
    }
}

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use catalog_view::CatalogView;
use tokio_util::sync::CancellationToken;
use vocabulary::{Date, Sequence, Timestamp, WarehouseCode};

use super::alarm::{Found, Scope};
use super::alerts::{serial_alert, serial_key, sounded, want};
use super::today::today_at;
use super::{Board, Horizon};
use crate::core::{AlertKey, AlertKind, Due, Node};
use crate::metrics::{Metrics, Trouble};
use crate::store::{AlertState, Cache, CacheFault};

const ALERTS_A_READ: usize = 1000;

/// The task that looks at the alerts again and again: what the journals changed, and what the clock did.
#[derive(Debug)]
pub(crate) struct Lookout {
    parts: LookoutParts,
    seen: BTreeMap<(WarehouseCode, AlertKind), Seen>,
}

/// What the task works with.
#[derive(Debug)]
pub(crate) struct LookoutParts {
    pub(crate) cache: Cache,
    pub(crate) board: Arc<Board>,
    /// Which day it is at a warehouse follows from its time zone.
    pub(crate) catalog: CatalogView,
    pub(crate) horizon: Horizon,
    /// Open alerts of a kind in a warehouse that watchers are told of; further ones are in the list only.
    pub(crate) open_max: usize,
    pub(crate) every: Duration,
    pub(crate) metrics: Metrics,
}

/// What was found of a kind in a warehouse by the last look.
#[derive(Debug, Clone)]
struct Seen {
    differed: Option<Sequence>,
    /// Until when alerts were due.
    day: Date,
    /// The next one to become due, by the clock alone.
    next: Option<AlertKey>,
}

/// What is to be looked at.
struct Look<'a> {
    code: &'a WarehouseCode,
    kind: AlertKind,
    due: Due,
    state: &'a AlertState,
}

impl Lookout {
    pub(crate) fn new(parts: LookoutParts) -> Self {
        Self { parts, seen: BTreeMap::new() }
    }

    /// Runs until `cancel`. While the view or its cache is away nothing is raised and nothing cleared.
    pub(crate) async fn run(mut self, cancel: CancellationToken) {
        let work = async {
            self.parts.board.caught_up().await;
            self.parts.catalog.caught_up().await;
            let mut pulse = tokio::time::interval(self.parts.every);
            loop {
                pulse.tick().await;
                if let Err(fault) = self.look(rpc::clock::now()).await {
                    self.failed(&fault);
                }
            }
        };
        tokio::select! {
            () = cancel.cancelled() => {}
            () = work => {}
        }
    }

    /// A damaged view is built again. The feed says in the log that the cache is away.
    fn failed(&self, fault: &CacheFault) {
        if let CacheFault::Damaged { warehouse, .. } = fault
            && let Some(track) = self.parts.board.track(warehouse)
        {
            if !track.is_absent() {
                tracing::error!(%fault, "the view cannot be read: building it again from the log");
                self.parts.metrics.trouble(Trouble::Lost);
            }
            track.damage();
            self.parts.board.doubt();
        }
    }

    async fn look(&mut self, now: Timestamp) -> Result<(), CacheFault> {
        let all = self.parts.board.tracks();
        // One that is only late is as it was.
        let (absent, tracks): (Vec<_>, Vec<_>) = all.iter().partition(|track| track.is_absent());
        let mut absent: BTreeSet<WarehouseCode> = absent.iter().map(|track| track.code().clone()).collect();
        let codes: Vec<&str> = tracks.iter().map(|track| track.code().as_str()).collect();
        let seen: Vec<Sequence> = tracks.iter().map(|track| track.seen()).collect();
        let states = self.parts.cache.alert_states(&codes).await?;
        let mut is_news = false;
        for ((track, seen), state) in tracks.iter().zip(seen).zip(states) {
            // A view that went back is built again: what is missing meanwhile is not over.
            if state.head.sequence < seen {
                absent.insert(track.code().clone());
                continue;
            }
            let (code, state) = (track.code(), &state);
            let due = self.parts.horizon.due(now, today_at(&self.parts.catalog, code.as_str(), now));
            for kind in AlertKind::KEPT {
                let look = Look { code, kind, due, state };
                if self.is_due(&look) {
                    is_news |= self.look_at(&look).await?;
                }
            }
        }
        is_news |= self.look_at_serials(absent).await?;
        if is_news {
            self.parts.board.tick();
        }
        self.parts.board.alarm().prime(all.iter().map(|track| track.code()));
        self.measure();
        Ok(())
    }

    /// Whether anything can be another than at the last look.
    fn is_due(&self, look: &Look<'_>) -> bool {
        let Some(seen) = self.seen.get(&(look.code.clone(), look.kind)) else { return true };
        seen.differed.as_ref() != look.state.differed.get(&look.kind)
            || seen.day != look.due.day
            || seen.next.as_ref().is_some_and(|key| key.is_due(look.due))
    }

    async fn look_at(&mut self, look: &Look<'_>) -> Result<bool, CacheFault> {
        let Look { code, kind, due, state } = *look;
        let (mut open, mut after, mut sequence) = (Vec::new(), String::new(), None);
        let open_max = self.parts.open_max;
        let (next, cut_at) = loop {
            // Not by the clock: what comes next of the kind tells when to look again. One more than are told of tells whether there are more.
            let limit = open_max.saturating_add(1).saturating_sub(open.len()).min(ALERTS_A_READ);
            let wants = [want(code, kind.whole(), after, limit)];
            let page = self.parts.cache.alerts(&wants).await?.pop().unwrap_or_default();
            // A view that was lost meanwhile: what is missing is not over.
            if page.head.sequence < state.head.sequence {
                return Ok(false);
            }
            sequence = sequence.or(Some(page.head.sequence));
            let (are_due, later): (Vec<_>, Vec<_>) =
                page.alerts.into_iter().partition(|alert| alert.key.is_due(due));
            open.extend(are_due.into_iter().map(|alert| sounded(code, alert)));
            let next = later.into_iter().next().map(|first| first.key);
            if open.len() > open_max {
                open.truncate(open_max);
                break (None, open.last().map(|of| of.alert.key.to_string()));
            }
            match page.next.filter(|_| next.is_none()) {
                Some(key) => after = key,
                None => break (next, None),
            }
        };
        let differed = state.differed.get(&kind).copied();
        self.seen.insert((code.clone(), kind), Seen { differed, day: due.day, next });
        let scope = Scope::Warehouse(code.clone(), kind);
        let sequence = sequence.unwrap_or(state.head.sequence);
        Ok(self.settle(Found { scope, open, cut_at, absent: BTreeSet::new(), sequence }))
    }

    async fn look_at_serials(&self, absent: BTreeSet<WarehouseCode>) -> Result<bool, CacheFault> {
        let (mut open, mut after) = (Vec::new(), String::new());
        let cut_at = loop {
            let (units, next) = self.parts.cache.duplicates(&after, ALERTS_A_READ).await?;
            open.extend(units.iter().filter_map(serial_alert));
            match next {
                Some(next) if open.len() < self.parts.open_max => after = next,
                // The units sort as their alerts do.
                Some(next) => break Node::parse(&next).and_then(|unit| serial_key(&unit)),
                None => break None,
            }
        };
        let cut_at = cut_at.map(|key| key.to_string());
        Ok(self.settle(Found { scope: Scope::Network, open, cut_at, absent, sequence: Sequence::START }))
    }

    fn settle(&self, found: Found) -> bool {
        if found.cut_at.is_some() {
            let (scope, limit) = (&found.scope, self.parts.open_max);
            tracing::warn!(?scope, limit, "more alerts are open than watchers are told of");
        }
        self.parts.board.alarm().settle(found)
    }

    fn measure(&self) {
        let mut counts = BTreeMap::from(AlertKind::ALL.map(|kind| (kind, 0_u64)));
        self.parts.board.alarm().for_each(|alert| {
            let count = counts.entry(alert.key.kind()).or_default();
            *count = count.saturating_add(1);
        });
        counts.into_iter().for_each(|(kind, count)| self.parts.metrics.alerts(kind, count));
        let (_, cut) = self.parts.board.alarm().position();
        self.parts.metrics.alerts_cut(u64::try_from(cut.len()).unwrap_or(u64::MAX));
    }
}

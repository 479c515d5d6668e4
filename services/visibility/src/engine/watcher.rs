use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use rpc::ApiError;
use rustc_hash::FxHashSet;
use tokio::sync::{OwnedSemaphorePermit, watch};
use tokio::time::timeout_at;
use vocabulary::{Sequence, WarehouseCode};

use super::read::check_sku;
use super::{Engine, News, Scope, Sounded, Track, Turned, Until, refusals};
use crate::store::Change;

/// Changes taken from one warehouse at a time.
const CHANGES_A_TURN: usize = 512;

/// What a watcher wants to be told.
#[derive(Debug, Default)]
pub(crate) struct WatchWish {
    /// Only these items; empty means all.
    pub(crate) skus: Vec<String>,
    /// Only these warehouses; empty means all.
    pub(crate) warehouses: Vec<String>,
    /// What to tell.
    pub(crate) scope: WatchScope,
    /// Changes after these; a warehouse that is not named starts now.
    pub(crate) after: Vec<(String, Sequence)>,
}

/// What a watcher is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum WatchScope {
    /// What changes of values.
    #[default]
    Changes,
    /// What turns of alerts.
    Alerts,
    /// Both.
    All,
}

/// What happened, as a watcher is told of it.
#[derive(Debug)]
pub(crate) enum Told {
    /// A value changed.
    Changed(WarehouseCode, Change),
    /// Something of alerts.
    Alerts(Box<News>),
}

/// Reads the rings of its warehouses, at its own pace. It holds nothing but positions and one turn of changes: a slow one
/// costs no memory.
#[derive(Debug)]
pub(crate) struct Watcher {
    engine: Arc<Engine>,
    skus: FxHashSet<String>,
    warehouses: BTreeSet<WarehouseCode>,
    scope: WatchScope,
    positions: BTreeMap<WarehouseCode, Sequence>,
    /// Alerts that were told, or came before.
    heard: u64,
    waiting: VecDeque<Told>,
    ticks: watch::Receiver<u64>,
    _permit: OwnedSemaphorePermit,
}

impl Watcher {
    /// Checks the wish and takes the positions to begin at.
    ///
    /// # Errors
    /// Unknown items and warehouses, a position that is too old, too many watchers.
    pub(crate) async fn open(engine: Arc<Engine>, wish: WatchWish, until: Until) -> Result<Self, ApiError> {
        let permit =
            Arc::clone(&engine.watchers).try_acquire_owned().map_err(|_| refusals::too_many_watchers())?;
        engine.ready(until).await?;
        for (at, sku) in wish.skus.iter().enumerate() {
            let field = || format!("skus[{at}]");
            check_sku(sku, field)?;
            engine.known_item(sku, field, until).await?;
        }
        let mut warehouses = BTreeSet::new();
        for (at, code) in wish.warehouses.iter().enumerate() {
            warehouses.insert(engine.known_warehouse(code, || format!("warehouses[{at}]"), until).await?);
        }
        let mut positions = BTreeMap::new();
        // Before the positions are taken, so that nothing after them is missed.
        let ticks = engine.board.ticks();
        if wish.scope != WatchScope::Changes {
            let primed = timeout_at(until.instant(), engine.board.alarm().primed()).await;
            primed.map_err(|_| refusals::rebuilding(""))?;
        }
        let (heard, cut) = engine.board.alarm().position();
        for track in engine.board.tracks() {
            positions.insert(track.code().clone(), track.published());
        }
        for (at, (code, sequence)) in wish.after.iter().enumerate() {
            let code = engine.known_warehouse(code, || format!("after[{at}].warehouse"), until).await?;
            let oldest = engine.board.track_or_new(&code).oldest();
            if *sequence < oldest {
                let error = refusals::position_too_old(code.as_str(), *sequence, oldest);
                return Err(error.at(format!("after[{at}].sequence")));
            }
            positions.insert(code, *sequence);
        }
        let (skus, scope) = (wish.skus.into_iter().collect(), wish.scope);
        let waiting = VecDeque::new();
        let mut watcher =
            Self { engine, skus, warehouses, scope, positions, heard, waiting, ticks, _permit: permit };
        if scope != WatchScope::Changes {
            cut.into_iter().for_each(|scope| watcher.hear(News::Cut { scope, is_cut: true }));
        }
        Ok(watcher)
    }

    /// The next change, when there is one.
    ///
    /// # Errors
    /// The watcher was too slow, or the server is stopping: nothing comes after it.
    pub(crate) async fn next(&mut self) -> Result<Told, ApiError> {
        let cancel = self.engine.cancel.clone();
        loop {
            if cancel.is_cancelled() {
                return Err(refusals::shutting_down());
            }
            if let Some(told) = self.waiting.pop_front() {
                return Ok(told);
            }
            self.ticks.borrow_and_update();
            if self.take_turn()? {
                continue;
            }
            tokio::select! {
                () = cancel.cancelled() => {}
                // The sender lives in the engine, so that this cannot fail.
                _ = self.ticks.changed() => {}
            }
        }
    }

    /// Takes a turn at every warehouse's ring; whether there may be more.
    fn take_turn(&mut self) -> Result<bool, ApiError> {
        let mut has_moved = self.scope != WatchScope::Changes && self.take_alerts()?;
        if self.scope == WatchScope::Alerts {
            return Ok(has_moved);
        }
        for track in self.engine.board.tracks() {
            if self.warehouses.is_empty() || self.warehouses.contains(track.code()) {
                has_moved |= self.take_from(&track)?;
            }
        }
        Ok(has_moved)
    }

    fn take_alerts(&mut self) -> Result<bool, ApiError> {
        let read = self.engine.board.alarm().read(self.heard, CHANGES_A_TURN);
        let news = read.map_err(|_| refusals::too_slow_for_alerts())?;
        let has_moved = !news.is_empty();
        for news in news {
            self.heard = self.heard.saturating_add(1);
            self.hear(news);
        }
        Ok(has_moved)
    }

    /// Keeps what is about the items and warehouses that are watched.
    fn hear(&mut self, news: News) {
        let (sku, warehouse) = match &news {
            News::Turned(Turned { of, .. }) => (Some(of.alert.key.sku()), Some(&of.warehouse)),
            News::Cut { scope: Scope::Warehouse(code, _), .. } => (None, Some(code)),
            News::Cut { scope: Scope::Network, .. } => (None, None),
        };
        let is_sku = self.skus.is_empty() || sku.is_none_or(|sku| self.skus.contains(sku.as_str()));
        // An alert about a unit is about every warehouse that has it, as in a listing.
        let holds = |of: &Sounded| of.holders.iter().any(|code| self.is_watched(code));
        let is_held = matches!(&news, News::Turned(Turned { of, .. }) if holds(of));
        let is_here =
            self.warehouses.is_empty() || warehouse.is_none_or(|code| self.warehouses.contains(code));
        if is_sku && (is_here || is_held) {
            self.waiting.push_back(Told::Alerts(Box::new(news)));
        }
    }

    fn is_watched(&self, code: &str) -> bool {
        self.warehouses.iter().any(|watched| watched.as_str() == code)
    }

    fn take_from(&mut self, track: &Track) -> Result<bool, ApiError> {
        let code = track.code();
        // A warehouse that appeared after the watch began is told from its beginning.
        let position = self.positions.get(code).copied().unwrap_or(Sequence::START);
        if position >= track.published() {
            self.positions.entry(code.clone()).or_insert(position);
            return Ok(false);
        }
        let read = track.read(position, CHANGES_A_TURN);
        let read = read.map_err(|_| refusals::too_slow(code.as_str(), position))?;
        let wanted =
            read.changes.into_iter().filter(|c| self.skus.is_empty() || self.skus.contains(c.sku.as_str()));
        self.waiting.extend(wanted.map(|change| Told::Changed(code.clone(), change)));
        let has_moved = read.position > position;
        self.positions.insert(code.clone(), read.position);
        Ok(has_moved)
    }
}

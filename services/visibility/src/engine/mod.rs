//! Answers questions about the view, and knows how fresh it is.
//!
//! A read never shows less than this replica has seen before: it takes the newest head it knows of, reads, and if what it
//! got is older, Redis forgot the view; the answer is VIEW_REBUILDING then, and the feed builds it again.

mod alarm;
mod alerts;
mod atp;
mod board;
mod freshness;
mod list;
mod lookout;
mod read;
mod rebuild;
mod refusals;
mod ring;
mod slices;
mod standing;
mod today;
mod trace;
mod track;
mod wait;
mod watcher;

use std::sync::Arc;
use std::time::Duration;

use catalog_view::CatalogView;
use tokio::sync::{Semaphore, mpsc};
use tokio_util::sync::CancellationToken;

pub(crate) use self::alarm::{Alarm, News, Scope, Sounded, Turned};
pub(crate) use self::alerts::{AlertWish, Horizon};
pub(crate) use self::atp::{Ahead, Looking};
pub(crate) use self::board::Board;
pub(crate) use self::freshness::Fresh;
pub(crate) use self::list::{Page, Row, Turn};
pub(crate) use self::lookout::{Lookout, LookoutParts};
pub(crate) use self::read::Seen;
pub(crate) use self::slices::SliceWish;
pub(crate) use self::trace::{Detail, Direction, Event, Link, Reach, RecipientsWish, Wish};
pub(crate) use self::track::Track;
pub(crate) use self::wait::Until;
pub(crate) use self::watcher::{Told, WatchScope, WatchWish, Watcher};
use crate::config::VisibilityConfig;
use crate::feed::RebuildRequest;
use crate::store::Cache;

/// See the module.
#[derive(Debug)]
pub(crate) struct Engine {
    cache: Cache,
    board: Arc<Board>,
    catalog: CatalogView,
    rebuilds: mpsc::Sender<RebuildRequest>,
    watchers: Arc<Semaphore>,
    wait_max: Duration,
    horizon: Horizon,
    looks_max: usize,
    cancel: CancellationToken,
}

/// What the engine works with.
#[derive(Debug)]
pub(crate) struct EngineParts {
    pub(crate) cache: Cache,
    pub(crate) board: Arc<Board>,
    pub(crate) catalog: CatalogView,
    pub(crate) rebuilds: mpsc::Sender<RebuildRequest>,
    pub(crate) cancel: CancellationToken,
}

impl Engine {
    pub(crate) fn new(config: &VisibilityConfig, parts: EngineParts) -> Self {
        let EngineParts { cache, board, catalog, rebuilds, cancel } = parts;
        let watchers = Arc::new(Semaphore::new(config.watchers_max.min(Semaphore::MAX_PERMITS)));
        let wait_max = Duration::from_millis(config.wait_max_ms);
        let horizon = Horizon::of(config);
        let looks_max = config.looks_max.max(1);
        Self { cache, board, catalog, rebuilds, watchers, wait_max, horizon, looks_max, cancel }
    }
}

use std::sync::Arc;
use std::time::Duration;

use catalog_view::CatalogView;
use eventlog::EventLog;
use rpc::Readiness;
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use crate::config::{CacheConfig, VisibilityConfig};
use crate::engine::{Board, Engine, EngineParts, Horizon, Lookout, LookoutParts};
use crate::fault::VisibilityFault;
use crate::feed::{Feed, FeedParts, Rebuilder, TOPIC};
use crate::metrics::Metrics;
use crate::rpc::{AvailabilityRpc, TraceRpc};
use crate::store::{Cache, MemoryCache, RedisCache};

/// Requests for rebuilds that may wait.
const REBUILDS_WAITING_MAX: usize = 64;

/// The visibility service.
#[derive(Debug)]
pub struct Visibility;

/// What the service needs.
#[derive(Debug)]
pub struct Parts {
    /// How it runs.
    pub config: VisibilityConfig,
    /// Where the journals are published.
    pub log: EventLog,
    /// The master data; its owner keeps it up to date.
    pub catalog: CatalogView,
    /// Stops it.
    pub cancel: CancellationToken,
}

/// The running service.
#[derive(Debug)]
pub struct Running {
    engine: Arc<Engine>,
    board: Arc<Board>,
    cancel: CancellationToken,
    feed: JoinHandle<Result<(), VisibilityFault>>,
    rebuilder: JoinHandle<()>,
    lookout: JoinHandle<()>,
}

impl Visibility {
    /// Starts following the journals. The event log and the cache may still be away.
    ///
    /// # Errors
    /// [`VisibilityFault`] for a configuration that cannot work.
    pub async fn start(parts: Parts) -> Result<Running, VisibilityFault> {
        let Parts { config, log, catalog, cancel } = parts;
        // Tasks of this service alone stop each other when one of them fails.
        let cancel = cancel.child_token();
        let cache = open_cache(&config.cache)?;
        let board = Arc::new(Board::new(config.watch_changes_max));
        let (rebuilds, requests) = mpsc::channel(REBUILDS_WAITING_MAX);
        let engine_parts = EngineParts {
            cache: cache.clone(),
            board: Arc::clone(&board),
            catalog: catalog.clone(),
            rebuilds: rebuilds.clone(),
            cancel: cancel.clone(),
        };
        let engine = Arc::new(Engine::new(&config, engine_parts));
        let metrics = Metrics::new();
        let lookout = Lookout::new(LookoutParts {
            cache: cache.clone(),
            board: Arc::clone(&board),
            catalog: catalog.clone(),
            horizon: Horizon::of(&config),
            open_max: config.alerts_open_max.max(1),
            every: Duration::from_millis(config.alerts_every_ms.max(1)),
            metrics: metrics.clone(),
        });
        let lookout = tokio::spawn(lookout.run(cancel.clone()));
        let feed_parts = FeedParts { config, cache, board: Arc::clone(&board), log, metrics, rebuilds };
        let rebuilder = tokio::spawn(Rebuilder::new(feed_parts.clone()).run(requests, cancel.clone()));
        let feed = tokio::spawn(Feed::new(feed_parts).run(cancel.clone()));
        tokio::spawn(note_catalog(catalog, Arc::clone(&board), cancel.clone()));
        Ok(Running { engine, board, cancel, feed, rebuilder, lookout })
    }
}

impl Running {
    /// The topic that is followed.
    pub const TOPIC: &'static str = TOPIC.name;

    /// Its gRPC services.
    pub fn routes(&self) -> Routes {
        let availability = AvailabilityRpc::service(Arc::clone(&self.engine));
        Routes::new(availability).add_service(TraceRpc::service(Arc::clone(&self.engine)))
    }

    /// Ready once the journals were read to their end and the master data has arrived, and as long as the cache answers.
    pub fn readiness(&self) -> watch::Receiver<Readiness> {
        self.board.standing().readiness()
    }

    /// Resolves when its tasks have ended: after the cancellation, or earlier with what made it impossible to go on.
    ///
    /// # Errors
    /// [`VisibilityFault`] when it ended by itself.
    pub async fn stopped(self) -> Result<(), VisibilityFault> {
        let ended = self.feed.await;
        self.cancel.cancel();
        self.rebuilder.await.map_err(|_| VisibilityFault::Stopped("rebuilder"))?;
        self.lookout.await.map_err(|_| VisibilityFault::Stopped("lookout"))?;
        ended.map_err(|_| VisibilityFault::Stopped("feed"))?
    }
}

/// Reads wait for the master data, too.
async fn note_catalog(catalog: CatalogView, board: Arc<Board>, cancel: CancellationToken) {
    tokio::select! {
        () = catalog.caught_up() => board.standing().note_catalog(),
        () = cancel.cancelled() => {}
    }
}

fn open_cache(config: &CacheConfig) -> Result<Cache, VisibilityFault> {
    Ok(match config {
        CacheConfig::Memory => Cache::Memory(MemoryCache::default()),
        CacheConfig::Redis(config) => Cache::Redis(RedisCache::open(config)?),
    })
}

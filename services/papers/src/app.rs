use std::sync::Arc;
use std::time::Duration;

use database::claim::FileClaim;
use rpc::Readiness;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use crate::engine::Engine;
use crate::feed::Sources;
use crate::rpc::PaperRpc;
use crate::store::Store;
use crate::{PapersConfig, PapersFault};

/// How often the database is asked whether it answers.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// The papers service.
#[derive(Debug)]
pub struct Papers;

/// What the service needs.
#[derive(Debug)]
pub struct Parts {
    /// How it runs.
    pub config: PapersConfig,
    /// Stops it.
    pub cancel: CancellationToken,
}

/// The running service.
#[derive(Debug)]
pub struct Running {
    engine: Arc<Engine>,
    store: Store,
    readiness: watch::Receiver<Readiness>,
    asking: JoinHandle<()>,
    /// Held as long as the service runs.
    claim: Option<FileClaim>,
}

impl Papers {
    /// Opens the database and brings its schema up to date. The services that it asks may still be away.
    ///
    /// # Errors
    /// [`PapersFault`] when the database cannot be opened, or is a SQLite file that another process serves; or when the configuration
    /// cannot work.
    pub async fn start(parts: Parts) -> Result<Running, PapersFault> {
        let Parts { config, cancel } = parts;
        let sources = Sources::of(&config)?;
        let store = Store::open(&config.database).await?;
        let claim = store.claim()?;
        let engine = Arc::new(Engine::new(config, sources, store.clone()));
        let (told, readiness) = watch::channel(Readiness::Ready);
        let asking = tokio::spawn(ask_database(store.clone(), told, cancel));
        Ok(Running { engine, store, readiness, asking, claim })
    }

    /// Brings the schema up to date and starts nothing.
    ///
    /// # Errors
    /// [`PapersFault`] when the database cannot be opened or migrated.
    pub async fn migrate(config: &PapersConfig) -> Result<(), PapersFault> {
        let store = Store::open(&config.database).await?;
        store.close().await;
        Ok(())
    }
}

impl Running {
    /// Its gRPC service.
    pub fn routes(&self) -> Routes {
        Routes::new(PaperRpc::service(Arc::clone(&self.engine)))
    }

    /// Ready while the database answers.
    pub fn readiness(&self) -> watch::Receiver<Readiness> {
        self.readiness.clone()
    }

    /// Resolves after the cancellation, when the database is closed.
    ///
    /// # Errors
    /// [`PapersFault`] when it ended by a bug.
    pub async fn stopped(self) -> Result<(), PapersFault> {
        let ended = self.asking.await;
        self.store.close().await;
        drop(self.claim);
        ended.map_err(|_| PapersFault::Stopped("watch over its database"))
    }
}

async fn ask_database(store: Store, readiness: watch::Sender<Readiness>, cancel: CancellationToken) {
    let ask = async {
        loop {
            tokio::time::sleep(ASK_EVERY).await;
            let answer = match store.ping().await {
                Ok(()) => Readiness::Ready,
                Err(fault) => Readiness::waiting(format!("the papers' database: {fault}")),
            };
            answer.tell(&readiness);
        }
    };
    tokio::select! {
        () = ask => {}
        () = cancel.cancelled() => {}
    }
}

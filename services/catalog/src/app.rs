use std::time::Duration;

use database::claim::FileClaim;
use eventlog::EventLog;
use rpc::Readiness;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use crate::feed::{Network, Relay, TOPIC};
use crate::rpc::CatalogRpc;
use crate::store::Store;
use crate::{CatalogConfig, CatalogFault};

/// How often the database is asked whether it answers.
const ASK_EVERY: Duration = Duration::from_secs(1);

/// The catalog service.
#[derive(Debug)]
pub struct Catalog;

/// What the service needs.
#[derive(Debug)]
pub struct Parts {
    /// How it runs.
    pub config: CatalogConfig,
    /// Where its changes are published.
    pub log: EventLog,
    /// Stops it.
    pub cancel: CancellationToken,
}

/// The running service.
#[derive(Debug)]
pub struct Running {
    store: Store,
    network: Network,
    published: watch::Receiver<u64>,
    readiness: watch::Receiver<Readiness>,
    relay: JoinHandle<()>,
    /// Held as long as the service runs.
    claim: Option<FileClaim>,
}

impl Catalog {
    /// Opens the database, brings its schema up to date and starts the relay. The event log may still be away.
    ///
    /// # Errors
    /// [`CatalogFault`] when the database cannot be opened, or is a SQLite file that another process serves; or when the configuration
    /// cannot work.
    pub async fn start(parts: Parts) -> Result<Running, CatalogFault> {
        let network = Network::of(&parts.config)?;
        let store = Store::open(&parts.config.database).await?;
        let claim = store.claim()?;
        let (relay, published) = Relay::new(store.clone(), parts.log, &parts.config);
        let relay = tokio::spawn(relay.run(parts.cancel.clone()));
        let (told, readiness) = watch::channel(Readiness::Ready);
        tokio::spawn(ask_database(store.clone(), told, parts.cancel));
        Ok(Running { store, network, published, readiness, relay, claim })
    }

    /// Brings the schema up to date and starts nothing.
    ///
    /// # Errors
    /// [`CatalogFault`] when the database cannot be opened or migrated.
    pub async fn migrate(config: &CatalogConfig) -> Result<(), CatalogFault> {
        let store = Store::open(&config.database).await?;
        store.close().await;
        Ok(())
    }
}

impl Running {
    /// The topic that changes are published to.
    pub const TOPIC: &'static str = TOPIC.name;

    /// Its gRPC service.
    pub fn routes(&self) -> Routes {
        Routes::new(CatalogRpc::service(self.store.clone(), self.network.clone()))
    }

    /// The last revision that is in the topic for sure.
    pub fn published(&self) -> watch::Receiver<u64> {
        self.published.clone()
    }

    /// Ready while the database answers.
    pub fn readiness(&self) -> watch::Receiver<Readiness> {
        self.readiness.clone()
    }

    /// Resolves when the relay has ended after the cancellation. What it had not published yet it publishes after the next start.
    ///
    /// # Errors
    /// [`CatalogFault`] when the relay ended by a bug.
    pub async fn stopped(self) -> Result<(), CatalogFault> {
        let ended = self.relay.await;
        self.store.close().await;
        drop(self.claim);
        ended.map_err(|_| CatalogFault::Stopped("relay"))
    }
}

async fn ask_database(store: Store, readiness: watch::Sender<Readiness>, cancel: CancellationToken) {
    let ask = async {
        loop {
            tokio::time::sleep(ASK_EVERY).await;
            let answer = match store.ping().await {
                Ok(()) => Readiness::Ready,
                Err(fault) => Readiness::waiting(format!("the catalog's database: {fault}")),
            };
            answer.tell(&readiness);
        }
    };
    tokio::select! {
        () = ask => {}
        () = cancel.cancelled() => {}
    }
}

use database::claim::FileClaim;
use eventlog::EventLog;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use crate::feed::{Relay, TOPIC};
use crate::rpc::CatalogRpc;
use crate::store::Store;
use crate::{CatalogConfig, CatalogFault};

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
    published: watch::Receiver<u64>,
    relay: JoinHandle<()>,
    /// Held as long as the service runs.
    claim: Option<FileClaim>,
}

impl Catalog {
    /// Opens the database, brings its schema up to date and starts the relay. The event log may still be away.
    ///
    /// # Errors
    /// [`CatalogFault`] when the database cannot be opened, or is a SQLite file that another process serves.
    pub async fn start(parts: Parts) -> Result<Running, CatalogFault> {
        let store = Store::open(&parts.config.database).await?;
        let claim = store.claim()?;
        let (relay, published) = Relay::new(store.clone(), parts.log, &parts.config);
        let relay = tokio::spawn(relay.run(parts.cancel));
        Ok(Running { store, published, relay, claim })
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
        Routes::new(CatalogRpc::service(self.store.clone()))
    }

    /// The last revision that is in the topic for sure.
    pub fn published(&self) -> watch::Receiver<u64> {
        self.published.clone()
    }

    /// Whether the database answers right now.
    ///
    /// # Errors
    /// [`CatalogFault`] when it does not.
    pub async fn ready(&self) -> Result<(), CatalogFault> {
        Ok(self.store.ping().await?)
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

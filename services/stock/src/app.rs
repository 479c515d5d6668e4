//! Puts the service together.

use std::time::Duration;

use ::rpc::client::connect_lazy;
use catalog_view::CatalogView;
use eventlog::{EventLog, LogFault};
use proto::stock::v1::journal_service_server::JournalServiceServer;
use proto::stock::v1::scan_service_server::ScanServiceServer;
use proto::stock::v1::stock_service_server::StockServiceServer;
use rpc::Readiness;
use thiserror::Error;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use crate::config::{StockConfig, StockStore};
use crate::engine::{Doubles, PartitionSet, SetParts};
use crate::feed::{JOURNAL_TOPIC, Network};
use crate::rpc::{JournalRpc, LockPassing, ScanRpc, StockRpc};
use crate::store::{StoreFault, StoreRoot};

/// Largest request and answer, in bytes.
const MESSAGE_BYTES_MAX: usize = 4 << 20;

/// Largest scan, in bytes: a barcode is far smaller.
const SCAN_BYTES_MAX: usize = 64 << 10;

/// What the service needs.
#[derive(Debug)]
pub struct Parts {
    /// How it runs.
    pub config: StockConfig,
    /// Where the journals go.
    pub log: EventLog,
    /// The master data that documents are checked against; somebody else keeps it fresh.
    pub catalog: CatalogView,
    /// Stops everything.
    pub cancel: CancellationToken,
}

/// The running service.
#[derive(Debug)]
pub struct Running {
    stock: StockRpc,
    journal: JournalRpc,
    scan: ScanRpc,
    partitions: PartitionSet,
    task: JoinHandle<()>,
}

/// Why the service could not start, or ended.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum StockFault {
    /// A configuration value cannot work.
    #[error("{0}")]
    Config(String),
    /// The database cannot be used.
    #[error("the stock database cannot be used: {0}")]
    Store(String),
    /// The event log cannot be used.
    #[error("the event log cannot be used: {0}")]
    Log(#[from] LogFault),
    /// A task ended that should not have.
    #[error("the stock service ended: {0}")]
    Task(String),
}

impl From<StoreFault> for StockFault {
    fn from(fault: StoreFault) -> Self {
        Self::Store(fault.to_string())
    }
}

/// Brings the schema up to date and returns; a directory of embedded journals is brought up to date when they are opened.
///
/// # Errors
/// [`StockFault::Store`] when the database cannot be used.
pub async fn migrate(store: &StockStore) -> Result<(), StockFault> {
    StoreRoot::open(store).await?;
    Ok(())
}

/// Opens the store and the partitions of the configured warehouses.
///
/// # Errors
/// [`StockFault`] when the database or the event log cannot be used now; later outages are survived.
pub async fn start(parts: Parts) -> Result<Running, StockFault> {
    let Parts { config, log, catalog, cancel } = parts;
    if let Some(problem) = config.problem() {
        return Err(StockFault::Config(problem));
    }
    let separators = config.scan.parsed().map_err(StockFault::Config)?;
    let segregation = config.put_away.parsed().map_err(StockFault::Config)?;
    let root = StoreRoot::open(&config.store).await?;
    log.ensure_topic(&JOURNAL_TOPIC).await?;
    let limits = config.limits.clone();
    let doubles = Doubles::default();
    if let Some(server) = &config.visibility {
        let view = connect_lazy(server).map_err(|e| StockFault::Config(format!("stock.visibility: {e}")))?;
        let every = Duration::from_millis(limits.duplicate_look_ms);
        let confirm = Duration::from_millis(limits.duplicate_confirm_ms);
        tokio::spawn(Network { view, every, confirm, doubles: doubles.clone() }.run(cancel.clone()));
    }
    let partitions = PartitionSet::new(SetParts {
        root,
        log,
        catalog: catalog.clone(),
        doubles,
        warehouses: config.warehouses,
        limits: config.limits,
        cancel: cancel.clone(),
    });
    let scan = ScanRpc::new(partitions.clone(), catalog.clone(), separators);
    let passing = if config.pass_lock_allowed { LockPassing::Allowed } else { LockPassing::Forbidden };
    let stock = StockRpc::new(partitions.clone(), catalog, limits, passing, cancel.clone())
        .keeping_apart(segregation);
    let journal = JournalRpc::new(partitions.clone(), cancel);
    let task = tokio::spawn(partitions.clone().keep_open());
    Ok(Running { stock, journal, scan, partitions, task })
}

impl Running {
    /// The service's RPCs.
    pub fn routes(&self) -> Routes {
        let stock = StockServiceServer::new(self.stock.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX);
        let journal = JournalServiceServer::new(self.journal.clone())
            .max_decoding_message_size(MESSAGE_BYTES_MAX)
            .max_encoding_message_size(usize::MAX);
        let scan = ScanServiceServer::new(self.scan.clone()).max_decoding_message_size(SCAN_BYTES_MAX);
        Routes::new(stock).add_service(journal).add_service(scan)
    }

    /// Ready while every partition that this process should own takes requests; follows what happens to them.
    pub fn readiness(&self) -> watch::Receiver<Readiness> {
        self.partitions.readiness()
    }

    /// Resolves when everything has stopped and what was accepted is written.
    ///
    /// # Errors
    /// [`StockFault::Task`] when a task ended by itself.
    pub async fn stopped(self) -> Result<(), StockFault> {
        self.task.await.map_err(|error| StockFault::Task(error.to_string()))
    }
}

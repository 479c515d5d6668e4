use std::time::Duration;

use catalog_view::CatalogView;
use database::DatabaseConfig;
use eventlog::{EventLog, EventLogConfig};
use proto::stock::v1::journal_service_client::JournalServiceClient;
use proto::stock::v1::scan_service_client::ScanServiceClient;
use proto::stock::v1::stock_service_client::StockServiceClient;
use rpc::Readiness;
use rpc::server::{Health, ServerConfig};
use stock::app::{Parts, Running};
use stock::{Limits, StockConfig, StockStore, Warehouses};
use testkit::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;

use crate::fixtures::master_data;

/// A stock service on a port of its own, with a store and an event log of its own, and warehouse BER.
pub(crate) struct TestApp {
    pub(crate) store: StockStore,
    pub(crate) catalog: CatalogView,
    pub(crate) log: EventLog,
    pub(crate) warehouses: Warehouses,
    pub(crate) limits: Limits,
    pub(crate) pass_lock_allowed: bool,
    server: Option<Server>,
    _directory: TempDir,
}

/// One process, as it were.
pub(crate) struct Server {
    running: Running,
    task: JoinHandle<()>,
    cancel: CancellationToken,
    channel: Channel,
}

/// Runs `test` on a fresh directory, then checks the journal and the event log.
pub(crate) async fn on_sqlite(test: impl AsyncFnOnce(&mut TestApp)) {
    let directory = testkit::temp_dir();
    let store = StockStore::Embedded { directory: directory.path().join("stock") };
    run(store, directory, test).await;
}

/// Runs `test` in a fresh schema, then checks the journal and the event log.
pub(crate) async fn on_postgres(test: impl AsyncFnOnce(&mut TestApp)) {
    let on_schema = async |schema: testkit::Schema| {
        let url = format!("{}?application_name={}", schema.url, schema.name);
        let database = DatabaseConfig::new(url).with_schema(schema.name);
        run(StockStore::Postgres(database), testkit::temp_dir(), test).await;
    };
    testkit::on_postgres("stock", on_schema).await;
}

async fn run(store: StockStore, directory: TempDir, test: impl AsyncFnOnce(&mut TestApp)) {
    let path = directory.path().join("events.db");
    let log = EventLog::open(&EventLogConfig::Embedded { path }).await.unwrap();
    let (catalog, limits) = (CatalogView::empty(), Limits::default());
    catalog.apply_all(&master_data());
    catalog.note_caught_up();
    let warehouses = Warehouses::Named(vec!["BER".to_owned()]);
    let (pass_lock_allowed, server, _directory) = (false, None, directory);
    let mut app = TestApp { store, catalog, log, warehouses, limits, pass_lock_allowed, server, _directory };
    app.server = Some(app.another().await);
    app.wait_until_open().await;
    test(&mut app).await;
    crate::outcome::check(&app).await;
    app.halt().await;
}

impl TestApp {
    /// Starts another server on the same store, log and catalog.
    pub(crate) async fn another(&self) -> Server {
        let cancel = CancellationToken::new();
        let config = StockConfig {
            pass_lock_allowed: self.pass_lock_allowed,
            store: self.store.clone(),
            warehouses: self.warehouses.clone(),
            limits: self.limits.clone(),
            ..StockConfig::default()
        };
        let (log, catalog) = (self.log.clone(), self.catalog.clone());
        let parts = Parts { config, log, catalog, cancel: cancel.clone() };
        let running = stock::app::start(parts).await.unwrap();
        let listen = ([127, 0, 0, 1], 0).into();
        let bound = rpc::server::bind(&ServerConfig { listen, ..ServerConfig::default() }).await.unwrap();
        let address = format!("http://{}", bound.address());
        let serving = bound.serve(running.routes(), Health::new(), cancel.clone());
        let task = tokio::spawn(async move { serving.await.unwrap() });
        let channel = rpc::client::connect(&address).await.unwrap();
        Server { running, task, cancel, channel }
    }

    pub(crate) async fn halt(&mut self) {
        if let Some(server) = self.server.take() {
            server.stop().await;
        }
    }

    /// Stops the service and starts another one with the limits that `change` leaves.
    pub(crate) async fn restart_with(&mut self, change: impl FnOnce(&mut Limits)) {
        self.halt().await;
        change(&mut self.limits);
        self.server = Some(self.another().await);
        self.wait_until_open().await;
    }

    pub(crate) async fn restart(&mut self) {
        self.restart_with(|_| {}).await;
    }

    /// Another server takes the place of the one that was stopped.
    pub(crate) async fn replace(&mut self, server: Server) {
        self.halt().await;
        self.server = Some(server);
        self.wait_until_open().await;
    }

    pub(crate) fn client(&self) -> StockServiceClient<Channel> {
        self.server.as_ref().unwrap().client()
    }

    pub(crate) fn journal(&self) -> JournalServiceClient<Channel> {
        let channel = self.server.as_ref().unwrap().channel.clone();
        JournalServiceClient::new(channel).max_decoding_message_size(rpc::client::MESSAGE_BYTES_MAX)
    }

    pub(crate) fn scanner(&self) -> ScanServiceClient<Channel> {
        self.server.as_ref().unwrap().scanner()
    }

    /// What the server says of itself.
    pub(crate) fn readiness(&self) -> watch::Receiver<Readiness> {
        self.server.as_ref().unwrap().readiness()
    }

    async fn wait_until_open(&self) {
        becomes(&mut self.readiness(), Readiness::is_ready).await;
    }
}

/// Waits until the server says of itself what is expected.
pub(crate) async fn becomes(
    readiness: &mut watch::Receiver<Readiness>,
    expected: impl FnMut(&Readiness) -> bool,
) -> Readiness {
    let told = tokio::time::timeout(Duration::from_secs(30), readiness.wait_for(expected)).await;
    told.expect("it becomes so in time").unwrap().clone()
}

impl Server {
    pub(crate) fn readiness(&self) -> watch::Receiver<Readiness> {
        self.running.readiness()
    }

    pub(crate) fn client(&self) -> StockServiceClient<Channel> {
        StockServiceClient::new(self.channel.clone())
            .max_decoding_message_size(rpc::client::MESSAGE_BYTES_MAX)
    }

    pub(crate) fn scanner(&self) -> ScanServiceClient<Channel> {
        ScanServiceClient::new(self.channel.clone())
    }

    pub(crate) async fn stop(self) {
        self.cancel.cancel();
        self.task.await.unwrap();
        self.running.stopped().await.unwrap();
    }
}

use std::collections::BTreeMap;
use std::time::Duration;

use catalog::{Catalog, CatalogConfig, Parts, Running};
use database::DatabaseConfig;
use eventlog::{Delivered, EventLog, EventLogConfig, LogFault};
use prost::Message;
use proto::catalog::v1::catalog_service_client::CatalogServiceClient;
use proto::events::v1::CatalogChange;
use rpc::Readiness;
use rpc::client::RemoteError;
use rpc::server::{Health, ServerConfig};
use testkit::TempDir;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use tonic::{Response, Status};

/// A catalog service on a port of its own, with a database and an event log of its own.
pub(crate) struct TestApp {
    database: DatabaseConfig,
    log: EventLog,
    /// Whom the service asks what there is of an item.
    view: Option<String>,
    client: CatalogServiceClient<Channel>,
    running: Option<Running>,
    server: JoinHandle<()>,
    cancel: CancellationToken,
    directory: TempDir,
}

/// Runs `test` on a fresh SQLite file, then checks that the topic has everything.
pub(crate) async fn on_sqlite(test: impl AsyncFnOnce(&mut TestApp)) {
    let directory = testkit::temp_dir();
    let database = DatabaseConfig::new(testkit::sqlite_url(directory.path(), "catalog.db"));
    run(database, directory, test).await;
}

/// Runs `test` in a fresh schema, then checks that the topic has everything.
pub(crate) async fn on_postgres(test: impl AsyncFnOnce(&mut TestApp)) {
    let on_schema = async |schema: testkit::Schema| {
        let database = DatabaseConfig::new(schema.url).with_schema(schema.name);
        run(database, testkit::temp_dir(), test).await;
    };
    testkit::on_postgres("catalog", on_schema).await;
}

async fn run(database: DatabaseConfig, directory: TempDir, test: impl AsyncFnOnce(&mut TestApp)) {
    let log = EventLogConfig::Embedded { path: directory.path().join("events.db") };
    let mut app = TestApp::start(database, log, directory).await;
    test(&mut app).await;
    app.check_topic().await;
    app.stop().await;
}

impl TestApp {
    pub(crate) async fn start(database: DatabaseConfig, log: EventLogConfig, directory: TempDir) -> Self {
        let log = EventLog::open(&log).await.unwrap();
        let (running, server, client, cancel) = serve(&database, &log, None).await;
        Self { database, log, view: None, client, running: Some(running), server, cancel, directory }
    }

    /// Stops the service and starts another one on the same database and log.
    pub(crate) async fn restart_in_place(&mut self) {
        self.halt().await;
        let (running, server, client, cancel) = serve(&self.database, &self.log, self.view.clone()).await;
        (self.running, self.server, self.client, self.cancel) = (Some(running), server, client, cancel);
    }

    /// Starts again with somebody to ask what there is of an item.
    pub(crate) async fn ask_the_view_at(&mut self, server: &str) {
        self.view = Some(server.to_owned());
        self.restart_in_place().await;
    }

    /// Starts again with a log that works.
    pub(crate) async fn use_embedded_log(&mut self) {
        let path = self.directory.path().join("events.db");
        self.log = EventLog::open(&EventLogConfig::Embedded { path }).await.unwrap();
        self.restart_in_place().await;
    }

    pub(crate) async fn stop(mut self) {
        self.halt().await;
    }

    async fn halt(&mut self) {
        self.cancel.cancel();
        (&mut self.server).await.unwrap();
        self.running.take().unwrap().stopped().await.unwrap();
    }

    pub(crate) fn client(&self) -> CatalogServiceClient<Channel> {
        self.client.clone()
    }

    /// Waits until the service says of itself what is expected.
    pub(crate) async fn becomes(&self, expected: impl FnMut(&Readiness) -> bool) {
        let mut readiness = self.running.as_ref().unwrap().readiness();
        let told = tokio::time::timeout(Duration::from_secs(30), readiness.wait_for(expected)).await;
        told.expect("it becomes so in time").unwrap();
    }

    /// Waits until the relay has published this revision, then reads the whole topic.
    pub(crate) async fn topic(&self, revision: u64) -> Vec<Delivered> {
        let mut published = self.running.as_ref().unwrap().published();
        let reached = published.wait_for(|published| *published >= revision);
        tokio::time::timeout(Duration::from_secs(20), reached).await.expect("the relay catches up").unwrap();
        let mut reader = match self.log.read_from_start(Running::TOPIC).await {
            // The relay makes it when it begins to work, and nothing waits for that.
            Err(LogFault::UnknownTopic { .. }) if revision == 0 => return Vec::new(),
            reader => reader.unwrap(),
        };
        let mut records = Vec::new();
        loop {
            let batch = reader.next_batch(10_000, Duration::from_secs(5)).await.unwrap();
            records.extend(batch.records);
            if batch.caught_up {
                return records;
            }
        }
    }

    /// The newest record of every key in the topic is what the tables hold, and no revision is missing or twice.
    async fn check_topic(&self) {
        let tables = crate::topic::tables(self).await;
        let revision = tables.values().map(|(revision, _)| *revision).max().unwrap_or(0);
        let mut newest = BTreeMap::new();
        for delivered in self.topic(revision).await {
            let change = CatalogChange::decode(delivered.record.value).unwrap();
            let key = String::from_utf8(delivered.record.key.to_vec()).unwrap();
            newest.insert(key, (change.revision, change.record.unwrap()));
        }
        assert_eq!(newest, tables);
    }
}

type Served = (Running, JoinHandle<()>, CatalogServiceClient<Channel>, CancellationToken);

async fn serve(database: &DatabaseConfig, log: &EventLog, visibility: Option<String>) -> Served {
    let cancel = CancellationToken::new();
    // The relay must not need its poll: a commit wakes it.
    let config = CatalogConfig {
        database: database.clone(),
        visibility,
        relay_poll_ms: 60_000,
        ..CatalogConfig::default()
    };
    let parts = Parts { config, log: log.clone(), cancel: cancel.clone() };
    let running = Catalog::start(parts).await.unwrap();
    let listen = ([127, 0, 0, 1], 0).into();
    let bound = rpc::server::bind(&ServerConfig { listen, ..ServerConfig::default() }).await.unwrap();
    let address = format!("http://{}", bound.address());
    let serving = bound.serve(running.routes(), Health::new(), cancel.clone());
    let server = tokio::spawn(async move { serving.await.unwrap() });
    let channel = rpc::client::connect(&address).await.unwrap();
    let client = CatalogServiceClient::new(channel).max_decoding_message_size(rpc::client::MESSAGE_BYTES_MAX);
    (running, server, client, cancel)
}

/// What a refused call says, in one line: `REASON field`.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<Response<T>, Status>) -> String {
    let error = RemoteError::from(&result.expect_err("refused"));
    assert!(error.message.chars().next().is_some_and(|c| !c.is_uppercase()), "{}", error.message);
    format!("{} {}", error.reason, error.field).trim_end().to_owned()
}

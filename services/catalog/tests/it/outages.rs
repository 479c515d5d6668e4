//! Bad days: the catalog's database or the event log goes away and comes back.

use std::time::Duration;

use catalog::{Catalog, CatalogConfig, CatalogFault, Parts};
use database::DatabaseConfig;
use eventlog::{Delivered, EventLog, EventLogConfig};
use proto::catalog::v1::catalog_service_client::CatalogServiceClient;
use proto::catalog::v1::{CreateItemRequest, CreateItemResponse};
use rpc::client::{RemoteError, is_retryable};
use rpc::{Backoff, Readiness};
use tokio_util::sync::CancellationToken;
use tonic::Code;
use tonic::transport::Channel;

use crate::cable::Cable;
use crate::fixtures::{create_item, item};
use crate::test_app::TestApp;

/// Nobody answers at this port.
const NOBODY: &str = "127.0.0.1:1";

#[tokio::test]
async fn writes_go_on_while_the_event_log_is_away() {
    let directory = testkit::temp_dir();
    let database = DatabaseConfig::new(testkit::sqlite_url(directory.path(), "catalog.db"));
    let away = EventLogConfig::Kafka { bootstrap_servers: NOBODY.into(), topic_prefix: String::new() };
    let mut app = TestApp::start(database, away, directory).await;
    let mut client = app.client();
    for n in 1..=3 {
        let created = client.create_item(create_item(item(&format!("A{n}")))).await.unwrap().into_inner();
        assert_eq!(created.revision, n);
    }
    app.use_embedded_log().await;
    assert_eq!(app.topic(3).await.len(), 3, "the relay catches up");
    app.stop().await;
}

#[tokio::test]
async fn a_database_that_is_away_is_said_to_be() {
    let directory = testkit::temp_dir();
    let log =
        EventLog::open(&EventLogConfig::Embedded { path: directory.path().join("events.db") }).await.unwrap();
    let database = DatabaseConfig::new(format!("postgres://nobody:secret@{NOBODY}/nothing"));
    let config = CatalogConfig { database, ..CatalogConfig::default() };
    let start = Catalog::start(Parts { config, log, cancel: CancellationToken::new() });
    let fault = tokio::time::timeout(Duration::from_secs(30), start).await.unwrap().unwrap_err();
    assert!(matches!(&fault, CatalogFault::Database(fault) if fault.is_retryable()), "{fault}");
    assert!(!fault.to_string().contains("secret"));
}

#[tokio::test]
async fn writes_say_when_to_come_back_while_the_database_is_away() {
    testkit::on_postgres("catalog", async |schema: testkit::Schema| {
        let server = schema.url.rsplit_once('@').and_then(|(_, rest)| rest.split('/').next()).unwrap();
        let mut cable = Cable::lay(server).await;
        let url = schema.url.replace(server, &cable.address().to_string());
        let directory = testkit::temp_dir();
        let log = EventLogConfig::Embedded { path: directory.path().join("events.db") };
        let app = TestApp::start(DatabaseConfig::new(url).with_schema(schema.name), log, directory).await;
        let mut client = app.client();
        client.create_item(create_item(item("BEFORE"))).await.unwrap();
        app.becomes(Readiness::is_ready).await;
        cable.cut().await;
        let create = create_item(item("MEANWHILE"));
        let error = RemoteError::from(&client.create_item(create.clone()).await.unwrap_err());
        assert_eq!((error.code, error.reason.as_str()), (Code::Unavailable, "DATABASE_UNAVAILABLE"));
        assert!(error.retry_after.is_some());
        app.becomes(|readiness| !readiness.is_ready()).await;
        cable.mend().await;
        app.becomes(Readiness::is_ready).await;
        let created = repeat(&mut client, create).await;
        assert_eq!(created.revision, 2, "nothing was lost and nothing was done twice");
        assert_eq!(app.topic(2).await.len(), 2);
        app.stop().await;
    })
    .await;
}

/// As a caller does who was told to come back: the same request, until it is answered.
async fn repeat(client: &mut CatalogServiceClient<Channel>, create: CreateItemRequest) -> CreateItemResponse {
    let mut backoff = Backoff::new(Duration::from_millis(20), Duration::from_millis(500));
    for _ in 0..20 {
        match client.create_item(create.clone()).await {
            Ok(created) => return created.into_inner(),
            Err(status) => assert!(is_retryable(&status), "{status}"),
        }
        backoff.wait().await;
    }
    client.create_item(create).await.unwrap().into_inner()
}

#[tokio::test]
async fn two_processes_keep_one_order() {
    testkit::on_postgres("catalog", async |schema: testkit::Schema| {
        let directory = testkit::temp_dir();
        let database = DatabaseConfig::new(schema.url).with_schema(schema.name);
        let log = EventLogConfig::Embedded { path: directory.path().join("events.db") };
        let one = TestApp::start(database.clone(), log.clone(), directory).await;
        let other = TestApp::start(database, log, testkit::temp_dir()).await;
        let write = async |app: &TestApp, name: &str| {
            for n in 0..40 {
                app.client().create_item(create_item(item(&format!("{name}-{n}")))).await.unwrap();
            }
        };
        tokio::join!(write(&one, "ONE"), write(&other, "OTHER"));
        // The other process may have published the last of them: this one looks again after a change of its own.
        one.client().create_item(create_item(item("LAST"))).await.unwrap();
        let sequences: Vec<String> = one.topic(81).await.iter().map(sequence).collect();
        let expected: Vec<String> = (1..=81).map(|n: u32| n.to_string()).collect();
        assert_eq!(sequences, expected, "no gap, nothing twice, one order");
        other.stop().await;
        one.stop().await;
    })
    .await;
}

fn sequence(delivered: &Delivered) -> String {
    String::from_utf8(delivered.record.header("ce_sequence").unwrap().to_vec()).unwrap()
}

#[tokio::test]
async fn a_sqlite_file_has_one_server() {
    let directory = testkit::temp_dir();
    let database = DatabaseConfig::new(testkit::sqlite_url(directory.path(), "catalog.db"));
    let log = EventLogConfig::Embedded { path: directory.path().join("events.db") };
    let app = TestApp::start(database.clone(), log.clone(), directory).await;
    let config = CatalogConfig { database, ..CatalogConfig::default() };
    let parts = Parts { config, log: EventLog::open(&log).await.unwrap(), cancel: CancellationToken::new() };
    let fault = Catalog::start(parts).await.unwrap_err();
    assert!(matches!(fault, CatalogFault::Claim(_)), "{fault}");
    app.stop().await;
}

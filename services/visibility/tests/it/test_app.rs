use std::time::Duration;

use catalog_view::CatalogView;
use eventlog::{EventLog, EventLogConfig, Record, TopicSpec};
use prost::Message;
use proto::catalog::v1::{Item, Warehouse};
use proto::events::v1::catalog_change::Record as Master;
use proto::events::v1::{CatalogChange, JournalEntry};
use proto::visibility::v1::availability_service_client::AvailabilityServiceClient;
use proto::visibility::v1::trace_service_client::TraceServiceClient;
use proto::visibility::v1::{
    AtLeast, Availability, AvailabilityKey, BatchGetAvailabilityRequest, BatchGetAvailabilityResponse,
};
use rpc::Readiness;
use rpc::client::{self, RemoteError};
use rpc::server::{self, Health, ServerConfig, ServerFault};
use testkit::TempDir;
use tokio::sync::watch;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use tonic::{Request, Status};
use visibility::store::RedisConfig;
use visibility::{CacheConfig, Parts, Visibility, VisibilityConfig, VisibilityFault};

use crate::caches::redis_config;
use crate::journal::journal;

const JOURNAL: TopicSpec = TopicSpec { name: "entrepot.stock.journal.v1", partitions: 12, compacted: false };

/// What every replica of a test shares: an event log, with a catalog of a few items and warehouses in it.
pub(crate) struct Site {
    pub(crate) log: EventLog,
    _directory: TempDir,
}

/// One replica on a port of its own.
pub(crate) struct TestApp {
    pub(crate) client: AvailabilityServiceClient<Channel>,
    channel: Channel,
    pub(crate) cancel: CancellationToken,
    readiness: watch::Receiver<Readiness>,
    serving: JoinHandle<Result<(), ServerFault>>,
    running: JoinHandle<Result<(), VisibilityFault>>,
}

pub(crate) const ITEMS: [&str; 4] = ["pen", "ink", "pad", "cap"];

impl Site {
    pub(crate) async fn new() -> Self {
        let directory = testkit::temp_dir();
        let config = EventLogConfig::Embedded { path: directory.path().join("log.db") };
        let log = EventLog::open(&config).await.unwrap();
        log.ensure_topic(&JOURNAL).await.unwrap();
        log.ensure_topic(&catalog_view::TOPIC).await.unwrap();
        let site = Self { log, _directory: directory };
        site.publish_catalog().await;
        site
    }

    async fn publish_catalog(&self) {
        let item = |sku: &&str| {
            (
                format!("item/{sku}"),
                Master::Item(Item { sku: (*sku).into(), base_unit: "EA".into(), ..Item::default() }),
            )
        };
        let warehouse = |code: &&str| {
            let master = Master::Warehouse(Warehouse { code: (*code).into(), ..Warehouse::default() });
            (format!("warehouse/{code}"), master)
        };
        let master = ITEMS.iter().map(item).chain(["BER", "HAM", "MUC"].iter().map(warehouse));
        let records = (1..).zip(master).map(|(revision, (key, record))| {
            let change = CatalogChange { revision, record: Some(record) };
            Record { key: key.into(), value: change.encode_to_vec().into(), headers: vec![] }
        });
        self.log.publish(catalog_view::TOPIC.name, records.collect()).await.unwrap();
    }

    /// Adds a warehouse with a time zone to the catalog.
    pub(crate) async fn publish_warehouse(&self, revision: u64, code: &str, zone: &str) {
        let warehouse = Warehouse { code: code.into(), time_zone: zone.into(), ..Warehouse::default() };
        let change = CatalogChange { revision, record: Some(Master::Warehouse(warehouse)) };
        let key = format!("warehouse/{code}");
        let record = Record { key: key.into(), value: change.encode_to_vec().into(), headers: vec![] };
        self.log.publish(catalog_view::TOPIC.name, vec![record]).await.unwrap();
    }

    /// Publishes the journal written in `text`, as the relay does.
    pub(crate) async fn publish(&self, warehouse: &str, text: &str) {
        self.publish_entries(&journal(warehouse, text)).await;
    }

    pub(crate) async fn publish_entries(&self, entries: &[JournalEntry]) {
        for entries in entries.chunks(1000) {
            let records = entries.iter().map(|entry| Record {
                key: entry.warehouse.clone().into(),
                value: entry.encode_to_vec().into(),
                headers: vec![("ce_sequence".into(), entry.sequence.to_string().into())],
            });
            self.log.publish(JOURNAL.name, records.collect()).await.unwrap();
        }
    }

    /// A replica with the view in memory, and one with the view in a Redis of its own.
    pub(crate) async fn both(&self) -> [TestApp; 2] {
        [self.memory().await, self.redis(&redis_config()).await]
    }

    pub(crate) async fn memory(&self) -> TestApp {
        self.start(VisibilityConfig::default()).await
    }

    pub(crate) async fn redis(&self, config: &RedisConfig) -> TestApp {
        self.start(VisibilityConfig {
            cache: CacheConfig::Redis(config.clone()),
            ..VisibilityConfig::default()
        })
        .await
    }

    pub(crate) async fn start(&self, config: VisibilityConfig) -> TestApp {
        let cancel = CancellationToken::new();
        let catalog = CatalogView::empty();
        tokio::spawn(catalog_view::follow(catalog.clone(), self.log.clone(), cancel.clone()));
        let config = VisibilityConfig { poll_ms: 20, ..config };
        let parts = Parts { config, log: self.log.clone(), catalog, cancel: cancel.clone() };
        let visibility = Visibility::start(parts).await.unwrap();
        let server = ServerConfig { listen: "127.0.0.1:0".parse().unwrap(), ..ServerConfig::default() };
        let bound = server::bind(&server).await.unwrap();
        let address = bound.address().to_string();
        let serving = tokio::spawn(bound.serve(visibility.routes(), Health::new(), cancel.clone()));
        let channel = client::connect(&address).await.unwrap();
        let client = AvailabilityServiceClient::new(channel.clone());
        let readiness = visibility.readiness();
        TestApp { client, channel, cancel, readiness, serving, running: tokio::spawn(visibility.stopped()) }
    }
}

impl TestApp {
    /// `WAREHOUSE@SEQUENCE` and `SKU on_hand reserved available` of these keys, or the reason and the field of the error.
    pub(crate) async fn get(&self, keys: &[(&str, &str)], at_least: &[(&str, u64)]) -> String {
        match self.answer(keys, at_least).await {
            Ok(answer) => {
                let fresh = answer.freshness.iter().map(|f| format!("{}@{}", f.warehouse, f.as_of_sequence));
                let values = answer.availabilities.iter().map(show);
                fresh.chain(values).collect::<Vec<_>>().join(", ")
            }
            Err(error) => told(&error),
        }
    }

    pub(crate) async fn answer(
        &self,
        keys: &[(&str, &str)],
        at_least: &[(&str, u64)],
    ) -> Result<BatchGetAvailabilityResponse, RemoteError> {
        let key = |(warehouse, sku): &(&str, &str)| AvailabilityKey {
            sku: (*sku).into(),
            warehouse: (*warehouse).into(),
        };
        let keys = keys.iter().map(key).collect();
        let mut request = Request::new(BatchGetAvailabilityRequest {
            keys,
            at_least: wishes(at_least),
            ..BatchGetAvailabilityRequest::default()
        });
        request.set_timeout(Duration::from_secs(20));
        let answer = self.client.clone().batch_get_availability(request).await;
        answer.map(tonic::Response::into_inner).map_err(|status| RemoteError::from(&status))
    }

    pub(crate) fn traces(&self) -> TraceServiceClient<Channel> {
        TraceServiceClient::new(self.channel.clone())
    }

    /// Waits until the service says of itself what is expected.
    pub(crate) async fn becomes(&self, expected: impl FnMut(&Readiness) -> bool) {
        let mut readiness = self.readiness.clone();
        let told = tokio::time::timeout(Duration::from_secs(30), readiness.wait_for(expected)).await;
        told.expect("it becomes so in time").unwrap();
    }

    /// As it ends on a signal.
    pub(crate) async fn stop(self) {
        self.cancel.cancel();
        self.serving.await.unwrap().unwrap();
        self.running.await.unwrap().unwrap();
    }
}

pub(crate) fn wishes(at_least: &[(&str, u64)]) -> Vec<AtLeast> {
    at_least
        .iter()
        .map(|(warehouse, sequence)| AtLeast { warehouse: (*warehouse).into(), sequence: *sequence })
        .collect()
}

pub(crate) fn show(availability: &Availability) -> String {
    let number = |decimal: &Option<proto::common::v1::Decimal>| decimal.clone().unwrap().value;
    let Availability { sku, on_hand, reserved, available, .. } = availability;
    format!("{sku} {} {} {}", number(on_hand), number(reserved), number(available))
}

pub(crate) fn told(error: &RemoteError) -> String {
    if error.field.is_empty() { error.reason.clone() } else { format!("{} {}", error.reason, error.field) }
}

pub(crate) fn failed(status: &Status) -> String {
    told(&RemoteError::from(status))
}

//! How long an outlook takes: `servers with cargo run --release -p visibility --example atp -- [CALLS [EVERY]]` starts the service with its view in
//! process and in Redis, in turn, with something expected of each of 100 items on every ninth of 180 days (or on each: `-- CALLS 1`), and asks for all of it at once,
//! over gRPC on this machine.

use std::error::Error;
use std::io::Write;
use std::time::Duration;

use catalog_view::CatalogView;
use eventlog::{EventLog, EventLogConfig, Record, TopicSpec};
use prost::Message;
use proto::common::v1::Decimal;
use proto::events::v1::fact::Fact as Kind;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{
    Expectation, ExpectationKind, ExpectationSet, Fact, JournalEntry, Moved, MovementKind, Posted,
};
use proto::visibility::v1::availability_service_client::AvailabilityServiceClient;
use proto::visibility::v1::{AtLeast, AvailabilityKey, BatchGetAtpRequest};
use rpc::client;
use rpc::server::{self, Health, ServerConfig};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use visibility::store::RedisConfig;
use visibility::{CacheConfig, Parts, Visibility, VisibilityConfig};
use vocabulary::Date;

const ITEMS: u32 = 100;
const DAYS: u32 = 180;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let calls: usize = std::env::args().nth(1).map_or(Ok(200), |text| text.parse())?;
    let directory = tempfile::tempdir()?;
    let log = EventLog::open(&EventLogConfig::Embedded { path: directory.path().join("log.db") }).await?;
    log.ensure_topic(&TopicSpec { name: visibility::Running::TOPIC, partitions: 12, compacted: false })
        .await?;
    log.ensure_topic(&catalog_view::TOPIC).await?;
    let every: u32 = std::env::args().nth(2).map_or(Ok(9), |text| text.parse())?;
    publish(&log, every.max(1)).await?;
    measure("in process", CacheConfig::Memory, &log, calls).await?;
    if let Ok(url) = std::env::var("ENTREPOT_TEST_REDIS") {
        let prefix = format!("atp-{}", std::process::id());
        let redis = RedisConfig { prefix, ..RedisConfig::at(url.as_str()) };
        measure("in Redis", CacheConfig::Redis(redis), &log, calls).await?;
    }
    Ok(())
}

async fn measure(name: &str, cache: CacheConfig, log: &EventLog, calls: usize) -> Result<(), Box<dyn Error>> {
    let (cancel, catalog) = (CancellationToken::new(), CatalogView::empty());
    tokio::spawn(catalog_view::follow(catalog.clone(), log.clone(), cancel.clone()));
    let config = VisibilityConfig { cache, poll_ms: 20, ..VisibilityConfig::default() };
    let parts = Parts { config, log: log.clone(), catalog, cancel: cancel.clone() };
    let service = Visibility::start(parts).await?;
    let bound =
        server::bind(&ServerConfig { listen: "127.0.0.1:0".parse()?, ..ServerConfig::default() }).await?;
    let address = bound.address().to_string();
    let serving = tokio::spawn(bound.serve(service.routes(), Health::new(), cancel.clone()));
    let mut client = AvailabilityServiceClient::new(client::connect(&address).await?);
    let key = |number| AvailabilityKey { sku: sku(number), warehouse: "BER".into() };
    let mut request =
        BatchGetAtpRequest { keys: (0..ITEMS).map(key).collect(), days: DAYS, ..Default::default() };
    request.at_least = vec![AtLeast { warehouse: "BER".into(), sequence: u64::from(DAYS) + 1 }];
    let mut took: Vec<Duration> = Vec::with_capacity(calls);
    for _ in 0..calls {
        let began = Instant::now();
        client.batch_get_atp(request.clone()).await?;
        took.push(began.elapsed());
    }
    took.sort_unstable();
    let at =
        |percent: usize| took.get(calls * percent / 100).or_else(|| took.last()).copied().unwrap_or_default();
    writeln!(std::io::stdout(), "{name}: median {:?}, 99 of 100 within {:?}", at(50), at(99))?;
    cancel.cancel();
    serving.await??;
    service.stopped().await?;
    Ok(())
}

/// Everything is there once; then a day a document.
async fn publish(log: &EventLog, every: u32) -> Result<(), Box<dyn Error>> {
    let today = Date::of(rpc::clock::now());
    let decimal = |number: u32| Some(Decimal { value: number.to_string() });
    let received = |number: u32| {
        Kind::Moved(Moved {
            kind: MovementKind::Receipt.into(),
            sku: sku(number),
            from_location: "SUPPLIER".into(),
            to_location: "MAIN".into(),
            quantity: decimal(1000),
            from_virtual: true,
            ..Moved::default()
        })
    };
    publish_entry(log, 1, (0..ITEMS).map(received).collect()).await?;
    for offset in 0..DAYS {
        let day = today.plus_days(offset).ok_or("the calendar ends")?.to_string();
        let kind = if offset % 2 == 0 { ExpectationKind::Demand } else { ExpectationKind::Purchase };
        let expected = |number: u32| {
            let (expectation, sku, day) = (format!("E-{number}/{offset}"), sku(number), day.clone());
            let open = decimal(10 + offset % 7);
            let kind = kind.into();
            let expectation = Expectation { expectation, kind, sku, day, open, ..Expectation::default() };
            Kind::ExpectationSet(ExpectationSet { expectation: Some(expectation), before: None })
        };
        let items = if offset % every == 0 { ITEMS } else { 0 };
        publish_entry(log, u64::from(offset) + 2, (0..items).map(expected).collect()).await?;
    }
    Ok(())
}

async fn publish_entry(log: &EventLog, sequence: u64, kinds: Vec<Kind>) -> Result<(), Box<dyn Error>> {
    let fact = |kind| Fact { line: 0, fact: Some(kind) };
    let posted = Posted { facts: kinds.into_iter().map(fact).collect() };
    let entry = JournalEntry {
        sequence,
        warehouse: "BER".into(),
        outcome: Some(Outcome::Posted(posted)),
        ..JournalEntry::default()
    };
    let headers = vec![("ce_sequence".into(), sequence.to_string().into())];
    let record = Record { key: "BER".into(), value: entry.encode_to_vec().into(), headers };
    log.publish(visibility::Running::TOPIC, vec![record]).await?;
    Ok(())
}

fn sku(number: u32) -> String {
    format!("ITEM-{number:04}")
}

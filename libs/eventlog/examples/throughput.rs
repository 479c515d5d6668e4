//! How many small records a second go through a log: `cargo run --release -p eventlog --example throughput -- PLACE`,
//! where PLACE is a file for the embedded log, or `kafka:HOST:PORT`. One publisher in batches of 1,000, then eight at a
//! time, then one reader from the start.

use std::env;
use std::error::Error;
use std::io::Write;
use std::time::Duration;

use bytes::Bytes;
use eventlog::{EventLog, EventLogConfig, HeaderName, Record, TopicSpec};
use tokio::time::Instant;

const JOURNAL: TopicSpec = TopicSpec { name: "throughput", partitions: 12, compacted: false };
const CATALOG: TopicSpec = TopicSpec { name: "throughput-compacted", partitions: 1, compacted: true };
const BATCH: usize = 1_000;
const BATCHES: usize = 500;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let place = env::args().nth(1).ok_or("name a file, or kafka:HOST:PORT")?;
    let log = EventLog::open(&config(&place)).await?;
    log.ensure_topic(&JOURNAL).await?;
    log.ensure_topic(&CATALOG).await?;

    let started = Instant::now();
    publish(log.clone(), JOURNAL.name, 0, BATCHES).await?;
    report("one publisher", BATCH * BATCHES, started)?;

    let started = Instant::now();
    let publishers = (0..8).map(|number| publish(log.clone(), JOURNAL.name, number, BATCHES / 8));
    futures::future::try_join_all(publishers).await?;
    report("eight publishers", BATCH * (BATCHES / 8) * 8, started)?;

    let started = Instant::now();
    publish(log.clone(), CATALOG.name, 0, BATCHES / 10).await?;
    report("compacted", BATCH * (BATCHES / 10), started)?;

    let started = Instant::now();
    let mut reader = log.read_from_start(JOURNAL.name).await?;
    let mut count = 0;
    loop {
        let batch = reader.next_batch(BATCH, Duration::from_secs(1)).await?;
        count += batch.records.len();
        if batch.caught_up {
            break;
        }
    }
    report("one reader", count, started)?;
    Ok(())
}

fn config(place: &str) -> EventLogConfig {
    match place.strip_prefix("kafka:") {
        Some(servers) => EventLogConfig::Kafka {
            bootstrap_servers: servers.to_owned(),
            topic_prefix: format!("throughput-{}.", std::process::id()),
        },
        None => EventLogConfig::Embedded { path: place.into() },
    }
}

async fn publish(log: EventLog, topic: &str, publisher: usize, batches: usize) -> Result<(), Box<dyn Error>> {
    for batch in 0..batches {
        let records = (0..BATCH).map(|line| record(publisher, batch * BATCH + line)).collect();
        log.publish(topic, records).await?;
    }
    Ok(())
}

/// As large as a journal entry of one line, with as many headers.
fn record(publisher: usize, number: usize) -> Record {
    let header = |name: &str, value: String| (HeaderName::from(name.to_owned()), Bytes::from(value));
    Record {
        key: Bytes::from(format!("W{publisher}-{}", number % 30)),
        value: Bytes::from(vec![b'x'; 120]),
        headers: vec![
            header("ce_specversion", "1.0".to_owned()),
            header("ce_id", format!("W{publisher}/{number}")),
            header("ce_source", format!("/warehouses/W{publisher}")),
            header("ce_type", "entrepot.stock.journal-entry.v1".to_owned()),
            header("ce_sequence", number.to_string()),
        ],
    }
}

fn report(what: &str, records: usize, started: Instant) -> Result<(), Box<dyn Error>> {
    let seconds = started.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people to read")]
    let rate = records as f64 / seconds;
    writeln!(std::io::stdout(), "{what:18} {records:7} records in {seconds:6.2} s: {rate:9.0} a second")?;
    Ok(())
}

//! What must be true after every test.

use std::time::Duration;

use stock_core::verify::{Verified, Verifier};
use vocabulary::WarehouseCode;

use crate::calls::{head, read_journal};
use crate::test_app::TestApp;

const TOPIC: &str = "entrepot.stock.journal.v1";

/// The journal keeps its laws and ends at its head, and the event log holds every entry of it, in order.
pub(crate) async fn check(app: &TestApp) {
    let verified = verified(app).await;
    let head = head(app).await.unwrap();
    assert_eq!((verified.sequence.get(), &verified.hash.as_bytes()[..]), (head.sequence, &head.hash[..]));
    let drained = tokio::time::timeout(Duration::from_secs(30), published(app, head.sequence)).await;
    let published = drained.expect("the relay publishes everything");
    let journal: Vec<_> = read_journal(app, 0).await.into_iter().map(|record| record.entry).collect();
    assert!(published == journal, "the event log differs from the journal");
}

/// Replays the journal as it is read.
pub(crate) async fn verified(app: &TestApp) -> Verified {
    let mut verifier = Verifier::new(WarehouseCode::parse("BER").unwrap());
    for record in read_journal(app, 0).await {
        verifier.push(&record.entry, &record.hash).unwrap();
    }
    verifier.finish()
}

/// Entries of the topic up to a sequence; those that come again are dropped, as every consumer does.
async fn published(app: &TestApp, until: u64) -> Vec<bytes::Bytes> {
    let mut reader = app.log.read_from_start(TOPIC).await.unwrap();
    let mut entries = Vec::new();
    while (entries.len() as u64) < until {
        for delivered in reader.next_batch(10_000, Duration::from_secs(5)).await.unwrap().records {
            let sequence = delivered.record.header("ce_sequence").unwrap();
            let sequence: u64 = std::str::from_utf8(sequence).unwrap().parse().unwrap();
            let expected = entries.len() as u64 + 1;
            assert!(sequence <= expected, "{sequence} comes before {expected}");
            if sequence == expected {
                entries.push(delivered.record.value);
            }
        }
    }
    entries
}

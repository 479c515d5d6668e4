//! A ledger in its file: nothing here needs a network.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

use std::path::Path;

use edge::{EdgeFault, EdgeLedger, Which};
use edge_core::{Declined, Device, GrantState, Operation, Posting, Spot, Stamp, Wanted, Wish};
use proto::common::v1::Decimal;
use proto::stock::v1::{Goods, Receive};
use testkit::temp_dir;
use vocabulary::{
    LocationCode, LotCode, PartyCode, Quantity, RequestId, SerialNumber, Sku, Timestamp, WarehouseCode,
};

fn device(code: &str) -> Device {
    Device { code: PartyCode::parse(code).unwrap(), warehouse: WarehouseCode::parse("BER").unwrap() }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_micros(second * 1_000_000).unwrap()
}

fn stamp(request: u128) -> Stamp {
    Stamp {
        request_id: RequestId::from_bytes(request.to_be_bytes()),
        at: at(7),
        reference: "order 7".to_owned(),
    }
}

fn spot() -> Spot {
    let (sku, location) = (Sku::parse("A-1").unwrap(), LocationCode::parse("MAIN").unwrap());
    Spot { sku, location, lot: Some(LotCode::parse("L1").unwrap()) }
}

fn receive(quantity: &str) -> Posting {
    Posting::Receive(Receive {
        sku: "A-1".to_owned(),
        location: "MAIN".to_owned(),
        quantity: Some(Decimal { value: quantity.to_owned() }),
        unit: "CASE".to_owned(),
        goods: Some(Goods { serials: vec!["1".to_owned(), "2".to_owned()], ..Goods::default() }),
        ..Receive::default()
    })
}

async fn all(file: &Path) -> Vec<Operation> {
    EdgeLedger::open(file).await.unwrap().operations(Which::All).await.unwrap()
}

#[tokio::test]
async fn what_was_answered_is_in_the_file() {
    let directory = temp_dir();
    let file = directory.path().join("D-1.ledger");
    assert!(matches!(EdgeLedger::open(&file).await, Err(EdgeFault::NoLedger(_))));
    let ledger = EdgeLedger::init(&file, device("D-1")).await.unwrap();
    let wish = Wish { spot: spot(), quantity: Quantity::from(5), expires_at: at(100) };
    let mut recorded = ledger.ask(&wish, &stamp(1)).await.unwrap();
    recorded.extend(ledger.post(&receive("2.5"), &stamp(2)).await.unwrap());
    // Not closed: the process is gone, as it were.
    assert_eq!(all(&file).await, recorded);
    let again = EdgeLedger::init(&file, device("D-1")).await.unwrap();
    let grants = again.grants().await.unwrap();
    assert_eq!((&grants[0].spot, grants[0].state), (&spot(), GrantState::Asked));
    let status = again.status().await.unwrap();
    assert_eq!((status.waiting, status.needing_a_person, status.operations), (2, 0, 2));
    let foreign = EdgeLedger::init(&file, device("D-2")).await;
    assert!(matches!(foreign, Err(EdgeFault::Foreign { device: found, .. }) if found == device("D-1")));
    assert_eq!(EdgeLedger::open(&file).await.unwrap().device(), &device("D-1"));
}

#[tokio::test]
async fn a_request_is_recorded_once() {
    let directory = temp_dir();
    let file = directory.path().join("D-1.ledger");
    let ledger = EdgeLedger::init(&file, device("D-1")).await.unwrap();
    let wish = Wish { spot: spot(), quantity: Quantity::from(5), expires_at: at(100) };
    let asked = ledger.ask(&wish, &stamp(1)).await.unwrap();
    let posted = ledger.post(&receive("2"), &stamp(2)).await.unwrap();
    // Later, and for other hours: it is the same request all the same.
    let later = |request| Stamp { at: at(9), ..stamp(request) };
    let longer = Wish { expires_at: at(200), ..wish.clone() };
    assert_eq!(ledger.ask(&longer, &later(1)).await.unwrap(), asked);
    assert_eq!(ledger.post(&receive("2"), &later(2)).await.unwrap(), posted);
    let (quantity, serials) = (Quantity::from(1), Vec::<SerialNumber>::new());
    let wanted = Wanted { spot: spot(), quantity, serials, partner: None, weight: None };
    for reused in [
        ledger.ask(&Wish { quantity: Quantity::from(6), ..wish.clone() }, &stamp(1)).await,
        ledger.ask(&wish, &stamp(2)).await,
        ledger.post(&receive("3"), &stamp(2)).await,
        ledger.take(&wanted, &stamp(1)).await,
    ] {
        assert!(matches!(reused, Err(EdgeFault::Declined(Declined::Reused))), "{reused:?}");
    }
    let declined = ledger.take(&wanted, &stamp(3)).await.unwrap_err();
    assert_eq!(declined.reason(), Some(rpc::Reason::QuotaExceeded));
    assert_eq!(all(&file).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn processes_take_turns() {
    let directory = temp_dir();
    let file = directory.path().join("D-1.ledger");
    let mut processes = tokio::task::JoinSet::new();
    for process in 0..4_u128 {
        let file = file.clone();
        processes.spawn(async move {
            let ledger = EdgeLedger::init(&file, device("D-1")).await.unwrap();
            for request in 1..=10 {
                ledger.post(&receive("1"), &stamp(process * 100 + request)).await.unwrap();
            }
        });
    }
    processes.join_all().await;
    let numbers: Vec<_> = all(&file).await.iter().map(|operation| operation.number.get()).collect();
    assert_eq!(numbers, (1..=40).collect::<Vec<_>>());
}

#[tokio::test]
async fn without_a_network_everything_waits() {
    let directory = temp_dir();
    let file = directory.path().join("D-1.ledger");
    let ledger = EdgeLedger::init(&file, device("D-1")).await.unwrap();
    ledger.post(&receive("1"), &stamp(1)).await.unwrap();
    let channel = rpc::client::connect_lazy("127.0.0.1:1").unwrap();
    let stock = proto::stock::v1::stock_service_client::StockServiceClient::new(channel);
    let lost = ledger.sync(&stock, std::time::Duration::from_secs(5)).await.unwrap_err();
    assert!(matches!(&lost, EdgeFault::Remote { waiting: 1, .. }), "{lost}");
    assert!(lost.to_string().starts_with("1 operation waits"), "{lost}");
    assert!(all(&file).await[0].is_waiting());
}

//! Devices whose clocks are wrong.

use edge_core::OperationState;
use vocabulary::RequestId;

use super::auditor;
use super::device::{Device, in_seconds, put_away, receive, stamp_at};
use crate::support::Server;

#[tokio::test]
async fn a_clock_that_is_ahead_loses_neither_order_nor_time() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let device = Device::new(data.path(), "D-1", &server).await;
    // The last needs the two before it: it may not overtake the one that is sent a second time.
    let past = device.ledger.post(&receive(2), &stamp_at(in_seconds(-60))).await.unwrap();
    device.ledger.post(&receive(5), &stamp_at(in_seconds(3600))).await.unwrap();
    device.ledger.post(&receive(1), &stamp_at(in_seconds(3601))).await.unwrap();
    device.ledger.post(&put_away(8), &stamp_at(in_seconds(-30))).await.unwrap();
    device.sync_until_done().await;
    assert_eq!(device.list().await, []);
    assert_eq!(
        device.state(past[0].number).await,
        OperationState::Accepted { sequence: vocabulary::Sequence::new(1) }
    );
    assert_eq!(server.json("stock get -w BER -s A-1 -l PICK")["on_hand"], "8");
    let mut journal = auditor::journal(&server).await;
    assert_eq!(auditor::check(&device, &mut journal).await.accepted, 4);
    assert!(journal.entries.is_empty());
}

#[tokio::test]
async fn what_is_too_old_is_for_a_person() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let device = Device::new(data.path(), "D-1", &server).await;
    let old = device.ledger.post(&receive(2), &stamp_at(in_seconds(-40 * 365 * 86_400))).await.unwrap();
    device.sync_until_done().await;
    let number = old[0].number;
    assert_eq!(device.list().await, [(number, "EFFECTIVE_AT_TOO_OLD".to_owned())]);
    let again = device.ledger.again(number, RequestId::from_uuid(uuid::Uuid::new_v4())).await.unwrap();
    device.sync_until_done().await;
    assert_eq!(device.list().await, []);
    assert!(matches!(device.state(again[0].number).await, OperationState::Accepted { .. }));
    assert!(matches!(device.state(number).await, OperationState::Resolved { .. }));
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "2");
    let mut journal = auditor::journal(&server).await;
    auditor::check(&device, &mut journal).await;
}

/// What is without a time of its own must not overtake what the warehouse refuses because of its time.
#[tokio::test]
async fn nothing_overtakes_a_take_of_a_clock_that_is_ahead() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 20");
    let device = Device::new(data.path(), "D-1", &server).await;
    device.granted(10, in_seconds(7200)).await;
    let take = async |quantity| device.take_at(quantity, in_seconds(600)).await;
    take(2).await;
    device.ledger.renew(in_seconds(8000), in_seconds(9000), in_seconds(601)).await.unwrap();
    device.sync_until_done().await;
    let held = || server.json("stock get -w BER -s A-1 -l MAIN");
    assert_eq!((&held()["on_hand"], &held()["reserved"]), (&"18".into(), &"8".into()));
    take(3).await;
    device.ledger.settle(None, in_seconds(601)).await.unwrap();
    device.sync_until_done().await;
    assert_eq!((&held()["on_hand"], &held()["reserved"]), (&"15".into(), &"0".into()));
    assert_eq!(device.list().await, []);
    auditor::check(&device, &mut auditor::journal(&server).await).await;
}

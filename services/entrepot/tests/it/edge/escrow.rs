//! Grants and what becomes of them.

use std::time::Duration;

use edge_core::{End, GrantState, OperationState};
use proto::stock::v1::GetReservationRequest;
use rpc::Backoff;
use sqlx::{Connection, SqliteConnection};
use vocabulary::{RequestId, ReservationId};

use super::auditor;
use super::device::{Device, in_seconds, receive, stamp, stock_at};
use crate::support::{Server, text};

/// Waits until the warehouse has ended a reservation.
async fn ended(server: &Server, id: ReservationId) {
    let mut stock = stock_at(server.grpc());
    let mut backoff = Backoff::new(Duration::from_millis(20), Duration::from_millis(200));
    let over = async {
        let ask = GetReservationRequest { warehouse: "BER".to_owned(), reservation_id: id.to_string() };
        while stock.get_reservation(ask.clone()).await.is_ok() {
            backoff.wait().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), over).await.unwrap();
}

#[tokio::test]
async fn takes_of_an_escrow_that_has_expired_are_listed_and_oversell_nothing() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 10");
    let device = Device::new(data.path(), "D-1", &server).await;
    let number = device.granted(6, in_seconds(2)).await;
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["available"], "4");
    let grants = device.ledger.grants().await.unwrap();
    let reservation = grants[0].reservation().unwrap();
    let taken = device.take(5).await;

    ended(&server, reservation).await;
    server.json("stock issue -w BER -s A-1 -l MAIN -q 7");
    device.sync_until_done().await;
    assert_eq!(device.list().await, [(taken[0].number, "RESERVATION_NOT_FOUND".to_owned())]);
    let grant = &device.ledger.grants().await.unwrap()[0];
    assert_eq!((grant.number, grant.state), (number, GrantState::Ended(End::Gone)));
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "3");

    // The goods have left all the same: a person books what there is for them, first too much, then after a count.
    let id = || RequestId::from_uuid(uuid::Uuid::new_v4());
    let again = device.ledger.again(taken[0].number, id()).await.unwrap();
    device.sync_until_done().await;
    assert_eq!(device.list().await, [(again[0].number, "INSUFFICIENT_AVAILABLE".to_owned())]);
    server.json("stock adjust -w BER -s A-1 -l MAIN -q 2 --reason counted");
    device.ledger.again(again[0].number, id()).await.unwrap();
    device.sync_until_done().await;
    assert_eq!(device.list().await, []);
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "0");
    let mut journal = auditor::journal(&server).await;
    assert_eq!(
        auditor::check(&device, &mut journal).await.accepted,
        2,
        "the grant, and the last of the three"
    );
}

#[tokio::test]
async fn grants_are_renewed_shrink_and_come_back() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 10");
    let device = Device::new(data.path(), "D-1", &server).await;
    let number = device.granted(6, in_seconds(600)).await;
    let first = device.ledger.grants().await.unwrap()[0].reservation().unwrap();

    // Renewed between two takes, all without the network.
    device.take(2).await;
    let now = rpc::clock::now();
    device.ledger.renew(in_seconds(3600), in_seconds(7200), now).await.unwrap();
    device.take(1).await;
    device.sync_until_done().await;
    assert_eq!(device.list().await, []);
    let grant = device.ledger.grants().await.unwrap().remove(0);
    assert_ne!(grant.reservation(), Some(first));
    assert!(grant.expires_at > in_seconds(7000));
    assert_eq!(grant.left().to_string(), "3");
    let position = server.json("stock get -w BER -s A-1 -l MAIN");
    assert_eq!((&position["on_hand"], &position["reserved"]), (&"7".into(), &"3".into()));

    // Somebody takes a part back.
    let id = grant.reservation().unwrap();
    server.json(&format!("stock release -w BER -r {id} -q 1"));
    let synced = device.sync().await.unwrap();
    assert_eq!(synced.changed_grants, [number]);
    assert_eq!(device.ledger.grants().await.unwrap()[0].left().to_string(), "2");

    device.ledger.settle(None, rpc::clock::now()).await.unwrap();
    device.sync_until_done().await;
    assert_eq!(device.ledger.grants().await.unwrap()[0].state, GrantState::Ended(End::HandedBack));
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["reserved"], "0");
    auditor::check(&device, &mut auditor::journal(&server).await).await;
}

#[tokio::test]
async fn a_grant_that_is_refused_is_for_nobody() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 1");
    let device = Device::new(data.path(), "D-1", &server).await;
    let (spot, quantity) = (super::device::spot("A-1", "MAIN"), vocabulary::Quantity::from(2));
    let wish = edge_core::Wish { spot, quantity, expires_at: in_seconds(60) };
    let asked = device.ledger.ask(&wish, &stamp()).await.unwrap();
    device.sync_until_done().await;
    assert_eq!(device.list().await, []);
    let OperationState::Refused(refusal) = device.state(asked[0].number).await else {
        panic!("it was given")
    };
    assert_eq!(refusal.reason, "INSUFFICIENT_AVAILABLE");
    assert_eq!(device.ledger.grants().await.unwrap()[0].state, GrantState::Ended(End::Refused));
}

/// As versions wrote it that forgot the reservation of a grant that had ended.
#[tokio::test]
async fn what_a_ledger_has_forgotten_holds_up_nothing() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 10");
    let device = Device::new(data.path(), "D-1", &server).await;
    let number = device.granted(6, in_seconds(600)).await;
    let taken = device.take(2).await;
    let received = device.ledger.post(&receive(3), &stamp()).await.unwrap();
    let url = format!("sqlite://{}", text(device.file()));
    let mut file = SqliteConnection::connect(&url).await.unwrap();
    let forget = "UPDATE escrow SET state = 'gone', reservation = NULL WHERE number = ?";
    let forgotten = sqlx::query(forget).bind(number.get().cast_signed()).execute(&mut file).await.unwrap();
    assert_eq!(forgotten.rows_affected(), 1);
    device.sync_until_done().await;
    assert_eq!(device.list().await, [(taken[0].number, "RESERVATION_NOT_FOUND".to_owned())]);
    assert!(matches!(device.state(received[0].number).await, OperationState::Accepted { .. }));
    device.ledger.again(taken[0].number, RequestId::from_uuid(uuid::Uuid::new_v4())).await.unwrap();
    device.sync_until_done().await;
    assert_eq!(device.list().await, []);
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "11");
}

//! One cut at a time, where it hurts.

use std::process::Stdio;
use std::time::Duration;

use ::edge::EdgeFault;
use edge_core::OperationState;
use proto::stock::v1::GetJournalHeadRequest;
use proto::stock::v1::journal_service_client::JournalServiceClient;
use rpc::Backoff;
use rpc::client::connect;
use testkit::Way;

use super::auditor;
use super::device::{Device, in_seconds, receive, stamp};
use crate::support::{Server, entrepot, text};

/// Waits until the journal of BER has come so far.
async fn reaches(server: &Server, sequence: u64) {
    let mut journal = JournalServiceClient::new(connect(server.grpc()).await.unwrap());
    let mut backoff = Backoff::new(Duration::from_millis(5), Duration::from_millis(100));
    let come = async {
        loop {
            let ask = GetJournalHeadRequest { warehouse: "BER".to_owned() };
            if journal.get_journal_head(ask).await.unwrap().into_inner().sequence >= sequence {
                return;
            }
            backoff.wait().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), come).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn answers_that_are_lost_are_given_again() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let mut device = Device::new(data.path(), "D-1", &server).await;
    device.sync().await.unwrap();
    let first = device.ledger.post(&receive(2), &stamp()).await.unwrap();
    device.ledger.post(&receive(3), &stamp()).await.unwrap();

    // The requests arrive and are posted, and no answer comes back.
    device.line.hold(Way::Answers);
    let cut = async {
        reaches(&server, 2).await;
        assert!(matches!(device.sync().await, Err(EdgeFault::Busy(_))), "one at a time");
        device.line.cut();
    };
    let (synced, ()) = tokio::join!(device.sync(), cut);
    let Err(EdgeFault::Remote { waiting, .. }) = synced else { panic!("{synced:?}") };
    assert_eq!(waiting, 2);
    assert_eq!(device.state(first[0].number).await, OperationState::Waiting);

    // Still no line, and the device is started again.
    device.reopen().await;
    assert!(matches!(device.sync().await, Err(EdgeFault::Remote { .. })));
    device.line.mend();
    device.sync_until_done().await;
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "5");
    assert_eq!(server.json("journal head -w BER")["sequence"], 2, "nothing was posted twice");
    auditor::check(&device, &mut auditor::journal(&server).await).await;
}

/// The line breaks after every so many bytes, either way, from the first to beyond the last.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_line_may_break_after_any_number_of_bytes() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 100");
    let mut device = Device::new(data.path(), "D-1", &server).await;
    device.granted(90, in_seconds(3600)).await;
    let (mut broken, mut whole) = (0, 0);
    for way in [Way::Requests, Way::Answers] {
        for bytes in (0..1600).step_by(40) {
            device.take(1).await;
            device.ledger.post(&receive(1), &stamp()).await.unwrap();
            device.line.cut_after(way, bytes);
            match device.sync().await {
                Ok(_) => whole += 1,
                Err(EdgeFault::Remote { .. }) => broken += 1,
                Err(other) => panic!("{other}"),
            }
            if bytes % 200 == 0 {
                device.reopen().await;
            }
            device.line.mend();
            device.sync_until_done().await;
        }
    }
    assert!(broken > 10 && whole > 0, "{broken} broken and {whole} whole");
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "100");
    let tally = auditor::check(&device, &mut auditor::journal(&server).await).await;
    assert_eq!((tally.accepted, tally.listed), (161, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_process_killed_before_it_heard_the_answer_loses_nothing() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let device = Device::new(data.path(), "D-1", &server).await;
    device.ledger.post(&receive(2), &stamp()).await.unwrap();
    device.line.hold(Way::Answers);
    let ledger = text(device.file()).to_owned();
    let mut sync = entrepot(&["edge", "sync", "--ledger", &ledger, "--server", &device.line.url()]);
    // The handshake of HTTP/2 does not wait for the server.
    let mut process = sync.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    reaches(&server, 1).await;
    process.kill().unwrap();
    process.wait().unwrap();
    let waits = |ran: serde_json::Value| ran["waiting"].as_u64();
    let words = format!("edge status --ledger {ledger}");
    assert_eq!(waits(server.json(&words)), Some(1));
    device.line.mend();
    let synced = server.json(&format!("edge sync --ledger {ledger}"));
    assert_eq!((synced["accepted"].as_u64(), waits(synced)), (Some(1), Some(0)));
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "2");
    assert_eq!(server.json("journal head -w BER")["sequence"], 1);
}

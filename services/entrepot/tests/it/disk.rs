//! A disk that is full: real files, whose growth the system refuses (RLIMIT_FSIZE, as EFBIG to every write beyond it). It stands
//! for ENOSPC: SQLite and this program see a write that fails, wherever it comes.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{Document, DocumentLine, PostDocumentRequest, Receipt, Receive};
use rpc::Backoff;
use rpc::client::RemoteError;
use tokio::task::block_in_place;
use tonic::Streaming;
use tonic::transport::Channel;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, HealthCheckResponse};
use uuid::Uuid;

use crate::support::{Server, entrepot, text};
use crate::watched::health;

/// More than every file has at the start, and a few documents less than where it ends.
const BYTES_MAX: &str = "600000";
const LINES: usize = 1_000;
const SERVICE: &str = "entrepot.stock.v1.StockService";
/// Documents that do not fit, however often the partition is opened again: its log can be written from its start once.
const DOCUMENTS_MAX: usize = 100;
/// Refusals of one document that tell a full disk from a hiccup.
const REFUSALS: usize = 5;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_full_disk_refuses_and_loses_nothing() {
    let data = testkit::temp_dir();
    let server = block_in_place(|| start(data.path()));
    let revision = block_in_place(|| {
        server.json("catalog warehouse create BER");
        server.json("catalog location create -w BER MAIN");
        server.json("catalog item create A-1")["catalog_revision"].as_u64().unwrap()
    });
    let mut stock = StockServiceClient::new(rpc::client::connect(server.grpc()).await.unwrap());
    let mut acknowledged = vec![document(revision)];
    until_answered(&mut stock, &acknowledged[0]).await;

    let mut told = watch_health(&server).await;
    says(&mut told, ServingStatus::Serving).await;
    limit_files(&server, BYTES_MAX);
    let refused = loop {
        let next = document(revision);
        match fits(&mut stock, &next).await {
            true => acknowledged.push(next),
            false => break next,
        }
        assert!(acknowledged.len() < DOCUMENTS_MAX, "the disk is full at some time");
    };
    says(&mut told, ServingStatus::NotServing).await;

    limit_files(&server, "unlimited");
    until_answered(&mut stock, &refused).await;
    acknowledged.push(refused);
    serves_again(&server).await;
    for (sequence, request) in (1..).zip(&acknowledged) {
        let receipt = post(&mut stock, request).await.unwrap();
        assert_eq!((receipt.sequence, receipt.remembered), (sequence, true), "there, once and in order");
    }
    let (documents, units) = (acknowledged.len(), acknowledged.len() * LINES);
    check(&server, documents, units);
    server.kill();
    let server = block_in_place(|| Server::start(data.path()));
    check(&server, documents, units);
}

/// The journal, its owner and the view have all of it.
fn check(server: &Server, documents: usize, units: usize) {
    let units = units.to_string();
    let verdict = block_in_place(|| server.json("journal verify -w BER"));
    assert_eq!((&verdict["sound"], &verdict["sequence"]), (&true.into(), &documents.into()), "{verdict}");
    let position = block_in_place(|| server.json("stock get -w BER -s A-1 -l MAIN"));
    assert_eq!(position["on_hand"], units);
    let look = format!("availability get -s A-1 -w BER --at-least {documents}");
    assert_eq!(block_in_place(|| server.json(&look))["available"], units);
}

/// `up`, which is told of a write beyond the limit and not killed for it.
fn start(data: &Path) -> Server {
    let free = "127.0.0.1:0";
    let up = entrepot(&["up", "--data", text(data), "--listen", free, "--metrics-listen", free]);
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]).arg(up.get_program()).args(up.get_args());
    for (removed, _) in up.get_envs() {
        shell.env_remove(removed);
    }
    Server::spawn_as(shell)
}

/// How large the files of the process may grow; its hard limit stays as it was, so that anybody may lift this again.
fn limit_files(server: &Server, bytes: &str) {
    let (pid, limit) = (server.id().to_string(), format!("--fsize={bytes}:"));
    assert!(Command::new("prlimit").args(["--pid", &pid, &limit]).status().unwrap().success());
}

/// Posts until it is answered, or was refused so often that there is no room for it.
async fn fits(stock: &mut StockServiceClient<Channel>, request: &PostDocumentRequest) -> bool {
    let mut backoff = Backoff::new(Duration::from_millis(50), Duration::from_millis(500));
    for _ in 0..REFUSALS {
        let Err(error) = post(stock, request).await else { return true };
        assert!(error.is_retryable() && error.retry_after.is_some(), "{error:?}");
        assert!(["DATABASE_UNAVAILABLE", "OWNER_STARTING"].contains(&error.reason.as_str()), "{error:?}");
        backoff.wait().await;
    }
    false
}

async fn until_answered(stock: &mut StockServiceClient<Channel>, request: &PostDocumentRequest) {
    let mut backoff = Backoff::new(Duration::from_millis(50), Duration::from_millis(500));
    let answered = async {
        while let Err(error) = post(stock, request).await {
            assert!(error.is_retryable(), "{error:?}");
            backoff.wait().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), answered).await.expect("there is room again");
}

/// What the service says of itself from now on.
async fn watch_health(server: &Server) -> Streaming<HealthCheckResponse> {
    let mut client = HealthClient::new(rpc::client::connect(server.grpc()).await.unwrap());
    client.watch(HealthCheckRequest { service: SERVICE.to_owned() }).await.unwrap().into_inner()
}

async fn serves_again(server: &Server) {
    let mut backoff = Backoff::new(Duration::from_millis(5), Duration::from_millis(100));
    let serves = async {
        while health(server.grpc(), [SERVICE]).await != [ServingStatus::Serving] {
            backoff.wait().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), serves).await.expect("health follows");
}

async fn says(told: &mut Streaming<HealthCheckResponse>, expected: ServingStatus) {
    let said = async { while told.message().await.unwrap().unwrap().status() != expected {} };
    tokio::time::timeout(Duration::from_secs(30), said).await.expect("health follows");
}

async fn post(
    stock: &mut StockServiceClient<Channel>,
    request: &PostDocumentRequest,
) -> Result<Receipt, RemoteError> {
    let posted = stock.post_document(request.clone()).await;
    Ok(posted.map_err(|status| RemoteError::from(&status))?.into_inner().receipt.unwrap())
}

fn document(catalog_revision: u64) -> PostDocumentRequest {
    let receive = Receive {
        sku: "A-1".into(),
        location: "MAIN".into(),
        quantity: Some(Decimal { value: "1".into() }),
        unit: String::new(),
        ..Receive::default()
    };
    let line = DocumentLine { action: Some(Action::Receive(receive)) };
    let document =
        Document { request_id: Uuid::new_v4().to_string(), lines: vec![line; LINES], ..Document::default() };
    let (warehouse, document) = ("BER".to_owned(), Some(document));
    PostDocumentRequest { warehouse, document, validate_only: false, catalog_revision }
}

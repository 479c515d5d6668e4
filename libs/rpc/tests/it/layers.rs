use std::time::Duration;

use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{GetJournalHeadResponse, GetPositionRequest, JournalRecord, TailJournalRequest};
use rpc::Reason;
use rpc::client::{ClientFault, RemoteError, connect};
use rpc::server::ServerConfig;
use tonic::{Code, Request};
use tonic_health::pb::health_client::HealthClient;
use tonic_health::pb::{HealthCheckRequest, health_check_response::ServingStatus};

use crate::test_server::{TestServer, request};

#[tokio::test]
async fn a_unary_call_has_the_default_deadline_or_its_callers() {
    let server = TestServer::start(ServerConfig::default()).await;
    assert!((9_000..=10_000).contains(&server.head("BER").await.unwrap()));

    let mut own = Request::new(request("BER"));
    own.set_timeout(Duration::from_secs(60));
    let remaining = server.client().get_journal_head(own).await.unwrap().into_inner().sequence;
    assert!((59_000..=60_000).contains(&remaining), "{remaining}");
}

#[tokio::test]
async fn a_late_answer_is_deadline_exceeded() {
    let server = TestServer::start(ServerConfig { deadline_default_ms: 50, ..ServerConfig::default() }).await;
    let error = server.head("SLOW").await.unwrap_err();
    assert_eq!((error.code, error.known_reason()), (Code::DeadlineExceeded, Some(Reason::DeadlineExceeded)));

    let mut own = Request::new(request("SLOW"));
    own.set_timeout(Duration::from_millis(20));
    let status = server.client().get_journal_head(own).await.unwrap_err();
    let error = RemoteError::from(&status);
    assert_eq!(error.known_reason(), Some(Reason::DeadlineExceeded), "whoever noticed first: {status:?}");
}

#[tokio::test]
async fn a_stream_lives_until_its_own_deadline() {
    let server = TestServer::start(ServerConfig { deadline_default_ms: 1, ..ServerConfig::default() }).await;
    let mut own = Request::new(TailJournalRequest::default());
    own.set_timeout(Duration::from_millis(200));
    let mut stream = server.client().tail_journal(own).await.unwrap().into_inner();
    assert!(stream.message().await.unwrap().is_some());
    let error = RemoteError::from(&stream.message().await.unwrap_err());
    assert_eq!(error.known_reason(), Some(Reason::DeadlineExceeded), "{error}");
}

#[tokio::test]
async fn too_many_calls_at_once_are_refused_but_not_the_probes() {
    let server = TestServer::start(ServerConfig { concurrency_max: 1, ..ServerConfig::default() }).await;
    let slow = tokio::spawn({
        let mut client = server.client();
        async move { client.get_journal_head(request("SLOW")).await }
    });
    server.journal.entered().await;

    let error = server.head("BER").await.unwrap_err();
    assert_eq!((error.code, error.known_reason()), (Code::ResourceExhausted, Some(Reason::Overloaded)));
    assert!(error.is_retryable() && error.retry_after.is_some());

    let probe = HealthClient::new(server.channel.clone()).check(HealthCheckRequest::default()).await.unwrap();
    assert_eq!(probe.into_inner().status(), ServingStatus::Serving);

    server.journal.go.add_permits(1);
    slow.await.unwrap().unwrap();
    server.head("BER").await.unwrap();
}

#[tokio::test]
async fn errors_arrive_with_their_reason() {
    let server = TestServer::start(ServerConfig::default()).await;

    let gone = server.head("GONE").await.unwrap_err();
    assert_eq!(gone.known_reason(), Some(Reason::DatabaseUnavailable));
    assert_eq!(gone.retry_after, Some(Duration::from_millis(250)));

    let panicked = server.head("PANIC").await.unwrap_err();
    assert_eq!((panicked.code, panicked.known_reason()), (Code::Internal, Some(Reason::Internal)));

    let large = server.head(&"X".repeat(5 * 1024 * 1024)).await.unwrap_err();
    assert_eq!(large.known_reason(), Some(Reason::MessageTooLarge), "{large}");

    let unknown =
        StockServiceClient::new(server.channel.clone()).get_position(GetPositionRequest::default()).await;
    assert_eq!(RemoteError::from(&unknown.unwrap_err()).known_reason(), Some(Reason::UnknownMethod));

    // The connection is still good.
    server.head("BER").await.unwrap();
}

#[tokio::test]
async fn what_is_not_the_message_is_refused() {
    let server = TestServer::start(ServerConfig::default()).await;
    let mut raw = tonic::client::Grpc::new(server.channel.clone());
    raw.ready().await.unwrap();
    let path = "/entrepot.stock.v1.JournalService/GetJournalHead".parse().unwrap();
    let codec = tonic_prost::ProstCodec::<JournalRecord, GetJournalHeadResponse>::default();
    let number = JournalRecord { sequence: 7, ..JournalRecord::default() };
    let refused = raw.unary(Request::new(number), path, codec).await.unwrap_err();
    assert_eq!(RemoteError::from(&refused).known_reason(), Some(Reason::BadMessage), "{refused:?}");
}

#[tokio::test]
async fn a_client_says_when_nobody_answers() {
    let free = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let fault = connect(&free.to_string()).await.unwrap_err();
    assert!(matches!(fault, ClientFault::Unreachable { .. }), "{fault}");
    assert!(fault.to_string().contains("connection refused"), "{fault}");
}

#[tokio::test]
async fn every_call_is_measured_by_method_and_code() {
    let server = TestServer::start(ServerConfig::default()).await;
    server.head("BER").await.unwrap();
    server.head("GONE").await.unwrap_err();
    let mut stream = server.client().tail_journal(TailJournalRequest::default()).await.unwrap().into_inner();
    stream.message().await.unwrap();
    drop(stream);
    let counted = |method: &str, code: &str| {
        let of =
            |line: &str| line.contains(&format!("/{method}\"")) && line.contains(&format!("=\"{code}\""));
        let metrics = telemetry::metrics::render();
        metrics.lines().any(|line| line.starts_with("rpc_server_call_duration_seconds_count") && of(line))
    };
    // The server notices with the next frames of the connection that the watcher has left.
    let noticed = async {
        while !counted("TailJournal", "CANCELLED") {
            server.head("BER").await.unwrap();
        }
    };
    tokio::time::timeout(Duration::from_secs(10), noticed).await.unwrap();
    assert!(counted("GetJournalHead", "OK") && counted("GetJournalHead", "UNAVAILABLE"));
}

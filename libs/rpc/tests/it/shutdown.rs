use proto::stock::v1::TailJournalRequest;
use rpc::server::{self, ServerConfig, ServerFault};

use crate::test_server::{TestServer, request};

#[tokio::test]
async fn open_calls_are_answered_before_the_server_stops() {
    let server = TestServer::start(ServerConfig::default()).await;
    let slow = tokio::spawn({
        let mut client = server.client();
        async move { client.get_journal_head(request("SLOW")).await }
    });
    server.journal.entered().await;
    server.cancel.cancel();
    server.journal.go.add_permits(1);
    slow.await.unwrap().unwrap();
    server.serving.await.unwrap().unwrap();
    assert!(rpc::client::connect(&server.address).await.is_err(), "the port is closed");
}

#[tokio::test]
async fn streams_that_stay_open_are_cut() {
    let server = TestServer::start(ServerConfig { shutdown_cap_ms: 50, ..ServerConfig::default() }).await;
    let mut stream = server.client().tail_journal(TailJournalRequest::default()).await.unwrap().into_inner();
    assert!(stream.message().await.unwrap().is_some());
    server.cancel.cancel();
    server.serving.await.unwrap().unwrap();
    assert!(stream.message().await.is_err(), "the connection is gone");
}

#[tokio::test]
async fn a_port_in_use_is_refused() {
    let any = ServerConfig { listen: "127.0.0.1:0".parse().unwrap(), ..ServerConfig::default() };
    let taken = server::bind(&any).await.unwrap();
    let fault =
        server::bind(&ServerConfig { listen: taken.address(), ..ServerConfig::default() }).await.unwrap_err();
    assert!(matches!(fault, ServerFault::CannotListen { .. }));
    assert!(fault.to_string().starts_with(&format!("cannot listen on {}", taken.address())), "{fault}");
}

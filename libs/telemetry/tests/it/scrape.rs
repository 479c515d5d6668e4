use std::net::SocketAddr;
use std::time::Duration;

use telemetry::{metrics, serve_metrics};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_util::sync::CancellationToken;

const ANY: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(std::net::Ipv4Addr::LOCALHOST), 0);

async fn get(address: SocketAddr, path: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {path} HTTP/1.1\r\nhost: test\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

#[tokio::test]
async fn prometheus_reads_the_instruments() {
    let counter = metrics::counter("it.documents", "documents posted").with(&[("warehouse", "BER")]);
    counter.increment();
    counter.clone().add(2);
    // A second handle of the same name shares the number.
    metrics::counter("it.documents", "documents posted").with(&[("warehouse", "BER")]).add(4);
    let commit = metrics::histogram("it.commit.duration", "s", "time of a commit");
    commit.record_duration(Duration::from_micros(150));
    commit.record(3.0);
    metrics::histogram("it.batch", "{rows}", "rows of a batch").record(1000.0);
    metrics::gauge("it.lag", "{rows}", "rows behind").with(&[("law", "L1")]).set_count(7);

    let cancel = CancellationToken::new();
    let address = serve_metrics(ANY, cancel.clone()).await.unwrap();
    let answer = get(address, "/metrics").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("content-type: text/plain; version=0.0.4"), "{answer}");
    for line in [
        "# HELP it_documents_total documents posted",
        "# TYPE it_documents_total counter",
        "it_documents_total{warehouse=\"BER\"} 7",
        "it_commit_duration_seconds_bucket{le=\"0.0001\"} 0",
        "it_commit_duration_seconds_bucket{le=\"0.0002\"} 1",
        "it_commit_duration_seconds_bucket{le=\"10\"} 2",
        "it_commit_duration_seconds_count 2",
        "it_batch_bucket{le=\"1000\"} 1",
        "it_lag{law=\"L1\"} 7",
    ] {
        assert!(answer.lines().any(|found| found == line), "no line {line:?} in\n{answer}");
    }
    assert!(get(address, "/livez").await.ends_with("ok\n"));
    assert!(get(address, "/nothing").await.starts_with("HTTP/1.1 404"));

    let taken = serve_metrics(address, cancel.clone()).await.unwrap_err();
    assert!(taken.to_string().starts_with(&format!("cannot listen on {address} for metrics")), "{taken}");
    cancel.cancel();
}

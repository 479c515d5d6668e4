//! The trace of a request goes with its entry.

use std::time::Duration;

use telemetry::TelemetryConfig;
use tonic::Request;

use crate::calls::{request, say};
use crate::database::change;
use crate::fixtures::document;
use crate::test_app::TestApp;

const TOPIC: &str = "entrepot.stock.journal.v1";
const CALLER: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
/// Version and trace: what every span of a trace shares.
const SHARED: usize = "00-4bf92f3577b34da6a3ce929d0e0e4736-".len();

/// What is published again after a restart is read from the store.
pub(crate) async fn a_trace_survives_a_restart(app: &mut TestApp) {
    record_traces();
    let mut traced = Request::new(request(&document("receive A MAIN 5")));
    traced.metadata_mut().insert("traceparent", CALLER.parse().unwrap());
    app.client().post_document(traced).await.unwrap();
    assert_eq!(say(app, "receive A MAIN 1").await, "ok");
    let first = published(app, 2).await;
    let [Some(trace), None] = &first[..] else { panic!("{first:?}") };
    assert_eq!(trace[..SHARED], CALLER[..SHARED]);
    assert_ne!(trace, CALLER, "the span of the request itself");

    app.halt().await;
    assert_eq!(change(app, "DELETE FROM relay_cursor").await, 1);
    app.restart().await;
    assert_eq!(published(app, 4).await[2..], first, "all of it once more, as it was");
}

/// Spans are recorded when their caller is; nobody takes them.
fn record_traces() {
    let nobody = Some("http://127.0.0.1:1".to_owned());
    let config = TelemetryConfig {
        log_filter: "off".to_owned(),
        otlp_endpoint: nobody,
        trace_sample_ratio: 0.0,
        ..TelemetryConfig::default()
    };
    // The first of the process counts; it lasts as long as the process.
    std::mem::forget(telemetry::init(&config).unwrap());
}

/// The traces of the first records of the topic.
async fn published(app: &TestApp, count: usize) -> Vec<Option<String>> {
    let mut reader = app.log.read_from_start(TOPIC).await.unwrap();
    let mut traces = Vec::new();
    let all = async {
        while traces.len() < count {
            for delivered in reader.next_batch(1_000, Duration::from_secs(5)).await.unwrap().records {
                let trace = delivered.record.header("traceparent");
                traces.push(trace.map(|trace| String::from_utf8(trace.to_vec()).unwrap()));
            }
        }
    };
    tokio::time::timeout(Duration::from_secs(30), all).await.expect("the relay publishes");
    traces
}

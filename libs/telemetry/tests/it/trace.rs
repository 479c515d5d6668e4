use telemetry::{TelemetryConfig, init, set_parent, traceparent, traceparent_of};

const SAMPLED: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
const NOT_SAMPLED: &str = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00";

/// One test for all, because the subscriber belongs to the process.
#[tokio::test]
async fn traces_go_from_process_to_process() {
    let _first = init(&TelemetryConfig::default()).unwrap();
    let _second = init(&TelemetryConfig::default()).unwrap();

    assert_eq!(traceparent(), None, "no span, no trace");
    joins_the_callers_trace();
    children_are_of_the_same_trace();
    malformed_parents_are_ignored();
}

fn joins_the_callers_trace() {
    for parent in [SAMPLED, NOT_SAMPLED] {
        let span = tracing::info_span!("call");
        set_parent(&span, parent);
        let own = traceparent_of(&span).unwrap();
        let (own, parent): (Vec<&str>, Vec<&str>) = (own.split('-').collect(), parent.split('-').collect());
        assert_eq!(own.len(), 4);
        assert_eq!(
            (own[0], own[1], own[3]),
            (parent[0], parent[1], parent[3]),
            "same version, trace and flags"
        );
        assert_ne!(own[2], parent[2], "a span of its own");
        assert_eq!(own[2].len(), 16);
    }
}

fn children_are_of_the_same_trace() {
    let span = tracing::info_span!("outer");
    set_parent(&span, SAMPLED);
    span.in_scope(|| {
        let outer = traceparent().unwrap();
        let inner = tracing::info_span!("inner").in_scope(|| traceparent().unwrap());
        assert_eq!(outer[..36], inner[..36]);
        assert_ne!(outer, inner);
    });
}

fn malformed_parents_are_ignored() {
    for text in
        ["", "rubbish", "00-00000000000000000000000000000000-00f067aa0ba902b7-01", "00-4bf9-00f0-01", "é"]
    {
        let span = tracing::info_span!("call");
        set_parent(&span, text);
        let own = traceparent_of(&span).unwrap();
        assert!(own.ends_with("-00"), "a trace of its own that nobody records: {own}");
    }
}

#[tokio::test]
async fn bad_configuration_is_refused() {
    let refused = |config: &TelemetryConfig| init(config).unwrap_err().to_string();
    let filter = TelemetryConfig { log_filter: "stock=loud".to_owned(), ..TelemetryConfig::default() };
    assert!(refused(&filter).starts_with("the log filter `stock=loud` is not valid"), "{}", refused(&filter));
    let ratio = TelemetryConfig { trace_sample_ratio: 1.5, ..TelemetryConfig::default() };
    assert_eq!(refused(&ratio), "the trace sample ratio 1.5 must be between 0 and 1");
    let endpoint =
        TelemetryConfig { otlp_endpoint: Some("not a url".to_owned()), ..TelemetryConfig::default() };
    assert!(refused(&endpoint).starts_with("cannot send traces to not a url"), "{}", refused(&endpoint));
}

//! Traces as JSON and CSV.

use proto::visibility::v1::{TraceEvent, TraceEventKind, TraceKey, TraceLink, TraceLotResponse, TraceNode};
use serde::Serialize;

use crate::cli::text::{number, rfc3339, short_name};
use crate::output::View;

/// A whole trace.
#[derive(Debug, Serialize)]
pub(super) struct GraphView {
    nodes: Vec<NodeView>,
    events: Vec<EventView>,
    links: Vec<LinkView>,
    truncated: bool,
}

impl View for GraphView {
    const COLUMNS: &'static [&'static str] = &["nodes", "events", "links", "truncated"];
}

/// A lot or a unit.
#[derive(Debug, Serialize)]
pub(super) struct NodeView {
    level: i32,
    sku: String,
    lot: String,
    serial: String,
    /// `STATUS QUANTITY WAREHOUSE`
    held: Vec<String>,
    /// `PARTNER QUANTITY WAREHOUSE`
    received: Vec<String>,
    /// See `received`.
    issued: Vec<String>,
}

impl View for NodeView {
    const COLUMNS: &'static [&'static str] = &["level", "sku", "lot", "serial", "held", "received", "issued"];
}

/// What happened to a node.
#[derive(Debug, Serialize)]
struct EventView {
    node: u32,
    warehouse: String,
    kind: String,
    partner: String,
    reference: String,
    status: String,
    place: String,
    quantity: String,
    count: u64,
    first_sequence: u64,
    last_sequence: u64,
    first_at: String,
    last_at: String,
}

/// A production.
#[derive(Debug, Serialize)]
struct LinkView {
    from_node: u32,
    to_node: u32,
    warehouse: String,
    sequence: u64,
    consumed: String,
    produced: String,
    at: String,
}

impl GraphView {
    pub(super) fn new(graph: TraceLotResponse) -> Self {
        Self {
            nodes: NodeView::all(&graph),
            events: graph.events.into_iter().map(EventView::new).collect(),
            links: graph.links.into_iter().map(LinkView::new).collect(),
            truncated: graph.truncated,
        }
    }
}

impl NodeView {
    pub(super) fn all(graph: &TraceLotResponse) -> Vec<Self> {
        let view = |(at, node): (u32, &TraceNode)| {
            let events: Vec<_> = graph.events.iter().filter(|event| event.node == at).collect();
            let of = |kind: TraceEventKind| {
                events.iter().filter(|event| event.kind() == kind).map(|event| in_short(event)).collect()
            };
            let TraceKey { sku, lot, serial } = node.key.clone().unwrap_or_default();
            Self {
                level: node.level,
                sku,
                lot,
                serial,
                held: of(TraceEventKind::Held),
                received: of(TraceEventKind::Received),
                issued: of(TraceEventKind::Issued),
            }
        };
        (0_u32..).zip(&graph.nodes).map(view).collect()
    }
}

/// `WHOM QUANTITY WAREHOUSE`
pub(super) fn in_short(event: &TraceEvent) -> String {
    let whom = [&event.status, &event.partner, &event.reference, &event.place];
    let whom = whom.into_iter().find(|text| !text.is_empty()).map_or("-", String::as_str);
    format!("{whom} {} {}", number(event.quantity.clone()), event.warehouse)
}

impl EventView {
    fn new(event: TraceEvent) -> Self {
        Self {
            kind: short_name(event.kind().as_str_name(), "TRACE_EVENT_KIND"),
            node: event.node,
            warehouse: event.warehouse,
            partner: event.partner,
            reference: event.reference,
            status: event.status,
            place: event.place,
            quantity: number(event.quantity),
            count: event.count,
            first_sequence: event.first_sequence,
            last_sequence: event.last_sequence,
            first_at: rfc3339(event.first_at.as_ref()),
            last_at: rfc3339(event.last_at.as_ref()),
        }
    }
}

impl LinkView {
    fn new(link: TraceLink) -> Self {
        Self {
            from_node: link.from_node,
            to_node: link.to_node,
            warehouse: link.warehouse,
            sequence: link.sequence,
            consumed: number(link.consumed),
            produced: number(link.produced),
            at: rfc3339(link.at.as_ref()),
        }
    }
}

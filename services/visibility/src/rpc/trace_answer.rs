//! Traces on the wire.

use proto::common::v1::Decimal;
use proto::visibility::v1::{TraceEvent, TraceEventKind, TraceKey, TraceLink, TraceNode};
use rpc::{ApiError, Reason};
use vocabulary::{LotCode, SerialNumber, Sku, Timestamp};

use crate::core::{EdgeKind, Node, Total};
use crate::engine::{Engine, Event, Link, Until};

/// The lot or the unit of a request, of an item that the catalog has.
pub(super) async fn node(engine: &Engine, key: Option<TraceKey>, until: Until) -> Result<Node, ApiError> {
    let TraceKey { sku, lot, serial } = key.unwrap_or_default();
    let bad = |field: &str, invalid: vocabulary::Invalid| {
        ApiError::invalid(Reason::BadCode, field, invalid.to_string())
    };
    let item = Sku::parse(&sku).map_err(|invalid| bad("key.sku", invalid))?;
    let node = match (lot.as_str(), serial.as_str()) {
        (lot, "") => Node::Lot(item, LotCode::parse(lot).map_err(|invalid| bad("key.lot", invalid))?),
        ("", serial) => {
            Node::Unit(item, SerialNumber::parse(serial).map_err(|invalid| bad("key.serial", invalid))?)
        }
        (_, _) => {
            let message = "both a lot and a serial number are given: give one of them";
            return Err(ApiError::invalid(Reason::BadField, "key.serial", message));
        }
    };
    engine.known_item(&sku, || "key.sku".into(), until).await?;
    Ok(node)
}

pub(super) fn traced(node: &Node, level: i32) -> TraceNode {
    let key = match node {
        Node::Lot(sku, lot) => TraceKey { sku: sku.to_string(), lot: lot.to_string(), ..TraceKey::default() },
        Node::Unit(sku, serial) => {
            TraceKey { sku: sku.to_string(), serial: serial.to_string(), ..TraceKey::default() }
        }
        // Documents stand between nodes and are told as links.
        Node::Document(_) => TraceKey::default(),
    };
    TraceNode { key: Some(key), level }
}

pub(super) fn event(event: Event) -> TraceEvent {
    let Event { node, warehouse, kind, other, edge } = event;
    let mut told = TraceEvent {
        node: small(node),
        warehouse,
        kind: wire_kind(kind).into(),
        quantity: decimal(edge.quantity),
        count: edge.count,
        first_sequence: edge.first.get(),
        last_sequence: edge.last.get(),
        first_at: Some(time(edge.from)),
        last_at: Some(time(edge.until)),
        ..TraceEvent::default()
    };
    match (kind, other.strip_prefix('#')) {
        (EdgeKind::Held, _) => told.status = other,
        (EdgeKind::CameFrom | EdgeKind::WentTo, _) => told.place = other,
        (_, Some(reference)) => told.reference = reference.to_owned(),
        (_, None) => told.partner = other,
    }
    told
}

pub(super) fn link(link: Link) -> TraceLink {
    TraceLink {
        from_node: small(link.from),
        to_node: small(link.to),
        warehouse: link.warehouse,
        sequence: link.sequence.get(),
        consumed: decimal(link.consumed.quantity),
        produced: decimal(link.produced.quantity),
        at: Some(time(link.consumed.from)),
    }
}

pub(super) fn time(at: Timestamp) -> prost_types::Timestamp {
    let (seconds, nanos) = at.parts();
    prost_types::Timestamp { seconds, nanos }
}

const fn wire_kind(kind: EdgeKind) -> TraceEventKind {
    match kind {
        EdgeKind::Held => TraceEventKind::Held,
        EdgeKind::Received => TraceEventKind::Received,
        EdgeKind::Issued => TraceEventKind::Issued,
        EdgeKind::Returned => TraceEventKind::Returned,
        EdgeKind::Found => TraceEventKind::Found,
        EdgeKind::Lost => TraceEventKind::Lost,
        EdgeKind::Moved => TraceEventKind::Moved,
        EdgeKind::CameFrom => TraceEventKind::CameFrom,
        EdgeKind::WentTo => TraceEventKind::WentTo,
        // These are told as links, or with the duplicates.
        EdgeKind::Arrived | EdgeKind::Consumed | EdgeKind::Produced | EdgeKind::Took | EdgeKind::Made => {
            TraceEventKind::Unspecified
        }
    }
}

fn small(place: usize) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}

fn decimal(total: Total) -> Option<Decimal> {
    Some(Decimal { value: total.to_text() })
}

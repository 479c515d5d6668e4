//! Certificates: where a lot or a unit came from, and where it went.

use paper_core::templates::{TraceCertificate, TracedEvent, TracedLink, TracedLot};
use paper_core::{AsOf, Head, Paper, Word};
use proto::visibility::v1::{
    TraceDirection, TraceEvent, TraceEventKind, TraceKey, TraceLink, TraceLotRequest, TraceLotResponse,
};
use rpc::{ApiError, Reason};

use super::Engine;
use super::compose::empty;
use super::issue::Wish;
use super::names::Names;
use super::when::day;
use crate::store::Subject;

/// How far a certificate follows productions, and how many lots and units it has: as many as a trace may have.
const LEVELS: u32 = 1_000;
const NODES_MAX: u32 = 5_000;

impl Engine {
    pub(super) async fn certificate(&self, wish: &Wish, mut head: Head) -> Result<Paper, ApiError> {
        let Subject::Traced { sku, lot, serial } = wish.subject.clone() else {
            return Err(ApiError::internal("a certificate is about a lot or a unit"));
        };
        if wish.as_of_sequence != 0 {
            let message = "a trace goes through many journals: leave as_of_sequence out";
            return Err(ApiError::invalid(Reason::BadField, "as_of_sequence", message));
        }
        let request = TraceLotRequest {
            key: Some(TraceKey { sku: sku.clone(), lot: lot.clone(), serial: serial.clone() }),
            direction: TraceDirection::Both.into(),
            levels: LEVELS,
            nodes_max: NODES_MAX,
            at_least: Vec::new(),
        };
        let trace = self.sources.trace(request).await?;
        check(&trace)?;
        let of = |freshness: &proto::visibility::v1::Freshness| AsOf {
            warehouse: freshness.warehouse.clone(),
            sequence: freshness.as_of_sequence,
        };
        head.as_of = trace.freshness.iter().map(of).collect();
        let skus = trace.nodes.iter().filter_map(|node| Some(node.key.as_ref()?.sku.clone()));
        let names = self.names(skus.collect()).await?;
        let seen = Seen { trace: &trace, names: &names, zone: head.issued.time_zone.clone() };
        let certificate = TraceCertificate {
            goods: names.goods(&sku, &lot),
            serial,
            lots: seen.lots(),
            events: trace.events.iter().map(|event| seen.event(event)).collect::<Result<_, _>>()?,
            links: trace.links.iter().map(|link| seen.link(link)).collect::<Result<_, _>>()?,
        };
        Ok(certificate.compose(head))
    }
}

/// A certificate says all, or nothing.
fn check(trace: &TraceLotResponse) -> Result<(), ApiError> {
    if trace.events.is_empty() {
        return Err(empty("traced", "nothing is known of the lot or the unit"));
    }
    if trace.truncated {
        let message = "the trace is larger than a certificate may be: certify the lots that it was made of, or what was made of it";
        return Err(ApiError::invalid(Reason::PaperTooLarge, "traced", message));
    }
    Ok(())
}

/// A trace, with the names of its items.
struct Seen<'a> {
    trace: &'a TraceLotResponse,
    names: &'a Names,
    zone: String,
}

impl Seen<'_> {
    fn lots(&self) -> Vec<TracedLot> {
        let lot = |node: &proto::visibility::v1::TraceNode| {
            let key = node.key.clone().unwrap_or_default();
            TracedLot { level: node.level, goods: self.names.goods(&key.sku, &key.lot), serial: key.serial }
        };
        self.trace.nodes.iter().map(lot).collect()
    }

    /// The item of a node, and what it is called in the other tables.
    fn node(&self, at: u32) -> (&str, String) {
        let node = usize::try_from(at).ok().and_then(|at| self.trace.nodes.get(at));
        let Some(key) = node.and_then(|node| node.key.as_ref()) else { return ("", String::new()) };
        let which = if key.lot.is_empty() { &key.serial } else { &key.lot };
        (&key.sku, format!("{} / {which}", key.sku))
    }

    fn event(&self, event: &TraceEvent) -> Result<TracedEvent, ApiError> {
        let (sku, what) = self.node(event.node);
        let party =
            [&event.partner, &event.reference, &event.place].into_iter().find(|text| !text.is_empty());
        Ok(TracedEvent {
            what,
            kind: word(event.kind()),
            warehouse: event.warehouse.clone(),
            party: party.cloned().unwrap_or_default(),
            amount: self.names.amount(sku, event.quantity.as_ref())?,
            first_on: day(event.first_at.as_ref(), &self.zone)?,
            last_on: day(event.last_at.as_ref(), &self.zone)?,
        })
    }

    fn link(&self, link: &TraceLink) -> Result<TracedLink, ApiError> {
        let ((used, from), (made, to)) = (self.node(link.from_node), self.node(link.to_node));
        Ok(TracedLink {
            consumed: self.names.amount(used, link.consumed.as_ref())?,
            produced: self.names.amount(made, link.produced.as_ref())?,
            from,
            to,
            warehouse: link.warehouse.clone(),
            on: day(link.at.as_ref(), &self.zone)?,
        })
    }
}

const fn word(kind: TraceEventKind) -> Word {
    match kind {
        TraceEventKind::Held => Word::Held,
        TraceEventKind::Received => Word::CameFromSupplier,
        TraceEventKind::Issued => Word::WentToCustomer,
        TraceEventKind::Returned => Word::CameBack,
        TraceEventKind::Found => Word::Found,
        TraceEventKind::Lost => Word::Lost,
        TraceEventKind::Unspecified | TraceEventKind::Moved => Word::Moved,
        TraceEventKind::CameFrom => Word::CameFrom,
        TraceEventKind::WentTo => Word::WentTo,
    }
}

//! Journals as they are shown.

use std::fmt;

use prost::Message;
use proto::events::v1::fact::Fact as WireFact;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{Fact, JournalEntry, Moved};
use proto::stock::v1::{GetJournalHeadResponse, JournalRecord};
use serde::Serialize;

use super::counts::CountView;
use super::deliveries::DeliveryView;
use super::expectations::ExpectationView;
use super::handling_units::{UnitView, between};
use super::orders::OrderView;
use super::production::ProductionView;
use super::promises::{self, PromiseMovedView};
use super::refusals::refusal;
use super::tasks::TaskChangeView;
use super::weight::WeightView;
use crate::cli::text::{hex, micros_to_rfc3339, number, rfc3339, short_name};
use crate::output::{Failure, View};

/// A journal that a server owns.
#[derive(Debug, Serialize)]
pub(super) struct JournalView {
    pub(super) warehouse: String,
}

impl View for JournalView {
    const COLUMNS: &'static [&'static str] = &["warehouse"];
}

/// The newest entry.
#[derive(Debug, Serialize)]
pub(super) struct HeadView {
    warehouse: String,
    sequence: u64,
    hash: String,
    recorded_at: String,
}

impl View for HeadView {
    const COLUMNS: &'static [&'static str] = &["warehouse", "sequence", "hash", "recorded_at"];
}

impl From<GetJournalHeadResponse> for HeadView {
    fn from(head: GetJournalHeadResponse) -> Self {
        Self {
            recorded_at: rfc3339(head.recorded_at.as_ref()),
            hash: hex(&head.hash),
            warehouse: head.warehouse,
            sequence: head.sequence,
        }
    }
}

/// An entry. `what` says it in words; `facts` has the details.
#[derive(Debug, Serialize)]
pub(super) struct EntryView {
    sequence: u64,
    warehouse: String,
    recorded_at: String,
    effective_at: String,
    request_id: String,
    reference: String,
    outcome: &'static str,
    what: String,
    facts: Vec<FactView>,
    hash: String,
}

impl View for EntryView {
    const COLUMNS: &'static [&'static str] =
        &["sequence", "recorded_at", "effective_at", "request_id", "reference", "outcome", "what"];
}

/// A fact of an accepted document.
#[derive(Debug, Serialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
enum FactView {
    Moved {
        line: u32,
        kind: String,
        sku: String,
        from: String,
        to: String,
        quantity: String,
        reason: String,
        #[serde(flatten)]
        goods: Box<GoodsView>,
        #[serde(skip_serializing_if = "String::is_empty")]
        partner: String,
        /// `SEQUENCE-LINE` of what it takes back; empty when it is no reversal.
        reverses: String,
    },
    Reserved {
        line: u32,
        reservation_id: String,
        sku: String,
        location: String,
        quantity: String,
        lot: String,
        expires_at: String,
        priority: u32,
        holder: String,
        channel: String,
        serials: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        status: String,
    },
    Released {
        line: u32,
        reservation_id: String,
        quantity: String,
        lot: String,
        cause: String,
        location: String,
        serials: Vec<String>,
        #[serde(skip_serializing_if = "String::is_empty")]
        status: String,
    },
    PromiseMoved {
        line: u32,
        #[serde(flatten)]
        change: PromiseMovedView,
    },
    LotRecorded {
        line: u32,
        sku: String,
        lot: String,
        expiry: String,
    },
    RuleSet {
        line: u32,
        rule: String,
    },
    Locked {
        line: u32,
        until: String,
    },
    LockPassed {
        line: u32,
        until: String,
    },
    HandlingUnit {
        line: u32,
        #[serde(flatten)]
        change: UnitView,
    },
    Expectation {
        line: u32,
        #[serde(flatten)]
        change: Box<ExpectationView>,
    },
    Delivery {
        line: u32,
        #[serde(flatten)]
        change: Box<DeliveryView>,
    },
    Order {
        line: u32,
        #[serde(flatten)]
        change: OrderView,
    },
    Production {
        line: u32,
        #[serde(flatten)]
        change: ProductionView,
    },
    Count {
        line: u32,
        #[serde(flatten)]
        change: CountView,
    },
    Task {
        line: u32,
        #[serde(flatten)]
        change: TaskChangeView,
    },
}

/// Which goods were moved; empty texts stand for none, available and own.
#[derive(Debug, Serialize)]
struct GoodsView {
    lot: String,
    serials: Vec<String>,
    from_status: String,
    to_status: String,
    from_owner: String,
    to_owner: String,
    from_handling_unit: String,
    to_handling_unit: String,
    #[serde(flatten)]
    weight: WeightView,
}

impl EntryView {
    /// Reads a stored entry.
    pub(super) fn read(record: &JournalRecord) -> Result<Self, Failure> {
        let entry = JournalEntry::decode(record.entry.as_ref())
            .map_err(|e| Failure::fault(format!("entry {} cannot be read: {e}", record.sequence)))?;
        let (outcome, what, facts) = match entry.outcome {
            Some(Outcome::Posted(posted)) => {
                let read = |fact| FactView::read(entry.sequence, fact);
                let facts: Vec<_> = posted.facts.into_iter().filter_map(read).collect();
                let words: Vec<_> = facts.iter().map(ToString::to_string).collect();
                ("posted", words.join(", "), facts)
            }
            Some(Outcome::Rejected(rejected)) => {
                ("rejected", rejected.rejection.as_ref().map_or_else(String::new, refusal), Vec::new())
            }
            None => ("unknown", String::new(), Vec::new()),
        };
        Ok(Self {
            sequence: entry.sequence,
            warehouse: entry.warehouse,
            recorded_at: micros_to_rfc3339(entry.recorded_at_micros),
            effective_at: micros_to_rfc3339(entry.effective_at_micros),
            request_id: uuid::Uuid::from_slice(&entry.request_id)
                .map_or_else(|_| hex(&entry.request_id), |id| id.to_string()),
            reference: entry.reference,
            outcome,
            what,
            facts,
            hash: hex(&record.hash),
        })
    }
}

impl FactView {
    fn read(sequence: u64, fact: Fact) -> Option<Self> {
        let line = fact.line;
        Some(match fact.fact? {
            WireFact::Moved(moved) => Self::moved(line, moved),
            WireFact::Reserved(reserved) => Self::Reserved {
                line,
                reservation_id: format!("{sequence}-{line}"),
                sku: reserved.sku,
                location: reserved.location,
                quantity: number(reserved.quantity),
                lot: reserved.lot,
                expires_at: end(reserved.expires_at_micros),
                priority: reserved.priority,
                holder: reserved.holder,
                channel: reserved.channel,
                serials: reserved.serials,
                status: reserved.status,
            },
            WireFact::Released(released) => Self::Released {
                line,
                cause: promises::cause(released.cause()).to_owned(),
                reservation_id: format!("{}-{}", released.reservation_sequence, released.reservation_line),
                quantity: number(released.quantity),
                lot: released.lot,
                location: released.location,
                serials: released.serials,
                status: released.status,
            },
            WireFact::PromiseMoved(moved) => {
                Self::PromiseMoved { line, change: PromiseMovedView::read(moved) }
            }
            WireFact::LotRecorded(recorded) => Self::LotRecorded {
                line,
                sku: recorded.sku,
                lot: recorded.lot,
                expiry: recorded.facts.map(|facts| facts.expiry).unwrap_or_default(),
            },
            WireFact::RuleSet(set) => Self::RuleSet { line, rule: promises::rule(set) },
            WireFact::Locked(lock) => Self::Locked { line, until: micros_to_rfc3339(lock.until_micros) },
            WireFact::LockPassed(lock) => {
                Self::LockPassed { line, until: micros_to_rfc3339(lock.until_micros) }
            }
            WireFact::NumberRangeSet(set) => Self::unit(line, UnitView::numbers(set)),
            WireFact::HandlingUnitOpened(opened) => Self::unit(line, UnitView::opened(opened)),
            WireFact::HandlingUnitNested(nested) => Self::unit(line, UnitView::nested(nested)),
            WireFact::HandlingUnitMoved(moved) => Self::unit(line, UnitView::moved(moved)),
            WireFact::HandlingUnitClosed(closed) => Self::unit(line, UnitView::closed(closed)),
            WireFact::ExpectationSet(set) => Self::expected(line, ExpectationView::set(set)),
            WireFact::ExpectationMet(met) => Self::expected(line, ExpectationView::met(met)),
            WireFact::ExpectationReopened(opened) => Self::expected(line, ExpectationView::reopened(opened)),
            WireFact::DeliveryChanged(changed) => Self::delivery(line, DeliveryView::read(changed)?),
            WireFact::ProductionChanged(changed) => {
                Self::Production { line, change: ProductionView::read(changed)? }
            }
            WireFact::OrderChanged(changed) => Self::Order { line, change: OrderView::read(changed)? },
            WireFact::TaskChanged(changed) => Self::Task { line, change: TaskChangeView::read(changed)? },
            WireFact::CountChanged(changed) => Self::Count { line, change: CountView::read(changed)? },
        })
    }
}

impl FactView {
    fn moved(line: u32, moved: Moved) -> Self {
        Self::Moved {
            line,
            kind: short_name(moved.kind().as_str_name(), "MOVEMENT_KIND").to_lowercase(),
            sku: moved.sku,
            from: moved.from_location,
            to: moved.to_location,
            quantity: number(moved.quantity),
            reason: moved.reason,
            reverses: match moved.reverses_sequence {
                0 => String::new(),
                sequence => format!("{sequence}-{}", moved.reverses_line),
            },
            goods: Box::new(GoodsView {
                lot: moved.lot,
                serials: moved.serials,
                from_status: moved.from_status,
                to_status: moved.to_status,
                from_owner: moved.from_owner,
                to_owner: moved.to_owner,
                from_handling_unit: moved.from_handling_unit,
                to_handling_unit: moved.to_handling_unit,
                weight: moved.weight.map(WeightView::new).unwrap_or_default(),
            }),
            partner: moved.partner,
        }
    }

    const fn unit(line: u32, change: UnitView) -> Self {
        Self::HandlingUnit { line, change }
    }

    fn expected(line: u32, change: ExpectationView) -> Self {
        Self::Expectation { line, change: Box::new(change) }
    }

    fn delivery(line: u32, change: DeliveryView) -> Self {
        Self::Delivery { line, change: Box::new(change) }
    }
}

impl fmt::Display for FactView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Moved { kind, sku, from, to, quantity, goods, reverses, .. } => {
                let units = between(&goods.from_handling_unit, &goods.to_handling_unit);
                let (lot, weight) = (of_lot(&goods.lot), &goods.weight);
                write!(f, "{kind} {quantity} {sku}{lot}{weight} {from} -> {to}{units}")?;
                if reverses.is_empty() { Ok(()) } else { write!(f, " of {reverses}") }
            }
            Self::Reserved { reservation_id, sku, location, quantity, lot, .. } => {
                write!(f, "reserve {quantity} {sku}{} at {location} as {reservation_id}", of_lot(lot))
            }
            Self::Released { reservation_id, quantity, lot, cause, .. } => {
                let cause = if cause.is_empty() { String::new() } else { format!(", {cause}") };
                write!(f, "release {quantity}{} of {reservation_id}{cause}", of_lot(lot))
            }
            Self::PromiseMoved { change, .. } => change.fmt(f),
            Self::LotRecorded { sku, lot, .. } => write!(f, "lot {lot} of {sku}"),
            Self::RuleSet { rule, .. } => write!(f, "{rule}"),
            Self::Locked { until, .. } => write!(f, "lock until {until}"),
            Self::LockPassed { until, .. } => write!(f, "pass the lock of {until}"),
            Self::HandlingUnit { change, .. } => change.fmt(f),
            Self::Expectation { change, .. } => change.fmt(f),
            Self::Delivery { change, .. } => change.fmt(f),
            Self::Order { change, .. } => change.fmt(f),
            Self::Task { change, .. } => change.fmt(f),
            Self::Production { change, .. } => change.fmt(f),
            Self::Count { change, .. } => change.fmt(f),
        }
    }
}

/// Nothing of a promise that does not end by itself.
fn end(micros: i64) -> String {
    if micros == 0 { String::new() } else { micros_to_rfc3339(micros) }
}

fn of_lot(lot: &str) -> String {
    if lot.is_empty() { String::new() } else { format!(" of lot {lot}") }
}

//! Ledgers as they are shown.

use std::collections::BTreeMap;

use edge::{EdgeLedger, Status, Synced};
use edge_core::{
    Device, End, Grant, GrantState, Number, Operation, OperationState, Posting, Refusal, Spot, Work,
};
use proto::stock::v1::Goods;
use rpc::clock;
use serde::Serialize;
use vocabulary::Timestamp;

use super::fault;
use crate::cli::Context;
use crate::cli::text::number;
use crate::output::{Failure, View};

/// Whose ledger it is.
#[derive(Debug, Serialize)]
pub(super) struct DeviceView {
    device: String,
    warehouse: String,
}

impl View for DeviceView {
    const COLUMNS: &'static [&'static str] = &["device", "warehouse"];
}

impl DeviceView {
    pub(super) fn new(device: &Device) -> Self {
        Self { device: device.code.to_string(), warehouse: device.warehouse.to_string() }
    }
}

/// How a ledger stands.
#[derive(Debug, Serialize)]
pub(super) struct StatusView {
    device: String,
    warehouse: String,
    waiting: u64,
    needing_a_person: u64,
    operations: u64,
    grants: usize,
}

impl View for StatusView {
    const COLUMNS: &'static [&'static str] =
        &["device", "warehouse", "waiting", "needing_a_person", "operations", "grants"];
}

impl StatusView {
    pub(super) fn new(device: &Device, status: &Status) -> Self {
        Self {
            device: device.code.to_string(),
            warehouse: device.warehouse.to_string(),
            waiting: status.waiting,
            needing_a_person: status.needing_a_person,
            operations: status.operations,
            grants: status.grants.len(),
        }
    }
}

/// What a synchronisation did.
#[derive(Debug, Serialize)]
pub(super) struct SyncedView {
    accepted: u64,
    refused: Vec<u64>,
    changed_grants: Vec<u64>,
    waiting: u64,
    needing_a_person: u64,
}

impl View for SyncedView {
    const COLUMNS: &'static [&'static str] =
        &["accepted", "refused", "changed_grants", "waiting", "needing_a_person"];
}

impl SyncedView {
    pub(super) fn new(synced: &Synced, status: &Status) -> Self {
        let numbers = |numbers: &[Number]| numbers.iter().map(|number| number.get()).collect();
        Self {
            accepted: synced.accepted,
            refused: numbers(&synced.refused),
            changed_grants: numbers(&synced.changed_grants),
            waiting: status.waiting,
            needing_a_person: status.needing_a_person,
        }
    }
}

/// A grant.
#[derive(Debug, Serialize)]
pub(super) struct GrantView {
    number: u64,
    sku: String,
    location: String,
    lot: String,
    quantity: String,
    taken: String,
    left: String,
    expires_at: String,
    state: &'static str,
    reservation_id: String,
}

impl View for GrantView {
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "sku",
        "location",
        "lot",
        "quantity",
        "taken",
        "left",
        "expires_at",
        "state",
        "reservation_id",
    ];
}

impl GrantView {
    pub(super) fn new(grant: &Grant, now: Timestamp) -> Self {
        let state = match grant.state {
            GrantState::Held(_) if grant.is_expired(now) => "expired",
            GrantState::Held(_) => "held",
            GrantState::Asked => "asked",
            GrantState::Returning(_) => "returning",
            GrantState::Ended(End::Refused) => "refused",
            GrantState::Ended(End::HandedBack) => "handed_back",
            GrantState::Ended(End::Gone) => "gone",
        };
        Self {
            number: grant.number.get(),
            sku: grant.spot.sku.to_string(),
            location: grant.spot.location.to_string(),
            lot: lot_of(&grant.spot),
            quantity: grant.quantity.to_string(),
            taken: grant.taken.to_string(),
            left: grant.left().to_string(),
            expires_at: clock::rfc3339(grant.expires_at),
            state,
            reservation_id: grant.reservation().map(|id| id.to_string()).unwrap_or_default(),
        }
    }
}

/// An operation. What it does not have is empty.
#[derive(Debug, Serialize)]
pub(super) struct OperationView {
    number: u64,
    state: &'static str,
    what: &'static str,
    sku: String,
    location: String,
    to_location: String,
    lot: String,
    quantity: String,
    unit: String,
    at: String,
    reference: String,
    request_id: String,
    grant: Option<u64>,
    sequence: Option<u64>,
    reason: String,
    message: String,
    note: String,
}

impl View for OperationView {
    const COLUMNS: &'static [&'static str] = &[
        "number",
        "state",
        "what",
        "sku",
        "location",
        "to_location",
        "lot",
        "quantity",
        "unit",
        "at",
        "reference",
        "reason",
        "message",
        "note",
    ];
}

/// Shows operations with the goods they are about.
pub(super) async fn show(
    ledger: &EdgeLedger,
    operations: Vec<Operation>,
    context: &Context,
) -> Result<(), Failure> {
    let grants = ledger.grants().await.map_err(fault::failure)?;
    let grants: BTreeMap<_, _> = grants.into_iter().map(|grant| (grant.number, grant)).collect();
    let view = |operation: Operation| {
        let about = operation.work.grant().unwrap_or(operation.number);
        OperationView::new(operation, grants.get(&about))
    };
    let views: Vec<_> = operations.into_iter().map(view).collect();
    context.output().many(&views)
}

impl OperationView {
    fn new(operation: Operation, grant: Option<&Grant>) -> Self {
        let (state, sequence, refusal, note) = match operation.state {
            OperationState::Waiting => ("waiting", None, None, String::new()),
            OperationState::Accepted { sequence } => ("accepted", Some(sequence), None, String::new()),
            OperationState::Refused(refusal) => ("refused", refusal.sequence, Some(refusal), String::new()),
            OperationState::Resolved { refusal, note } => ("resolved", refusal.sequence, Some(refusal), note),
        };
        let (reason, message) =
            refusal.map_or_else(Default::default, |Refusal { reason, message, .. }| (reason, message));
        let goods = GoodsShown::of(&operation.work, grant);
        Self {
            number: operation.number.get(),
            state,
            what: what(&operation.work),
            sku: goods.sku,
            location: goods.location,
            to_location: goods.to_location,
            lot: goods.lot,
            quantity: goods.quantity,
            unit: goods.unit,
            at: clock::rfc3339(operation.stamp.at),
            reference: operation.stamp.reference,
            request_id: operation.stamp.request_id.to_string(),
            grant: operation.work.grant().map(Number::get),
            sequence: sequence.map(vocabulary::Sequence::get),
            reason,
            message,
            note,
        }
    }
}

fn what(work: &Work) -> &'static str {
    match work {
        Work::Ask { .. } => "grant",
        Work::Renew { .. } => "renew",
        Work::HandBack { .. } => "settle",
        Work::Take { .. } => "take",
        Work::Post(posting) => posting.name(),
    }
}

/// Which goods an operation is about, as text.
#[derive(Default)]
struct GoodsShown {
    sku: String,
    location: String,
    to_location: String,
    lot: String,
    quantity: String,
    unit: String,
}

impl GoodsShown {
    fn of(work: &Work, grant: Option<&Grant>) -> Self {
        let of_grant = |quantity: String| {
            let spot = grant.map(|grant| &grant.spot);
            Self {
                sku: spot.map(|spot| spot.sku.to_string()).unwrap_or_default(),
                location: spot.map(|spot| spot.location.to_string()).unwrap_or_default(),
                lot: spot.map(lot_of).unwrap_or_default(),
                quantity,
                ..Self::default()
            }
        };
        match work {
            Work::Ask { quantity, .. } | Work::Renew { quantity, .. } | Work::Take { quantity, .. } => {
                of_grant(quantity.to_string())
            }
            Work::HandBack { .. } => of_grant(String::new()),
            Work::Post(posting) => Self::of_posting(posting.as_ref().clone()),
        }
    }

    fn of_posting(posting: Posting) -> Self {
        let lot = |goods: Option<Goods>| goods.map(|goods| goods.lot).unwrap_or_default();
        let (sku, location, to_location, quantity, unit, goods) = match posting {
            Posting::Receive(a) => (a.sku, a.location, String::new(), a.quantity, a.unit, a.goods),
            Posting::Return(a) => (a.sku, a.location, String::new(), a.quantity, a.unit, a.goods),
            Posting::Issue(a) => (a.sku, a.location, String::new(), a.quantity, a.unit, a.goods),
            Posting::Adjust(a) => (a.sku, a.location, String::new(), a.delta, a.unit, a.goods),
            Posting::Move(a) => (a.sku, a.from_location, a.to_location, a.quantity, a.unit, a.goods),
        };
        Self { sku, location, to_location, lot: lot(goods), quantity: number(quantity), unit }
    }
}

fn lot_of(spot: &Spot) -> String {
    spot.lot.as_ref().map(ToString::to_string).unwrap_or_default()
}

//! What devices merged: every operation of a ledger is a document for the model to judge, and stands in the journal as the ledger says.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use edge::{EdgeLedger, Which};
use edge_core::{Number, Operation, OperationState, Refusal, Timing, Work};
use rpc::clock;
use stock_core::{Entry, Fact, MovementKind, Outcome};
use uuid::Uuid;
use vocabulary::ReservationId;

use super::auditor::{Book, Sent};
use super::device::{escrow, file, units};
use super::journal;
use super::paper::{Goods, Paper, Step};
use crate::site::WAREHOUSES;

/// Devices, each with its warehouse.
pub(super) const DEVICES: [(&str, &str); 2] = [("D-1", WAREHOUSES[0]), ("D-2", WAREHOUSES[1])];

/// What a device remembers beside its ledger, and what the audit finds of it.
#[derive(Debug, Default)]
pub(super) struct Shift {
    /// Of every operation: after which sequence it was recorded, and its line, if that does not follow from a grant.
    pub(super) recorded: BTreeMap<Uuid, (u64, Option<Step>)>,
    /// All that it took.
    pub(super) taken: i64,
    /// All that left by it, by the journal.
    left: i64,
    /// The same by its ledger.
    accepted: i64,
    /// Operations with goods that were refused: each was on the list for a person.
    listed: usize,
}

/// What became of an operation, by the ledger of a device.
#[derive(Debug, Clone)]
pub(super) struct Merged {
    device: &'static str,
    state: OperationState,
}

/// Figures of all devices.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) operations: usize,
    /// Ever on the list for a person.
    pub(super) listed: usize,
}

/// Reads the ledgers, and puts their operations among the documents that were sent.
pub(super) async fn read(directory: &Path, book: &mut Book) -> Tally {
    let mut tally = Tally::default();
    for (device, warehouse) in DEVICES {
        let ledger = EdgeLedger::open(&file(directory, device)).await.unwrap();
        let operations = ledger.operations(Which::All).await.unwrap();
        check_list(&ledger, &operations).await;
        let mut shift = book.shifts.remove(device).unwrap_or_default();
        let mut grants = Grants::default();
        let (mut taken, mut recorded) = (0, std::mem::take(&mut shift.recorded));
        for operation in &operations {
            let id = operation.stamp.request_id.uuid();
            let (after, step) = recorded.remove(&id).expect("nobody else writes into a ledger");
            let steps = grants.steps(device, operation, step);
            grants.note(operation, &steps);
            if let Work::Take { quantity, .. } = operation.work {
                taken += units(quantity);
                shift.accepted += if is_accepted(operation) { units(quantity) } else { 0 };
            }
            shift.listed += usize::from(operation.work.is_done_with_goods() && !is_accepted(operation));
            let paper = paper((device, warehouse), operation, steps);
            let is_over = refusal(&operation.state).is_some_and(|refusal| refusal.sequence.is_none());
            let merged = Some(Merged { device, state: operation.state.clone() });
            let sent = Sent {
                paper: Arc::new(paper),
                after,
                answer: None,
                is_over,
                recalled: None,
                known: 0,
                merged,
            };
            assert!(book.papers.insert(id, sent).is_none(), "{operation:?} is there twice");
        }
        assert!(recorded.is_empty(), "{device} lost {recorded:?}");
        assert_eq!(taken, shift.taken, "{device} took");
        grants.check(&operations);
        tally.operations += operations.len();
        tally.listed += shift.listed;
        book.shifts.insert(device, shift);
    }
    tally
}

/// The entry of a merged operation is what the ledger says that became of it.
pub(super) fn check(merged: &Merged, entry: &Entry, shifts: &mut BTreeMap<&'static str, Shift>) {
    match (&entry.outcome, &merged.state) {
        (Outcome::Posted(facts), OperationState::Accepted { sequence }) => {
            assert_eq!(entry.sequence, *sequence, "{merged:?}");
            let moved = facts
                .iter()
                .filter_map(|fact| if let Fact::Moved(moved) = fact { Some(moved) } else { None });
            let left = moved.filter(|moved| moved.kind == MovementKind::Fulfilment);
            let left: i64 = left.map(|moved| units(moved.quantity)).sum();
            shifts.get_mut(merged.device).unwrap().left += left;
        }
        (Outcome::Rejected(rejected), state) => {
            let refusal = refusal(state).unwrap_or_else(|| panic!("{merged:?} is refused in {entry:?}"));
            assert_eq!(refusal.sequence, Some(entry.sequence), "{merged:?}");
            assert_eq!(refusal.reason, journal::reason(&rejected.rejection), "{merged:?}");
        }
        (outcome, state) => panic!("{state:?} is not {outcome:?} in {entry:?}"),
    }
}

/// What left by the journal is what each device was told.
pub(super) fn finish(book: &Book) {
    for (device, shift) in &book.shifts {
        assert_eq!(shift.left, shift.accepted, "what left by {device}");
        assert!(shift.left > 0 && shift.listed > 0, "{device} had nothing to do: {shift:?}");
    }
}

impl Merged {
    /// Whether the ledger says that the journal has it.
    pub(super) fn is_there(&self) -> bool {
        match &self.state {
            OperationState::Waiting => panic!("{} waits for an answer", self.device),
            OperationState::Accepted { .. } => true,
            OperationState::Refused(refusal) | OperationState::Resolved { refusal, .. } => {
                refusal.sequence.is_some()
            }
        }
    }
}

/// Exactly what was done with goods and refused is for a person, until he has seen to it.
async fn check_list(ledger: &EdgeLedger, operations: &[Operation]) {
    let is_listed = |operation: &&Operation| {
        let is_refused = matches!(operation.state, OperationState::Refused(_));
        is_refused && matches!(operation.work, Work::Take { .. } | Work::Post(_))
    };
    let expected: Vec<Operation> = operations.iter().filter(is_listed).cloned().collect();
    assert_eq!(ledger.operations(Which::NeedingAPerson).await.unwrap(), expected);
}

/// Grants as their operations made them.
#[derive(Debug, Default)]
struct Grants {
    goods: BTreeMap<Number, Goods>,
    /// The promises that keep them, or kept them last.
    promises: BTreeMap<Number, ReservationId>,
}

impl Grants {
    /// The lines of an operation.
    fn steps(&self, device: &'static str, operation: &Operation, recorded: Option<Step>) -> Vec<Step> {
        let steps = match &operation.work {
            Work::Ask { .. } | Work::Post(_) => return recorded.into_iter().collect(),
            Work::Take { grant, quantity, .. } => {
                let (promise, quantity) = (self.promises[grant], Some(units(*quantity)));
                vec![Step::Fulfil { promise, quantity, inside: None, weight: None }]
            }
            Work::HandBack { grant } => vec![Step::Release { promise: self.promises[grant], quantity: None }],
            Work::Renew { grant, quantity, expires_at } => {
                let goods = Goods { quantity: units(*quantity), ..self.goods[grant] };
                let release = Step::Release { promise: self.promises[grant], quantity: None };
                vec![release, escrow(device, goods, *expires_at)]
            }
        };
        assert!(recorded.is_none(), "{operation:?}");
        steps
    }

    /// An accepted ask or renewal makes a promise, by its last line.
    fn note(&mut self, operation: &Operation, steps: &[Step]) {
        let grant = match operation.work {
            Work::Ask { .. } => operation.number,
            Work::Renew { grant, .. } => grant,
            Work::Take { .. } | Work::HandBack { .. } | Work::Post(_) => return,
        };
        let (Some(Step::Reserve { goods, .. }), OperationState::Accepted { sequence }) =
            (steps.last(), &operation.state)
        else {
            return;
        };
        let line = u32::try_from(steps.len()).unwrap() - 1;
        self.goods.entry(grant).or_insert(*goods);
        self.promises.insert(grant, ReservationId { sequence: *sequence, line });
    }

    /// Of no grant was more accepted than was granted.
    fn check(&self, operations: &[Operation]) {
        let mut left: BTreeMap<_, _> =
            self.goods.iter().map(|(grant, goods)| (grant, goods.quantity)).collect();
        for operation in operations.iter().filter(|operation| is_accepted(operation)) {
            if let Work::Take { grant, quantity, .. } = &operation.work {
                *left.get_mut(grant).unwrap() -= units(*quantity);
            }
        }
        assert!(left.values().all(|left| *left >= 0), "more was taken than granted: {left:?}");
    }
}

fn paper((device, warehouse): (&str, &'static str), operation: &Operation, steps: Vec<Step>) -> Paper {
    let at = operation.stamp.at;
    let effective_at = match (&operation.work, operation.timing) {
        (Work::Take { .. } | Work::Post(_), Timing::Device) => Some(at.parts().0),
        (Work::Ask { .. } | Work::Renew { .. } | Work::HandBack { .. }, Timing::Warehouse) => None,
        (_, timing) => panic!("{timing:?} of {operation:?}"),
    };
    Paper {
        request_id: operation.stamp.request_id.uuid(),
        warehouse,
        reference: format!("edge {device}#{} {}", operation.number, clock::rfc3339(at)),
        effective_at,
        steps,
    }
}

const fn refusal(state: &OperationState) -> Option<&Refusal> {
    match state {
        OperationState::Refused(refusal) | OperationState::Resolved { refusal, .. } => Some(refusal),
        OperationState::Waiting | OperationState::Accepted { .. } => None,
    }
}

const fn is_accepted(operation: &Operation) -> bool {
    matches!(operation.state, OperationState::Accepted { .. })
}

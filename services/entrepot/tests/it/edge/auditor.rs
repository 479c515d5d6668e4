//! Compares ledgers with the journal of the warehouse.

use std::collections::BTreeMap;

use ::edge::Which;
use edge_core::{Number, Operation, OperationState, Posting, Timing, Work};
use proto::stock::v1::ReadJournalRequest;
use proto::stock::v1::journal_service_client::JournalServiceClient;
use rpc::client::{MESSAGE_BYTES_MAX, connect};
use rpc::clock;
use stock_core::verify::Verifier;
use stock_core::{Entry, Fact, MovementKind, Outcome, decode_entry};
use vocabulary::{Quantity, RequestId, Sequence, Timestamp, WarehouseCode};

use super::device::Device;
use crate::support::Server;

/// What a journal says, by request.
pub(super) struct Journal {
    pub(super) entries: BTreeMap<RequestId, Vec<Entry>>,
    /// When each happened if nobody says so: as it was recorded, and not before what had moved until then.
    own_times: BTreeMap<Sequence, Timestamp>,
}

/// Reads the journal of BER and checks the laws: no oversell, exactly once, one history.
pub(super) async fn journal(server: &Server) -> Journal {
    let channel = connect(server.grpc()).await.unwrap();
    let mut journal = JournalServiceClient::new(channel).max_decoding_message_size(MESSAGE_BYTES_MAX);
    let mut verifier = Verifier::new(WarehouseCode::parse("BER").unwrap());
    let mut entries: BTreeMap<RequestId, Vec<Entry>> = BTreeMap::new();
    let (mut own_times, mut newest) = (BTreeMap::new(), Timestamp::default());
    let mut after_sequence = 0;
    loop {
        let ask = ReadJournalRequest { warehouse: "BER".to_owned(), after_sequence, page_size: 5_000 };
        let page = journal.read_journal(ask).await.unwrap().into_inner().records;
        let Some(last) = page.last() else { break };
        after_sequence = last.sequence;
        for record in page {
            verifier.push(&record.entry, &record.hash).unwrap();
            let entry = decode_entry(&record.entry).unwrap();
            own_times.insert(entry.sequence, newest.max(entry.recorded_at));
            if moves(&entry).next().is_some() {
                newest = newest.max(entry.effective_at);
            }
            entries.entry(entry.request_id).or_default().push(entry);
        }
    }
    Journal { entries, own_times }
}

/// What a device's operations added up to, by the journal.
#[derive(Debug, Default)]
pub(super) struct Tally {
    pub(super) accepted: usize,
    pub(super) listed: usize,
    /// What came into the warehouse by it, less what went out.
    pub(super) net: Quantity,
}

/// Every operation of a device stands in the journal as its ledger says: once, or not at all.
pub(super) async fn check(device: &Device, journal: &mut Journal) -> Tally {
    let code = device.ledger.device().code.clone();
    let operations = device.ledger.operations(Which::All).await.unwrap();
    let mut tally = Tally::default();
    for operation in &operations {
        let found = journal.entries.remove(&operation.stamp.request_id).unwrap_or_default();
        match &operation.state {
            OperationState::Waiting => panic!("{operation:?} was not answered"),
            OperationState::Accepted { sequence } => {
                let [entry] = &found[..] else {
                    panic!("{operation:?} is {} times in the journal", found.len())
                };
                assert_eq!(entry.sequence, *sequence, "{operation:?}");
                check_entry(code.as_str(), operation, entry, journal.own_times[sequence]);
                tally.accepted += 1;
                tally.net = tally.net.checked_add(net(entry)).unwrap();
            }
            OperationState::Refused(refusal) | OperationState::Resolved { refusal, .. } => {
                let refused =
                    found.iter().map(|entry| (entry.sequence, is_refused(entry))).collect::<Vec<_>>();
                let expected: Vec<_> =
                    refusal.sequence.map(|sequence| (sequence, true)).into_iter().collect();
                assert_eq!(refused, expected, "{operation:?}");
                tally.listed += usize::from(operation.needs_a_person());
            }
        }
    }
    check_takes(&operations);
    assert_eq!(device.list().await.len(), tally.listed, "the list holds exactly what was refused");
    tally
}

/// The accepted takes of a grant are within what was ever granted under its number.
fn check_takes(operations: &[Operation]) {
    let (mut granted, mut taken) = (BTreeMap::new(), BTreeMap::<Number, Quantity>::new());
    for operation in operations {
        match &operation.work {
            Work::Ask { quantity, .. } => drop(granted.insert(operation.number, *quantity)),
            Work::Take { grant, quantity, .. } => {
                let sum = taken.entry(*grant).or_default();
                *sum = sum.checked_add(*quantity).unwrap();
            }
            Work::Renew { .. } | Work::HandBack { .. } | Work::Post(_) => {}
        }
    }
    for (grant, sum) in taken {
        assert!(sum <= granted[&grant], "{sum} of grant {grant}, which was of {}", granted[&grant]);
    }
}

fn is_refused(entry: &Entry) -> bool {
    matches!(entry.outcome, Outcome::Rejected(_))
}

/// The entry says what was done, by whom, and when by the device's clock.
fn check_entry(code: &str, operation: &Operation, entry: &Entry, own_time: Timestamp) {
    let at = operation.stamp.at;
    let by = format!("edge {code}#{} {}", operation.number, clock::rfc3339(at));
    assert!(entry.reference.starts_with(&by), "{:?} does not begin with {by:?}", entry.reference);
    match operation.timing {
        // Where it cannot have happened then, it happened when the warehouse learned of it.
        Timing::Device | Timing::DeviceAgain => {
            assert!([at, own_time].contains(&entry.effective_at), "{operation:?}");
        }
        Timing::Warehouse => assert_eq!(entry.effective_at, own_time, "{operation:?}"),
    }
    let done = match &operation.work {
        Work::Take { quantity, .. } => Some((MovementKind::Fulfilment, *quantity)),
        Work::Post(posting) => Some(posted(posting)),
        Work::Ask { .. } | Work::Renew { .. } | Work::HandBack { .. } => None,
    };
    if let Work::Take { partner, .. } = &operation.work {
        assert!(moves(entry).all(|moved| moved.partner == *partner), "{operation:?}");
    }
    let moved: Vec<_> = moves(entry).map(|moved| (moved.kind, moved.quantity)).collect();
    assert_eq!(moved, done.into_iter().collect::<Vec<_>>(), "{operation:?}");
}

fn posted(posting: &Posting) -> (MovementKind, Quantity) {
    let (kind, quantity) = match posting {
        Posting::Receive(action) => (MovementKind::Receipt, &action.quantity),
        Posting::Move(action) => (MovementKind::Move, &action.quantity),
        Posting::Adjust(action) => (MovementKind::Adjustment, &action.delta),
        Posting::Return(action) => (MovementKind::Return, &action.quantity),
        Posting::Issue(action) => (MovementKind::Issue, &action.quantity),
    };
    (kind, Quantity::parse(&quantity.as_ref().unwrap().value).unwrap().abs())
}

fn moves(entry: &Entry) -> impl Iterator<Item = &stock_core::Moved> {
    let facts = match &entry.outcome {
        Outcome::Posted(facts) => &facts[..],
        Outcome::Rejected(_) => &[],
    };
    facts.iter().filter_map(|fact| if let Fact::Moved(moved) = fact { Some(moved) } else { None })
}

/// What an entry brought into the warehouse, less what it took out.
pub(super) fn net(entry: &Entry) -> Quantity {
    use stock_core::Place::{Real, Virtual};
    moves(entry).fold(Quantity::ZERO, |sum, moved| match (&moved.from, &moved.to) {
        (Virtual(_), Real(_)) => sum.checked_add(moved.quantity).unwrap(),
        (Real(_), Virtual(_)) => sum.checked_sub(moved.quantity).unwrap(),
        (Real(_), Real(_)) | (Virtual(_), Virtual(_)) => sum,
    })
}

use std::collections::BTreeMap;

use edge_core::{Answer, Number, Operation, OperationState, Refusal, Wanted, Wish, Work, batch};
use proptest::prelude::*;
use vocabulary::{Quantity, ReservationId, Sequence, Timestamp};

use crate::book::{Book, at, spot};

#[derive(Debug, Clone)]
enum Step {
    Ask {
        spot: usize,
        quantity: u32,
        seconds: u32,
    },
    Take {
        spot: usize,
        quantity: u32,
    },
    Renew {
        grant: usize,
        seconds: u32,
    },
    Settle {
        grant: usize,
    },
    /// The warehouse answers one that waits, a first one or any.
    Answer {
        which: usize,
        accept: bool,
        reason: usize,
    },
    /// An answer that comes twice, or late, to any operation.
    Late {
        which: usize,
        accept: bool,
    },
    Holds {
        grant: usize,
        held: Option<u32>,
    },
    Resolve {
        which: usize,
        again: bool,
    },
}

const SPOTS: [&str; 3] = ["A/MAIN", "A/PICK", "L/MAIN/L1"];
const REASONS: [&str; 4] =
    ["RESERVATION_NOT_FOUND", "EFFECTIVE_AT_IN_FUTURE", "REQUEST_ID_REUSED", "INSUFFICIENT_AVAILABLE"];

fn step() -> impl Strategy<Value = Step> {
    let nth = any::<usize>;
    prop_oneof![
        2 => (0..SPOTS.len(), 1_u32..20, 1_u32..60)
            .prop_map(|(spot, quantity, seconds)| Step::Ask { spot, quantity, seconds }),
        5 => (0..SPOTS.len(), 1_u32..15).prop_map(|(spot, quantity)| Step::Take { spot, quantity }),
        1 => (nth(), 1_u32..60).prop_map(|(grant, seconds)| Step::Renew { grant, seconds }),
        1 => nth().prop_map(|grant| Step::Settle { grant }),
        6 => (nth(), any::<bool>(), 0..REASONS.len())
            .prop_map(|(which, accept, reason)| Step::Answer { which, accept, reason }),
        1 => (nth(), any::<bool>()).prop_map(|(which, accept)| Step::Late { which, accept }),
        1 => (nth(), proptest::option::of(0_u32..20)).prop_map(|(grant, held)| Step::Holds { grant, held }),
        1 => (nth(), any::<bool>()).prop_map(|(which, again)| Step::Resolve { which, again }),
    ]
}

fn pick<T: Clone>(of: impl Iterator<Item = T>, which: usize) -> Option<T> {
    let all: Vec<_> = of.collect();
    all.get(which.checked_rem(all.len())?).cloned()
}

fn answer(accept: bool, reason: usize, sequence: u64) -> Answer {
    let sequence = Sequence::new(sequence);
    if accept {
        return Answer::Accepted { sequence, reservation: Some(ReservationId { sequence, line: 0 }) };
    }
    let (reason, message) = (REASONS[reason].to_owned(), String::new());
    Answer::Refused(Refusal { reason, message, sequence: None })
}

/// Whether the step was done.
fn take(book: &mut Book, step: &Step, now: u32) -> bool {
    let (stamp, sequence) = (book.stamp(now), u64::from(now) + 100);
    let decided = match step {
        Step::Ask { spot: nth, quantity, seconds } => {
            let (quantity, expires_at) = (Quantity::from(*quantity), at(now + seconds));
            book.ledger.ask(Wish { spot: spot(SPOTS[*nth]), quantity, expires_at }, stamp)
        }
        Step::Take { spot: nth, quantity } => {
            let (quantity, serials) = (Quantity::from(*quantity), Vec::new());
            let wanted = Wanted { spot: spot(SPOTS[*nth]), quantity, serials, partner: None, weight: None };
            book.ledger.take(&wanted, &stamp)
        }
        Step::Renew { grant, seconds } => {
            let Some(grant) = pick(book.grants.keys().copied(), *grant) else { return false };
            book.ledger.renew(grant, at(now + seconds), stamp)
        }
        Step::Settle { grant } => {
            let Some(grant) = pick(book.grants.keys().copied(), *grant) else { return false };
            book.ledger.settle(grant, stamp)
        }
        Step::Answer { which, accept, reason } => {
            let waiting = book.waiting();
            let Some(operation) = pick(waiting[..batch(&waiting)].iter(), *which) else { return false };
            Ok(book.ledger.answered(operation, answer(*accept, *reason, sequence)))
        }
        Step::Late { which, accept } => {
            let Some(operation) = pick(book.operations.values().filter(|o| !o.is_waiting()), *which) else {
                return false;
            };
            let changes = book.ledger.answered(operation, answer(*accept, 0, sequence));
            assert_eq!(changes, [], "what was answered stays so");
            return false;
        }
        Step::Holds { grant, held } => {
            let about = |o: &Operation| o.work.grant();
            let waits = |number: &Number| book.waiting().iter().any(|o| about(o) == Some(*number));
            let Some(grant) = pick(book.grants.keys().filter(|n| !waits(n)).copied(), *grant) else {
                return false;
            };
            Ok(book.ledger.refreshed(grant, held.map(Quantity::from)))
        }
        Step::Resolve { which, again } => {
            let Some(operation) = pick(book.operations.values(), *which).cloned() else { return false };
            let grant = operation.work.grant().map(|number| &book.grants[&number]);
            match again {
                true => book.ledger.again(&operation, grant, stamp),
                false => book.ledger.resolve(&operation, "seen".to_owned()),
            }
        }
    };
    book.store(decided).is_ok()
}

/// What was ever granted under a number, and until when at most.
#[derive(Debug, Default)]
struct Given {
    quantity: Quantity,
    until: Timestamp,
}

fn watch(book: &Book, given: &mut BTreeMap<Number, Given>) {
    for grant in book.grants.values() {
        let seen = given.entry(grant.number).or_default();
        seen.quantity = seen.quantity.max(grant.quantity);
        seen.until = seen.until.max(grant.expires_at);
    }
}

/// Takes never exceed grants, none was made too late, and every operation is there once, in order.
fn check(book: &Book, given: &BTreeMap<Number, Given>, recorded: usize) {
    let mut taken: BTreeMap<Number, Quantity> = BTreeMap::new();
    for operation in book.operations.values() {
        let Work::Take { grant, quantity, .. } = &operation.work else { continue };
        let sum = taken.entry(*grant).or_default();
        *sum = sum.checked_add(*quantity).unwrap();
        assert!(operation.stamp.at < given[grant].until, "{operation:?} was too late");
    }
    for (grant, sum) in &taken {
        assert!(*sum <= given[grant].quantity, "{sum} of {grant}, of which {:?} was given", given[grant]);
        assert_eq!(*sum, book.grants[grant].taken);
    }
    for operation in book.waiting() {
        let known = operation.work.grant().map(|number| book.grants[&number].last_reservation());
        assert_ne!(known, Some(None), "{operation:?} cannot be sent");
    }
    let numbers: Vec<_> = book.operations.keys().map(|number| number.get()).collect();
    assert_eq!(numbers, (1..=recorded as u64).collect::<Vec<_>>(), "nothing is dropped");
}

/// Who was answered stays so; a person ends only what was refused.
fn check_moves(before: &BTreeMap<Number, OperationState>, book: &Book) {
    for (number, state) in before {
        let now = &book.operations[number].state;
        let may_be = match state {
            OperationState::Waiting => true,
            OperationState::Refused(refusal) => {
                now == state
                    || matches!(now, OperationState::Resolved { refusal: same, .. } if same == refusal)
            }
            OperationState::Accepted { .. } | OperationState::Resolved { .. } => now == state,
        };
        assert!(may_be, "{number}: {state:?} became {now:?}");
    }
}

proptest! {
    #[test]
    fn takes_never_exceed_grants_and_nothing_is_dropped(steps in prop::collection::vec(step(), 1..80)) {
        let (mut book, mut given, mut recorded) = (Book::new(), BTreeMap::new(), 0);
        for (now, step) in (1..).zip(&steps) {
            let before: BTreeMap<_, _> =
                book.operations.iter().map(|(number, o)| (*number, o.state.clone())).collect();
            take(&mut book, step, now);
            assert!(book.operations.len() >= recorded, "{step:?} dropped something");
            recorded = book.operations.len();
            watch(&book, &mut given);
            check(&book, &given, recorded);
            check_moves(&before, &book);
        }
        let waiting = book.waiting().len();
        let open: Vec<_> = book.grants.values().filter(|grant| !grant.is_ended()).cloned().collect();
        prop_assert_eq!(book.ledger.grants().cloned().collect::<Vec<_>>(), open);
        prop_assert!(waiting <= book.operations.len());
    }
}

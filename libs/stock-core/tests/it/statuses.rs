//! Which statuses count as available, as text tables: one line a document, `document | answer`.

use stock_core::{Line, Outcome, Rejection, Rule, State, decide, may_count};
use vocabulary::{StockStatus, Timestamp};

use crate::language::document;
use crate::rules::check;

/// The rule of a status may change just while nothing is there of it, looked for position by position.
pub(crate) fn assert_known(state: &State) {
    for status in StockStatus::ALL.into_iter().filter(|status| may_count(*status)) {
        let counts = !state.available_statuses().has(status);
        let line = Line::SetRule(Rule::StatusCounts { status, counts });
        let decision = decide(state, &document(vec![line]), Timestamp::default());
        let found = match decision.outcome {
            Outcome::Posted(_) => None,
            Outcome::Rejected(refusal) => Some(refusal.rejection),
        };
        let rows = state.skus_after(None).flat_map(|sku| state.positions_of(sku));
        let here: Vec<_> = rows
            .filter(|row| row.holding.status == status && !row.balance.on_hand.is_zero())
            .map(|row| Rejection::StatusInUse { status, sku: row.sku, location: row.location })
            .collect();
        let is_right = found.as_ref().map_or(here.is_empty(), |found| here.contains(found));
        assert!(is_right, "{status}: {found:?} of {here:?}");
    }
}

#[test]
fn goods_of_a_status_that_counts_are_promised_after_those_that_are_available() {
    check(
        "receive A MAIN 5 @ status=returned                    | ok
         reserve A MAIN 1                                      | line 0: insufficient 1 of 0
         reserve A MAIN 1 @ status=returned                    | line 0: A that is returned is not available
         rule counts returned yes                              | line 0: A at MAIN is returned
         issue A MAIN 5 @ status=returned                      | ok
         rule counts returned yes                              | ok
         receive A MAIN 5 @ status=returned                    | ok
         receive A MAIN 3                                      | ok
         rule counts returned no                               | line 0: A at MAIN is returned
         reserve A MAIN 4                                      | ok 10-0
         reserve A * 4 @ status=returned                       | ok 11-0
         reserve A * 1                                         | line 0: insufficient 1 of 0 anywhere
         issue A MAIN 1 @ status=returned                      | line 0: insufficient 1 of 0
         status A MAIN 1 damaged @ status=returned             | line 0: insufficient 1 of 0
         fulfil 10-0                                           | ok
         release 11-0 1                                        | ok
         issue A MAIN 1 @ status=returned                      | ok
         fulfil 11-0                                           | ok
         rule counts returned no                               | ok
         reserve A MAIN 1 @ status=returned                    | line 0: A that is returned is not available",
    );
}

#[test]
fn it_counts_for_lots_units_quotas_and_recalls() {
    check(
        "rule counts inspection yes                            | ok
         receive L MAIN 4 @ lot=X expiry=2030-01-01            | ok
         receive L MAIN 4 @ lot=Y expiry=2029-01-01 status=inspection | ok
         reserve L * 6 @ by=lot                                | ok 4-0
         recall L Y                                            | ok
         release 4-0 5                                         | line 0: exceeded 5 of 4
         release 4-0                                           | ok
         receive S MAIN 2 @ serials=1,2 status=inspection      | ok
         reserve S MAIN 1 @ serials=2                          | ok 9-0
         reserve S MAIN 1 @ by=serial                          | ok 10-0
         fulfil 10-0 @ serials=2                               | line 0: 2 is of 9-0
         reserve S MAIN 1 @ serials=1 status=returned          | line 0: S that is returned is not available
         fulfil 10-0 @ serials=1                               | ok
         fulfil 9-0                                            | ok
         receive A MAIN 5 @ status=inspection                  | ok
         rule quota A WEB 4                                    | ok
         reserve A MAIN 2                                      | line 0: 2 of 5 with 4 for others
         reserve A MAIN 1                                      | ok 18-0
         reserve A MAIN 4 @ channel=WEB                        | ok 19-0",
    );
}

#[test]
fn a_document_is_judged_by_what_its_own_lines_say() {
    check(
        "rule counts damaged yes; receive A MAIN 2 @ status=damaged; reserve A MAIN 2 | ok 1-2
         release 1-2; issue A MAIN 2 @ status=damaged; rule counts damaged no         | ok
         receive A MAIN 1 @ status=damaged; rule counts damaged yes                   | line 1: A at MAIN is damaged
         rule counts damaged yes; receive B MAIN 5 @ status=damaged; receive B MAIN 10 | ok
         issue B MAIN 5 @ status=damaged; rule counts damaged no; rule quota B POS 10; issue B MAIN 5 | line 3: 5 of 10 with 10 for others
         issue B MAIN 5 @ status=damaged; rule counts damaged no                      | ok
         rule counts damaged yes; rule counts damaged no; receive A MAIN 1 @ status=damaged; reserve A MAIN 1 | line 3: insufficient 1 of 0",
    );
}

#[test]
fn a_status_that_is_named_is_meant_and_promises_of_it_make_room() {
    check(
        "rule counts returned yes; rule counts damaged yes     | ok
         receive S MAIN 2 @ serials=1,2                        | ok
         receive S MAIN 1 @ serials=3 status=returned          | ok
         reserve S MAIN 1 @ serials=1 status=returned          | line 0: 1 elsewhere, at MAIN
         reserve S MAIN 1 @ serials=3 status=damaged           | line 0: 3 elsewhere, at MAIN
         reserve S MAIN 2 @ serials=1,3                        | ok 6-0
         reserve S MAIN 1 @ serials=2 status=available         | ok 7-0
         release 7-0; issue S MAIN 1 @ serials=2; receive S MAIN 1 @ serials=4 status=returned | ok
         reserve S MAIN 1 @ serials=4 status=available         | line 0: 4 elsewhere, at MAIN
         reserve S MAIN 1 @ by=serial status=available         | line 0: insufficient 1 of 0
         reserve S MAIN 1 @ by=serial                          | ok 11-0
         receive A MAIN 5 @ status=returned                    | ok
         reserve A MAIN 1 @ status=available                   | line 0: insufficient 1 of 0
         reserve A * 1 @ status=available                      | line 0: insufficient 1 of 0 anywhere
         receive A MAIN 2                                      | ok
         reserve A MAIN 3 @ status=available may=partial       | ok 16-0
         reserve A MAIN 5                                      | ok 17-0
         reserve A MAIN 3 @ status=available priority=9 may=reallocate | line 0: insufficient 3 of 2
         reserve A MAIN 2 @ status=available priority=9 may=reallocate | ok 19-0
         release 19-0; release 17-0; issue A MAIN 2            | ok
         reserve A MAIN 5                                      | ok 21-0
         reserve A MAIN 4 @ priority=9 may=reallocate          | ok 22-0
         fulfil 22-0                                           | ok
         fulfil 21-0                                           | ok",
    );
}

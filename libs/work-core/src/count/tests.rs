//! A count step by step, in a small language. A step is done, or refused with the reason.

use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{
    DocumentCode, LocationCode, Owner, PartyCode, Quantity, Sequence, Sku, StockStatus, Timestamp,
};

use super::{
    Corrected, Count, CountChange, CountKind, CountPlace, CountPlan, CountRejection, CountSheets,
    CountTolerance, CountedGoods, CountedLine, Counting, Counts, Reading,
};

const CODE: &str = "C-1";

fn quantity(text: &str) -> Quantity {
    Quantity::parse(text).unwrap()
}

fn place(location: &str) -> CountPlace {
    CountPlace { location: LocationCode::parse(location).unwrap(), sku: Some(Sku::parse("A").unwrap()) }
}

fn plan(code: &str, places: &[&str]) -> CountPlan {
    CountPlan {
        code: DocumentCode::parse(code).unwrap(),
        plan: None,
        kind: CountKind::Location,
        sheets: CountSheets::Blind,
        tolerance: CountTolerance { percent: Some(quantity("10")), ..CountTolerance::default() },
        approval_above: Some(quantity("20")),
        currency: None,
        sample: None,
        places: places.iter().copied().map(place).collect::<BTreeSet<_>>(),
        costs: BTreeMap::from([(Sku::parse("A").unwrap(), quantity("5"))]),
    }
}

fn line(counted: &str, expected: &str) -> CountedLine {
    let (sku, lot) = (Sku::parse("A").unwrap(), None);
    let goods = CountedGoods { sku, lot, status: StockStatus::Available, owner: Owner::Own };
    let (counted, expected) = (quantity(counted), quantity(expected));
    CountedLine { goods, counted, expected, missing: Vec::new(), found: Vec::new(), is_usage: false }
}

/// One step: `count L1 MARIA 9 of 10 read 3`, `approve PAUL`, `post`, `cancel`, `correct L1`. The newest entry is told before it.
fn step(counts: &mut Counts, newest: u64, text: &str) -> String {
    let code = DocumentCode::parse(CODE).unwrap();
    let party = |name: &str| PartyCode::parse(name).unwrap();
    let sequence = Sequence::new(newest).next();
    let known = counts.get(&code).unwrap();
    let change = match text.split(' ').collect::<Vec<_>>().as_slice() {
        ["count", at, by, counted, "of", expected, "read", read] => {
            let (at, by, read) = (place(at), party(by), Sequence::new(read.parse().unwrap()));
            let counting = Counting { place: &at, by: &by, sequence: read };
            let reading =
                Reading { by: by.clone(), sequence: read, at: None, lines: vec![line(counted, expected)] };
            let checked = known.check_counting(&counting, Sequence::new(newest));
            checked.and_then(|()| known.counted(at.clone(), reading))
        }
        ["approve", by] => known.approve(&party(by)),
        ["post"] => known.post(Timestamp::default()),
        ["cancel"] => known.cancel(),
        ["correct", at] => {
            let (sku, at) = (Sku::parse("A").unwrap(), LocationCode::parse(at).unwrap());
            counts.correct((&sku, &at), Corrected::PutRight, sequence);
            return counts.get(&code).unwrap().state.as_str().to_owned();
        }
        other => panic!("{other:?}"),
    };
    match change {
        Ok(change) => {
            counts.apply(&change, sequence).unwrap();
            counts.get(&code).unwrap().state.as_str().to_owned()
        }
        Err(rejection) => name(&rejection),
    }
}

fn name(rejection: &CountRejection) -> String {
    format!("{rejection:?}").split([' ', '{']).next().unwrap().to_owned()
}

/// Steps from the entry after the plan on, with what each answers.
fn check(places: &[&str], steps: &str) {
    let mut counts = Counts::default();
    counts.apply(&CountChange::Planned(Box::new(plan(CODE, places))), Sequence::new(1)).unwrap();
    for (newest, step_line) in (1_u64..).zip(steps.trim().lines()) {
        let (text, expected) = step_line.trim().split_once(" | ").unwrap();
        assert_eq!(step(&mut counts, newest, text), expected, "{text}, after {newest}");
        let restored = Counts::restore(counts.after(None).cloned().collect());
        assert_eq!(restored.open_count(), counts.open_count());
    }
}

#[test]
fn what_is_right_is_posted_at_once() {
    check(
        &["L1", "L2"],
        "post | NotCounted
         approve PAUL | NotCounted
         count L1 MARIA 10 of 10 read 1 | counting
         count L3 MARIA 10 of 10 read 1 | NotPlanned
         count L2 MARIA 19 of 20 read 2 | counted
         post | posted
         post | Ended
         cancel | Ended
         count L2 PAUL 19 of 20 read 2 | Ended",
    );
}

#[test]
fn somebody_else_counts_again() {
    check(
        &["L1"],
        "count L1 MARIA 8 of 10 read 1 | counting
         post | RecountNeeded
         count L1 MARIA 8 of 10 read 2 | SamePerson
         count L1 PAUL 8 of 10 read 2 | counted
         post | posted",
    );
}

#[test]
fn nobody_approves_what_they_counted() {
    check(
        &["L1"],
        "count L1 MARIA 5 of 10 read 1 | counting
         approve ANNA | RecountNeeded
         count L1 PAUL 5 of 10 read 2 | counted
         post | ApprovalNeeded
         approve PAUL | OwnVariance
         approve MARIA | OwnVariance
         approve ANNA | counted
         post | posted",
    );
}

#[test]
fn an_approval_is_of_what_differed_then() {
    check(
        &["L1"],
        "count L1 MARIA 5 of 10 read 1 | counting
         count L1 PAUL 5 of 10 read 2 | counted
         approve ANNA | counted
         count L1 MARIA 4 of 10 read 3 | counted
         post | ApprovalNeeded
         cancel | cancelled",
    );
}

#[test]
fn what_was_put_right_meanwhile_is_counted_again() {
    check(
        &["L1", "L2"],
        "count L1 MARIA 10 of 10 read 1 | counting
         count L2 MARIA 10 of 10 read 1 | counted
         correct L1 | counting
         post | Stale
         count L1 PAUL 10 of 10 read 3 | ReadOutOfTime
         count L1 MARIA 10 of 10 read 5 | SamePerson
         count L1 PAUL 10 of 10 read 9 | ReadOutOfTime
         count L1 PAUL 10 of 10 read 5 | counted
         post | posted",
    );
}

#[test]
fn a_shelf_is_not_read_before_the_plan() {
    check(
        &["L1"],
        "count L1 MARIA 10 of 10 read 0 | ReadOutOfTime\ncount L1 MARIA 10 of 10 read 1 | counted",
    );
}

#[test]
fn what_nobody_can_value_is_approved() {
    let mut count = Count::new(CountPlan { costs: BTreeMap::new(), ..plan(CODE, &["L1"]) }, Sequence::new(1));
    let exact = Reading {
        by: PartyCode::parse("MARIA").unwrap(),
        sequence: Sequence::new(1),
        at: None,
        lines: vec![line("10", "10")],
    };
    let other = Reading { lines: vec![line("10.5", "10")], ..exact.clone() };
    for (reading, needs) in [(exact, false), (other, true)] {
        let change = count.counted(place("L1"), reading).unwrap();
        count = change.apply(Some(count), Sequence::new(2)).unwrap();
        assert_eq!(count.needs_approval(), needs);
    }
}

#[test]
fn those_that_are_over_are_forgotten_by_weight() {
    let mut counts = Counts::default();
    let many: Vec<String> = (0..1000).map(|n| format!("L{n}")).collect();
    let many: Vec<&str> = many.iter().map(String::as_str).collect();
    for n in 0..250_u64 {
        let plan = plan(&format!("C-{n}"), &many);
        let code = plan.code.clone();
        counts.apply(&CountChange::Planned(Box::new(plan)), Sequence::new(2 * n + 1)).unwrap();
        counts.apply(&CountChange::Cancelled { code }, Sequence::new(2 * n + 2)).unwrap();
    }
    assert_eq!(counts.open_count(), 0);
    let left = counts.after(None).count();
    assert_eq!(left, 199, "each weighs 1,002");
    assert_eq!(counts.take_touched().forgotten.len(), 250 - left);
}

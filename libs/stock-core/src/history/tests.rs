//! The history against a naive list.

#![expect(clippy::arithmetic_side_effects, reason = "small numbers of a test")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use vocabulary::QuantityOverflow;

use super::*;
use crate::amount::quantity;

/// Sequence, effective time, amount in whole units.
type Told = Vec<(u64, i64, i64)>;

fn stamp(effective: i64, sequence: u64) -> Stamp {
    Stamp { effective_at: Timestamp::from_micros(effective).unwrap(), sequence: Sequence::new(sequence) }
}

fn units(n: i64) -> Amount {
    Amount::from(n) * 1_000_000_000
}

fn history(told: &Told) -> History {
    let mut history = History::default();
    for (sequence, effective, n) in told {
        history.push(stamp(*effective, *sequence), Quantity::parse(&n.to_string()).unwrap());
    }
    history
}

fn naive_as_of(told: &Told, effective: i64, sequence: u64) -> Option<Amount> {
    let known = told.iter().filter(|(s, e, _)| *e <= effective && *s <= sequence);
    known.map(|(_, _, n)| units(*n)).reduce(|a, b| a + b)
}

fn naive_first_below(told: &Told, from: i64, floor: Amount) -> Option<(i64, Amount)> {
    let mut instants: BTreeMap<i64, i64> = BTreeMap::from([(from, 0)]);
    told.iter().for_each(|(_, at, n)| *instants.entry(*at).or_default() += n);
    let mut there = 0;
    let running = instants.into_iter().map(|(at, n)| {
        there += n;
        (at, units(there))
    });
    running.skip_while(|(at, _)| *at < from).find(|(_, there)| *there < floor)
}

/// Mostly in order, some very late, some at the same instant; `spread` instants in all.
fn told(movements_max: usize, spread: i64) -> impl Strategy<Value = Told> {
    let movement = (0..100_u32, 0..spread, -20..25_i64, any::<bool>());
    prop::collection::vec(movement, 1..movements_max).prop_map(move |all| {
        let length = i64::try_from(all.len()).unwrap();
        let row = |(n, (late, at, units, same)): (i64, (u32, i64, i64, bool))| {
            let now = n * spread / length;
            let effective = if late < 20 { at.min(now) } else { now };
            let sequence = if same { n / 3 } else { n };
            (u64::try_from(sequence).unwrap() + 1, effective, units)
        };
        let mut told: Told = (0..).zip(all).map(row).collect();
        told.sort_by_key(|(sequence, _, _)| *sequence);
        told
    })
}

fn check(told: &Told, questions: &[(i64, u64, i64)]) -> Result<(), TestCaseError> {
    let history = history(told);
    for (effective, sequence, floor) in questions {
        let got = history.as_of(stamp(*effective, *sequence));
        prop_assert_eq!(got, naive_as_of(told, *effective, *sequence));
        let floor = units(*floor);
        let got = history.first_outside(Timestamp::from_micros(*effective).unwrap(), &(floor..=Amount::MAX));
        let got = got.map(|(at, there)| (at.micros(), there));
        prop_assert_eq!(
            got,
            naive_first_below(told, *effective, floor),
            "from {} below {}",
            effective,
            floor
        );
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn short_histories_agree_with_a_list(told in told(40, 30), questions in prop::collection::vec((0..32_i64, 0..45_u64, -60..60_i64), 8)) {
        check(&told, &questions)?;
    }

    #[test]
    fn leaves_that_fill_and_split_agree_with_a_list(
        told in prop_oneof![told(6_000, 100_000), told(6_000, 3)],
        questions in prop::collection::vec((0..100_000_i64, 0..6_500_u64, -60..60_i64), 3),
    ) {
        check(&told, &questions)?;
    }

    #[test]
    fn what_is_stored_comes_back(told in told(5_000, 1_000), every in 1..900_usize) {
        let (mut history, mut rows, mut recent) = (History::default(), BTreeMap::new(), Vec::new());
        let next = told.iter().skip(1).map(|row| Some(row.0)).chain([None]);
        for (n, ((sequence, effective, units), next)) in (1..).zip(told.iter().zip(next)) {
            let quantity = Quantity::parse(&format!("{units}.5")).unwrap();
            history.push(stamp(*effective, *sequence), quantity);
            // An entry is in one checkpoint or in the next, never in both.
            if next.is_none() || (n % every == 0 && next != Some(*sequence)) {
                let stored = history.take_stored();
                recent = stored.recent;
                rows.extend(stored.closed);
            }
        }
        let mut back = History::default();
        for (number, bytes) in &rows {
            back.restore_closed(*number, bytes).unwrap();
        }
        back.restore_recent(&recent).unwrap();
        for at in [0, 1, 10, 500, 999, 5_000] {
            for sequence in [0, 900, 3_000, u64::MAX] {
                prop_assert_eq!(back.as_of(stamp(at, sequence)), history.as_of(stamp(at, sequence)));
            }
        }
        prop_assert_eq!(back.take_stored(), history.take_stored());
    }

    #[test]
    fn damaged_bytes_are_an_error_or_another_history(bytes in prop::collection::vec(any::<u8>(), 0..40)) {
        // Neither panics nor takes for ever.
        let restored = History::default().restore_recent(&bytes);
        prop_assert!(restored.is_ok() || restored == Err(crate::EvolveError::History));
    }
}

#[test]
fn quantities_are_exact_both_ways() {
    for text in ["0", "1", "-1", "0.000000001", "-999999999999999999.999999999", "1000000000000000000"] {
        let parsed = Quantity::parse(text).unwrap();
        assert_eq!(quantity(amount(parsed)), Ok(parsed), "{text}");
    }
    assert_eq!(quantity(amount(Quantity::parse("1000000000000000000").unwrap()) + 1), Err(QuantityOverflow));
}

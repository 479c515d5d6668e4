use std::time::Duration;

use vocabulary::{Quantity, Sequence};

/// Whether a position may hold less than nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum NegativeStock {
    /// What is not there is refused.
    #[default]
    Forbidden,
    /// The item's policy allows it, by name.
    Allowed,
}

/// L1: what is inside (over all real places) and outside (over all virtual ones) adds up to nothing, whatever the order: where some
/// places lack and others have much, the sum may leave the range of a quantity on the way.
pub fn conservation(inside: impl IntoIterator<Item = Quantity>, outside: Quantity) -> bool {
    let inside = inside.into_iter().map(Quantity::billionths);
    inside.fold(outside.billionths(), i128::saturating_add) == 0
}

/// L2: nothing is promised that is not there, and nothing is there less than not at all.
pub fn no_oversell(on_hand: Quantity, reserved: Quantity, negative: NegativeStock) -> bool {
    let within = match negative {
        NegativeStock::Forbidden => reserved <= on_hand && !on_hand.is_negative(),
        NegativeStock::Allowed => true,
    };
    within && !reserved.is_negative()
}

/// L2 in time: a position holds nothing less than not at all, at no instant of all that is known of it. `on_hand` is what is there
/// after each instant at which goods came or left.
pub fn never_negative(on_hand: impl IntoIterator<Item = Quantity>, negative: NegativeStock) -> bool {
    match negative {
        NegativeStock::Forbidden => !on_hand.into_iter().any(Quantity::is_negative),
        NegativeStock::Allowed => true,
    }
}

/// L1 for single units: an item tracked by serial number has as many numbers at a place (or in a warehouse) as units.
pub fn serials_match(serials: usize, on_hand: Quantity) -> bool {
    u32::try_from(serials).is_ok_and(|serials| Quantity::from(serials) == on_hand)
}

/// L1 for handling units: what is packed of some goods at a place is there. Nothing packed says nothing, so that an item's policy
/// may still allow it to go below zero.
pub fn packed_is_there(packed: Quantity, on_hand: Quantity) -> bool {
    packed.is_zero() || (packed.is_positive() && packed <= on_hand)
}

/// L1 for what is expected: what was expected is met or still open, and neither is less than nothing.
pub fn expectation_adds_up(expected: Quantity, met: Quantity, open: Quantity) -> bool {
    !met.is_negative() && !open.is_negative() && met.checked_add(open).is_ok_and(|sum| sum == expected)
}

/// No more comes of a delivery's line than was announced and may come beyond that.
pub fn within_tolerance(received: Quantity, expected: Quantity, over_max: Quantity) -> bool {
    expected.checked_add(over_max).is_ok_and(|most| received <= most)
}

/// L1 for catch weight: goods that are there weigh something, and where nothing is nothing weighs anything.
pub fn weight_is_there(weight: Quantity, on_hand: Quantity) -> bool {
    if on_hand.is_zero() { weight.is_zero() } else { weight.is_positive() }
}

/// L2 between channels: after somebody has taken goods, what is free still covers what is kept for all others.
pub fn quota_kept(free: Quantity, kept_for_others: Quantity) -> bool {
    !kept_for_others.is_positive() || free >= kept_for_others
}

/// L3: the number of journal entries with one request id.
pub const fn exactly_once(entries: usize) -> bool {
    entries == 1
}

/// L4: an answer judged as of `judged` may leave when the journal is durable up to `durable`.
pub fn durable_answer(judged: Sequence, durable: Sequence) -> bool {
    judged <= durable
}

/// L5: `next` follows `previous` without a gap, and its stored hash is the one computed from what is stored.
pub fn one_history(previous: Sequence, next: Sequence, stored: &[u8; 32], computed: &[u8; 32]) -> bool {
    next == previous.next() && stored == computed
}

/// L8: a view is at most `limit` old.
pub fn bounded_staleness(age: Duration, limit: Duration) -> bool {
    age <= limit
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        Quantity::parse(text).unwrap()
    }

    #[test]
    fn conservation_counts_every_place() {
        assert!(conservation([quantity("2"), quantity("3.5")], quantity("-5.5")));
        assert!(!conservation([quantity("2"), quantity("3.5")], quantity("-5")));
        let most = Quantity::MAX;
        for places in [[most.negated(), most, most], [most, most, most.negated()]] {
            assert!(conservation(places, most.negated()), "in any order");
        }
    }

    #[test]
    fn what_is_expected_is_met_or_open() {
        for (expected, met, open, holds) in [
            ("5", "2", "3", true),
            ("0", "0", "0", true),
            ("5", "5.0", "0", true),
            ("5", "2", "2", false),
            ("5", "6", "-1", false),
            ("5", "-1", "6", false),
        ] {
            let found = expectation_adds_up(quantity(expected), quantity(met), quantity(open));
            assert_eq!(found, holds, "{expected} {met} {open}");
        }
    }

    #[test]
    fn no_oversell_per_policy() {
        for (on_hand, reserved, forbidden, allowed) in [
            ("5", "5", true, true),
            ("5", "6", false, true),
            ("-1", "0", false, true),
            ("0", "0", true, true),
            ("1", "-1", false, false),
        ] {
            let holds = |policy| no_oversell(quantity(on_hand), quantity(reserved), policy);
            assert_eq!(holds(NegativeStock::Forbidden), forbidden, "{on_hand} {reserved}");
            assert_eq!(holds(NegativeStock::Allowed), allowed, "{on_hand} {reserved}");
        }
    }

    #[test]
    fn never_negative_looks_at_every_instant() {
        for (on_hand, forbidden) in [("", true), ("5 0 3", true), ("5 -1 3", false), ("-0.5", false)] {
            let holds = |policy| never_negative(on_hand.split_whitespace().map(quantity), policy);
            assert_eq!(holds(NegativeStock::Forbidden), forbidden, "{on_hand}");
            assert!(holds(NegativeStock::Allowed), "{on_hand}");
        }
    }

    #[test]
    fn serials_match_counts_units() {
        for (serials, on_hand, holds) in [(0, "0", true), (3, "3", true), (3, "2", false), (1, "1.5", false)]
        {
            assert_eq!(serials_match(serials, quantity(on_hand)), holds, "{serials} {on_hand}");
        }
    }

    #[test]
    fn what_is_packed_is_there() {
        for (packed, on_hand, holds) in
            [("0", "0", true), ("0", "-3", true), ("2", "2", true), ("2.5", "2", false), ("-1", "5", false)]
        {
            assert_eq!(packed_is_there(quantity(packed), quantity(on_hand)), holds, "{packed} {on_hand}");
        }
    }

    #[test]
    fn what_is_there_weighs_something() {
        for (weight, on_hand, holds) in
            [("0", "0", true), ("0.1", "0", false), ("0", "1", false), ("3.2", "1", true), ("-1", "1", false)]
        {
            assert_eq!(weight_is_there(quantity(weight), quantity(on_hand)), holds, "{weight} {on_hand}");
        }
    }

    #[test]
    fn quota_kept_covers_the_others() {
        for (free, kept, holds) in
            [("5", "5", true), ("4.9", "5", false), ("-3", "0", true), ("-3", "1", false)]
        {
            assert_eq!(quota_kept(quantity(free), quantity(kept)), holds, "{free} {kept}");
        }
    }

    #[test]
    fn one_history_has_no_gap_and_no_forgery() {
        let (a, b) = ([1; 32], [2; 32]);
        assert!(one_history(Sequence::new(4), Sequence::new(5), &a, &a));
        assert!(!one_history(Sequence::new(4), Sequence::new(6), &a, &a));
        assert!(!one_history(Sequence::new(4), Sequence::new(5), &a, &b));
    }
}

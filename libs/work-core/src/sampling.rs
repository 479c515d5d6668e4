//! Sampling by attributes: ISO 2859-1:1999, single sampling, normal inspection, general inspection level II.
//!
//! Table 2-A of the standard is regular: along a column (an acceptance quality limit) the acceptance numbers are 0, then an arrow up,
//! an arrow down, 1, 2, 3, 5, 7, 10, 14, 21, one code letter after the other; and each stricter limit begins one letter later. An arrow
//! means the plan that it points to, with the sample size of that letter.

use vocabulary::Quantity;

use crate::Aql;

/// How many to look at, and how many of them may be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SamplingPlan {
    /// The code letter of the plan, which is not that of the lot's size where the table has an arrow.
    pub code_letter: char,
    /// The size of the sample; all there are where the standard's is larger than the lot.
    pub sample: u32,
    /// The most that may be wrong. One more, and the lot is not accepted.
    pub accept: u32,
}

/// Table 1, general level II: the largest lot of each code letter; what is larger is of the last one.
const LOT_SIZES: [u32; 14] =
    [8, 15, 25, 50, 90, 150, 280, 500, 1_200, 3_200, 10_000, 35_000, 150_000, 500_000];
/// Code letters with their sample sizes. Level II begins with A and ends with Q; R is for a plan that an arrow points to.
const SAMPLES: [(char, u32); 16] = [
    ('A', 2),
    ('B', 3),
    ('C', 5),
    ('D', 8),
    ('E', 13),
    ('F', 20),
    ('G', 32),
    ('H', 50),
    ('J', 80),
    ('K', 125),
    ('L', 200),
    ('M', 315),
    ('N', 500),
    ('P', 800),
    ('Q', 1_250),
    ('R', 2_000),
];
/// Acceptance numbers from the letter on at which a column has 0; `None` is an arrow.
const COLUMN: [Option<u32>; 11] =
    [Some(0), None, None, Some(1), Some(2), Some(3), Some(5), Some(7), Some(10), Some(14), Some(21)];
/// The letter at which the strictest limit has 0; the next limit has it one letter earlier.
const FIRST_ZERO: i16 = 14;
/// Where a column goes on after its arrows.
const AFTER_ARROWS: i16 = 3;

/// The plan for a lot of so many items, of which a part counts as one. Nothing needs no look.
pub fn sampling_plan(lot: Quantity, aql: Aql) -> SamplingPlan {
    let size = whole(lot);
    let letter = LOT_SIZES.iter().take_while(|largest| size > **largest).count();
    let letter = i16::try_from(letter).unwrap_or_default();
    let zero = FIRST_ZERO.saturating_sub(i16::from(aql.number()));
    let (letter, accept) = followed(letter, zero);
    let (code_letter, sample) = plan_letter(letter);
    if sample >= size {
        // ISO 2859-1:1999, 10.2: where the sample would be as large as the lot, all of it is inspected.
        // Then not all of it may be wrong.
        let accept = accept.min(size.saturating_sub(1));
        return SamplingPlan { code_letter, sample: size, accept };
    }
    SamplingPlan { code_letter, sample, accept }
}

/// Follows the arrows: the letter and the acceptance number of the plan.
fn followed(letter: i16, zero: i16) -> (i16, u32) {
    let last = i16::try_from(COLUMN.len()).unwrap_or_default().saturating_sub(1);
    let exists = |letter: i16| plan_exists(letter).then_some(letter);
    let down = exists(zero.saturating_add(AFTER_ARROWS)).map(|letter| (letter, 1));
    let zero_plan = exists(zero).map(|letter| (letter, 0));
    match letter.saturating_sub(zero) {
        ..=0 => zero_plan.or(down),
        1 => zero_plan.or(down),
        2 => down.or(zero_plan),
        step => {
            let step = step.min(last);
            let accept = usize::try_from(step).ok().and_then(|n| COLUMN.get(n).copied().flatten());
            accept.map(|accept| (zero.saturating_add(step), accept))
        }
    }
    .unwrap_or((zero, 0))
}

fn plan_exists(letter: i16) -> bool {
    usize::try_from(letter).is_ok_and(|letter| letter < SAMPLES.len())
}

fn plan_letter(letter: i16) -> (char, u32) {
    let found = usize::try_from(letter).ok().and_then(|letter| SAMPLES.get(letter).copied());
    found.unwrap_or(('A', 2))
}

/// As a count of items: a part is one, and what is too large to count is as many as there are numbers.
fn whole(lot: Quantity) -> u32 {
    let down = lot.floor();
    let count = down.decimal().try_into().unwrap_or(u32::MAX);
    if down == lot { count } else { count.saturating_add(1) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows of Table 1 and Table 2-A, read from the standard: lot, limit, letter, sample, acceptance number.
    #[test]
    fn plans_are_those_of_the_standard() {
        for (lot, aql, letter, sample, accept) in [
            ("1", "1.0", 'E', 1, 0),
            ("8", "6.5", 'A', 2, 0),
            ("9", "6.5", 'A', 2, 0),
            ("16", "6.5", 'D', 8, 1),
            ("26", "6.5", 'D', 8, 1),
            ("51", "6.5", 'E', 13, 2),
            ("4", "10", 'C', 4, 1),
            ("20", "10", 'C', 5, 1),
            ("100", "10", 'F', 20, 5),
            ("3200", "10", 'K', 125, 21),
            ("5000", "10", 'K', 125, 21),
            ("50", "1.0", 'E', 13, 0),
            ("51", "1.0", 'E', 13, 0),
            ("100", "1.0", 'E', 13, 0),
            ("200", "1.0", 'H', 50, 1),
            ("500", "1.0", 'H', 50, 1),
            ("1000", "1.0", 'J', 80, 2),
            ("3000", "1.0", 'K', 125, 3),
            ("10000", "1.0", 'L', 200, 5),
            ("35000", "1.0", 'M', 315, 7),
            ("150000", "1.0", 'N', 500, 10),
            ("500000", "1.0", 'P', 800, 14),
            ("500001", "1.0", 'Q', 1250, 21),
            ("3000", "2.5", 'K', 125, 7),
            ("3000", "4.0", 'K', 125, 10),
            ("3000", "0.65", 'K', 125, 2),
            ("3000", "0.10", 'K', 125, 0),
            ("3000", "0.065", 'L', 200, 0),
            ("99999999", "0.010", 'Q', 1250, 0),
            ("99999999", "0.015", 'P', 800, 0),
            ("99999999", "0.025", 'R', 2000, 1),
            ("50.5", "1.0", 'E', 13, 0),
        ] {
            let plan = sampling_plan(Quantity::parse(lot).unwrap(), Aql::parse(aql).unwrap());
            let expected = SamplingPlan { code_letter: letter, sample, accept };
            assert_eq!(plan, expected, "{lot} at {aql}");
        }
    }

    #[test]
    fn a_larger_lot_or_a_stricter_limit_never_means_a_laxer_plan() {
        for aql in Aql::all() {
            let mut before = 0;
            for lot in
                [1_u32, 2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10_001, 35_001, 150_001, 500_001]
            {
                let plan = sampling_plan(Quantity::from(lot), aql);
                assert!(plan.sample <= lot && plan.sample >= before.min(lot), "{lot} at {aql}: {plan:?}");
                assert!(plan.accept < plan.sample, "{lot} at {aql}: {plan:?}");
                before = plan.sample;
            }
        }
    }

    #[test]
    fn limits_are_the_preferred_ones() {
        for (text, read) in [
            ("1.0", Some("1.0")),
            ("1", Some("1.0")),
            ("0.01", Some("0.010")),
            ("10", Some("10")),
            ("3", None),
            ("", None),
        ] {
            assert_eq!(Aql::parse(text).ok().map(Aql::as_str), read, "{text}");
        }
    }
}

use vocabulary::Quantity;

use super::Exact;

/// How much what was counted may differ from what should be there. What is not said does not count; where nothing is said, nothing may
/// differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct CountTolerance {
    /// In percent of what should be there, 0 to 100.
    pub percent: Option<Quantity>,
    /// In base units.
    pub quantity: Option<Quantity>,
    /// In money.
    pub value: Option<Quantity>,
}

impl CountTolerance {
    /// Whether a difference is within everything that was said. One of which nobody knows the value is not within a value.
    pub fn allows(&self, expected: Quantity, variance: Quantity, value: Option<Exact>) -> bool {
        if variance.is_zero() {
            return true;
        }
        let Self { percent, quantity, value: worth } = self;
        let is_limited = percent.is_some() || quantity.is_some() || worth.is_some();
        let by_percent = percent.is_none_or(|percent| within_percent(expected, variance, percent));
        let by_quantity = quantity.is_none_or(|most| variance.abs() <= most);
        let by_value = worth.is_none_or(|most| value.is_some_and(|value| !value.abs().is_above(most)));
        is_limited && by_percent && by_quantity && by_value
    }
}

/// Both sides are below 10^38.
fn within_percent(expected: Quantity, variance: Quantity, percent: Quantity) -> bool {
    let differs = variance.abs().billionths().saturating_mul(100_000_000_000);
    differs <= expected.abs().billionths().saturating_mul(percent.billionths())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table() {
        let quantity = |text: &str| Quantity::parse(text).unwrap();
        let given = |text: &str| (text != "-").then(|| quantity(text));
        // Percent, quantity and value of the tolerance | expected, variance, cost | whether it is within.
        for (text, expected) in [
            ("- - - | 10 0 -", true),
            ("- - - | 10 1 -", false),
            ("10 - - | 10 1 -", true),
            ("10 - - | 10 -1 -", true),
            ("10 - - | 10 1.000000001 -", false),
            ("10 - - | 0 1 -", false),
            ("10 0.5 - | 10 1 -", false),
            ("10 1 - | 10 1 -", true),
            ("- - 5 | 10 2 2.5", true),
            ("- - 5 | 10 -2 2.6", false),
            ("- - 5 | 10 1 -", false),
            ("100 - 5 | 10 -2 2", true),
        ] {
            let (limits, goods) = text.split_once(" | ").unwrap();
            let limits: Vec<_> = limits.split(' ').map(given).collect();
            let [percent, amount, value] = limits.try_into().unwrap();
            let tolerance = CountTolerance { percent, quantity: amount, value };
            let goods: Vec<_> = goods.split(' ').collect();
            let variance = quantity(goods[1]);
            let value = given(goods[2]).and_then(|cost| Exact::of(variance, cost));
            assert_eq!(tolerance.allows(quantity(goods[0]), variance, value), expected, "{text}");
        }
    }
}

use std::fmt;

use vocabulary::Quantity;

/// An exact number of up to 18 decimals: what goods are worth, a quantity times a cost, or a sum of quantities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Exact {
    /// In units of 10^-18.
    units: i128,
}

/// Units of a whole one.
const ONE: u128 = 1_000_000_000_000_000_000;
/// Units of a billionth.
const BILLIONTH: i128 = 1_000_000_000;

impl Exact {
    /// Nothing.
    pub const ZERO: Self = Self { units: 0 };

    /// A quantity at a cost a unit; `None` beyond 10^20.
    pub fn of(quantity: Quantity, cost: Quantity) -> Option<Self> {
        Some(Self { units: quantity.billionths().checked_mul(cost.billionths())? })
    }

    /// In units of 10^-18.
    pub const fn units(self) -> i128 {
        self.units
    }

    /// The sum; `None` beyond the range.
    pub fn plus(self, other: Self) -> Option<Self> {
        Some(Self { units: self.units.checked_add(other.units)? })
    }

    /// Without its sign.
    #[must_use]
    pub const fn abs(self) -> Self {
        Self { units: self.units.saturating_abs() }
    }

    /// The same size with the other sign.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self { units: self.units.saturating_neg() }
    }

    /// Whether it is more than a limit.
    pub fn is_above(self, limit: Quantity) -> bool {
        self.units > limit.billionths().saturating_mul(BILLIONTH)
    }
}

impl fmt::Display for Exact {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let size = self.units.unsigned_abs();
        let (whole, rest) = (size.checked_div(ONE).unwrap_or(0), size.checked_rem(ONE).unwrap_or(0));
        let sign = if self.units < 0 { "-" } else { "" };
        let decimals = format!("{rest:018}");
        match decimals.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            decimals => write!(f, "{sign}{whole}.{decimals}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_exact() {
        let quantity = |text: &str| Quantity::parse(text).unwrap();
        for (goods, cost, expected) in [
            ("3", "2.5", "7.5"),
            ("-3", "2.5", "-7.5"),
            ("0.000000001", "0.000000001", "0.000000000000000001"),
            ("0", "5", "0"),
            ("100000000", "1000000000", "100000000000000000"),
        ] {
            let value = Exact::of(quantity(goods), quantity(cost)).unwrap();
            assert_eq!(value.to_string(), expected, "{goods} {cost}");
        }
        assert_eq!(Exact::of(Quantity::MAX, Quantity::MAX), None);
    }

    #[test]
    fn a_limit_is_still_within() {
        let value = Exact::of(Quantity::from(2), Quantity::from(5)).unwrap();
        assert!(!value.is_above(Quantity::from(10)) && value.is_above(Quantity::from(9)));
    }
}

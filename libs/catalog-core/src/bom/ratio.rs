use rust_decimal::Decimal;
use vocabulary::Quantity;

use crate::unit::greatest_common_divisor;

/// An exact number that is not negative: numerator and denominator without a common divisor. Every operation answers `None` where
/// one of them would leave 2^127.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Ratio {
    above: i128,
    below: i128,
}

impl Ratio {
    /// Nothing.
    pub(super) const ZERO: Self = Self { above: 0, below: 1 };
    /// All of it, in percent.
    pub(super) const HUNDRED: Self = Self { above: 100, below: 1 };

    /// A quantity that is not negative.
    pub(super) fn of(quantity: Quantity) -> Option<Self> {
        let decimal = quantity.decimal();
        Self::reduced(decimal.mantissa(), power_of_ten(decimal.scale())?)
    }

    /// The sum.
    pub(super) fn plus(self, other: Self) -> Option<Self> {
        let (left, right) = self.over_one(other)?;
        Self::reduced(left.checked_add(right)?, self.below.checked_mul(self.scale_of(other)?)?)
    }

    /// The difference; `None` where it would be negative as well.
    pub(super) fn minus(self, other: Self) -> Option<Self> {
        let (left, right) = self.over_one(other)?;
        let above = left.checked_sub(right).filter(|above| *above >= 0)?;
        Self::reduced(above, self.below.checked_mul(self.scale_of(other)?)?)
    }

    /// The product.
    pub(super) fn times(self, other: Self) -> Option<Self> {
        let left = greatest_common_divisor(self.above, other.below);
        let right = greatest_common_divisor(other.above, self.below);
        let above = self.above.checked_div(left)?.checked_mul(other.above.checked_div(right)?)?;
        let below = self.below.checked_div(right)?.checked_mul(other.below.checked_div(left)?)?;
        Self::reduced(above, below)
    }

    /// The quotient; `None` for nothing below as well.
    pub(super) fn over(self, other: Self) -> Option<Self> {
        if other.above == 0 {
            return None;
        }
        self.times(Self { above: other.below, below: other.above })
    }

    /// The smallest quantity of so many decimals that is not less.
    pub(super) fn rounded_up(self, decimals: u32) -> Option<Quantity> {
        self.rounded(decimals, self.below.checked_sub(1)?)
    }

    /// The largest quantity of so many decimals that is not more.
    pub(super) fn rounded_down(self, decimals: u32) -> Option<Quantity> {
        self.rounded(decimals, 0)
    }

    fn rounded(self, decimals: u32, more: i128) -> Option<Quantity> {
        let parts = self.above.checked_mul(power_of_ten(decimals)?)?.checked_add(more)?;
        let parts = parts.checked_div(self.below)?;
        Quantity::try_new(Decimal::try_from_i128_with_scale(parts, decimals).ok()?).ok()
    }

    /// What both are above one denominator: this one's, [`Self::scale_of`] the other's.
    fn over_one(self, other: Self) -> Option<(i128, i128)> {
        let shared = greatest_common_divisor(self.below, other.below);
        let left = self.above.checked_mul(other.below.checked_div(shared)?)?;
        let right = other.above.checked_mul(self.below.checked_div(shared)?)?;
        Some((left, right))
    }

    /// How many times the denominator of this one goes into the one they share.
    fn scale_of(self, other: Self) -> Option<i128> {
        other.below.checked_div(greatest_common_divisor(self.below, other.below))
    }

    fn reduced(above: i128, below: i128) -> Option<Self> {
        let shared = greatest_common_divisor(above, below);
        Some(Self { above: above.checked_div(shared)?, below: below.checked_div(shared)? })
    }
}

fn power_of_ten(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ratio(text: &str) -> Ratio {
        Ratio::of(Quantity::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn thirds_are_exact() {
        let third = ratio("1").over(ratio("3")).unwrap();
        assert_eq!(third.plus(third).and_then(|two| two.plus(third)), Some(ratio("1")));
        assert_eq!(third.times(ratio("0.3")), Some(ratio("0.1")));
        assert_eq!(third.rounded_up(2).unwrap().to_string(), "0.34");
        assert_eq!(third.rounded_down(2).unwrap().to_string(), "0.33");
        assert_eq!(ratio("1").minus(third).and_then(|rest| rest.minus(third)), Some(third));
        assert_eq!((third.minus(ratio("1")), third.over(Ratio::ZERO)), (None, None));
    }

    #[test]
    fn what_is_too_large_is_none() {
        let most = ratio("1000000000000000000");
        let product = most.times(most).unwrap();
        assert_eq!((product.rounded_up(0), product.times(most)), (None, None));
        assert!(most.rounded_up(9).is_some());
    }

    proptest! {
        /// Rounding up is less than one part away, and exact where it can be.
        #[test]
        fn rounding_is_less_than_a_part(a in 0_u32..1_000_000, b in 1_u32..10_000, decimals in 0_u32..=9) {
            let exact = ratio(&a.to_string()).over(ratio(&b.to_string())).unwrap();
            let up = Ratio::of(exact.rounded_up(decimals).unwrap()).unwrap();
            let down = Ratio::of(exact.rounded_down(decimals).unwrap()).unwrap();
            let part = Ratio::reduced(1, power_of_ten(decimals).unwrap()).unwrap();
            let apart = up.minus(down).unwrap();
            prop_assert!(up.minus(exact).is_some() && exact.minus(down).is_some());
            prop_assert_eq!(apart, if up == exact { Ratio::ZERO } else { part });
        }
    }
}

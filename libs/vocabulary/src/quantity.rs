use std::fmt;
use std::str::FromStr;

use rust_decimal::Decimal;
use thiserror::Error;

use crate::Invalid;

/// An exact quantity in an item's base unit: at most 9 decimals and at most 10^18 in size, so that a sum of two is always
/// exact in a 28-digit decimal. May be negative (an adjustment, a negative stock).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Quantity(Decimal);

/// A result that would leave the range of [`Quantity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the quantity would exceed 10^18")]
pub struct QuantityOverflow;

const LIMIT: Decimal = Decimal::from_parts(2_808_348_672, 232_830_643, 0, false, 0);
const ALLOWED: &str = "a plain decimal number, at most 9 decimals, at most 10^18 in size";

impl Quantity {
    /// Nothing.
    pub const ZERO: Self = Self(Decimal::ZERO);
    /// The largest: 10^18.
    pub const MAX: Self = Self(LIMIT);
    /// The most decimals a quantity can have.
    pub const DECIMALS_MAX: u32 = 9;

    /// Reads plain decimal notation: no exponent, no grouping, no sign but a leading minus.
    ///
    /// # Errors
    /// [`Invalid`] for anything else, and for a number out of range.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("quantity", text, ALLOWED);
        let digits = text.strip_prefix('-').unwrap_or(text);
        let plain = digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        let edges = digits.as_bytes().first().is_some_and(u8::is_ascii_digit)
            && digits.as_bytes().last().is_some_and(u8::is_ascii_digit);
        if !plain || !edges || digits.len() > 40 {
            return Err(invalid());
        }
        let decimal = Decimal::from_str_exact(text).map_err(|_| invalid())?;
        Self::try_new(decimal).map_err(|_| invalid())
    }

    /// Checks the range; trailing zeros are dropped, so that equal quantities have equal bytes.
    ///
    /// # Errors
    /// [`QuantityOverflow`] when it is larger than 10^18 or has more than 9 decimals.
    pub fn try_new(decimal: Decimal) -> Result<Self, QuantityOverflow> {
        let decimal = decimal.normalize();
        if decimal.abs() > LIMIT || decimal.scale() > Self::DECIMALS_MAX {
            return Err(QuantityOverflow);
        }
        Ok(Self(decimal))
    }

    /// The sum.
    ///
    /// # Errors
    /// [`QuantityOverflow`] when it leaves the range.
    pub fn checked_add(self, other: Self) -> Result<Self, QuantityOverflow> {
        self.0.checked_add(other.0).ok_or(QuantityOverflow).and_then(Self::try_new)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`QuantityOverflow`] when it leaves the range.
    pub fn checked_sub(self, other: Self) -> Result<Self, QuantityOverflow> {
        self.0.checked_sub(other.0).ok_or(QuantityOverflow).and_then(Self::try_new)
    }

    /// The same size with the other sign.
    #[must_use]
    pub fn negated(self) -> Self {
        let mut decimal = self.0;
        if !decimal.is_zero() {
            decimal.set_sign_negative(!decimal.is_sign_negative());
        }
        Self(decimal)
    }

    /// The largest whole number that is not greater.
    #[must_use]
    pub fn floor(self) -> Self {
        Self(self.0.floor().normalize())
    }

    /// Without its sign.
    #[must_use]
    pub fn abs(self) -> Self {
        Self(self.0.abs())
    }

    /// Greater than zero.
    pub fn is_positive(self) -> bool {
        self.0.is_sign_positive() && !self.0.is_zero()
    }

    /// Less than zero.
    pub fn is_negative(self) -> bool {
        self.0.is_sign_negative() && !self.0.is_zero()
    }

    /// Exactly zero.
    pub fn is_zero(self) -> bool {
        self.0.is_zero()
    }

    /// Significant decimals, 0 to 9.
    pub fn decimals(self) -> u32 {
        self.0.scale()
    }

    /// In units of 10^-9, exact: for sums, which may leave the range on the way.
    pub fn billionths(self) -> i128 {
        let missing = Self::DECIMALS_MAX.saturating_sub(self.0.scale());
        self.0.mantissa().saturating_mul(10_i128.saturating_pow(missing))
    }

    /// The number itself, for storage.
    pub fn decimal(self) -> Decimal {
        self.0
    }
}

impl From<u32> for Quantity {
    fn from(units: u32) -> Self {
        Self(Decimal::from(units).normalize())
    }
}

impl FromStr for Quantity {
    type Err = Invalid;

    fn from_str(text: &str) -> Result<Self, Invalid> {
        Self::parse(text)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn parses_plain_decimals_only() {
        for (text, expected) in [
            ("12", Some("12")),
            ("12.500", Some("12.5")),
            ("-0.453592", Some("-0.453592")),
            ("-0", Some("0")),
            ("1000000000000000000", Some("1000000000000000000")),
            ("1000000000000000001", None),
            ("0.1234567890", Some("0.123456789")),
            ("0.1234567891", None),
            ("1e3", None),
            ("1,000", None),
            ("+1", None),
            (".5", None),
            ("5.", None),
            ("", None),
            ("-", None),
            ("1.2.3", None),
            ("١", None),
        ] {
            let got = Quantity::parse(text).ok().map(|q| q.to_string());
            assert_eq!(got.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn billionths_are_exact() {
        for (text, expected) in [
            ("0", 0),
            ("-0.5", -500_000_000),
            ("0.000000001", 1),
            ("1000000000000000000", 1_000_000_000_000_000_000_000_000_000),
        ] {
            assert_eq!(Quantity::parse(text).unwrap().billionths(), expected, "{text}");
        }
    }

    #[test]
    fn floors_are_whole() {
        for (text, floor) in [("2.5", "2"), ("2", "2"), ("0.1", "0"), ("-0.1", "-1"), ("100", "100")] {
            assert_eq!(Quantity::parse(text).unwrap().floor(), Quantity::parse(floor).unwrap(), "{text}");
        }
    }

    #[test]
    fn overflow_is_an_error() {
        let limit = Quantity::parse("1000000000000000000").unwrap();
        assert_eq!(limit.checked_add(Quantity::from(1)), Err(QuantityOverflow));
        assert_eq!(limit.negated().checked_sub(Quantity::from(1)), Err(QuantityOverflow));
    }

    proptest! {
        #[test]
        fn sums_are_exact(a in -1_000_000_000_000_i64..1_000_000_000_000, b in -1_000_000_000_000_i64..1_000_000_000_000) {
            let quantity = |n: i64| Quantity::try_new(Decimal::new(n, 9)).unwrap();
            let sum = quantity(a).checked_add(quantity(b)).unwrap();
            prop_assert_eq!(sum, quantity(a.checked_add(b).unwrap()));
            prop_assert_eq!(Quantity::parse(&sum.to_string()).unwrap(), sum);
        }
    }
}

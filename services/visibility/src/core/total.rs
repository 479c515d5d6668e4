use std::fmt;

use thiserror::Error;
use vocabulary::{Invalid, Quantity};

/// An exact sum of quantities, in billionths of the base unit. A quantity has at most 9 decimals and is at most 10^18, so a
/// warehouse would need 10^11 full positions to leave the range: wider than [`vocabulary::Quantity`] on purpose, because a
/// sum over positions may be larger than any one of them.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Total(i128);

/// A sum that would leave the range of [`Total`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
#[error("the total would leave the exact range")]
pub struct TotalOverflow;

const BILLION: u64 = 1_000_000_000;
const BILLION_WIDE: u128 = 1_000_000_000;
const DECIMALS_MAX: usize = 9;
const UNITS_MAX: usize = 28;
const ALLOWED: &str = "a plain decimal number, at most 9 decimals";

impl Total {
    /// Nothing.
    pub const ZERO: Self = Self(0);
    /// One unit.
    pub const ONE: Self = Self(1_000_000_000);

    /// Reads plain decimal notation, as quantities are written: an optional minus sign, digits, an optional point and digits.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        billionths(text).map(Self).ok_or_else(|| Invalid::new("quantity", text, ALLOWED))
    }

    /// As much as a quantity: it has at most 9 decimals.
    pub fn of(quantity: Quantity) -> Self {
        let decimal = quantity.decimal();
        let missing = Quantity::DECIMALS_MAX.saturating_sub(decimal.scale());
        Self(decimal.mantissa().saturating_mul(10_i128.saturating_pow(missing)))
    }

    /// The sum.
    ///
    /// # Errors
    /// [`TotalOverflow`] when it leaves the range.
    pub fn checked_add(self, other: Self) -> Result<Self, TotalOverflow> {
        self.0.checked_add(other.0).map(Self).ok_or(TotalOverflow)
    }

    /// The difference.
    ///
    /// # Errors
    /// [`TotalOverflow`] when it leaves the range.
    pub fn checked_sub(self, other: Self) -> Result<Self, TotalOverflow> {
        self.0.checked_sub(other.0).map(Self).ok_or(TotalOverflow)
    }

    /// With the other sign; nothing that can be read is so large that it has none.
    #[must_use]
    pub const fn negated(self) -> Self {
        Self(self.0.saturating_neg())
    }

    /// Exactly zero.
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Less than zero.
    pub const fn is_negative(self) -> bool {
        self.0 < 0
    }

    /// Plain decimal notation without trailing zeros.
    pub fn to_text(self) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        let size = self.0.unsigned_abs();
        // Dividing and writing 128 bits is many times as slow; nearly every total fits into 64.
        match u64::try_from(size) {
            Ok(size) => written(sign, size / BILLION, size % BILLION),
            Err(_) => written(sign, size / BILLION_WIDE, u64::try_from(size % BILLION_WIDE).unwrap_or(0)),
        }
    }
}

fn written(sign: &str, units: impl ToString + fmt::Display, billionths: u64) -> String {
    match (sign, billionths) {
        ("", 0) => units.to_string(),
        (_, 0) => format!("{sign}{units}"),
        _ => {
            let mut text = format!("{sign}{units}.{billionths:09}");
            text.truncate(text.trim_end_matches('0').len());
            text
        }
    }
}

fn billionths(text: &str) -> Option<i128> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (units, decimals) = digits.split_once('.').map_or((digits, None), |(u, d)| (u, Some(d)));
    let decimals = match decimals {
        None => "",
        Some("") => return None,
        Some(decimals) => decimals.trim_end_matches('0'),
    };
    if units.is_empty() || units.len() > UNITS_MAX || decimals.len() > DECIMALS_MAX {
        return None;
    }
    let zeros = DECIMALS_MAX.checked_sub(decimals.len())?;
    let mut size: i128 = 0;
    for byte in units.bytes().chain(decimals.bytes()).chain(std::iter::repeat_n(b'0', zeros)) {
        let digit = char::from(byte).to_digit(10)?;
        size = size.checked_mul(10)?.checked_add(i128::from(digit))?;
    }
    if digits.len() == text.len() { Some(size) } else { size.checked_neg() }
}

impl fmt::Display for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

impl fmt::Debug for Total {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_text())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use vocabulary::Quantity;

    use super::*;

    #[test]
    fn parses_and_prints_plain_decimals() {
        for (text, expected) in [
            ("0", Some("0")),
            ("-0", Some("0")),
            ("12", Some("12")),
            ("12.500", Some("12.5")),
            ("-0.453592", Some("-0.453592")),
            ("-3", Some("-3")),
            ("0.000000001", Some("0.000000001")),
            ("79000000000000000000.000000001", Some("79000000000000000000.000000001")),
            ("0.1234567891", None),
            ("1e3", None),
            ("+1", None),
            ("--1", None),
            (".5", None),
            ("5.", None),
            ("", None),
            ("-", None),
            ("1.2.3", None),
            ("١", None),
        ] {
            let got = Total::parse(text).ok().map(Total::to_text);
            assert_eq!(got.as_deref(), expected, "{text:?}");
        }
    }

    #[test]
    fn overflow_is_an_error() {
        let most = Total(i128::MAX);
        assert_eq!(most.checked_add(Total(1)), Err(TotalOverflow));
        assert_eq!(Total(i128::MIN).checked_sub(Total(1)), Err(TotalOverflow));
    }

    proptest! {
        #[test]
        fn agrees_with_quantity(mantissa in any::<i64>(), decimals in 0_usize..=9) {
            let digits = format!("{:010}", mantissa.unsigned_abs());
            let (units, rest) = digits.split_at(digits.len() - decimals);
            let sign = if mantissa < 0 { "-" } else { "" };
            let text = if rest.is_empty() { format!("{sign}{units}") } else { format!("{sign}{units}.{rest}") };
            if let Ok(quantity) = Quantity::parse(&text) {
                prop_assert_eq!(Total::parse(&text).unwrap().to_text(), quantity.to_string());
            }
        }
    }
}

use rust_decimal::Decimal;
use thiserror::Error;
use vocabulary::{Invalid, Quantity, UnitCode};

/// An alternative unit of an item: `numerator / denominator` base units make one of it, exactly.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conversion {
    unit: UnitCode,
    numerator: u64,
    denominator: u64,
    decimals: u32,
}

/// Why a quantity in some unit is no quantity in the base unit.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnitError {
    /// The item has no such unit.
    #[error("the item has no unit {unit:?}: use its base unit or one of its alternative units")]
    UnknownUnit {
        /// The unit as given.
        unit: String,
    },
    /// More decimals than the unit allows.
    #[error("{quantity} has more than the {allowed} decimals that the unit allows")]
    TooManyDecimals {
        /// The quantity as given.
        quantity: Quantity,
        /// The decimals the unit allows.
        allowed: u32,
    },
    /// No whole number of the smallest part of the base unit.
    #[error("{quantity} is not exact in the base unit, which has {allowed} decimals")]
    NotExact {
        /// The quantity as given.
        quantity: Quantity,
        /// The decimals the base unit allows.
        allowed: u32,
    },
    /// Too large.
    #[error("{quantity} is too large: at most 10^18 in the base unit")]
    Overflow {
        /// The quantity as given.
        quantity: Quantity,
    },
}

impl Conversion {
    /// The largest numerator and denominator.
    pub const FACTOR_MAX: u64 = 1_000_000_000_000;

    /// Checks the factor and the decimals.
    ///
    /// # Errors
    /// [`Invalid`] when a part of the factor is not 1 to 10^12 or the decimals are not 0 to 9.
    pub fn try_new(unit: UnitCode, factor: (u64, u64), decimals: u32) -> Result<Self, Invalid> {
        let (numerator, denominator) = factor;
        for (what, part) in [("numerator", numerator), ("denominator", denominator)] {
            if !(1..=Self::FACTOR_MAX).contains(&part) {
                return Err(Invalid::new(what, &part.to_string(), "1 to 1000000000000"));
            }
        }
        if decimals > Quantity::DECIMALS_MAX {
            return Err(Invalid::new("decimals", &decimals.to_string(), "0 to 9"));
        }
        Ok(Self { unit, numerator, denominator, decimals })
    }

    /// From its message.
    ///
    /// # Errors
    /// [`Invalid`] as of [`Self::try_new`], or for the unit.
    pub fn parse(message: &proto::catalog::v1::UnitConversion) -> Result<Self, Invalid> {
        let unit = UnitCode::parse(&message.unit)?;
        Self::try_new(unit, (message.numerator, message.denominator), message.decimals)
    }

    /// The alternative unit.
    pub fn unit(&self) -> &UnitCode {
        &self.unit
    }

    /// Numerator and denominator.
    pub fn factor(&self) -> (u64, u64) {
        (self.numerator, self.denominator)
    }

    /// Decimals allowed in quantities in this unit.
    pub fn decimals(&self) -> u32 {
        self.decimals
    }
}

/// `quantity`, given in the base unit (no conversion) or in an alternative one, in the base unit: exact, or refused.
///
/// # Errors
/// [`UnitError`] when the quantity has too many decimals for the unit it is given in, when the result is not exact with
/// `base_decimals` decimals, or when it leaves the range of [`Quantity`].
pub fn to_base(
    quantity: Quantity,
    base_decimals: u32,
    conversion: Option<&Conversion>,
) -> Result<Quantity, UnitError> {
    let allowed = conversion.map_or(base_decimals, Conversion::decimals);
    if quantity.decimals() > allowed {
        return Err(UnitError::TooManyDecimals { quantity, allowed });
    }
    match conversion {
        None => Ok(quantity),
        Some(conversion) => convert(quantity, base_decimals, conversion),
    }
}

/// With quantity = m / 10^s, the result in parts of 10^-b is (m * n * 10^b) / (d * 10^s). Every factor above the line is reduced
/// against the one below it: the result is exact if and only if nothing but 1 is left there. A product beyond 2^127 is then
/// beyond 10^18 base units as well.
fn convert(quantity: Quantity, base_decimals: u32, conversion: &Conversion) -> Result<Quantity, UnitError> {
    let overflow = || UnitError::Overflow { quantity };
    let scale = quantity.decimals();
    let mut bottom = i128::from(conversion.denominator)
        .checked_mul(power_of_ten(scale.saturating_sub(base_decimals)))
        .ok_or_else(overflow)?;
    let factors = [
        quantity.decimal().mantissa(),
        i128::from(conversion.numerator),
        power_of_ten(base_decimals.saturating_sub(scale)),
    ];
    let mut parts = 1_i128;
    let mut fits = true;
    for factor in factors {
        let shared = greatest_common_divisor(factor, bottom);
        bottom = quotient(bottom, shared);
        let product = parts.checked_mul(quotient(factor, shared));
        fits &= product.is_some();
        parts = product.unwrap_or(1);
    }
    if bottom != 1 {
        return Err(UnitError::NotExact { quantity, allowed: base_decimals });
    }
    if !fits {
        return Err(overflow());
    }
    let decimal = Decimal::try_from_i128_with_scale(parts, base_decimals).map_err(|_| overflow())?;
    Quantity::try_new(decimal).map_err(|_| overflow())
}

/// 10^exponent, for exponents of at most 9.
fn power_of_ten(exponent: u32) -> i128 {
    10_i128.saturating_pow(exponent)
}

/// `divisor` divides `number` and is not zero.
fn quotient(number: i128, divisor: i128) -> i128 {
    number.checked_div(divisor).unwrap_or(number)
}

/// Euclid's algorithm; at least 1.
pub(crate) fn greatest_common_divisor(a: i128, b: i128) -> i128 {
    let (mut a, mut b) = (a.saturating_abs(), b.saturating_abs());
    while b != 0 {
        (a, b) = (b, a.checked_rem(b).unwrap_or(0));
    }
    a.max(1)
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "the model in the tests computes with plain operators")]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// `quantity n/d:decimals -> base decimals | result`
    fn check(row: &str) {
        let (input, expected) = row.split_once(" | ").unwrap();
        let words: Vec<&str> = input.split_whitespace().collect();
        let [quantity, unit, base] = words[..] else { panic!("{row}") };
        let quantity = Quantity::parse(quantity).unwrap();
        let conversion = (unit != "base").then(|| {
            let (factor, decimals) = unit.split_once(':').unwrap();
            let (n, d) = factor.split_once('/').unwrap();
            let factor = (n.parse().unwrap(), d.parse().unwrap());
            Conversion::try_new(UnitCode::parse("U").unwrap(), factor, decimals.parse().unwrap()).unwrap()
        });
        let got = match to_base(quantity, base.parse().unwrap(), conversion.as_ref()) {
            Ok(quantity) => quantity.to_string(),
            Err(UnitError::UnknownUnit { .. }) => "unknown_unit".into(),
            Err(UnitError::TooManyDecimals { allowed, .. }) => format!("too_many_decimals {allowed}"),
            Err(UnitError::NotExact { allowed, .. }) => format!("not_exact {allowed}"),
            Err(UnitError::Overflow { .. }) => "overflow".into(),
        };
        assert_eq!(got, expected, "{row}");
    }

    #[test]
    fn quantities_in_the_base_unit() {
        check("12 base 0 | 12");
        check("12.5 base 0 | too_many_decimals 0");
        check("12.50 base 1 | 12.5");
        check("-3 base 0 | -3");
        check("1000000000000000000 base 9 | 1000000000000000000");
    }

    #[test]
    fn quantities_in_another_unit() {
        check("3 12/1:0 0 | 36");
        check("0.5 12/1:0 0 | too_many_decimals 0");
        check("0.5 12/1:1 0 | 6");
        check("0.3 12/1:1 0 | not_exact 0");
        check("0.3 12/1:1 1 | 3.6");
        check("-2 480/1:0 0 | -960");
        check("0 480/1:0 0 | 0");
        check("3 1/3:0 0 | 1");
        check("1 1/3:0 9 | not_exact 9");
        check("7 1/3:0 0 | not_exact 0");
        // A pound is exactly 0.45359237 kg.
        check("1 45359237/100000000:3 8 | 0.45359237");
        check("1 45359237/100000000:3 6 | not_exact 6");
        check("100 45359237/100000000:3 6 | 45.359237");
        check("0.000000001 1000000000/1:9 0 | 1");
    }

    #[test]
    fn the_limits() {
        check("1000000000000000000 2/1:0 0 | overflow");
        check("1000000000000000000 1000000000000/1:0 9 | overflow");
        check("999999999999999999.999999999 1000000000000/1:9 9 | overflow");
        check("1000000000000000000 1/1000000000000:0 0 | 1000000");
        check("999999999999999999 1/1:0 9 | 999999999999999999");
        let unit = || UnitCode::parse("U").unwrap();
        assert!(Conversion::try_new(unit(), (0, 1), 0).is_err());
        assert!(Conversion::try_new(unit(), (1, 0), 0).is_err());
        assert!(Conversion::try_new(unit(), (1, 1_000_000_000_001), 0).is_err());
        assert!(Conversion::try_new(unit(), (1, 1), 10).is_err());
    }

    proptest! {
        /// Against the definition, in numbers small enough for plain integers: r * d * 10^s == m * n * 10^b, or no r exists.
        #[test]
        fn conversions_are_exact_or_refused(
            m in -1_000_000_i64..1_000_000, s in 0_u32..=9, n in 1_u64..10_000, d in 1_u64..10_000, b in 0_u32..=9,
        ) {
            let quantity = Quantity::try_new(Decimal::new(m, s)).unwrap();
            let conversion = Conversion::try_new(UnitCode::parse("U").unwrap(), (n, d), 9).unwrap();
            let above = i128::from(m) * i128::from(n) * 10_i128.pow(b);
            let below = i128::from(d) * 10_i128.pow(s);
            let expected = (above % below == 0).then(|| {
                Quantity::try_new(Decimal::from_i128_with_scale(above / below, b)).unwrap()
            });
            prop_assert_eq!(to_base(quantity, b, Some(&conversion)).ok(), expected);
        }

        /// To the alternative unit and back is where it started.
        #[test]
        fn there_and_back(m in 1_i64..1_000_000_000, n in 1_u64..1_000_000) {
            let unit = || UnitCode::parse("U").unwrap();
            let there = Conversion::try_new(unit(), (n, 1), 0).unwrap();
            let back = Conversion::try_new(unit(), (1, n), 0).unwrap();
            let quantity = Quantity::try_new(Decimal::from(m)).unwrap();
            let between = to_base(quantity, 0, Some(&there)).unwrap();
            prop_assert_eq!(to_base(between, 0, Some(&back)).unwrap(), quantity);
        }
    }
}

//! Alternative units as people write them, in files and on the command line.

use proto::catalog::v1::UnitConversion;
use thiserror::Error;

use crate::Conversion;
use crate::unit::greatest_common_divisor;

/// `UNIT=FACTOR[/DIVISOR][xUNIT][:DECIMALS][@GTIN+GTIN…]`: a case of 12 is `CASE=12`, a pallet of 40 cases `PALLET=40xCASE`, a pound
/// `LB=0.45359237:3`, and a case with a GTIN `CASE=12@16291041500210`. No unit code has a small letter: `x` is never a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitText {
    unit: String,
    factor: Factor,
    /// The unit that the factor counts; the base unit when absent.
    of: Option<String>,
    decimals: u32,
    gtins: Vec<String>,
}

/// Numerator and denominator.
type Factor = (u64, u64);

/// Why a unit that was written means none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum UnitTextError {
    /// Not written as units are.
    #[error(
        "{0:?} is not UNIT=FACTOR[/DIVISOR][xUNIT][:DECIMALS][@GTIN+GTIN], for example CASE=12 or PALLET=40xCASE"
    )]
    NotReadable(String),
    /// It counts a unit that is not there.
    #[error("unit {unit:?} counts {of:?}, which is not among the units of the item: give that one, too")]
    UnknownUnit {
        /// The unit.
        unit: String,
        /// What it counts.
        of: String,
    },
    /// It counts itself, over others or at once.
    #[error("unit {0:?} counts itself: let one of its units count the base unit")]
    Cycle(String),
    /// The factor to the base unit is out of range.
    #[error("the factor of unit {0:?} to the base unit has more than 10^12 above or below its line")]
    FactorTooLarge(String),
}

impl UnitText {
    /// Reads one.
    ///
    /// # Errors
    /// [`UnitTextError::NotReadable`].
    pub fn parse(text: &str) -> Result<Self, UnitTextError> {
        let shortened = || text.chars().take(80).collect();
        Self::read(text.trim()).ok_or_else(|| UnitTextError::NotReadable(shortened()))
    }

    fn read(text: &str) -> Option<Self> {
        let (unit, rest) = text.split_once('=')?;
        let (rest, gtins) = rest.split_once('@').map_or((rest, None), |(rest, gtins)| (rest, Some(gtins)));
        let (rest, decimals) = rest.split_once(':').unwrap_or((rest, "0"));
        let (factor, of) = rest.split_once('x').map_or((rest, None), |(factor, of)| (factor, Some(of)));
        let of = of.map(str::trim);
        if of == Some("") {
            return None;
        }
        Some(Self {
            unit: unit.trim().into(),
            factor: read_factor(factor)?,
            of: of.map(Into::into),
            decimals: decimals.trim().parse().ok()?,
            gtins: gtins
                .map_or_else(Vec::new, |gtins| gtins.split('+').map(|gtin| gtin.trim().into()).collect()),
        })
    }
}

/// The units in terms of the base unit, exactly, in the same order. They are not checked otherwise: [`crate::Record::normalised`] does that.
///
/// # Errors
/// [`UnitTextError`] for one that counts what is not there, or itself, or too much.
pub fn resolve_units(units: &[UnitText], base_unit: &str) -> Result<Vec<UnitConversion>, UnitTextError> {
    let resolve = |unit: &UnitText| {
        let (numerator, denominator) = base_factor(unit, units, base_unit)?;
        let (decimals, gtins) = (unit.decimals, unit.gtins.clone());
        Ok(UnitConversion { unit: unit.unit.clone(), numerator, denominator, decimals, gtins })
    };
    units.iter().map(resolve).collect()
}

/// Writes what [`UnitText::parse`] reads, in terms of the base unit.
pub fn unit_text(unit: &UnitConversion) -> String {
    let divisor = if unit.denominator == 1 { String::new() } else { format!("/{}", unit.denominator) };
    let decimals = if unit.decimals == 0 { String::new() } else { format!(":{}", unit.decimals) };
    let gtins = if unit.gtins.is_empty() { String::new() } else { format!("@{}", unit.gtins.join("+")) };
    format!("{}={}{divisor}{decimals}{gtins}", unit.unit, unit.numerator)
}

/// Follows what a unit counts down to the base unit. A way longer than there are units comes by one of them twice.
fn base_factor(unit: &UnitText, units: &[UnitText], base_unit: &str) -> Result<Factor, UnitTextError> {
    let mut factor = unit.factor;
    let mut above = unit;
    for _ in units {
        let Some(of) = above.of.as_deref().filter(|of| *of != base_unit) else { return Ok(factor) };
        let Some(below) = units.iter().find(|unit| unit.unit == of) else {
            return Err(UnitTextError::UnknownUnit { unit: above.unit.clone(), of: of.into() });
        };
        factor =
            product(factor, below.factor).ok_or_else(|| UnitTextError::FactorTooLarge(unit.unit.clone()))?;
        above = below;
    }
    Err(UnitTextError::Cycle(unit.unit.clone()))
}

/// In lowest terms; `None` beyond the limit of a factor.
fn product(a: Factor, b: Factor) -> Option<Factor> {
    let above = i128::from(a.0).checked_mul(i128::from(b.0))?;
    let below = i128::from(a.1).checked_mul(i128::from(b.1))?;
    lowest_terms(above, below)
}

fn lowest_terms(above: i128, below: i128) -> Option<Factor> {
    let shared = greatest_common_divisor(above, below);
    let part = |number: i128| {
        let reduced = u64::try_from(number.checked_div(shared)?).ok()?;
        (reduced <= Conversion::FACTOR_MAX).then_some(reduced)
    };
    Some((part(above)?, part(below)?))
}

/// `12`, `5/2`, `0.45359237` or `0.5/3`. A fraction of whole numbers stays as it is written.
fn read_factor(text: &str) -> Option<Factor> {
    let (number, divisor) = text.split_once('/').unwrap_or((text, "1"));
    let divisor: u64 = divisor.trim().parse().ok()?;
    match number.trim().split_once('.') {
        None => Some((number.trim().parse().ok()?, divisor)),
        Some((whole, fraction)) => read_decimal(whole, fraction, divisor),
    }
}

fn read_decimal(whole: &str, fraction: &str, divisor: u64) -> Option<Factor> {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let above = format!("{whole}{fraction}").parse().ok()?;
    let scale = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
    lowest_terms(above, scale.checked_mul(i128::from(divisor))?)
}

#[cfg(test)]
#[expect(clippy::arithmetic_side_effects, reason = "the model in the tests computes with plain operators")]
#[path = "unit_text_tests.rs"]
mod tests;

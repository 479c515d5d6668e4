use std::cmp::Ordering;

use proto::catalog::v1 as wire;
use proto::common::v1::Decimal;
use thiserror::Error;
use vocabulary::{Invalid, Quantity, WeightUnit};

/// How the goods of an item of catch weight are weighed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatchWeight {
    unit: WeightUnit,
    decimals: u32,
    unit_weight_min: Option<Quantity>,
    unit_weight_max: Option<Quantity>,
}

/// Why a weight is none of so many goods.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum WeightError {
    /// More decimals than the item is weighed with.
    #[error("{weight} has more than the {allowed} decimals that the item is weighed with")]
    TooManyDecimals {
        /// The weight as given.
        weight: Quantity,
        /// The decimals allowed.
        allowed: u32,
    },
    /// Less than so many goods can weigh.
    #[error(
        "{weight} {unit} is too light for {quantity}: one weighs at least {unit_weight_min} {unit}; weigh again"
    )]
    TooLight {
        /// The weight as given.
        weight: Quantity,
        /// Its unit.
        unit: WeightUnit,
        /// How many goods, in the base unit.
        quantity: Quantity,
        /// The least that one weighs.
        unit_weight_min: Quantity,
    },
    /// More than so many goods can weigh.
    #[error(
        "{weight} {unit} is too heavy for {quantity}: one weighs at most {unit_weight_max} {unit}; weigh again"
    )]
    TooHeavy {
        /// The weight as given.
        weight: Quantity,
        /// Its unit.
        unit: WeightUnit,
        /// How many goods, in the base unit.
        quantity: Quantity,
        /// The most that one weighs.
        unit_weight_max: Quantity,
    },
}

impl CatchWeight {
    /// The most decimals of a weight, and of what one base unit weighs.
    pub const DECIMALS_MAX: u32 = 6;

    /// From its message.
    ///
    /// # Errors
    /// [`Invalid`], named by the field, for a unit that is none, for too many decimals, and for weights of one base unit that are not
    /// positive, too fine, or the wrong way round.
    pub fn parse(message: &wire::CatchWeight) -> Result<Self, Invalid> {
        let unit =
            WeightUnit::parse(&message.unit).map_err(|_| Invalid::new("unit", &message.unit, "kg or lb"))?;
        if message.decimals > Self::DECIMALS_MAX {
            return Err(Invalid::new("decimals", &message.decimals.to_string(), "0 to 6"));
        }
        let unit_weight_min = bound("unit_weight_min", message.unit_weight_min.as_ref())?;
        let unit_weight_max = bound("unit_weight_max", message.unit_weight_max.as_ref())?;
        if let (Some(min), Some(max)) = (unit_weight_min, unit_weight_max)
            && max < min
        {
            return Err(Invalid::new("unit_weight_max", &max.to_string(), "at least unit_weight_min"));
        }
        Ok(Self { unit, decimals: message.decimals, unit_weight_min, unit_weight_max })
    }

    /// The unit.
    pub const fn unit(&self) -> WeightUnit {
        self.unit
    }

    /// Decimals allowed in weights.
    pub const fn decimals(&self) -> u32 {
        self.decimals
    }

    /// Judges what goods weigh together; a positive weight of a positive quantity in the base unit.
    ///
    /// # Errors
    /// [`WeightError`] when it is too fine, or not what so many goods can weigh.
    pub fn judge(&self, weight: Quantity, quantity: Quantity) -> Result<(), WeightError> {
        self.judge_decimals(weight)?;
        let unit = self.unit;
        if let Some(unit_weight_min) = self.unit_weight_min
            && compare(weight, unit_weight_min, quantity) == Ordering::Less
        {
            return Err(WeightError::TooLight { weight, unit, quantity, unit_weight_min });
        }
        if let Some(unit_weight_max) = self.unit_weight_max
            && compare(weight, unit_weight_max, quantity) == Ordering::Greater
        {
            return Err(WeightError::TooHeavy { weight, unit, quantity, unit_weight_max });
        }
        Ok(())
    }

    /// Judges a weight of goods of which nobody says how many they are.
    ///
    /// # Errors
    /// [`WeightError::TooManyDecimals`].
    pub fn judge_decimals(&self, weight: Quantity) -> Result<(), WeightError> {
        let allowed = self.decimals;
        if weight.decimals() > allowed {
            Err(WeightError::TooManyDecimals { weight, allowed })
        } else {
            Ok(())
        }
    }
}

fn bound(field: &'static str, decimal: Option<&Decimal>) -> Result<Option<Quantity>, Invalid> {
    let Some(decimal) = decimal else { return Ok(None) };
    let fits = |bound: &Quantity| bound.is_positive() && bound.decimals() <= CatchWeight::DECIMALS_MAX;
    let found = Quantity::parse(&decimal.value).ok().filter(fits);
    found.map(Some).ok_or_else(|| {
        Invalid::new(field, &decimal.value, "a positive decimal number with at most 6 decimals")
    })
}

/// A weight against what so many base units weigh, exactly: both sides in parts of 10^-15, since neither of the factors has more than 6
/// and 9 decimals. A side that leaves 2^127 there is beyond 10^23, where no weight is, and so the larger one.
fn compare(weight: Quantity, unit_weight: Quantity, quantity: Quantity) -> Ordering {
    let given = parts(weight, 15);
    let expected = parts(unit_weight, CatchWeight::DECIMALS_MAX)
        .zip(parts(quantity, Quantity::DECIMALS_MAX))
        .and_then(|(unit_weight, quantity)| unit_weight.checked_mul(quantity));
    match (given, expected) {
        (Some(given), Some(expected)) => given.cmp(&expected),
        (_, None) => Ordering::Less,
        (None, Some(_)) => Ordering::Greater,
    }
}

/// A number in parts of a power of ten.
fn parts(number: Quantity, decimals: u32) -> Option<i128> {
    let missing = decimals.checked_sub(number.decimals())?;
    number.decimal().mantissa().checked_mul(10_i128.checked_pow(missing)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(unit: &str, decimals: u32, min: &str, max: &str) -> wire::CatchWeight {
        let bound = |text: &str| (!text.is_empty()).then(|| Decimal { value: text.to_owned() });
        let (unit_weight_min, unit_weight_max) = (bound(min), bound(max));
        wire::CatchWeight { unit: unit.to_owned(), decimals, unit_weight_min, unit_weight_max }
    }

    #[test]
    fn what_can_be_weighed() {
        for (message, expected) in [
            (message("kg", 3, "", ""), ""),
            (message("lb", 6, "0.5", "0.5"), ""),
            (message("oz", 3, "", ""), "unit"),
            (message("kg", 7, "", ""), "decimals"),
            (message("kg", 3, "0", ""), "unit_weight_min"),
            (message("kg", 3, "", "-1"), "unit_weight_max"),
            (message("kg", 3, "0.0000001", ""), "unit_weight_min"),
            (message("kg", 3, "5", "4.9"), "unit_weight_max"),
        ] {
            let refused = CatchWeight::parse(&message).map_or_else(|invalid| invalid.what, |_| "");
            assert_eq!(refused, expected, "{message:?}");
        }
    }

    #[test]
    fn a_weight_is_judged_by_the_quantity() {
        let weighed = CatchWeight::parse(&message("kg", 3, "4.5", "5.2")).unwrap();
        let huge = "999999999999999999";
        for (weight, quantity, expected) in [
            ("45", "10", None),
            ("52", "10", None),
            ("44.999", "10", Some("too light")),
            ("52.001", "10", Some("too heavy")),
            ("9.1234", "2", Some("decimals")),
            ("2.25", "0.5", None),
            ("1", huge, Some("too light")),
            (huge, "1", Some("too heavy")),
            (huge, "199999999999999999.999999999", None),
        ] {
            let quantity_of = |text| Quantity::parse(text).unwrap();
            let judged = weighed.judge(quantity_of(weight), quantity_of(quantity));
            let refused = judged.err().map(|error| error.to_string());
            let is_expected = expected.map_or_else(
                || refused.is_none(),
                |words| refused.as_ref().is_some_and(|said| said.contains(words)),
            );
            assert!(is_expected, "{weight} for {quantity}: {refused:?}");
        }
    }
}

use vocabulary::Currency;

use super::linter::{Broken, demand};
use crate::error::Rule;

pub(super) fn non_zero(part: &str) -> Result<(), Broken> {
    demand(part.bytes().any(|digit| digit != b'0'), Rule::AllZero)
}

pub(super) fn zero(part: &str) -> Result<(), Broken> {
    demand(part.bytes().all(|digit| digit == b'0'), Rule::NotZero)
}

pub(super) fn no_zero_prefix(part: &str) -> Result<(), Broken> {
    demand(!part.starts_with('0'), Rule::ZeroPrefix)
}

pub(super) fn yes_no(part: &str) -> Result<(), Broken> {
    demand(matches!(part, "0" | "1"), Rule::NotYesNo)
}

/// The direction in which a roll is wound: face out, face in, undefined.
pub(super) fn winding(part: &str) -> Result<(), Broken> {
    demand(matches!(part, "0" | "1" | "9"), Rule::BadWinding)
}

/// ISO/IEC 5218: not known, male, female, not applicable.
pub(super) fn sex(part: &str) -> Result<(), Broken> {
    demand(matches!(part, "0" | "1" | "2" | "9"), Rule::BadSex)
}

/// Ten digits: ten millionths of a degree, counted from the south pole.
pub(super) fn latitude(part: &str) -> Result<(), Broken> {
    demand(number(part).is_some_and(|number| number <= 1_800_000_000), Rule::BadLatitude)
}

/// Ten digits: ten millionths of a degree.
pub(super) fn longitude(part: &str) -> Result<(), Broken> {
    demand(number(part).is_some_and(|number| number <= 3_600_000_000), Rule::BadLongitude)
}

/// Media types of identification: 01 to 10 are assigned by ICCBBA, 80 to 99 are for local use, the rest is reserved.
pub(super) fn media_type(part: &str) -> Result<(), Broken> {
    demand(number(part).is_some_and(|number| matches!(number, 1..=10 | 80..=99)), Rule::BadMediaType)
}

pub(super) fn currency(part: &str) -> Result<(), Broken> {
    let number = number(part).and_then(|number| u16::try_from(number).ok());
    demand(number.and_then(Currency::of_numeric).is_some(), Rule::NotCurrency)
}

fn number(digits: &str) -> Option<u64> {
    digits.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::super::Linter;
    use super::super::linter::tests::check;

    #[test]
    fn zeros() {
        check(Linter::NonZero, "0001 | ok");
        check(Linter::NonZero, "0000 | ILLEGAL_ZERO_VALUE 0");
        check(Linter::Zero, "0 | ok");
        check(Linter::Zero, "1 | NOT_ZERO 0");
        check(Linter::NoZeroPrefix, "10 | ok");
        check(Linter::NoZeroPrefix, "01 | ILLEGAL_ZERO_PREFIX 0");
        check(Linter::NoZeroPrefix, "0 | ILLEGAL_ZERO_PREFIX 0");
    }

    #[test]
    fn codes_of_one_digit() {
        check(Linter::YesNo, "0 | ok");
        check(Linter::YesNo, "2 | NOT_ZERO_OR_ONE 0");
        check(Linter::Winding, "9 | ok");
        check(Linter::Winding, "2 | INVALID_WINDING_DIRECTION 0");
        check(Linter::Sex, "9 | ok");
        check(Linter::Sex, "3 | INVALID_BIOLOGICAL_SEX_CODE 0");
    }

    #[test]
    fn ranges() {
        check(Linter::Latitude, "1800000000 | ok");
        check(Linter::Latitude, "1800000001 | INVALID_LATITUDE 0");
        check(Linter::Longitude, "3600000000 | ok");
        check(Linter::Longitude, "3600000001 | INVALID_LONGITUDE 0");
        for (media_type, expected) in
            [("00", false), ("01", true), ("10", true), ("11", false), ("79", false)]
        {
            let expected = if expected { "ok" } else { "INVALID_MEDIA_TYPE 0" };
            check(Linter::MediaType, &format!("{media_type} | {expected}"));
        }
        check(Linter::MediaType, "80 | ok");
    }

    #[test]
    fn currencies() {
        check(Linter::CurrencyNumber, "978 | ok");
        check(Linter::CurrencyNumber, "008 | ok");
        check(Linter::CurrencyNumber, "999 | ok");
        check(Linter::CurrencyNumber, "987 | NOT_ISO4217 0");
        check(Linter::CurrencyNumber, "000 | NOT_ISO4217 0");
    }
}

use super::{check, country, coupon, coupon_offer, date, iban, number, package, sequence, text};
use crate::ReferenceYear;
use crate::error::Rule;

/// The check of one part of a value. The characters have been checked before: a part of digits has only digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Linter {
    CheckDigit,
    CheckPair,
    Country,
    CountryLetters,
    CountryOr999,
    Coupon,
    CouponOffer,
    CurrencyNumber,
    Date,
    DateOrMonth,
    FullDate,
    Hour,
    HourMinute,
    Hyphen,
    Iban,
    ImporterIndex,
    Latitude,
    Longitude,
    MediaType,
    Minute,
    NoZeroPrefix,
    NonDigit,
    NonZero,
    PackageType,
    PercentEncoding,
    PieceOfTotal,
    PositionInSequence,
    PrefixFirst,
    PrefixSecond,
    Second,
    Sex,
    Winding,
    YesNo,
    Zero,
}

/// A broken rule, and at which byte of the part.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Broken {
    pub(crate) rule: Rule,
    pub(crate) at: usize,
}

impl Broken {
    pub(super) const fn at(at: usize, rule: Rule) -> Self {
        Self { rule, at }
    }

    /// Further on, because what was looked at is a piece of the part.
    #[must_use]
    pub(super) const fn after(self, bytes: usize) -> Self {
        Self { at: self.at.saturating_add(bytes), ..self }
    }
}

/// The rule is broken at the start of the part unless it holds.
pub(super) const fn demand(holds: bool, rule: Rule) -> Result<(), Broken> {
    if holds { Ok(()) } else { Err(Broken::at(0, rule)) }
}

impl Linter {
    /// Checks a part.
    pub(crate) fn check(self, part: &str, year: ReferenceYear) -> Result<(), Broken> {
        match self {
            Self::CheckDigit => check::check_digit(part),
            Self::CheckPair => check::check_pair(part),
            Self::Country => country::country(part),
            Self::CountryLetters => country::country_letters(part),
            Self::CountryOr999 => country::country_or_999(part),
            Self::Coupon => coupon::coupon(part, year),
            Self::CouponOffer => coupon_offer::coupon_offer(part),
            Self::CurrencyNumber => number::currency(part),
            Self::Date => date::date(part, year),
            Self::DateOrMonth => date::date_or_month(part, year),
            Self::FullDate => date::full_date(part),
            Self::Hour => date::hour(part),
            Self::HourMinute => date::hour_minute(part),
            Self::Hyphen => text::hyphen(part),
            Self::Iban => iban::iban(part),
            Self::ImporterIndex => text::importer_index(part),
            Self::Latitude => number::latitude(part),
            Self::Longitude => number::longitude(part),
            Self::MediaType => number::media_type(part),
            Self::Minute => date::minute(part),
            Self::NoZeroPrefix => number::no_zero_prefix(part),
            Self::NonDigit => text::non_digit(part),
            Self::NonZero => number::non_zero(part),
            Self::PackageType => package::package_type(part),
            Self::PercentEncoding => text::percent_encoding(part),
            Self::PieceOfTotal => sequence::piece_of_total(part),
            Self::PositionInSequence => sequence::position_in_sequence(part),
            Self::PrefixFirst => check::prefix(part),
            Self::PrefixSecond => check::prefix_after_first(part),
            Self::Second => date::second(part),
            Self::Sex => number::sex(part),
            Self::Winding => number::winding(part),
            Self::YesNo => number::yes_no(part),
            Self::Zero => number::zero(part),
        }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// `part | ok`, or `part | RULE where`, read in 2026.
    pub(in super::super) fn check(linter: Linter, row: &str) {
        let (part, expected) = row.split_once(" | ").unwrap();
        let got = match linter.check(part, ReferenceYear::parse(2026).unwrap()) {
            Ok(()) => "ok".to_owned(),
            Err(Broken { rule, at }) => format!("{} {at}", rule.name()),
        };
        assert_eq!(got, expected, "{linter:?} {part:?}");
    }
}

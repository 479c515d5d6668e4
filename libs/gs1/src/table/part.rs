use crate::charset::Charset;
use crate::lint::Linter::{
    self, CheckDigit, Country, CurrencyNumber, Date, DateOrMonth, FullDate, HourMinute, PercentEncoding,
    PieceOfTotal, PrefixFirst, PrefixSecond,
};

/// One part of a value. Parts follow each other without separators; only the last one may vary in length.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) charset: Charset,
    pub(crate) length_min: u8,
    pub(crate) length_max: u8,
    /// Whether it may be missing at the end of the value.
    pub(crate) is_optional: bool,
    /// What its content must be, in the order of the checks.
    pub(crate) linters: &'static [Linter],
}

/// Digits, exactly so many.
pub(super) const fn n(length: u8) -> Part {
    part(Charset::Digits, length, length)
}

/// Digits, one to so many.
pub(super) const fn n_to(length_max: u8) -> Part {
    part(Charset::Digits, 1, length_max)
}

/// Letters, digits and punctuation (character set 82), exactly so many.
pub(super) const fn x(length: u8) -> Part {
    part(Charset::Cset82, length, length)
}

/// Character set 82, one to so many.
pub(super) const fn x_to(length_max: u8) -> Part {
    part(Charset::Cset82, 1, length_max)
}

/// Capital letters, digits and `#-/` (character set 39), one to so many.
pub(super) const fn y_to(length_max: u8) -> Part {
    part(Charset::Cset39, 1, length_max)
}

/// Base 64 for file names and URIs (character set 64), one to so many.
pub(super) const fn z_to(length_max: u8) -> Part {
    part(Charset::Cset64, 1, length_max)
}

/// Free text: character set 82, where `%` begins the escape of any other character.
pub(super) const fn text(length_max: u8) -> Part {
    x_to(length_max).checked(&[PercentEncoding])
}

pub(super) const SSCC: Part = n(18).checked(&[CheckDigit, PrefixSecond]);
pub(super) const GSRN: Part = n(18).checked(&[CheckDigit, PrefixFirst]);
pub(super) const GTIN: Part = n(14).checked(&[CheckDigit, PrefixSecond]);
pub(super) const GLN: Part = n(13).checked(&[CheckDigit, PrefixFirst]);
pub(super) const DATE: Part = n(6).checked(&[Date]);
pub(super) const DATE_OR_MONTH: Part = n(6).checked(&[DateOrMonth]);
pub(super) const FULL_DATE: Part = n(8).checked(&[FullDate]);
pub(super) const TIME: Part = n(4).checked(&[HourMinute]);
pub(super) const COUNTRY: Part = n(3).checked(&[Country]);
pub(super) const CURRENCY: Part = n(3).checked(&[CurrencyNumber]);
pub(super) const PIECE_OF_TOTAL: Part = n(4).checked(&[PieceOfTotal]);

const fn part(charset: Charset, length_min: u8, length_max: u8) -> Part {
    Part { charset, length_min, length_max, is_optional: false, linters: &[] }
}

impl Part {
    pub(super) const fn checked(self, linters: &'static [Linter]) -> Self {
        Self { linters, ..self }
    }

    pub(super) const fn optional(self) -> Self {
        Self { is_optional: true, ..self }
    }
}

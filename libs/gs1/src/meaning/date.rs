use std::fmt;

use crate::ReferenceYear;
use crate::lint::{days_of_month, two_digits};

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date {
    year: u16,
    month: u16,
    day: u16,
}

/// A time of day, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    hour: u16,
    minute: u16,
    second: u16,
}

impl Date {
    /// Reads YYMMDD at the start of a text. Day 00 is the last of the month (GS1 General Specifications, AI 11 to 17).
    pub(super) fn of_six_digits(text: &str, reference: ReferenceYear) -> Option<Self> {
        Self::new(reference.full(two_digits(text, 0)?), two_digits(text, 2)?, two_digits(text, 4)?)
    }

    /// Reads YYYYMMDD at the start of a text.
    pub(super) fn of_eight_digits(text: &str) -> Option<Self> {
        let year = two_digits(text, 0)?.saturating_mul(100).saturating_add(two_digits(text, 2)?);
        Self::new(year, two_digits(text, 4)?, two_digits(text, 6)?)
    }

    fn new(year: u16, month: u16, day: u16) -> Option<Self> {
        let days = days_of_month(year, month)?;
        let day = if day == 0 { days } else { day };
        (day <= days).then_some(Self { year, month, day })
    }

    /// The year, 0 to 9999.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub const fn month(self) -> u16 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub const fn day(self) -> u16 {
        self.day
    }
}

impl Time {
    /// Reads HH, HHMM or HHMMSS; what is missing is zero.
    pub(super) fn of_digits(text: &str) -> Option<Self> {
        let hour = two_digits(text, 0)?;
        Some(Self {
            hour,
            minute: two_digits(text, 2).unwrap_or_default(),
            second: two_digits(text, 4).unwrap_or_default(),
        })
    }
}

/// ISO 8601, for example `2027-03-31`.
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// ISO 8601, for example `23:59:00`.
impl fmt::Display for Time {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}:{:02}", self.hour, self.minute, self.second)
    }
}

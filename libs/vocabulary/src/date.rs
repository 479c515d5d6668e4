use std::fmt;

use crate::Invalid;

/// A day of the Gregorian calendar, without a time zone: what a label says. Years 1 to 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// Reads `YYYY-MM-DD` (ISO 8601 calendar date, extended format).
    ///
    /// # Errors
    /// [`Invalid`] for anything else, and for a day that the month does not have.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        read(text).ok_or_else(|| Invalid::new("date", text, "a day of the calendar as YYYY-MM-DD"))
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

fn read(text: &str) -> Option<Date> {
    let (year, rest) = text.split_once('-')?;
    let (month, day) = rest.split_once('-')?;
    let number = |part: &str, length: usize| {
        (part.len() == length && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<u16>().ok())?
    };
    let year = number(year, 4)?;
    let (month, day) = (u8::try_from(number(month, 2)?).ok()?, u8::try_from(number(day, 2)?).ok()?);
    let is_day = year > 0 && day > 0 && day <= days(year, month);
    is_day.then_some(Date { year, month, day })
}

const fn days(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_days_of_the_calendar() {
        for (text, ok) in [
            ("2026-02-28", true),
            ("2026-02-29", false),
            ("2024-02-29", true),
            ("1900-02-29", false),
            ("2000-02-29", true),
            ("2026-04-31", false),
            ("2026-12-31", true),
            ("2026-13-01", false),
            ("2026-00-01", false),
            ("2026-01-00", false),
            ("0000-01-01", false),
            ("2026-1-1", false),
            ("20260101", false),
            ("+026-01-01", false),
            ("", false),
        ] {
            assert_eq!(Date::parse(text).is_ok_and(|date| date.to_string() == text), ok, "{text:?}");
        }
        assert!(Date::parse("2026-01-31").unwrap() < Date::parse("2026-02-01").unwrap());
    }
}

use std::fmt;

use crate::{Invalid, Timestamp};

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

    /// The day of a point in time, in UTC.
    pub fn of(time: Timestamp) -> Self {
        // Every timestamp lies between the years 1970 and 9999.
        let days = i32::try_from(time.micros().div_euclid(MICROS_A_DAY)).unwrap_or_default();
        Self::from_days(days).unwrap_or(EPOCH)
    }

    /// Days since 1970-01-01, negative before it.
    pub fn days(self) -> i32 {
        let (year, month, day) = (i32::from(self.year), i32::from(self.month), i32::from(self.day));
        days_from_civil(year, month, day).unwrap_or_default()
    }

    /// The day so many days after 1970-01-01; `None` outside the years 1 to 9999.
    pub fn from_days(days: i32) -> Option<Self> {
        let (year, month, day) = civil_from_days(days)?;
        let date = Self {
            year: u16::try_from(year).ok()?,
            month: u8::try_from(month).ok()?,
            day: u8::try_from(day).ok()?,
        };
        (1..=9999).contains(&year).then_some(date)
    }

    /// So many days later; `None` after the year 9999.
    pub fn plus_days(self, days: u32) -> Option<Self> {
        Self::from_days(self.days().checked_add_unsigned(days)?)
    }
}

const EPOCH: Date = Date { year: 1970, month: 1, day: 1 };
const MICROS_A_DAY: i64 = 86_400_000_000;
/// Days between 0000-03-01 and 1970-01-01.
const EPOCH_SHIFT: i32 = 719_468;
const DAYS_AN_ERA: i32 = 146_097;

/// Counts from 1 March of year 0 in eras of 400 years (H. Hinnant, "chrono-compatible low-level date algorithms",
/// `days_from_civil`).
fn days_from_civil(year: i32, month: i32, day: i32) -> Option<i32> {
    let year = year.checked_sub(i32::from(month <= 2))?;
    let (era, year_of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let from_march = month.checked_add(9)?.checked_rem(12)?;
    let day_of_year =
        from_march.checked_mul(153)?.checked_add(2)?.checked_div(5)?.checked_add(day)?.checked_sub(1)?;
    let leap_days = year_of_era.div_euclid(4).checked_sub(year_of_era.div_euclid(100))?;
    let day_of_era = year_of_era.checked_mul(365)?.checked_add(leap_days)?.checked_add(day_of_year)?;
    era.checked_mul(DAYS_AN_ERA)?.checked_add(day_of_era)?.checked_sub(EPOCH_SHIFT)
}

/// The other way round (`civil_from_days`, there).
fn civil_from_days(days: i32) -> Option<(i32, i32, i32)> {
    let shifted = days.checked_add(EPOCH_SHIFT)?;
    let (era, day_of_era) = (shifted.div_euclid(DAYS_AN_ERA), shifted.rem_euclid(DAYS_AN_ERA));
    let without_leap_days = day_of_era
        .checked_sub(day_of_era.div_euclid(1460))?
        .checked_add(day_of_era.div_euclid(36_524))?
        .checked_sub(day_of_era.div_euclid(146_096))?;
    let year_of_era = without_leap_days.div_euclid(365);
    let leap_days = year_of_era.div_euclid(4).checked_sub(year_of_era.div_euclid(100))?;
    let day_of_year = day_of_era.checked_sub(year_of_era.checked_mul(365)?.checked_add(leap_days)?)?;
    let from_march = day_of_year.checked_mul(5)?.checked_add(2)?.div_euclid(153);
    let month_start = from_march.checked_mul(153)?.checked_add(2)?.div_euclid(5);
    let day = day_of_year.checked_sub(month_start)?.checked_add(1)?;
    let month = if from_march < 10 { from_march.checked_add(3)? } else { from_march.checked_sub(9)? };
    let year = era.checked_mul(400)?.checked_add(year_of_era)?.checked_add(i32::from(month <= 2))?;
    Some((year, month, day))
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

    #[test]
    fn days_are_counted_from_1970() {
        for (text, days) in [
            ("1970-01-01", 0),
            ("1969-12-31", -1),
            ("2000-02-29", 11_016),
            ("2000-03-01", 11_017),
            ("2026-01-01", 20_454),
            ("0001-01-01", -719_162),
            ("9999-12-31", 2_932_896),
        ] {
            let date = Date::parse(text).unwrap();
            assert_eq!((date.days(), Date::from_days(days)), (days, Some(date)), "{text}");
        }
        assert_eq!(Date::from_days(2_932_897), None);
        assert_eq!(Date::from_days(-719_163), None);
        let last = Date::parse("9999-12-31").unwrap();
        assert_eq!((last.plus_days(0), last.plus_days(1)), (Some(last), None));
        let late = Timestamp::from_micros(86_399_999_999).unwrap();
        assert_eq!(Date::of(late).to_string(), "1970-01-01");
    }

    #[test]
    fn every_day_follows_the_one_before() {
        let mut day = Date::parse("1896-02-27").unwrap();
        for _ in 0..80_000 {
            let next = day.plus_days(1).unwrap();
            assert!(next > day && next.days() == day.days() + 1, "{day} {next}");
            assert_eq!(Date::parse(&next.to_string()), Ok(next));
            day = next;
        }
    }
}

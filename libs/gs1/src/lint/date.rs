use super::linter::{Broken, demand};
use crate::ReferenceYear;
use crate::error::Rule;

/// YYMMDD.
pub(super) fn date(part: &str, year: ReferenceYear) -> Result<(), Broken> {
    date_or_month(part, year)?;
    if part.ends_with("00") { Err(Broken::at(4, Rule::BadDay)) } else { Ok(()) }
}

/// YYMMDD, where 00 means the last day of the month.
pub(super) fn date_or_month(part: &str, year: ReferenceYear) -> Result<(), Broken> {
    let two = two_digits(part, 0).ok_or(Broken::at(0, Rule::NonDigit))?;
    month_and_day(part, 2, year.full(two))
}

/// YYYYMMDD.
pub(super) fn full_date(part: &str) -> Result<(), Broken> {
    let century = two_digits(part, 0).ok_or(Broken::at(0, Rule::NonDigit))?;
    let year = two_digits(part, 2).ok_or(Broken::at(2, Rule::NonDigit))?;
    month_and_day(part, 4, century.saturating_mul(100).saturating_add(year))?;
    if part.ends_with("00") { Err(Broken::at(6, Rule::BadDay)) } else { Ok(()) }
}

fn month_and_day(part: &str, at: usize, year: u16) -> Result<(), Broken> {
    let month = two_digits(part, at).ok_or_else(|| Broken::at(at, Rule::NonDigit))?;
    let days = days_of_month(year, month).ok_or_else(|| Broken::at(at, Rule::BadMonth))?;
    let at = at.saturating_add(2);
    let day = two_digits(part, at).ok_or_else(|| Broken::at(at, Rule::NonDigit))?;
    if day <= days { Ok(()) } else { Err(Broken::at(at, Rule::BadDay)) }
}

/// How many days a month has in the Gregorian calendar. `None` when there is no such month.
pub(crate) const fn days_of_month(year: u16, month: u16) -> Option<u16> {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => Some(29),
        2 => Some(28),
        _ => None,
    }
}

/// HHMM, 0000 to 2359.
pub(super) fn hour_minute(part: &str) -> Result<(), Broken> {
    below(part, 0, 24, Rule::BadHour)?;
    below(part, 2, 60, Rule::BadMinute)
}

pub(super) fn hour(part: &str) -> Result<(), Broken> {
    below(part, 0, 24, Rule::BadHour)
}

pub(super) fn minute(part: &str) -> Result<(), Broken> {
    below(part, 0, 60, Rule::BadMinute)
}

pub(super) fn second(part: &str) -> Result<(), Broken> {
    below(part, 0, 60, Rule::BadSecond)
}

fn below(part: &str, at: usize, limit: u16, rule: Rule) -> Result<(), Broken> {
    let fits = two_digits(part, at).is_some_and(|number| number < limit);
    demand(fits, rule).map_err(|broken| broken.after(at))
}

/// The number of the two digits that stand at a byte.
pub(crate) fn two_digits(text: &str, at: usize) -> Option<u16> {
    let digits = text.as_bytes().get(at..at.saturating_add(2))?;
    digits.iter().try_fold(0_u16, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| digit.saturating_sub(b'0'))?;
        Some(number.saturating_mul(10).saturating_add(u16::from(digit)))
    })
}

#[cfg(test)]
mod tests {
    use super::super::Linter;
    use super::super::linter::tests::check;

    #[test]
    fn dates() {
        check(Linter::DateOrMonth, "261231 | ok");
        check(Linter::DateOrMonth, "260200 | ok");
        check(Linter::DateOrMonth, "260229 | ILLEGAL_DAY 4");
        check(Linter::DateOrMonth, "280229 | ok");
        check(Linter::DateOrMonth, "000229 | ok");
        check(Linter::DateOrMonth, "261301 | ILLEGAL_MONTH 2");
        check(Linter::DateOrMonth, "260001 | ILLEGAL_MONTH 2");
        check(Linter::DateOrMonth, "260431 | ILLEGAL_DAY 4");
        check(Linter::Date, "260430 | ok");
        check(Linter::Date, "260400 | ILLEGAL_DAY 4");
        check(Linter::Date, "201300 | ILLEGAL_MONTH 2");
        check(Linter::FullDate, "19000228 | ok");
        check(Linter::FullDate, "19000229 | ILLEGAL_DAY 6");
        check(Linter::FullDate, "20000229 | ok");
        check(Linter::FullDate, "20001300 | ILLEGAL_MONTH 4");
        check(Linter::FullDate, "20001200 | ILLEGAL_DAY 6");
    }

    #[test]
    fn times() {
        check(Linter::HourMinute, "0000 | ok");
        check(Linter::HourMinute, "2359 | ok");
        check(Linter::HourMinute, "2400 | ILLEGAL_HOUR 0");
        check(Linter::HourMinute, "2360 | ILLEGAL_MINUTE 2");
        check(Linter::Hour, "23 | ok");
        check(Linter::Hour, "24 | ILLEGAL_HOUR 0");
        check(Linter::Minute, "60 | ILLEGAL_MINUTE 0");
        check(Linter::Second, "59 | ok");
        check(Linter::Second, "60 | ILLEGAL_SECOND 0");
    }
}

//! The only place that reads the wall clock: services take the time here, at the edge, and pass it on as a value.

use std::time::{SystemTime, UNIX_EPOCH};

use vocabulary::Timestamp;

/// The time now. A wall clock set before 1970 reads as 1970.
#[expect(clippy::disallowed_methods, reason = "this is the edge that the ban points to")]
pub fn now() -> Timestamp {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let micros = i64::try_from(since_epoch.as_micros()).unwrap_or(i64::MAX);
    Timestamp::from_micros(micros).unwrap_or_default()
}

/// A time as RFC 3339 writes it, in UTC with microseconds: `2010-12-01T08:26:00.000000Z`.
pub fn rfc3339(time: Timestamp) -> String {
    let micros = time.micros();
    let (days, in_day) = (micros.div_euclid(MICROS_A_DAY), micros.rem_euclid(MICROS_A_DAY));
    let (year, month, day) = civil(days);
    let (seconds, fraction) = (in_day / 1_000_000, in_day % 1_000_000);
    let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.{fraction:06}Z")
}

const MICROS_A_DAY: i64 = 86_400_000_000;

/// Year, month and day of a day since 1970-01-01, by counting from 1 March of year 0 in cycles of 400 years
/// (H. Hinnant, "chrono-compatible low-level date algorithms").
const fn civil(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * from_march + 2) / 5 + 1;
    let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
    let year = year_of_era + era * 400 + if month <= 2 { 1 } else { 0 };
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_written_as_rfc3339() {
        for (micros, text) in [
            (0, "1970-01-01T00:00:00.000000Z"),
            (1_291_191_960_000_000, "2010-12-01T08:26:00.000000Z"),
            (951_782_400_000_001, "2000-02-29T00:00:00.000001Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] {
            assert_eq!(rfc3339(Timestamp::from_micros(micros).unwrap()), text);
        }
    }

    #[test]
    fn the_clock_is_set() {
        assert!(now().micros() > 1_700_000_000_000_000, "the machine's clock is after 2023");
    }
}

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
    time.to_string()
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

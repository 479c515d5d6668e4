use std::fmt;

use crate::{Date, Invalid};

/// A point in time: microseconds since 1970-01-01T00:00:00Z, between the years 1970 and 9999. Written as RFC 3339 has it, in UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Timestamp(i64);

impl Timestamp {
    const MICROS_MAX: i64 = 253_402_300_799_999_999;

    /// Checks the range.
    ///
    /// # Errors
    /// [`Invalid`] before 1970 or after 9999.
    pub fn from_micros(micros: i64) -> Result<Self, Invalid> {
        if (0..=Self::MICROS_MAX).contains(&micros) {
            Ok(Self(micros))
        } else {
            Err(Invalid::new("time", &micros.to_string(), "a time between the years 1970 and 9999"))
        }
    }

    /// From a protobuf timestamp; nanoseconds are cut to microseconds.
    ///
    /// # Errors
    /// [`Invalid`] out of range, or with nanoseconds that are not 0 to 999,999,999.
    pub fn from_parts(seconds: i64, nanos: i32) -> Result<Self, Invalid> {
        let invalid = || {
            Invalid::new("time", &format!("{seconds}s {nanos}ns"), "a time between the years 1970 and 9999")
        };
        if !(0..=999_999_999).contains(&nanos) {
            return Err(invalid());
        }
        let micros = seconds.checked_mul(1_000_000).ok_or_else(invalid)?;
        let micros =
            micros.checked_add(i64::from(nanos).checked_div(1000).unwrap_or(0)).ok_or_else(invalid)?;
        Self::from_micros(micros).map_err(|_| invalid())
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// Seconds and nanoseconds, as protobuf wants them.
    pub fn parts(self) -> (i64, i32) {
        let nanos = self.0.rem_euclid(1_000_000).saturating_mul(1000);
        (self.0.div_euclid(1_000_000), i32::try_from(nanos).unwrap_or(0))
    }
}

const MICROS_A_DAY: i64 = 86_400_000_000;

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (date, in_day) = (Date::of(*self), self.0.rem_euclid(MICROS_A_DAY));
        let (seconds, fraction) = (in_day / 1_000_000, in_day % 1_000_000);
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        write!(f, "{date}T{hour:02}:{minute:02}:{second:02}.{fraction:06}Z")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_written_as_rfc_3339() {
        for (micros, expected) in [
            (0, "1970-01-01T00:00:00.000000Z"),
            (951_868_799_999_999, "2000-02-29T23:59:59.999999Z"),
            (253_402_300_799_999_999, "9999-12-31T23:59:59.999999Z"),
        ] {
            assert_eq!(Timestamp::from_micros(micros).unwrap().to_string(), expected);
        }
    }

    #[test]
    fn parts_round_trip() {
        let time = Timestamp::from_parts(1_291_191_960, 123_456_000).unwrap();
        assert_eq!(time.micros(), 1_291_191_960_123_456);
        assert_eq!(time.parts(), (1_291_191_960, 123_456_000));
        assert!(Timestamp::from_parts(-1, 0).is_err());
        assert!(Timestamp::from_parts(0, 1_000_000_000).is_err());
        assert!(Timestamp::from_parts(i64::MAX, 0).is_err());
    }
}

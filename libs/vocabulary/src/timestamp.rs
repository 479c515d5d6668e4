/// A point in time: microseconds since 1970-01-01T00:00:00Z, between the years 1970 and 9999.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Timestamp(i64);

use crate::Invalid;

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

#[cfg(test)]
mod tests {
    use super::*;

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

//! Small conversions between the wire and what people type and read.

use chrono::{DateTime, SecondsFormat};
use prost_types::Timestamp;
use proto::common::v1::Decimal;
use rpc::Reason;

use crate::output::Failure;

/// A wire decimal of what was typed; whether it is a number is for the server to say.
pub(crate) fn decimal(text: &str) -> Option<Decimal> {
    Some(Decimal { value: text.to_owned() })
}

/// The text of a wire decimal; absent reads as zero.
pub(crate) fn number(decimal: Option<Decimal>) -> String {
    decimal.map_or_else(|| "0".to_owned(), |d| d.value)
}

/// A wire time of RFC 3339 text, for example `2026-03-01T08:30:00+01:00`.
pub(crate) fn time(text: &str) -> Result<Timestamp, Failure> {
    let explain = |e| format!("\"{text}\" is not an RFC 3339 time such as 2026-03-01T08:30:00Z: {e}");
    let time = DateTime::parse_from_rfc3339(text)
        .map_err(|e| Failure::new(Reason::BadTime, explain(e)).at("effective_at"))?;
    let nanos = i32::try_from(time.timestamp_subsec_nanos()).unwrap_or(0);
    Ok(Timestamp { seconds: time.timestamp(), nanos })
}

/// RFC 3339 in UTC with microseconds; empty when absent.
pub(crate) fn rfc3339(time: Option<&Timestamp>) -> String {
    time.map_or_else(String::new, |t| micros_to_rfc3339(t.seconds * 1_000_000 + i64::from(t.nanos) / 1000))
}

/// See [`rfc3339`], of microseconds since 1970.
pub(crate) fn micros_to_rfc3339(micros: i64) -> String {
    DateTime::from_timestamp_micros(micros)
        .map_or_else(|| format!("{micros} us"), |t| t.to_rfc3339_opts(SecondsFormat::Micros, true))
}

/// Lower case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// An enum value's name without the name of its enum: `TRACKING_LOT` of `TRACKING` is `LOT`.
pub(crate) fn short_name(name: &str, prefix: &str) -> String {
    name.strip_prefix(prefix).map_or(name, |rest| rest.trim_start_matches('_')).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_round_trip_in_utc() {
        let parsed = time("2026-03-01T08:30:00.25+01:00").unwrap();
        assert_eq!(rfc3339(Some(&parsed)), "2026-03-01T07:30:00.250000Z");
        assert_eq!(rfc3339(None), "");
        assert!(time("2026-03-01").is_err());
        assert!(time("1969-12-31T23:59:59Z").is_ok());
    }

    #[test]
    fn names_lose_their_prefix() {
        assert_eq!(short_name("TRACKING_LOT", "TRACKING"), "LOT");
        assert_eq!(hex(&[0, 255]), "00ff");
    }
}

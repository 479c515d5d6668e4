//! Times, as a map says they are written.

use chrono::format::{Item, StrftimeItems};
use chrono::{FixedOffset, NaiveDate, NaiveDateTime};
use vocabulary::Timestamp;

/// How times are written: a strftime format and a fixed distance from UTC.
#[derive(Debug, Clone)]
pub(super) struct TimeFormat {
    format: String,
    offset_seconds: i64,
}

impl TimeFormat {
    /// Checks both; the error is the key (`format` or `zone`) and the problem.
    pub(super) fn try_new(format: &str, zone: &str) -> Result<Self, (&'static str, String)> {
        if format.is_empty() || StrftimeItems::new(format).any(|item| matches!(item, Item::Error)) {
            return Err(("format", format!("`{format}` is not in the notation of strftime")));
        }
        let offset_seconds = offset(zone)
            .ok_or_else(|| ("zone", format!("`{zone}` is neither `UTC` nor a distance such as `+01:00`")))?;
        Ok(Self { format: format.to_owned(), offset_seconds })
    }

    /// Reads a time; a format without a time of day means midnight.
    pub(super) fn parse(&self, text: &str) -> Option<Timestamp> {
        let local = NaiveDateTime::parse_from_str(text, &self.format).ok().or_else(|| {
            NaiveDate::parse_from_str(text, &self.format).ok().and_then(|date| date.and_hms_opt(0, 0, 0))
        })?;
        let seconds = local.and_utc().timestamp().checked_sub(self.offset_seconds)?;
        Timestamp::from_parts(seconds, i32::try_from(local.and_utc().timestamp_subsec_nanos()).ok()?).ok()
    }
}

fn offset(zone: &str) -> Option<i64> {
    if zone == "UTC" || zone == "Z" {
        return Some(0);
    }
    let shaped = zone.len() == 6 && zone.as_bytes().get(3) == Some(&b':');
    let offset: FixedOffset = shaped.then(|| zone.parse().ok()).flatten()?;
    Some(i64::from(offset.local_minus_utc()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_the_map_says() {
        for (format, zone, text, expected) in [
            ("%Y-%m-%dT%H:%M:%S", "UTC", "2010-12-01T08:26:00", Some(1_291_191_960)),
            ("%Y-%m-%dT%H:%M:%S", "+01:00", "2010-12-01T09:26:00", Some(1_291_191_960)),
            ("%d.%m.%Y", "UTC", "01.12.2010", Some(1_291_161_600)),
            ("%Y-%m-%dT%H:%M:%S", "UTC", "2010-13-01T08:26:00", None),
            ("%Y-%m-%dT%H:%M:%S", "UTC", "2010-12-01", None),
            ("%Y-%m-%dT%H:%M:%S", "UTC", "", None),
            ("%Y-%m-%dT%H:%M:%S", "UTC", "1969-12-31T23:59:59", None),
        ] {
            let got = TimeFormat::try_new(format, zone).unwrap().parse(text).map(|t| t.parts().0);
            assert_eq!(got, expected, "{text} {zone}");
        }
        for (format, zone) in [("%Y", "Berlin"), ("%Y", "+1"), ("%Y", ""), ("%!", "UTC"), ("", "UTC")] {
            assert!(TimeFormat::try_new(format, zone).is_err(), "{format} {zone}");
        }
    }
}

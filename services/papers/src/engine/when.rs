//! Which day it is where a paper is issued.

use jiff::tz::TimeZone;
use paper_core::Issued;
use rpc::{ApiError, Reason};
use vocabulary::{Date, Timestamp};

/// The time of issue at a warehouse: on `asked`, or today.
pub(super) fn issued(now: Timestamp, zone_name: &str, asked: Option<Date>) -> Result<Issued, ApiError> {
    let zone = zone(zone_name)?;
    let here = jiff::Timestamp::from_microsecond(now.micros()).map(|at| at.to_zoned(zone));
    let here = here.map_err(|_| ApiError::internal("the clock cannot be read"))?;
    let today = Date::parse(&here.date().to_string());
    let today = today.map_err(|_| ApiError::internal("the calendar cannot be read"))?;
    let date = asked.unwrap_or(today);
    if date > today {
        let message = format!("{date} is in the future: at the warehouse it is {today}");
        return Err(ApiError::invalid(Reason::BadField, "issue_date", message));
    }
    Ok(Issued {
        date: date.to_string(),
        at: here.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(),
        time_zone: zone_name.to_owned(),
    })
}

/// The day of a time in a zone, YYYY-MM-DD; nothing for no time.
pub(super) fn day(time: Option<&prost_types::Timestamp>, zone_name: &str) -> Result<String, ApiError> {
    let zone = zone(zone_name)?;
    let at = time.and_then(|time| jiff::Timestamp::new(time.seconds, time.nanos).ok());
    Ok(at.map_or_else(String::new, |at| at.to_zoned(zone).date().to_string()))
}

fn zone(name: &str) -> Result<TimeZone, ApiError> {
    TimeZone::get(name).map_err(|_| {
        let message = format!(
            "the warehouse is in the time zone {name}, which this version does not know: change the warehouse, or update"
        );
        ApiError::invalid(Reason::BadField, "warehouse", message)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_year_is_that_of_the_warehouse() {
        let now = jiff::Timestamp::from_second(1_798_758_000).unwrap();
        assert_eq!(now.to_string(), "2026-12-31T23:00:00Z");
        let now = Timestamp::from_micros(now.as_microsecond()).unwrap();
        for (zone, date, at) in [
            ("UTC", "2026-12-31", "2026-12-31T23:00:00+00:00"),
            ("Europe/Berlin", "2027-01-01", "2027-01-01T00:00:00+01:00"),
            ("Atlantic/Canary", "2026-12-31", "2026-12-31T23:00:00+00:00"),
            ("America/New_York", "2026-12-31", "2026-12-31T18:00:00-05:00"),
        ] {
            let issued = issued(now, zone, None).unwrap();
            assert_eq!((issued.date.as_str(), issued.at.as_str()), (date, at), "{zone}");
        }
        let on = |date: &str| issued(now, "UTC", Some(Date::parse(date).unwrap()));
        assert_eq!(on("2026-12-30").unwrap().date, "2026-12-30");
        assert_eq!(on("2027-01-01").unwrap_err().field, "issue_date");
        assert_eq!(issued(now, "Mars/Olympus", None).unwrap_err().field, "warehouse");
    }
}

//! Which day it is at a warehouse, and how long it still is.

use std::time::Duration;

use catalog_view::CatalogView;
use jiff::tz::TimeZone;
use vocabulary::{Date, Timestamp, WarehouseCode};

/// The day at a warehouse, as the catalog says where it is. In a zone that this version's table does not have it is UTC's.
pub(crate) fn day_at(catalog: &CatalogView, warehouse: &WarehouseCode, now: Timestamp) -> Date {
    let record = catalog.warehouse(warehouse.as_str());
    let here = record.and_then(|record| zone(&record.time_zone));
    local_day(now, &here.unwrap_or(TimeZone::UTC)).map_or_else(|| Date::of(now), |day| day.date)
}

/// A day at a warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LocalDay {
    /// The day.
    pub(super) date: Date,
    /// Until the next one begins.
    pub(super) ends_in: Duration,
}

/// A time zone by its IANA name; `None` for one that this version's table does not have. No name means UTC.
pub(super) fn zone(name: &str) -> Option<TimeZone> {
    if name.is_empty() { Some(TimeZone::UTC) } else { TimeZone::get(name).ok() }
}

/// The day at `now`; `None` outside the years 1 to 9999. A day begins at midnight, or when that does not exist (clocks may go
/// forward then) at the first instant after it.
pub(super) fn local_day(now: Timestamp, zone: &TimeZone) -> Option<LocalDay> {
    let here = jiff::Timestamp::from_microsecond(now.micros()).ok()?.to_zoned(zone.clone());
    let date = Date::parse(&here.date().to_string()).ok()?;
    let midnight = here.date().tomorrow().ok()?.to_zoned(zone.clone()).ok()?.start_of_day().ok()?;
    let micros = midnight.timestamp().as_microsecond().checked_sub(now.micros())?;
    Some(LocalDay { date, ends_in: Duration::from_micros(u64::try_from(micros).ok()?) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_local_midnight() {
        for (now, name, date, hours) in [
            ("2026-03-01T00:00:00Z", "", "2026-03-01", 24.0),
            ("2026-03-01T22:59:00Z", "Europe/Berlin", "2026-03-01", 1.0 / 60.0),
            ("2026-03-01T23:00:00Z", "Europe/Berlin", "2026-03-02", 24.0),
            // Clocks go forward at two, and back at three.
            ("2026-03-28T23:00:00Z", "Europe/Berlin", "2026-03-29", 23.0),
            ("2026-10-24T22:00:00Z", "Europe/Berlin", "2026-10-25", 25.0),
            // Clocks go forward at midnight: the day begins at one.
            ("2018-11-04T02:59:00Z", "America/Sao_Paulo", "2018-11-03", 1.0 / 60.0),
            ("2018-11-04T03:00:00Z", "America/Sao_Paulo", "2018-11-04", 23.0),
            ("2026-03-01T12:00:00Z", "Pacific/Kiritimati", "2026-03-02", 22.0),
            ("2026-03-01T12:00:00Z", "Etc/GMT+12", "2026-03-01", 24.0),
            // This day was left out there.
            ("2011-12-30T09:59:00Z", "Pacific/Apia", "2011-12-29", 1.0 / 60.0),
            ("2011-12-30T10:00:00Z", "Pacific/Apia", "2011-12-31", 24.0),
        ] {
            let at: jiff::Timestamp = now.parse().unwrap();
            let at = Timestamp::from_micros(at.as_microsecond()).unwrap();
            let day = local_day(at, &zone(name).unwrap()).unwrap();
            let expected = Duration::from_secs_f64(hours * 3600.0);
            assert_eq!((day.date, day.ends_in), (Date::parse(date).unwrap(), expected), "{now} {name}");
        }
        assert!(zone("Europe/Atlantis").is_none());
    }
}

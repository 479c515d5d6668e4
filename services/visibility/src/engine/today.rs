use catalog_view::CatalogView;
use jiff::tz::TimeZone;
use vocabulary::{Date, Timestamp};

use super::Engine;

/// The day at `now` at a warehouse; in UTC where its time zone is not known.
pub(super) fn today_at(catalog: &CatalogView, warehouse: &str, now: Timestamp) -> Date {
    let zone = catalog.warehouse(warehouse).map(|record| record.time_zone.clone());
    today(now, zone.as_deref().unwrap_or_default())
}

impl Engine {
    /// See [`today_at`].
    pub(crate) fn today(&self, warehouse: &str, now: Timestamp) -> Date {
        today_at(&self.catalog, warehouse, now)
    }
}

/// The day at `now` in a time zone by its IANA name; in UTC without one, and in one that this version's table does not have.
fn today(now: Timestamp, zone: &str) -> Date {
    let zone = if zone.is_empty() { None } else { TimeZone::get(zone).ok() };
    let Some(zone) = zone else { return Date::of(now) };
    let here = jiff::Timestamp::from_microsecond(now.micros()).map(|at| at.to_zoned(zone).date());
    here.ok().and_then(|date| Date::parse(&date.to_string()).ok()).unwrap_or_else(|| Date::of(now))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_begins_at_local_midnight() {
        for (now, zone, date) in [
            ("2026-03-01T23:30:00Z", "", "2026-03-01"),
            ("2026-03-01T23:30:00Z", "Europe/Berlin", "2026-03-02"),
            ("2026-03-01T03:30:00Z", "America/New_York", "2026-02-28"),
            ("2026-03-01T23:30:00Z", "Europe/Atlantis", "2026-03-01"),
        ] {
            let at: jiff::Timestamp = now.parse().unwrap();
            let at = Timestamp::from_micros(at.as_microsecond()).unwrap();
            assert_eq!(today(at, zone), Date::parse(date).unwrap(), "{now} {zone}");
        }
    }
}

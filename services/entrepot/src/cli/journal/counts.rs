//! Changes of counts, in words.

use std::fmt;

use proto::events::v1::count_changed::Change;
use proto::events::v1::{
    CountChanged, CountPlace, CountPlaceCounted, CountPlanned, CountReading, CountRefused,
};
use serde::Serialize;

use crate::cli::text::short_name;

/// A change of a count.
#[derive(Debug, Serialize)]
pub(super) struct CountView {
    change: &'static str,
    count: String,
    /// Its place; empty when it is about all of it.
    location: String,
    sku: String,
    /// What else there is to say.
    detail: String,
}

impl CountView {
    pub(super) fn read(changed: CountChanged) -> Option<Self> {
        Some(match changed.change? {
            Change::Planned(planned) => Self::planned(planned),
            Change::Counted(counted) => Self::counted(counted),
            Change::Approved(approved) => Self::new("approved", approved.count, approved.by),
            Change::Posted(posted) => Self::new("posted", posted.count, String::new()),
            Change::Cancelled(cancelled) => Self::new("cancelled", cancelled.count, String::new()),
        })
    }

    fn planned(planned: CountPlanned) -> Self {
        let kind = short_name(planned.kind().as_str_name(), "COUNT_KIND").to_lowercase();
        let places = match planned.places.len() {
            1 => "1 place".to_owned(),
            many => format!("{many} places"),
        };
        let detail = format!("{places}, {}", kind.replace('_', " "));
        Self::new("planned", planned.count, detail)
    }

    fn counted(counted: CountPlaceCounted) -> Self {
        let CountPlaceCounted { count, place, reading } = counted;
        let CountPlace { location, sku } = place.unwrap_or_default();
        let CountReading { by, sequence, lines, .. } = reading.unwrap_or_default();
        let differ = lines.iter().filter(|line| line.counted != line.expected).count();
        let detail = format!("{differ} of {} goods differ, by {by} as of {sequence}", lines.len());
        Self { location, sku, ..Self::new("counted", count, detail) }
    }

    const fn new(change: &'static str, count: String, detail: String) -> Self {
        Self { change, count, location: String::new(), sku: String::new(), detail }
    }
}

impl fmt::Display for CountView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { change, count, location, sku, detail } = self;
        match *change {
            "planned" => write!(f, "plan count {count}: {detail}"),
            "counted" if sku.is_empty() => write!(f, "count {location} for {count}: {detail}"),
            "counted" => write!(f, "count {sku} at {location} for {count}: {detail}"),
            "approved" => write!(f, "{detail} approves count {count}"),
            "posted" => write!(f, "post count {count}"),
            _ => write!(f, "cancel count {count}"),
        }
    }
}

/// A refusal in words.
pub(super) fn refusal(refused: &CountRefused) -> String {
    let why = short_name(refused.refusal().as_str_name(), "COUNT_REFUSAL").to_lowercase().replace('_', " ");
    let place = refused.place.as_ref().map_or("", |place| place.location.as_str());
    match (refused.count.as_str(), place) {
        ("", _) => format!("counts: {why}"),
        (count, "") => format!("count {count}: {why}"),
        (count, place) => format!("count {count} at {place}: {why}"),
    }
}

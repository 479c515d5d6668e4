//! Facts and refusals about handling units as they are shown.

use std::fmt;

use proto::events::v1::rejected::Rejection;
use proto::events::v1::{
    HandlingUnitClosed, HandlingUnitMoved, HandlingUnitNested, HandlingUnitOpened, NumberRangeSet,
};
use serde::Serialize;

use crate::cli::text::number;

/// What happened to a handling unit. What does not go with it is empty.
#[derive(Debug, Default, Serialize)]
pub(super) struct UnitView {
    /// `numbers_set`, `opened`, `nested`, `moved`, `closed` or `shipped`.
    change: &'static str,
    handling_unit: String,
    kind: String,
    /// Where it stands.
    location: String,
    parent: String,
    /// `COMPANY PREFIX EXTENSION DIGIT NEXT LAST`.
    number_range: String,
}

impl UnitView {
    pub(super) fn numbers(set: NumberRangeSet) -> Self {
        let NumberRangeSet { company_prefix, extension_digit, next, last } = set;
        let number_range = format!("{company_prefix} {extension_digit} {next} {last}");
        Self { change: "numbers_set", number_range, ..Self::default() }
    }

    pub(super) fn opened(opened: HandlingUnitOpened) -> Self {
        let HandlingUnitOpened { handling_unit, kind, location, .. } = opened;
        Self { change: "opened", handling_unit, kind, location, ..Self::default() }
    }

    pub(super) fn nested(nested: HandlingUnitNested) -> Self {
        let HandlingUnitNested { handling_unit, parent } = nested;
        Self { change: "nested", handling_unit, parent, ..Self::default() }
    }

    pub(super) fn moved(moved: HandlingUnitMoved) -> Self {
        let HandlingUnitMoved { handling_unit, to_location: location, .. } = moved;
        Self { change: "moved", handling_unit, location, ..Self::default() }
    }

    pub(super) fn closed(closed: HandlingUnitClosed) -> Self {
        let change = if closed.shipped { "shipped" } else { "closed" };
        Self { change, handling_unit: closed.handling_unit, ..Self::default() }
    }
}

impl fmt::Display for UnitView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { change, handling_unit: unit, kind, location, parent, number_range } = self;
        match *change {
            "numbers_set" => write!(f, "number range {number_range}"),
            "opened" => write!(f, "open {kind} {unit} at {location}"),
            "nested" if parent.is_empty() => write!(f, "take {unit} out"),
            "nested" => write!(f, "nest {unit} in {parent}"),
            "moved" => write!(f, "move {unit} to {location}"),
            other => write!(f, "{other} {unit}"),
        }
    }
}

/// Which handling units goods came out of and went into.
pub(super) fn between(from: &str, to: &str) -> String {
    match (from, to) {
        ("", "") => String::new(),
        (from, "") => format!(" out of {from}"),
        ("", to) => format!(" into {to}"),
        (from, to) if from == to => format!(" in {to}"),
        (from, to) => format!(" from {from} into {to}"),
    }
}

/// A refusal about handling units in words; nothing for another one.
#[expect(clippy::wildcard_enum_match_arm, reason = "refusals about other things are told elsewhere")]
pub(super) fn refusal(rejection: &Rejection) -> String {
    match rejection {
        Rejection::HandlingUnitNotFound(r) => format!("no handling unit {}", r.handling_unit),
        Rejection::SsccReused(r) => format!("number {} was used before", r.handling_unit),
        Rejection::NumberRangeExhausted(_) => "no number is left for a handling unit".to_owned(),
        Rejection::NumberRangeTaken(_) => "the range would give numbers again".to_owned(),
        Rejection::PackedInUnit(r) => format!(
            "{} of {} at {} are loose, {} packed",
            number(r.loose.clone()),
            r.sku,
            r.location,
            number(r.packed.clone())
        ),
        Rejection::InsufficientInUnit(r) => format!(
            "{} asked for, {} in handling unit {}",
            number(r.requested.clone()),
            number(r.packed.clone()),
            r.handling_unit
        ),
        Rejection::HandlingUnitElsewhere(r) => {
            format!("handling unit {} is at {}", r.handling_unit, r.location)
        }
        Rejection::HandlingUnitNotEmpty(r) => format!("handling unit {} is not empty", r.handling_unit),
        Rejection::BadNesting(r) => format!("handling unit {} cannot stand in {}", r.handling_unit, r.parent),
        Rejection::HandlingUnitTooLarge(r) => {
            format!("handling unit {} is above the limit of {}", r.handling_unit, r.limit)
        }
        _ => String::new(),
    }
}

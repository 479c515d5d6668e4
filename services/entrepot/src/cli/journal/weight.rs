//! Weights of goods, and refusals about them, as they are shown.

use std::fmt;

use proto::events::v1::MovedWeight;
use proto::events::v1::rejected::Rejection;
use serde::Serialize;

use crate::cli::text::number;

/// What goods weighed that were moved; empty for those that are only counted.
#[derive(Debug, Default, Serialize)]
pub(super) struct WeightView {
    #[serde(skip_serializing_if = "String::is_empty")]
    weight: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    weight_unit: String,
    /// What they had lost where they were.
    #[serde(skip_serializing_if = "String::is_empty")]
    weight_difference: String,
}

impl WeightView {
    pub(super) fn new(moved: MovedWeight) -> Self {
        let weight_difference = moved.difference.map_or_else(String::new, |difference| difference.value);
        Self { weight: number(moved.measured), weight_unit: moved.unit, weight_difference }
    }
}

impl fmt::Display for WeightView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { weight, weight_unit: unit, weight_difference: difference } = self;
        match (weight.is_empty(), difference.is_empty()) {
            (true, _) => Ok(()),
            (false, true) => write!(f, " of {weight} {unit}"),
            (false, false) => write!(f, " of {weight} {unit} (difference {difference})"),
        }
    }
}

/// A refusal about weight in words; nothing for another one.
#[expect(clippy::wildcard_enum_match_arm, reason = "refusals about other things are told elsewhere")]
pub(super) fn refusal(rejection: &Rejection) -> String {
    match rejection {
        Rejection::WeightMissing(r) => format!("no weight was given of {}", r.sku),
        Rejection::WeightUnexpected(r) => format!("{} is not of catch weight", r.sku),
        Rejection::WeighingChanged(r) => format!("{} has stock that is weighed otherwise", r.sku),
        Rejection::InsufficientWeight(r) => format!(
            "a part of {} weight asked for, all of {} at {} weighs {}",
            number(r.requested.clone()),
            r.sku,
            r.location,
            number(r.held.clone())
        ),
        Rejection::WeightOfSeveral(r) => format!("one weight for several lots or places of {}", r.sku),
        _ => String::new(),
    }
}

//! Lines about counts as JSON.

use std::collections::BTreeMap;

use proto::events::v1::{CountPlace, CountSample, CountTolerance, ItemCost};
use proto::stock::v1::{ApproveCount, CancelCount, EnterCount, PlanCount, PostCount, SeenGoods};
use serde::Deserialize;

use super::verbs::Kind;
use crate::cli::stock::document::Number;
use crate::cli::text::time;
use crate::output::Failure;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct PlanForm {
    count: String,
    #[serde(default)]
    plan: String,
    kind: Kind,
    #[serde(default)]
    guided: bool,
    tolerance: Option<ToleranceForm>,
    approval_above: Option<Number>,
    #[serde(default)]
    currency: String,
    sample: Option<SampleForm>,
    places: Vec<PlaceForm>,
    #[serde(default)]
    costs: BTreeMap<String, Number>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ToleranceForm {
    percent: Option<Number>,
    quantity: Option<Number>,
    value: Option<Number>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SampleForm {
    seed: u64,
    population: u32,
    confidence: u32,
    margin: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct PlaceForm {
    location: String,
    #[serde(default)]
    sku: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct EnterForm {
    count: String,
    location: String,
    #[serde(default)]
    sku: String,
    counted_by: String,
    #[serde(default)]
    read_at_sequence: u64,
    read_at: Option<String>,
    #[serde(default)]
    seen: Vec<SeenForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct SeenForm {
    sku: String,
    quantity: Option<Number>,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    lot: String,
    #[serde(default)]
    status: String,
    #[serde(default)]
    owner: String,
    #[serde(default)]
    serials: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct ApproveForm {
    count: String,
    approved_by: String,
}

/// A count by its key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct CountForm {
    count: String,
}

impl PlanForm {
    pub(in crate::cli::stock) fn wire(self) -> Result<PlanCount, Failure> {
        let Self { count, plan, kind, guided, tolerance, approval_above, currency, sample, places, costs } =
            self;
        let place = |PlaceForm { location, sku }| CountPlace { location, sku };
        let cost = |(sku, cost): (String, Number)| ItemCost { sku, cost: cost.wire() };
        Ok(PlanCount {
            count,
            plan,
            kind: kind.wire().into(),
            guided,
            tolerance: tolerance.map(ToleranceForm::wire),
            approval_above: approval_above.as_ref().and_then(Number::wire),
            currency,
            sample: sample.map(|SampleForm { seed, population, confidence, margin }| CountSample {
                seed,
                population,
                confidence,
                margin,
            }),
            places: places.into_iter().map(place).collect(),
            costs: costs.into_iter().map(cost).collect(),
        })
    }
}

impl ToleranceForm {
    fn wire(self) -> CountTolerance {
        CountTolerance {
            percent: self.percent.as_ref().and_then(Number::wire),
            quantity: self.quantity.as_ref().and_then(Number::wire),
            value: self.value.as_ref().and_then(Number::wire),
        }
    }
}

impl EnterForm {
    pub(in crate::cli::stock) fn wire(self) -> Result<EnterCount, Failure> {
        let Self { count, location, sku, counted_by, read_at_sequence, read_at, seen } = self;
        let read_at = read_at.map(|text| time(&text).map_err(|failure| failure.at("enter_count.read_at")));
        Ok(EnterCount {
            count,
            place: Some(CountPlace { location, sku }),
            counted_by,
            read_at_sequence,
            read_at: read_at.transpose()?,
            seen: seen.into_iter().map(SeenForm::wire).collect(),
        })
    }
}

impl SeenForm {
    fn wire(self) -> SeenGoods {
        let Self { sku, quantity, unit, lot, status, owner, serials } = self;
        SeenGoods {
            sku,
            quantity: quantity.as_ref().and_then(Number::wire),
            unit,
            lot,
            status,
            owner,
            serials,
        }
    }
}

impl ApproveForm {
    pub(in crate::cli::stock) fn wire(self) -> ApproveCount {
        ApproveCount { count: self.count, approved_by: self.approved_by }
    }
}

impl CountForm {
    pub(in crate::cli::stock) fn post(self) -> PostCount {
        PostCount { count: self.count }
    }

    pub(in crate::cli::stock) fn cancel(self) -> CancelCount {
        CancelCount { count: self.count }
    }
}

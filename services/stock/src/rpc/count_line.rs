//! Lines about counts, checked against the catalog.

use std::collections::{BTreeMap, BTreeSet};

use proto::common::v1::Decimal;
use proto::events::v1 as events;
use proto::stock::v1 as wire;
use proto::stock::v1::document_line::Action;
use rpc::{ApiError, Reason, given};
use stock_core::{CountEntry, CountLine, Line, SeenGoods, Tracking};
use vocabulary::{Currency, DocumentCode, Invalid, PartyCode, Quantity, Sequence, Sku, Timestamp};
use work_core::{
    COUNT_LINES_MAX, COUNT_PLACES_MAX, Confidence, CountKind, CountPlace, CountPlan, CountSheets,
    CountTolerance, SamplePlan, WHOLE,
};

use super::amount::{in_base, quantity};
use super::goods::{self, Naming};
use super::line::LineParser;
use super::weight::Weighing;

const SEEN_MAX: usize = 1000;

impl LineParser<'_> {
    /// A line about a count; nothing is done by one that is about something else.
    pub(super) fn count(&self, action: &Action) -> Result<Line, ApiError> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "every other action is about something else")]
        let (field, parsed) = match action {
            Action::PlanCount(l) => ("plan_count", self.plan_count(l).map(CountLine::Plan)),
            Action::EnterCount(l) => ("enter_count", self.enter_count(l).map(CountLine::Enter)),
            Action::ApproveCount(l) => ("approve_count", approve(l)),
            Action::PostCount(l) => ("post_count", self.post_count(l)),
            Action::CancelCount(l) => ("cancel_count", cancel(l)),
            _ => return Err(ApiError::internal("the line is not about a count")),
        };
        Ok(Line::Count(Box::new(parsed.map_err(|error| error.in_field(field))?)))
    }

    fn plan_count(&self, line: &wire::PlanCount) -> Result<CountPlan, ApiError> {
        let kind = kind(line.kind())?;
        let (costs, tolerance) = (self.costs(&line.costs)?, tolerance(line.tolerance.as_ref())?);
        let approval_above = limit("approval_above", line.approval_above.as_ref())?;
        let currency = given("currency", &line.currency, Currency::parse)?;
        let has_values = !costs.is_empty() || tolerance.value.is_some() || approval_above.is_some();
        if has_values && currency.is_none() {
            let message = "there are values: say what they are in, for example EUR";
            return Err(ApiError::invalid(Reason::BadField, "currency", message));
        }
        let plan = CountPlan {
            code: code("count", &line.count)?,
            plan: given("plan", &line.plan, DocumentCode::parse)?,
            kind,
            sheets: if line.guided { CountSheets::Guided } else { CountSheets::Blind },
            tolerance,
            approval_above,
            currency,
            sample: sample(kind, line.sample.as_ref())?,
            places: self.places(&line.places)?,
            costs,
        };
        match plan.twice() {
            Some(place) => {
                let message =
                    format!("{place} is counted with everything at {}: name it once", place.location);
                Err(ApiError::invalid(Reason::BadField, "places", message))
            }
            None => Ok(plan),
        }
    }

    fn places(&self, places: &[events::CountPlace]) -> Result<BTreeSet<CountPlace>, ApiError> {
        if places.is_empty() {
            let message = "nothing is to be counted: give 1 to 1,000 places";
            return Err(ApiError::invalid(Reason::NoLines, "places", message));
        }
        if places.len() > COUNT_PLACES_MAX {
            let message = format!("{} places to count: give at most {COUNT_PLACES_MAX}", places.len());
            return Err(ApiError::invalid(Reason::TooManyLines, "places", message));
        }
        let mut parsed = BTreeSet::new();
        for (n, place) in places.iter().enumerate() {
            let place =
                self.count_place(place).map_err(|error| error.in_field(format_args!("places[{n}]")))?;
            if !parsed.insert(place) {
                let message = "the place is there before: name it once";
                return Err(ApiError::invalid(Reason::BadField, format!("places[{n}]"), message));
            }
        }
        Ok(parsed)
    }

    fn count_place(&self, place: &events::CountPlace) -> Result<CountPlace, ApiError> {
        let location = self.location("location", &place.location)?;
        let sku = if place.sku.is_empty() { None } else { Some(self.item(&place.sku)?.sku.clone()) };
        Ok(CountPlace { location, sku })
    }

    fn costs(&self, costs: &[events::ItemCost]) -> Result<BTreeMap<Sku, Quantity>, ApiError> {
        if costs.len() > COUNT_LINES_MAX {
            let message = format!("{} costs: give at most {COUNT_LINES_MAX}", costs.len());
            return Err(ApiError::invalid(Reason::TooManyLines, "costs", message));
        }
        let mut parsed = BTreeMap::new();
        for (n, cost) in costs.iter().enumerate() {
            let of_item = || {
                let value = limit("cost", cost.cost.as_ref())?.unwrap_or_default();
                Ok::<_, ApiError>((self.item(&cost.sku)?.sku.clone(), value))
            };
            let (sku, value) = of_item().map_err(|error| error.in_field(format_args!("costs[{n}]")))?;
            if parsed.insert(sku, value).is_some() {
                let message = format!("{} has a cost before: give one", cost.sku);
                return Err(ApiError::invalid(Reason::BadField, format!("costs[{n}].sku"), message));
            }
        }
        Ok(parsed)
    }

    fn enter_count(&self, line: &wire::EnterCount) -> Result<CountEntry, ApiError> {
        let place = line.place.clone().unwrap_or_default();
        if line.seen.len() > SEEN_MAX {
            let message = format!("{} goods seen: give at most {SEEN_MAX}", line.seen.len());
            return Err(ApiError::invalid(Reason::TooManyLines, "seen", message));
        }
        let seen = |(n, seen): (usize, &wire::SeenGoods)| {
            self.seen(seen).map_err(|error| error.in_field(format_args!("seen[{n}]")))
        };
        Ok(CountEntry {
            count: code("count", &line.count)?,
            place: self.count_place(&place).map_err(|error| error.in_field("place"))?,
            by: PartyCode::parse(&line.counted_by).map_err(bad("counted_by"))?,
            sequence: (line.read_at_sequence != 0).then(|| Sequence::new(line.read_at_sequence)),
            at: line.read_at.as_ref().map(time).transpose()?,
            seen: line.seen.iter().enumerate().map(seen).collect::<Result<_, _>>()?,
        })
    }

    fn seen(&self, seen: &wire::SeenGoods) -> Result<SeenGoods, ApiError> {
        let item = self.item(&seen.sku)?;
        let units = Decimal { value: seen.serials.len().to_string() };
        let is_by_unit = seen.quantity.is_none() && !seen.serials.is_empty();
        let counted = if is_by_unit { Some(&units) } else { seen.quantity.as_ref() };
        let counted = in_base(&item, "quantity", not_negative("quantity", counted)?, &seen.unit)?;
        let goods = wire::Goods {
            lot: seen.lot.clone(),
            serials: seen.serials.clone(),
            status: seen.status.clone(),
            owner: seen.owner.clone(),
            ..wire::Goods::default()
        };
        let is_weighed = item.catch_weight.is_some();
        let naming = (Naming::All, Weighing::Parts);
        let parsed = goods::parse(&item, Some(&goods), naming, counted)?.unwrap_or_default();
        Ok(SeenGoods {
            sku: item.sku.clone(),
            tracking: parsed.tracking,
            is_weighed,
            lot: parsed.lot,
            status: parsed.status,
            owner: parsed.owner,
            quantity: if parsed.tracking == Tracking::Serial { Quantity::ZERO } else { counted },
            serials: parsed.serials,
        })
    }

    fn post_count(&self, line: &wire::PostCount) -> Result<CountLine, ApiError> {
        Ok(CountLine::Post {
            count: code("count", &line.count)?,
            adjustment: self.adjustment.clone(),
            usage: self.customer.clone(),
        })
    }
}

fn approve(line: &wire::ApproveCount) -> Result<CountLine, ApiError> {
    let by = PartyCode::parse(&line.approved_by).map_err(bad("approved_by"))?;
    Ok(CountLine::Approve { count: code("count", &line.count)?, by })
}

fn cancel(line: &wire::CancelCount) -> Result<CountLine, ApiError> {
    Ok(CountLine::Cancel { count: code("count", &line.count)? })
}

fn tolerance(tolerance: Option<&events::CountTolerance>) -> Result<CountTolerance, ApiError> {
    let Some(tolerance) = tolerance else { return Ok(CountTolerance::default()) };
    let parsed = CountTolerance {
        percent: limit("tolerance.percent", tolerance.percent.as_ref())?,
        quantity: limit("tolerance.quantity", tolerance.quantity.as_ref())?,
        value: limit("tolerance.value", tolerance.value.as_ref())?,
    };
    match parsed.percent.filter(|percent| *percent > Quantity::from(100)) {
        Some(percent) => {
            let message = format!("{percent} percent is more than all: give 0 to 100");
            Err(ApiError::invalid(Reason::BadField, "tolerance.percent", message))
        }
        None => Ok(parsed),
    }
}

/// How a sample was drawn; only a sample says so.
fn sample(kind: CountKind, sample: Option<&events::CountSample>) -> Result<Option<SamplePlan>, ApiError> {
    match (kind, sample) {
        (CountKind::Sample, None) => {
            let message = "say how the sample was drawn, as ChooseCountPlaces answered it";
            Err(ApiError::invalid(Reason::BadField, "sample", message))
        }
        (CountKind::Sample, Some(sample)) => drawn(sample).map(Some),
        (_, None) => Ok(None),
        (_, Some(_)) => {
            let message = "the places were not drawn by chance: leave the sample away";
            Err(ApiError::invalid(Reason::BadField, "sample", message))
        }
    }
}

/// A sample's confidence and margin are of those that are known.
pub(super) fn drawn(sample: &events::CountSample) -> Result<SamplePlan, ApiError> {
    let events::CountSample { seed, population, confidence, margin } = *sample;
    let Some(confidence) = Confidence::parse(confidence) else {
        let message = format!("{confidence} percent: give 90, 95 or 99");
        return Err(ApiError::invalid(Reason::BadField, "sample.confidence", message));
    };
    if !(1..WHOLE).contains(&margin) {
        let message = format!("{margin} hundredths of a percent: give 1 to {}", WHOLE.saturating_sub(1));
        return Err(ApiError::invalid(Reason::BadField, "sample.margin", message));
    }
    Ok(SamplePlan { seed, population, confidence, margin })
}

pub(super) fn kind(kind: events::CountKind) -> Result<CountKind, ApiError> {
    match kind {
        events::CountKind::Full => Ok(CountKind::Full),
        events::CountKind::Location => Ok(CountKind::Location),
        events::CountKind::Class => Ok(CountKind::Class),
        events::CountKind::LowStock => Ok(CountKind::LowStock),
        events::CountKind::ZeroStock => Ok(CountKind::ZeroStock),
        events::CountKind::ShortPick => Ok(CountKind::ShortPick),
        events::CountKind::Sample => Ok(CountKind::Sample),
        events::CountKind::Unspecified => {
            let message = "say how the places were chosen, for example full, location or sample";
            Err(ApiError::invalid(Reason::BadField, "kind", message))
        }
    }
}

fn time(time: &prost_types::Timestamp) -> Result<Timestamp, ApiError> {
    let parsed = Timestamp::from_parts(time.seconds, time.nanos);
    parsed.map_err(|e| ApiError::invalid(Reason::BadTime, "read_at", e.to_string()))
}

fn limit(field: &'static str, decimal: Option<&Decimal>) -> Result<Option<Quantity>, ApiError> {
    decimal.map(|decimal| not_negative(field, Some(decimal))).transpose()
}

fn not_negative(field: &'static str, decimal: Option<&Decimal>) -> Result<Quantity, ApiError> {
    let given = quantity(field, decimal)?;
    if given.is_negative() {
        let message = format!("{given} is less than nothing");
        return Err(ApiError::invalid(Reason::BadQuantity, field, message));
    }
    Ok(given)
}

fn code(field: &'static str, text: &str) -> Result<DocumentCode, ApiError> {
    DocumentCode::parse(text).map_err(bad(field))
}

fn bad(field: &'static str) -> impl Fn(Invalid) -> ApiError {
    move |invalid| ApiError::invalid(Reason::BadCode, field, invalid.to_string())
}

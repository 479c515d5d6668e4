//! Counts and their plans.

use std::collections::{BTreeMap, BTreeSet};

use proto::events::v1 as wire;
use vocabulary::{
    Currency, DocumentCode, LocationCode, LotCode, Owner, PartyCode, Quantity, Sequence, SerialNumber, Sku,
    StockStatus, Timestamp,
};

use super::WireError;
use super::field::{decimal, given, quantity};
use crate::{
    Confidence, Count, CountKind, CountPlace, CountPlan, CountSheets, CountState, CountTolerance,
    CountedGoods, CountedLine, PlaceProgress, Reading, SamplePlan,
};

/// A count as a message.
pub fn count_to(count: &Count) -> wire::Count {
    let progress = count.progress.iter().map(|(place, known)| wire::CountProgress {
        place: Some(count_place_to(place)),
        reading: known.reading.as_ref().map(reading_to),
        before: known.before.iter().map(ToString::to_string).collect(),
        corrected_by: known.corrected_by.map_or(0, Sequence::get),
    });
    wire::Count {
        planned: Some(plan_to(&count.plan)),
        planned_by: count.planned_by.get(),
        state: count_state_to(count.state).into(),
        progress: progress.collect(),
        approved_by: text(count.approved_by.as_ref()),
        posted_at_micros: count.posted_at.map(Timestamp::micros),
        ended_by: count.ended_by.map_or(0, Sequence::get),
    }
}

/// A message as a count.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn count_of(message: &wire::Count) -> Result<Count, WireError> {
    let plan = message.planned.as_ref().ok_or(WireError::Missing("plan of the count"))?;
    let progress = message.progress.iter().map(|known| {
        let before = known.before.iter().map(|by| PartyCode::parse(by));
        let progress = PlaceProgress {
            reading: known.reading.as_ref().map(reading_of).transpose()?,
            before: before.collect::<Result<_, _>>()?,
            corrected_by: sequence(known.corrected_by),
        };
        Ok((place_of(known.place.as_ref())?, progress))
    });
    Ok(Count {
        plan: plan_of(plan)?,
        planned_by: Sequence::new(message.planned_by),
        state: state_of(message.state())?,
        progress: progress.collect::<Result<_, WireError>>()?,
        approved_by: given(&message.approved_by, PartyCode::parse)?,
        posted_at: message.posted_at_micros.map(Timestamp::from_micros).transpose()?,
        ended_by: sequence(message.ended_by),
    })
}

pub(super) fn plan_to(plan: &CountPlan) -> wire::CountPlanned {
    let CountTolerance { percent, quantity, value } = plan.tolerance;
    let optional = |quantity: Option<Quantity>| quantity.and_then(decimal);
    let costs = plan.costs.iter();
    wire::CountPlanned {
        count: plan.code.to_string(),
        plan: text(plan.plan.as_ref()),
        kind: count_kind_to(plan.kind).into(),
        guided: plan.sheets == CountSheets::Guided,
        tolerance: Some(wire::CountTolerance {
            percent: optional(percent),
            quantity: optional(quantity),
            value: optional(value),
        }),
        approval_above: optional(plan.approval_above),
        currency: text(plan.currency.as_ref()),
        sample: plan.sample.map(sample_to),
        places: plan.places.iter().map(count_place_to).collect(),
        costs: costs
            .map(|(sku, cost)| wire::ItemCost { sku: sku.to_string(), cost: decimal(*cost) })
            .collect(),
    }
}

pub(super) fn plan_of(message: &wire::CountPlanned) -> Result<CountPlan, WireError> {
    let tolerance = message.tolerance.clone().unwrap_or_default();
    let optional = |decimal: &Option<proto::common::v1::Decimal>| {
        decimal.as_ref().map(|decimal| quantity(Some(decimal))).transpose()
    };
    let places = message.places.iter().map(|place| place_of(Some(place)));
    let costs = message.costs.iter().map(|cost| Ok((Sku::parse(&cost.sku)?, quantity(cost.cost.as_ref())?)));
    Ok(CountPlan {
        code: DocumentCode::parse(&message.count)?,
        plan: given(&message.plan, DocumentCode::parse)?,
        kind: kind_of(message.kind())?,
        sheets: if message.guided { CountSheets::Guided } else { CountSheets::Blind },
        tolerance: CountTolerance {
            percent: optional(&tolerance.percent)?,
            quantity: optional(&tolerance.quantity)?,
            value: optional(&tolerance.value)?,
        },
        approval_above: optional(&message.approval_above)?,
        currency: given(&message.currency, Currency::parse)?,
        sample: message.sample.as_ref().map(sample_of).transpose()?,
        places: places.collect::<Result<BTreeSet<_>, _>>()?,
        costs: costs.collect::<Result<BTreeMap<_, _>, WireError>>()?,
    })
}

/// A place as a message.
pub fn count_place_to(place: &CountPlace) -> wire::CountPlace {
    wire::CountPlace { location: place.location.to_string(), sku: text(place.sku.as_ref()) }
}

pub(super) fn place_of(message: Option<&wire::CountPlace>) -> Result<CountPlace, WireError> {
    let message = message.ok_or(WireError::Missing("place of the count"))?;
    let location = LocationCode::parse(&message.location)?;
    Ok(CountPlace { location, sku: given(&message.sku, Sku::parse)? })
}

pub(super) fn reading_to(reading: &Reading) -> wire::CountReading {
    wire::CountReading {
        by: reading.by.to_string(),
        sequence: reading.sequence.get(),
        read_at_micros: reading.at.map(Timestamp::micros),
        lines: reading.lines.iter().map(line_to).collect(),
    }
}

pub(super) fn reading_of(message: &wire::CountReading) -> Result<Reading, WireError> {
    Ok(Reading {
        by: PartyCode::parse(&message.by)?,
        sequence: Sequence::new(message.sequence),
        at: message.read_at_micros.map(Timestamp::from_micros).transpose()?,
        lines: message.lines.iter().map(line_of).collect::<Result<_, _>>()?,
    })
}

fn line_to(line: &CountedLine) -> wire::CountedLine {
    let CountedGoods { sku, lot, status, owner } = &line.goods;
    wire::CountedLine {
        sku: sku.to_string(),
        lot: text(lot.as_ref()),
        status: if status.is_available() { String::new() } else { status.to_string() },
        owner: if *owner == Owner::Own { String::new() } else { owner.to_string() },
        counted: decimal(line.counted),
        expected: decimal(line.expected),
        missing: line.missing.iter().map(ToString::to_string).collect(),
        found: line.found.iter().map(ToString::to_string).collect(),
        usage: line.is_usage,
    }
}

fn line_of(message: &wire::CountedLine) -> Result<CountedLine, WireError> {
    let serials =
        |texts: &[String]| texts.iter().map(|text| SerialNumber::parse(text)).collect::<Result<_, _>>();
    Ok(CountedLine {
        goods: CountedGoods {
            sku: Sku::parse(&message.sku)?,
            lot: given(&message.lot, LotCode::parse)?,
            status: given(&message.status, StockStatus::parse)?.unwrap_or_default(),
            owner: Owner::parse(&message.owner)?,
        },
        counted: quantity(message.counted.as_ref())?,
        expected: quantity(message.expected.as_ref())?,
        missing: serials(&message.missing)?,
        found: serials(&message.found)?,
        is_usage: message.usage,
    })
}

const fn sample_to(sample: SamplePlan) -> wire::CountSample {
    let SamplePlan { seed, population, confidence, margin } = sample;
    wire::CountSample { seed, population, confidence: confidence.percent(), margin }
}

fn sample_of(message: &wire::CountSample) -> Result<SamplePlan, WireError> {
    let wire::CountSample { seed, population, confidence, margin } = *message;
    let confidence = Confidence::parse(confidence).ok_or(WireError::Missing("confidence of the sample"))?;
    Ok(SamplePlan { seed, population, confidence, margin })
}

fn sequence(number: u64) -> Option<Sequence> {
    (number != 0).then(|| Sequence::new(number))
}

/// Nothing is an empty text.
fn text(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// How places were chosen, as a message says it.
pub const fn count_kind_to(kind: CountKind) -> wire::CountKind {
    match kind {
        CountKind::Full => wire::CountKind::Full,
        CountKind::Location => wire::CountKind::Location,
        CountKind::Class => wire::CountKind::Class,
        CountKind::LowStock => wire::CountKind::LowStock,
        CountKind::ZeroStock => wire::CountKind::ZeroStock,
        CountKind::ShortPick => wire::CountKind::ShortPick,
        CountKind::Sample => wire::CountKind::Sample,
    }
}

const fn kind_of(kind: wire::CountKind) -> Result<CountKind, WireError> {
    match kind {
        wire::CountKind::Full => Ok(CountKind::Full),
        wire::CountKind::Location => Ok(CountKind::Location),
        wire::CountKind::Class => Ok(CountKind::Class),
        wire::CountKind::LowStock => Ok(CountKind::LowStock),
        wire::CountKind::ZeroStock => Ok(CountKind::ZeroStock),
        wire::CountKind::ShortPick => Ok(CountKind::ShortPick),
        wire::CountKind::Sample => Ok(CountKind::Sample),
        wire::CountKind::Unspecified => Err(WireError::Missing("kind of the count")),
    }
}

/// How far a count is, as a message says it.
pub const fn count_state_to(state: CountState) -> wire::CountState {
    match state {
        CountState::Planned => wire::CountState::Planned,
        CountState::Counting => wire::CountState::Counting,
        CountState::Counted => wire::CountState::Counted,
        CountState::Posted => wire::CountState::Posted,
        CountState::Cancelled => wire::CountState::Cancelled,
    }
}

pub(super) const fn state_of(state: wire::CountState) -> Result<CountState, WireError> {
    match state {
        wire::CountState::Planned => Ok(CountState::Planned),
        wire::CountState::Counting => Ok(CountState::Counting),
        wire::CountState::Counted => Ok(CountState::Counted),
        wire::CountState::Posted => Ok(CountState::Posted),
        wire::CountState::Cancelled => Ok(CountState::Cancelled),
        wire::CountState::Unspecified => Err(WireError::Missing("state of the count")),
    }
}

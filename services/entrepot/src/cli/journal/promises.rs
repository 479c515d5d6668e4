//! Rules, and refusals of promises, in words.

use std::fmt;

use proto::common::v1::Decimal;
use proto::events::v1::rejected::Rejection;
use proto::events::v1::rule_set::Rule;
use proto::events::v1::{PromiseMoved, PromisedElsewhere, ReleaseCause, RuleSet};
use serde::Serialize;

use crate::cli::text::number;

pub(super) const fn cause(cause: ReleaseCause) -> &'static str {
    match cause {
        ReleaseCause::Unspecified => "",
        ReleaseCause::Expired => "expired",
        ReleaseCause::Reallocated => "reallocated",
        ReleaseCause::Recalled => "recalled",
        ReleaseCause::LotExpired => "lot expired",
        ReleaseCause::Taken => "taken",
    }
}

pub(super) fn rule(set: RuleSet) -> String {
    let amount = |quantity: Option<Decimal>| quantity.map_or_else(|| "nothing".to_owned(), |q| q.value);
    match set.rule {
        Some(Rule::ChannelQuota(rule)) => {
            format!("keep {} {} for channel {}", amount(rule.quantity), rule.sku, rule.channel)
        }
        Some(Rule::SafetyBuffer(rule)) => format!("keep {} {} as a buffer", amount(rule.quantity), rule.sku),
        Some(Rule::Minimum(rule)) => format!("tell below {} {}", amount(rule.quantity), rule.sku),
        Some(Rule::CustomerMaximum(rule)) => {
            let who = if rule.holder.is_empty() { "anybody" } else { &rule.holder };
            let most = rule.quantity.map_or_else(|| "any number of".to_owned(), |most| most.value);
            format!("promise {who} at most {most} {}", rule.sku)
        }
        Some(Rule::ShelfLife(rule)) => format!("goods for {} last {} days", rule.holder, rule.days),
        Some(Rule::PeriodicItem(rule)) if rule.periodic => {
            format!("the usage of {} is found by counts", rule.sku)
        }
        Some(Rule::PeriodicItem(rule)) => format!("the usage of {} is told", rule.sku),
        Some(Rule::StoredAs(rule)) => {
            let how = [("at", &rule.fixed_location), ("class", &rule.class), ("hazard", &rule.hazard)];
            format!("{} is stored {}", rule.sku, said(how))
        }
        Some(Rule::Stores(rule)) => {
            let most = rule.units_max.map(|most| most.value).unwrap_or_default();
            format!("{} stores {}", rule.location, said([("class", &rule.class), ("at most", &most)]))
        }
        Some(Rule::StatusCounts(rule)) if rule.counts => format!("{} counts as available", rule.status),
        Some(Rule::StatusCounts(rule)) => format!("{} does not count as available", rule.status),
        None => String::new(),
    }
}

/// What is said, each with its name.
fn said<const N: usize>(words: [(&str, &String); N]) -> String {
    let words = words.into_iter().filter(|(_, value)| !value.is_empty());
    let words: Vec<_> = words.map(|(name, value)| format!("{name} {value}")).collect();
    if words.is_empty() { "anyhow".to_owned() } else { words.join(", ") }
}

/// Promised goods that went elsewhere with their promise.
#[derive(Debug, Serialize)]
pub(super) struct PromiseMovedView {
    reservation_id: String,
    sku: String,
    quantity: String,
    lot: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    status: String,
    from: String,
    to: String,
    serials: Vec<String>,
}

impl PromiseMovedView {
    pub(super) fn read(moved: PromiseMoved) -> Self {
        Self {
            reservation_id: format!("{}-{}", moved.reservation_sequence, moved.reservation_line),
            sku: moved.sku,
            quantity: number(moved.quantity),
            lot: moved.lot,
            status: moved.status,
            from: moved.from_location,
            to: moved.to_location,
            serials: moved.serials,
        }
    }
}

impl fmt::Display for PromiseMovedView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { reservation_id, quantity, from, to, .. } = self;
        write!(f, "{quantity} of {reservation_id} {from} -> {to}")
    }
}

pub(super) fn elsewhere(refused: &PromisedElsewhere) -> String {
    let (sequence, line) = (refused.reservation_sequence, refused.reservation_line);
    let (there, at) = (number(refused.there.clone()), &refused.location);
    let asked = number(refused.requested.clone());
    format!("{there} of reservation {sequence}-{line} is at {at}, {asked} asked for")
}

/// A refusal that came with promises on terms.
#[expect(clippy::wildcard_enum_match_arm, reason = "the caller's match is exhaustive and gives these only")]
pub(super) fn refusal(rejection: &Rejection) -> String {
    let text = |decimal: &Option<Decimal>| number(decimal.clone());
    match rejection {
        Rejection::NotExpired(r) => {
            format!("reservation {}-{} has not expired", r.reservation_sequence, r.reservation_line)
        }
        Rejection::SerialReserved(r) => {
            let (sequence, line) = (r.reservation_sequence, r.reservation_line);
            format!("serial {} of {} is promised by {sequence}-{line}", r.serial, r.sku)
        }
        Rejection::SerialNotReserved(r) => {
            let (sequence, line) = (r.reservation_sequence, r.reservation_line);
            format!("reservation {sequence}-{line} is not of serial {}", r.serial)
        }
        Rejection::QuotaExceeded(r) => format!(
            "{} of {} asked for, {} free, {} kept for other channels",
            text(&r.requested),
            r.sku,
            text(&r.free),
            text(&r.kept)
        ),
        Rejection::BufferKept(r) => format!(
            "{} of {} asked for, {} free, {} kept for other channels and {} as a buffer",
            text(&r.requested),
            r.sku,
            text(&r.free),
            text(&r.kept),
            text(&r.buffer)
        ),
        Rejection::CustomerMaximumReached(r) => format!(
            "{} of {} asked for, {} holds {} of at most {}",
            text(&r.requested),
            r.sku,
            r.holder,
            text(&r.open),
            text(&r.maximum)
        ),
        Rejection::ExpiresTooEarly(r) => {
            format!("lot {} of {} expires on {}, before {}", r.lot, r.sku, r.expiry, r.min_expiry)
        }
        Rejection::InsufficientInWarehouse(r) => format!(
            "insufficient available: {} asked for, {} available of {}",
            text(&r.requested),
            text(&r.available),
            r.sku
        ),
        Rejection::StatusInUse(r) => format!("{} at {} is {}", r.sku, r.location, r.status),
        Rejection::StatusNotAvailable(r) => {
            format!("{} that is {} does not count as available", r.sku, r.status)
        }
        _ => String::new(),
    }
}

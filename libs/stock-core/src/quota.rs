//! Lines that take goods, against the rules of their item.

use vocabulary::{ChannelCode, Date, PartyCode, Quantity, Sku};

use crate::available::check_unused;
use crate::draft::Draft;
use crate::rules::{ItemRules, RULES_MAX, Rule, plus};
use crate::{Claim, Fact, Rejection, ReservedPart, RuleSet};
use work_core::CountRejection;

/// Who takes, and on what claim. The default is nobody in particular.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Taker<'a> {
    pub(crate) channel: Option<&'a ChannelCode>,
    pub(crate) holder: Option<&'a PartyCode>,
    pub(crate) use_buffer: bool,
}

impl<'a> Taker<'a> {
    pub(crate) fn of(claim: Option<&'a Claim>) -> Self {
        claim.map_or_else(Self::default, |claim| Self {
            channel: claim.terms.channel.as_ref(),
            holder: claim.terms.holder.as_ref(),
            use_buffer: claim.use_buffer,
        })
    }
}

/// 9999-12-31, in days since 1970: stands for any day after it.
const LAST_DAY: i32 = 2_932_896;

/// Sets a rule. A document may be told that there is no room although it takes others away.
pub(crate) fn set(
    draft: &mut Draft<'_>,
    line: u32,
    rule: &Rule,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    if rule.has_value() && !draft.state().is_rule_set(rule) && !draft.has_room_for_rule() {
        return Err(Rejection::TooManyRules { max: RULES_MAX as u64 });
    }
    if let Rule::StatusCounts { status, counts } = rule
        && draft.available().has(*status) != *counts
    {
        check_unused(draft, *status)?;
    }
    draft.set_rule(rule);
    facts.push(Fact::RuleSet(Box::new(RuleSet { line, rule: rule.clone() })));
    Ok(())
}

/// The most that somebody may take of an item by its rules; `None` while nothing stands against it. What positions hold is
/// another matter.
pub(crate) fn allowance(draft: &Draft<'_>, sku: &Sku, taker: Taker<'_>) -> Option<Quantity> {
    let rules = draft.rules(sku)?;
    let kept = kept(rules, taker);
    let beyond_kept = kept.is_positive().then(|| rules.free().checked_sub(kept).unwrap_or_default());
    match (beyond_kept, within_maximum(draft, sku, taker)) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// What a customer may still be promised; `None` while there is no maximum.
pub(crate) fn within_maximum(draft: &Draft<'_>, sku: &Sku, taker: Taker<'_>) -> Option<Quantity> {
    let holder = taker.holder?;
    let maximum = draft.rules(sku)?.maximum(holder)?;
    Some(maximum.checked_sub(draft.open_of(sku, holder)).unwrap_or_default())
}

/// Why a quantity is more than somebody may take, if it is.
pub(crate) fn check(
    draft: &Draft<'_>,
    sku: &Sku,
    requested: Quantity,
    taker: Taker<'_>,
) -> Result<(), Rejection> {
    let Some(rules) = draft.rules(sku) else { return Ok(()) };
    check_perpetual(draft, sku)?;
    if let Some(holder) = taker.holder {
        check_maximum(draft, sku, requested, holder)?;
    }
    let (free, others) = (rules.free(), rules.kept_for_others(taker.channel));
    let left = free.checked_sub(requested).unwrap_or_default();
    let sku = sku.clone();
    if !laws::quota_kept(left, others) {
        let channel = taker.channel.cloned();
        return Err(Rejection::QuotaExceeded { sku, channel, requested, free, kept: others });
    }
    if !laws::quota_kept(left, kept(rules, taker)) {
        let buffer = rules.buffer.unwrap_or_default();
        return Err(Rejection::BufferKept { sku, requested, free, kept: others, buffer });
    }
    Ok(())
}

/// A customer that gets goods of a promise which is not the customer's own.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Receiver<'a> {
    pub(crate) customer: &'a PartyCode,
    /// When they are needed; `None` for the day on which they leave.
    pub(crate) needed_on: Option<Date>,
    /// What of the item leaves for the customer with them.
    pub(crate) before: Quantity,
}

/// Goods of a promise that was made to nobody, or to somebody else, go to a customer: the rules of the one who receives them hold, as for
/// the customer's own promises.
pub(crate) fn check_receiver(
    draft: &Draft<'_>,
    sku: &Sku,
    receiver: Receiver<'_>,
    parts: &[ReservedPart],
) -> Result<(), Rejection> {
    let Receiver { customer, needed_on, before } = receiver;
    let sum = parts.iter().fold(before, |sum, part| plus(sum, part.quantity));
    check_maximum(draft, sku, sum, customer)?;
    let Some(days) = draft.shelf_life(customer) else { return Ok(()) };
    let needed_on = needed_on.unwrap_or_else(|| Date::of(draft.effective_at()));
    let Some(min_expiry) = after(needed_on, days) else { return Ok(()) };
    for lot in parts.iter().filter_map(|part| part.lot.as_ref()) {
        let expiry = draft.lot(sku, lot).and_then(|known| known.facts.expiry);
        if let Some(expiry) = expiry.filter(|expiry| *expiry < min_expiry) {
            let (sku, lot) = (sku.clone(), lot.clone());
            return Err(Rejection::ExpiresTooEarly { sku, lot, expiry, min_expiry });
        }
    }
    Ok(())
}

/// Nothing is taken of an item whose usage is found by counts only.
pub(crate) fn check_perpetual(draft: &Draft<'_>, sku: &Sku) -> Result<(), Rejection> {
    match draft.rules(sku).filter(|rules| rules.is_periodic) {
        Some(_) => Err(CountRejection::Periodic { sku: sku.clone() }.into()),
        None => Ok(()),
    }
}

fn check_maximum(
    draft: &Draft<'_>,
    sku: &Sku,
    requested: Quantity,
    holder: &PartyCode,
) -> Result<(), Rejection> {
    let Some(maximum) = draft.rules(sku).and_then(|rules| rules.maximum(holder)) else { return Ok(()) };
    let open = draft.open_of(sku, holder);
    if open.checked_add(requested).is_ok_and(|sum| sum <= maximum) {
        return Ok(());
    }
    let (sku, holder) = (sku.clone(), holder.clone());
    Err(Rejection::CustomerMaximum { sku, holder, requested, open, maximum })
}

/// So many days after one; the last day there is, where that is later.
fn after(day: Date, days: u32) -> Option<Date> {
    day.plus_days(days).or_else(|| Date::from_days(LAST_DAY))
}

pub(crate) fn kept(rules: &ItemRules, taker: Taker<'_>) -> Quantity {
    let others = rules.kept_for_others(taker.channel);
    let buffer = rules.buffer.filter(|_| !taker.use_buffer).unwrap_or_default();
    plus(others, buffer)
}

/// The first day on which a lot may expire, for whoever claims it.
pub(crate) fn min_expiry(draft: &Draft<'_>, claim: Option<&Claim>) -> Option<Date> {
    let claim = claim?;
    let days = claim.terms.holder.as_ref().and_then(|holder| draft.shelf_life(holder));
    let by_rule = days.zip(claim.needed_on).and_then(|(days, needed_on)| after(needed_on, days));
    claim.min_expiry.max(by_rule)
}

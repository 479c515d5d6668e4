use laws::NegativeStock;
use vocabulary::{LocationCode, Quantity, Sku, Timestamp};

use crate::count;
use crate::delivery;
use crate::document_limit;
use crate::draft::Draft;
use crate::entry::{Moved, Reserved};
use crate::expectation;
use crate::handling_unit;
use crate::late::{self, Limits};
use crate::lock;
use crate::order;
use crate::production;
use crate::quota::{self, Taker};
use crate::release::{self, Leaving};
use crate::reversal::{self, Reversal};
use crate::task;
use crate::tracked::{self, TrackedLine};
use crate::weight;
use crate::{
    Action, Balance, Document, Fact, Holding, Line, LineGoods, MovementKind, Outcome, Place, Refusal,
    Rejection, State, Tracking,
};

/// What becomes of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// When it happened: as it says, or as the warehouse says.
    pub effective_at: Timestamp,
    /// The facts of all its lines, or the first line that cannot be, with the data that explains it.
    pub outcome: Outcome,
}

/// Judges a document against a state, which stays as it is. A document that does not say when it happened happens at
/// [`State::effective_now`]; and one whose time may move does so, too, where its own time is what stands against it. Goods that have
/// moved are not refused because of a clock.
pub fn decide(state: &State, document: &Document, now: Timestamp) -> Decision {
    let own = state.effective_now(now);
    let effective_at = document.effective_at.unwrap_or(own);
    let judged = match facts(state, document, effective_at) {
        Err(refusal) if document.time_may_move && refusal.rejection.is_about_time() => {
            return Decision { effective_at: own, outcome: outcome(facts(state, document, own)) };
        }
        judged => judged,
    };
    Decision { effective_at, outcome: outcome(judged) }
}

fn outcome(facts: Result<Vec<Fact>, Refusal>) -> Outcome {
    facts.map_or_else(Outcome::Rejected, Outcome::Posted)
}

fn facts(state: &State, document: &Document, effective_at: Timestamp) -> Result<Vec<Fact>, Refusal> {
    let mut draft = Draft::new(state, document, effective_at);
    let mut facts = Vec::with_capacity(document.lines.len());
    lock::pass(&draft, &mut facts)?;
    for (number, line) in (0_u32..).zip(&document.lines) {
        let judged = judge(&mut draft, number, line, &mut facts);
        let judged = judged.and_then(|()| document_limit::check(document, &facts));
        judged.map_err(|rejection| Refusal { line: number, rejection })?;
    }
    Ok(facts)
}

pub(crate) fn judge(
    draft: &mut Draft<'_>,
    number: u32,
    line: &Line,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    match line {
        Line::Item { sku, negative, quantity, goods: Some(goods), action } => {
            let (unit, negative, quantity) = (None, *negative, *quantity);
            tracked::judge(draft, TrackedLine { number, sku, negative, quantity, goods, unit }, action, facts)
        }
        Line::Item { sku, negative, quantity, goods: None, action } if is_of_many_kinds(draft, action) => {
            let (negative, quantity, goods) = (*negative, *quantity, &LineGoods::default());
            let line = TrackedLine { number, sku, negative, quantity, goods, unit: None };
            tracked::judge(draft, line, action, facts)
        }
        Line::Item { sku, quantity, action: Action::Reserve { at: Some(at) }, .. } => {
            reserve_plain(draft, facts, (number, sku, at, *quantity))
        }
        Line::Item { sku, negative, quantity, action, .. } => {
            move_plain(draft, facts, (number, sku, *negative, *quantity), action)
        }
        Line::Release { reservation, quantity } => {
            release::release(draft, facts, (number, *reservation, *quantity))
        }
        Line::Fulfil { reservation, quantity, serials, unit, weight, to, partner } => {
            let (partner, weight) = (partner.as_ref(), weight.as_deref().copied());
            let leaving = Leaving { serials, unit: *unit, weight, to, partner };
            release::fulfil(draft, facts, (number, *reservation, *quantity), leaving)
        }
        Line::Expire { reservation, as_of } => release::expire(draft, facts, (number, *reservation, *as_of)),
        Line::SetRule(rule) => quota::set(draft, number, rule, facts),
        Line::HoldLot(lot) => crate::hold::hold(draft, number, lot, facts),
        Line::Reverse { movement, moved, met, arrived, progressed, reason } => {
            let (movement, met, progressed) = (*movement, met.as_deref(), progressed.as_deref());
            let line = number;
            reversal::judge(
                draft,
                Reversal { line, movement, moved, met, arrived, progressed, reason },
                facts,
            )
        }
        Line::LockStock { until } => lock::judge(draft, facts, (number, *until)),
        Line::HandlingUnit(action) => handling_unit::judge(draft, number, action, facts),
        Line::Expect(action) => {
            draft.check_own(action.code())?;
            draft.check_not_of_production(action.code())?;
            expectation::judge(draft, number, action, facts)
        }
        Line::Task(line) => task::judge(draft, number, line, facts),
        Line::Order(line) => order::judge(draft, number, line, facts),
        Line::Production(line) => production::judge(draft, number, line, facts),
        Line::Count(line) => count::judge(draft, number, line, facts),
        Line::Delivery(line) => delivery::judge(draft, number, line, facts),
        Line::ForDelivery { step, by } => delivery::step(draft, number, (step, by), facts),
        Line::Meet { expectation, by } => {
            draft.check_own(expectation)?;
            draft.check_not_of_production(expectation)?;
            let from = facts.len();
            judge(draft, number, by, facts)?;
            expectation::meet(draft, number, expectation, (facts, from))
        }
    }
}

fn move_plain(
    draft: &mut Draft<'_>,
    facts: &mut Vec<Fact>,
    (line, sku, negative, quantity): (u32, &Sku, NegativeStock, Quantity),
    action: &Action,
) -> Result<(), Rejection> {
    let Some((kind, from, to, reason)) = movement(action) else { return Ok(()) };
    check_plain(draft, sku)?;
    let moved = Moved {
        line,
        kind,
        sku: sku.clone(),
        negative,
        from: from.clone(),
        to: to.clone(),
        quantity,
        reason: reason.to_owned(),
        goods: None,
        channel: None,
        partner: None,
        reverses: None,
    };
    let by_rule = if kind.takes() { quota::check(draft, sku, quantity, Taker::default()) } else { Ok(()) };
    shift(draft, &moved)?;
    by_rule?;
    facts.push(Fact::Moved(moved));
    Ok(())
}

/// Whether the action makes plain goods others, or may be about others than plain ones at one place.
fn is_of_many_kinds(draft: &Draft<'_>, action: &Action) -> bool {
    match action {
        Action::ChangeStatus { .. } | Action::TakeOwnership { .. } | Action::Reserve { at: None } => true,
        Action::Reserve { at: Some(_) } => draft.available().has_others(),
        Action::Receive { .. } | Action::Issue { .. } | Action::Move { .. } | Action::Adjust { .. } => false,
        Action::Return { .. } | Action::Consume { .. } | Action::Produce { .. } => false,
    }
}

fn reserve_plain(
    draft: &mut Draft<'_>,
    facts: &mut Vec<Fact>,
    (line, sku, at, quantity): (u32, &Sku, &LocationCode, Quantity),
) -> Result<(), Rejection> {
    check_plain(draft, sku)?;
    let by_rule = quota::check(draft, sku, quantity, Taker::default());
    promise(draft, sku, at, (&Holding::default(), quantity))?;
    by_rule?;
    let (sku, location) = (sku.clone(), at.clone());
    let (lot, status, serials, terms) = Default::default();
    facts.push(Fact::Reserved(Reserved { line, sku, location, quantity, lot, status, serials, terms }));
    Ok(())
}

/// Plain goods of an item that was never tracked, which is nearly every line, cost one look.
fn check_plain(draft: &Draft<'_>, sku: &Sku) -> Result<(), Rejection> {
    check_tracking(draft, sku, Tracking::None)?;
    weight::check(draft, sku, None)
}

/// What is here must be tracked as the goods are.
pub(crate) fn check_tracking(draft: &Draft<'_>, sku: &Sku, tracking: Tracking) -> Result<(), Rejection> {
    if draft.has_tracked_items() { tracked::check_tracking(draft, sku, tracking) } else { Ok(()) }
}

/// Kind, places and reason of an action that moves goods.
fn movement(action: &Action) -> Option<(MovementKind, &Place, &Place, &str)> {
    match action {
        Action::Receive { from, to } => Some((MovementKind::Receipt, from, to, "")),
        Action::Issue { from, to } => Some((MovementKind::Issue, from, to, "")),
        Action::Move { from, to } => Some((MovementKind::Move, from, to, "")),
        Action::Adjust { from, to, reason } => Some((MovementKind::Adjustment, from, to, reason)),
        Action::Return { from, to } => Some((MovementKind::Return, from, to, "")),
        Action::Consume { from, to } => Some((MovementKind::Consumption, from, to, "")),
        Action::Produce { from, to } => Some((MovementKind::Production, from, to, "")),
        Action::Reserve { .. } | Action::ChangeStatus { .. } | Action::TakeOwnership { .. } => None,
    }
}

/// Takes from one place and puts into the other. Only what is available may leave a real place, unless the item's policy
/// allows negative stock; and that only for plain goods.
pub(crate) fn shift(draft: &mut Draft<'_>, moved: &Moved) -> Result<(), Rejection> {
    draft.note_tracking(moved);
    if moved.is_repacking() {
        return handling_unit::shift(draft, moved);
    }
    if moved.kind.takes() || moved.kind == MovementKind::Fulfilment {
        quota::check_perpetual(draft, &moved.sku)?;
    }
    match &moved.from {
        Place::Real(from) => {
            let holding = moved.from_holding();
            let balance = draft.balance(&moved.sku, from, &holding);
            // Weight never lacks, whatever the policy was before the goods were weighed.
            let may_lack = moved.negative == NegativeStock::Allowed
                && moved.goods.is_none()
                && draft.weighed(&moved.sku).is_none();
            if !may_lack && balance.available() < moved.quantity {
                return Err(insufficient(&moved.sku, from, moved.quantity, balance));
            }
            add(draft, (&moved.sku, from, &holding), balance, moved.quantity.negated())?;
            let limits = if may_lack { Limits::MayLack } else { Limits::NotNegative };
            late::check(draft, (&moved.sku, from, &holding), limits)?;
        }
        Place::Virtual(from) => add_outside(draft, &moved.sku, from, moved.quantity.negated())?,
    }
    match &moved.to {
        Place::Real(to) => {
            let holding = moved.to_holding();
            let balance = draft.balance(&moved.sku, to, &holding);
            add(draft, (&moved.sku, to, &holding), balance, moved.quantity)?;
            late::check(draft, (&moved.sku, to, &holding), Limits::Arrival)?;
        }
        Place::Virtual(to) => add_outside(draft, &moved.sku, to, moved.quantity)?,
    }
    if draft.has_units() { handling_unit::shift(draft, moved) } else { Ok(()) }
}

/// Promises goods that can be.
pub(crate) fn promise(
    draft: &mut Draft<'_>,
    sku: &Sku,
    at: &LocationCode,
    (holding, quantity): (&Holding, Quantity),
) -> Result<(), Rejection> {
    let balance = draft.balance(sku, at, holding);
    if balance.available() < quantity {
        return Err(insufficient(sku, at, quantity, balance));
    }
    let reserved = balance.reserved.checked_add(quantity).map_err(|_| overflow(sku, at))?;
    draft.set_balance(sku, at, holding, Balance { reserved, ..balance });
    Ok(())
}

fn add(
    draft: &mut Draft<'_>,
    (sku, at, holding): (&Sku, &LocationCode, &Holding),
    balance: Balance,
    quantity: Quantity,
) -> Result<(), Rejection> {
    let on_hand = balance.on_hand.checked_add(quantity).map_err(|_| overflow(sku, at))?;
    // What is available must stay exact too.
    on_hand.checked_sub(balance.reserved).map_err(|_| overflow(sku, at))?;
    draft.set_balance(sku, at, holding, Balance { on_hand, ..balance });
    Ok(())
}

/// The sum over the virtual places must stay exact as well: it is what all real places together hold.
fn add_outside(
    draft: &mut Draft<'_>,
    sku: &Sku,
    at: &LocationCode,
    quantity: Quantity,
) -> Result<(), Rejection> {
    let outside = draft.outside(sku).checked_add(quantity).map_err(|_| overflow(sku, at))?;
    draft.set_outside(sku, outside);
    Ok(())
}

fn insufficient(sku: &Sku, location: &LocationCode, requested: Quantity, balance: Balance) -> Rejection {
    let available = balance.available();
    Rejection::InsufficientAvailable { sku: sku.clone(), location: location.clone(), requested, available }
}

fn overflow(sku: &Sku, location: &LocationCode) -> Rejection {
    Rejection::QuantityOverflow { sku: sku.clone(), location: location.clone() }
}

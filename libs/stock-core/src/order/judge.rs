use vocabulary::{DocumentCode, StockStatus};
use work_core::{Order, OrderChange, OrderRejection, OrderedLine, Placement, Short, Wave};

use super::{OrderLine, ShortPick, leave};
use crate::decide;
use crate::document::LINES_MAX;
use crate::draft::Draft;
use crate::promise;
use crate::release::{self, Why};
use crate::tracked::TrackedLine;
use crate::{
    Action, Claim, Fact, Line, LineGoods, OrderRef, Place, Priority, Rejection, ReservedPart, Terms, Tracking,
};
use laws::NegativeStock;

/// Judges a line about an outbound order and adds its facts.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    number: u32,
    line: &OrderLine,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    match line {
        OrderLine::Place(placement) => place(draft, number, placement, facts),
        OrderLine::Allocate { order } => allocate(draft, number, order, facts),
        OrderLine::Release { orders, wave } => orders.iter().try_for_each(|order| {
            let change = draft.named_order(order)?.release(Wave::clone(wave))?;
            Ok(draft.change_order(number, change, facts)?)
        }),
        OrderLine::Short(short) => short_pick(draft, number, short, facts),
        OrderLine::Ship { order, tracking, to } => leave::ship(draft, number, (order, tracking, to), facts),
        OrderLine::Close { order, without_rest } => {
            let change = draft.named_order(order)?.close(*without_rest)?;
            end(draft, number, change, facts)
        }
        OrderLine::Cancel { order } => {
            let change = draft.named_order(order)?.cancel()?;
            end(draft, number, change, facts)
        }
    }
}

fn place(
    draft: &mut Draft<'_>,
    number: u32,
    placement: &Placement,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let change = match draft.order(&placement.code) {
        Some(known) => known.place(placement.clone())?,
        None => {
            draft.check_code_of_order(&placement.code)?;
            draft.check_room_for_order()?;
            OrderChange::Placed(Box::new(placement.clone()))
        }
    };
    Ok(draft.change_order(number, change, facts)?)
}

/// What is there is promised for the lines of an order: of one that leaves as a whole all that is missing, or nothing; of another as
/// much as there is. Its promises are numbered like those of lines that this document does not have: the n-th line of the order by the
/// document's own line and n times as many as a document has.
fn allocate(
    draft: &mut Draft<'_>,
    number: u32,
    code: &DocumentCode,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let order = draft.named_order(code)?.clone();
    order.check_open()?;
    let (mut refused, from) = (None, facts.len());
    for (n, (line, _, _)) in (0_u32..).zip(order.lines()) {
        match allocate_line(draft, (number, n), (&order, line), facts) {
            Err(rejection) if order.placed.ships_complete => return Err(rejection),
            Err(rejection) => refused = refused.or(Some(rejection)),
            Ok(()) => {}
        }
    }
    // Nobody has to hear of what is missing while something was there.
    match refused.filter(|_| facts.len() == from) {
        Some(rejection) => Err(rejection),
        None => Ok(()),
    }
}

fn allocate_line(
    draft: &mut Draft<'_>,
    (number, n): (u32, u32),
    (order, line): (&Order, u32),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let (missing, placed) = (order.backordered(line), &order.placed);
    let Some(wanted) = placed.lines.get(&line).filter(|_| missing.is_positive()) else { return Ok(()) };
    let claim = claim_of(order, (line, wanted));
    let (tracking, lot) = (draft.tracking(&wanted.sku), wanted.lot.clone());
    let goods = LineGoods { tracking, lot, claim: claim.boxed(), ..LineGoods::default() };
    let lines = u32::try_from(LINES_MAX).unwrap_or(u32::MAX);
    let tracked = TrackedLine {
        number: n.saturating_mul(lines).saturating_add(number),
        sku: &wanted.sku,
        negative: NegativeStock::Forbidden,
        quantity: missing,
        goods: &goods,
        unit: None,
    };
    promise::reserve(draft, &tracked, None, facts)
}

/// On what terms goods are promised for a line of an order.
pub(super) fn claim_of(order: &Order, (line, wanted): (u32, &OrderedLine)) -> Claim {
    let placed = &order.placed;
    let terms = Terms {
        priority: Priority::try_new(placed.priority.into()).unwrap_or_default(),
        holder: Some(placed.customer.clone()),
        channel: placed.channel.clone(),
        order: Some(OrderRef { code: placed.code.clone(), line }),
        ..Terms::default()
    };
    Claim {
        terms,
        min_expiry: wanted.min_expiry,
        needed_on: Some(placed.due),
        allow_partial: !placed.ships_complete,
        ..Claim::default()
    }
}

/// Goods are not where they should be: they are not promised any more, and held until somebody counts them. Others are promised
/// instead, if there are any.
fn short_pick(
    draft: &mut Draft<'_>,
    number: u32,
    short: &ShortPick,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let held = draft.reservation(short.reservation)?;
    let order = draft.named_order(&short.order)?;
    let its = held.terms.order.as_ref().filter(|of| of.code == short.order);
    let found = held.parts.iter().find(|part| part.location == short.location && part.lot == short.lot);
    let (Some(of), Some(part)) = (its, found.filter(|part| part.quantity >= short.quantity)) else {
        let there = found.filter(|_| its.is_some()).map(|part| part.quantity).unwrap_or_default();
        let (reservation, location) = (short.reservation, short.location.clone());
        let (requested, unit) = (short.quantity, None);
        return Err(Rejection::PromisedElsewhere { reservation, location, requested, there, unit });
    };
    let (line, status, location) = (of.line, part.status, short.location.clone());
    let change = order.short(Short {
        line,
        location,
        lot: short.lot.clone(),
        quantity: short.quantity,
        sequence: None,
    })?;
    let named = if part.serials.is_empty() { Vec::new() } else { short.serials.clone() };
    let ended = ReservedPart { quantity: short.quantity, serials: named, ..part.clone() };
    let released = release::end(draft, (number, Why::Taken), &held, &[ended])?;
    facts.extend(released.into_iter().map(Fact::Released));
    let goods = LineGoods {
        tracking: draft.tracking(&held.sku),
        lot: short.lot.clone(),
        serials: short.serials.clone(),
        status,
        ..LineGoods::default()
    };
    let by = Line::Item {
        negative: draft.state().policy(held.sku.as_str()).0,
        sku: held.sku.clone(),
        quantity: short.quantity,
        goods: Some(Box::new(goods)),
        action: Action::ChangeStatus {
            at: Place::Real(short.location.clone()),
            to: StockStatus::QualityHold,
            reason: short.reason.clone(),
        },
    };
    decide::judge(draft, number, &by, facts)?;
    draft.change_order(number, change, facts)?;
    let order = draft.named_order(&short.order)?.clone();
    let n = order.placed.lines.keys().position(|known| *known == line);
    let n = n.and_then(|n| u32::try_from(n).ok()).unwrap_or_default();
    // Where there are no others it is backordered.
    match allocate_line(draft, (number, n), (&order, line), facts) {
        Ok(()) | Err(_) => Ok(()),
    }
}

/// Nothing more is promised for it. Goods that were picked have to leave, or to be put back.
fn end(
    draft: &mut Draft<'_>,
    number: u32,
    change: OrderChange,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let code = change.code().clone();
    leave::check_nothing_picked(draft, &code)?;
    for id in draft.state().promises_of_order(&code).collect::<Vec<_>>() {
        let Ok(held) = draft.reservation(id) else { continue };
        let released = release::end(draft, (number, Why::Asked), &held, &held.parts)?;
        facts.extend(released.into_iter().map(Fact::Released));
    }
    // One that this very document has promised cannot be ended yet.
    let left = draft.named_order(&code)?.lines().find(|(.., progress)| progress.promised.is_positive());
    if let Some((line, used)) = left.map(|(line, _, progress)| (line, progress.promised)) {
        return Err(OrderRejection::LineInUse { code, line, used }.into());
    }
    Ok(draft.change_order(number, change, facts)?)
}

/// How goods of an item that leaves are named.
pub(super) const fn is_numbered(tracking: Tracking) -> bool {
    matches!(tracking, Tracking::Serial)
}

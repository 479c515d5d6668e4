use vocabulary::{DocumentCode, LocationCode, PartyCode, Quantity, Sku, Sscc, StockStatus};
use work_core::{
    Announcement, Delivery, DeliveryChange, DeliveryRejection, Disposition, Inspection, InspectionOutcome,
    Source, UnitGoods,
};

use super::expect;
use super::{Arrival, Arrived, ArrivedHow, DeliveryLine, DeliveryStep, Origins};
use crate::decide;
use crate::draft::Draft;
use crate::order;
use crate::{Action, Fact, Line, LineGoods, MovementKind, Place, Rejection, Tracking, UnitLine, UnitName};

/// Judges a line about a delivery and adds its facts.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    number: u32,
    line: &DeliveryLine,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    match line {
        DeliveryLine::Announce(announcement) => announce(draft, number, announcement, facts),
        DeliveryLine::ReceiveUnit { delivery, sscc, at, origins } => {
            receive_unit(draft, number, (delivery, *sscc), (at, origins), facts)
        }
        DeliveryLine::Declare { delivery, discrepancy } => {
            let change = draft.named_delivery(delivery)?.declare(discrepancy.clone())?;
            Ok(draft.change_delivery(number, change, facts)?)
        }
        DeliveryLine::Close { delivery, answerable, note } => {
            let change = draft.named_delivery(delivery)?.close(*answerable, note)?;
            end(draft, number, change, facts)
        }
        DeliveryLine::Cancel { delivery } => {
            let change = draft.named_delivery(delivery)?.cancel()?;
            end(draft, number, change, facts)
        }
    }
}

/// Judges a line that moves goods, as a step of a delivery.
pub(crate) fn step(
    draft: &mut Draft<'_>,
    number: u32,
    (step, by): (&DeliveryStep, &Line),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let delivery = draft.named_delivery(step.delivery())?;
    match step {
        DeliveryStep::Arrive { delivery: code, line, then } => {
            let by = arriving(delivery, (*line, by));
            let from = facts.len();
            decide::judge(draft, number, &by, facts)?;
            arrive(draft, number, (code, *line, None), (facts, from))?;
            match then {
                Arrival::Stored => Ok(()),
                Arrival::CrossDocked => order::cross_dock(draft, number, (facts, from)),
            }
        }
        DeliveryStep::Dispose { delivery: code, line, disposition, reason } => {
            let (by, from) = (leaving(delivery, by), facts.len());
            decide::judge(draft, number, &by, facts)?;
            dispose(draft, number, (code, *line, (*disposition, reason)), (facts, from))
        }
        DeliveryStep::Inspect { delivery: code, line, sample, defective } => {
            let from = facts.len();
            decide::judge(draft, number, by, facts)?;
            let seen = (*sample, *defective);
            inspect(draft, number, (code, *line, seen), (facts, from))
        }
    }
}

/// Goods became another status that the facts from `from` on have moved.
fn inspect(
    draft: &mut Draft<'_>,
    number: u32,
    (code, line, (sample, defective)): (&DocumentCode, u32, (u32, u32)),
    (facts, from): (&mut Vec<Fact>, usize),
) -> Result<(), Rejection> {
    let Some(Brought { sku, quantity, before, after }) = moved(facts.get(from..).unwrap_or_default()) else {
        return Ok(());
    };
    // Whatever counts as available beside it, only what is it has passed.
    let outcome = if after.is_available() { InspectionOutcome::Available } else { InspectionOutcome::Held };
    let delivery = draft.named_delivery(code)?;
    let code = code.clone();
    if before.is_available() {
        // Goods that have passed do not wait for an inspection.
        let (asked, there) = (quantity, Quantity::ZERO);
        return Err(DeliveryRejection::MoreThanThere { code, line, asked, there }.into());
    }
    let inspection = Inspection { code, line, quantity, sample, defective };
    let change = delivery.inspect(inspection, (&sku, outcome))?;
    Ok(draft.change_delivery(number, change, facts)?)
}

/// Goods got what becomes of them for good, by what the facts from `from` on have moved.
fn dispose(
    draft: &mut Draft<'_>,
    number: u32,
    (code, line, (disposition, reason)): (&DocumentCode, u32, (Disposition, &str)),
    (facts, from): (&mut Vec<Fact>, usize),
) -> Result<(), Rejection> {
    let Some(Brought { sku, quantity, before, .. }) = moved(facts.get(from..).unwrap_or_default()) else {
        return Ok(());
    };
    let delivery = draft.named_delivery(code)?;
    let waits = before == StockStatus::Inspection;
    let disposal = delivery.dispose((line, &sku), (quantity, disposition), waits)?;
    let change = DeliveryChange::Disposed { disposal, reason: reason.to_owned() };
    Ok(draft.change_delivery(number, change, facts)?)
}

/// What a movement that is taken back had brought of deliveries.
pub(crate) fn take_back(
    draft: &mut Draft<'_>,
    number: u32,
    arrived: &[Arrived],
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    for Arrived { delivery, number: line, sku, quantity, unit, how } in arrived {
        let change = draft.delivery(delivery).and_then(|known| match how {
            ArrivedHow::Came => known.take_back((*line, sku), *quantity, *unit),
            ArrivedHow::Inspected => known.take_back_inspection((*line, sku), *quantity),
            ArrivedHow::Disposed(disposal) => known.take_back_disposal(disposal, sku),
        });
        if let Some(change) = change {
            draft.change_delivery(number, change, facts)?;
            let after = draft.named_delivery(delivery)?.clone();
            expect::expect_line(draft, number, (&after, *line), facts)?;
        }
    }
    Ok(())
}

fn announce(
    draft: &mut Draft<'_>,
    number: u32,
    announcement: &Announcement,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let before = draft.delivery(&announcement.code).cloned();
    let change = match &before {
        Some(known) => known.announce(announcement.clone())?,
        None => {
            draft.check_room_for_delivery()?;
            DeliveryChange::Announced(Box::new(announcement.clone()))
        }
    };
    draft.change_delivery(number, change, facts)?;
    let after = draft.named_delivery(&announcement.code)?.clone();
    expect::expect(draft, number, (before.as_ref(), &after), facts)
}

fn end(
    draft: &mut Draft<'_>,
    number: u32,
    change: DeliveryChange,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let code = change.code().clone();
    draft.change_delivery(number, change, facts)?;
    let after = draft.named_delivery(&code)?.clone();
    expect::expect(draft, number, (None, &after), facts)
}

/// Goods came that the facts from `from` on have moved.
fn arrive(
    draft: &mut Draft<'_>,
    number: u32,
    (code, line, unit): (&DocumentCode, Option<u32>, Option<Sscc>),
    (facts, from): (&mut Vec<Fact>, usize),
) -> Result<(), Rejection> {
    let Some(Brought { sku, quantity, .. }) = moved(facts.get(from..).unwrap_or_default()) else {
        return Ok(());
    };
    let arrival = work_core::Arrival { line, sku: &sku, quantity };
    let change = draft.named_delivery(code)?.arrive(&arrival, unit)?;
    let DeliveryChange::Arrived { line, .. } = change else { return Ok(()) };
    expect::meet(draft, number, (code, line), (facts, from))?;
    Ok(draft.change_delivery(number, change, facts)?)
}

/// A unit that was announced: it comes to be, and everything in it comes into it.
fn receive_unit(
    draft: &mut Draft<'_>,
    number: u32,
    (code, sscc): (&DocumentCode, Sscc),
    (at, origins): (&LocationCode, &Origins),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let delivery = draft.named_delivery(code)?;
    let unit = delivery.unit(sscc)?.clone();
    let (partner, source) = (delivery.announced.partner.clone(), delivery.announced.source);
    // One that came before, and was taken back, stands there empty.
    if !draft.stands_empty(&sscc, at) {
        let open = UnitLine::Open { sscc: Some(sscc), kind: unit.kind.clone(), at: at.clone() };
        decide::judge(draft, number, &Line::HandlingUnit(Box::new(open)), facts)?;
    }
    for packed in &unit.goods {
        let delivery = draft.named_delivery(code)?;
        let Some(line) = delivery.announced.lines.get(&packed.line) else { continue };
        let sku = line.sku.clone();
        let goods = packed_goods(packed, (sscc, partner.clone()));
        let by = Line::Item {
            negative: draft.state().policy(sku.as_str()).0,
            sku,
            quantity: packed.quantity,
            goods: Some(Box::new(goods)),
            action: action(source, origins, at),
        };
        let by = arriving(delivery, (Some(packed.line), &by));
        let from = facts.len();
        decide::judge(draft, number, &by, facts)?;
        arrive(draft, number, (code, Some(packed.line), Some(sscc)), (facts, from))?;
    }
    Ok(())
}

fn packed_goods(packed: &UnitGoods, (sscc, partner): (Sscc, Option<PartyCode>)) -> LineGoods {
    let goods = packed.goods.clone();
    let tracking = Tracking::of(goods.lot.as_ref(), &goods.serials);
    let unit = Some(UnitName::Sscc(sscc));
    let (lot, facts, serials) = (goods.lot, goods.facts, goods.serials);
    LineGoods { tracking, lot, facts, serials, partner, unit, ..LineGoods::default() }
}

fn action(source: Source, origins: &Origins, at: &LocationCode) -> Action {
    let to = Place::Real(at.clone());
    match source {
        Source::Purchase | Source::Transfer => Action::Receive { from: origins.supplier.clone(), to },
        Source::Production => Action::Produce { from: origins.production.clone(), to },
        Source::Return => Action::Return { from: origins.customer.clone(), to },
    }
}

/// The line, with what the delivery says of its goods: who gave them, and that they wait for an inspection.
fn arriving(delivery: &Delivery, (line, by): (Option<u32>, &Line)) -> Line {
    let mut by = by.clone();
    let Line::Item { sku, goods, action, .. } = &mut by else { return by };
    let is_from_outside = matches!(action, Action::Receive { .. } | Action::Return { .. });
    let partner = delivery.announced.partner.as_ref().filter(|_| is_from_outside);
    let is_inspected = delivery.is_inspected(line, sku);
    if partner.is_none() && !is_inspected {
        return by;
    }
    let goods = goods.get_or_insert_default();
    goods.partner = goods.partner.take().or_else(|| partner.cloned());
    if is_inspected && goods.status.is_available() {
        goods.status = StockStatus::Inspection;
    }
    by
}

/// The line, with whom goods go back to.
fn leaving(delivery: &Delivery, by: &Line) -> Line {
    let mut by = by.clone();
    if let Line::Item { goods, action: Action::Issue { .. }, .. } = &mut by
        && let Some(partner) = &delivery.announced.partner
    {
        goods.get_or_insert_default().partner = Some(partner.clone());
    }
    by
}

/// What a line moved: the item, how much of it, and the status that it had and has now.
struct Brought {
    sku: Sku,
    quantity: Quantity,
    before: StockStatus,
    after: StockStatus,
}

fn moved(facts: &[Fact]) -> Option<Brought> {
    let mut moved = facts.iter().filter_map(|fact| match fact {
        Fact::Moved(moved) => Some(moved).filter(|moved| moved.kind != MovementKind::OwnerChange),
        Fact::Reserved(_) | Fact::Released(_) | Fact::LotRecorded(_) | Fact::RuleSet(_) => None,
        Fact::Locked(_) | Fact::LockPassed(_) | Fact::HandlingUnit(_) => None,
        Fact::Expectation(_) | Fact::Delivery(_) | Fact::PromiseMoved(_) => None,
        Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => None,
    });
    let first = moved.next()?;
    // A line is about one item.
    let quantity =
        moved.fold(first.quantity, |sum, moved| sum.checked_add(moved.quantity).unwrap_or(Quantity::MAX));
    let (before, after) = (first.from_holding().status, first.to_holding().status);
    Some(Brought { sku: first.sku.clone(), quantity, before, after })
}

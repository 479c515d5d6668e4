use vocabulary::{DocumentCode, LocationCode};
use work_core::{ProductionChange, ProductionOrder, ProductionPlan, ProductionRejection, Progress};

use super::take::{Taken, take};
use super::{ComponentPromise, ProductionGoods, ProductionLine, expect, promise, report};
use crate::draft::Draft;
use crate::{Fact, Place, Rejection};

/// Judges a line about a production order and adds its facts.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    number: u32,
    line: &ProductionLine,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    match line {
        ProductionLine::Plan(planned) => plan(draft, number, planned, facts),
        ProductionLine::Release { order, promise } => release(draft, number, (order, *promise), facts),
        ProductionLine::Issue { order, goods } => issue(draft, number, (order, goods), facts),
        ProductionLine::Return { order, goods } => give_back(draft, number, (order, goods), facts),
        ProductionLine::Consume { order, goods, to } => consume(draft, number, (order, goods, to), facts),
        ProductionLine::Report(made) => {
            report::report(draft, number, made, facts)?;
            expect::expect(draft, number, (&made.order, None), facts)
        }
        ProductionLine::Finish { order, is_short, note } => {
            let change = draft.named_production_order(order)?.finish(*is_short, note)?;
            end(draft, number, change, facts)
        }
        ProductionLine::Close { order, without_rest } => {
            let change = draft.named_production_order(order)?.close(*without_rest)?;
            end(draft, number, change, facts)
        }
        ProductionLine::Cancel { order } => {
            let change = draft.named_production_order(order)?.cancel()?;
            end(draft, number, change, facts)
        }
    }
}

/// What a movement that is taken back had moved for an order.
pub(crate) fn take_back(
    draft: &mut Draft<'_>,
    number: u32,
    progress: &Progress,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let known = draft.production_order(&progress.code);
    let Some(change) = known.map(|known| known.take_back(progress)).transpose()?.flatten() else {
        return Ok(());
    };
    draft.change_production(number, change, facts)?;
    expect::expect(draft, number, (&progress.code, None), facts)
}

fn plan(
    draft: &mut Draft<'_>,
    number: u32,
    planned: &ProductionPlan,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let code = &planned.code;
    let before = draft.production_order(code).cloned();
    let change = match &before {
        Some(known) => {
            check_promised(draft, (known, planned), facts)?;
            known.replan(planned.clone())?
        }
        None => {
            if draft.order(code).is_some_and(|order| order.state.is_open()) {
                return Err(ProductionRejection::CodeTaken { code: code.clone() }.into());
            }
            draft.check_room_for_production()?;
            planned.clone().plan()?
        }
    };
    draft.change_production(number, change, facts)?;
    expect::expect(draft, number, (code, before.as_ref()), facts)
}

/// A component of which something is promised stays what it is.
fn check_promised(
    draft: &Draft<'_>,
    (known, planned): (&ProductionOrder, &ProductionPlan),
    facts: &[Fact],
) -> Result<(), ProductionRejection> {
    let code = &planned.code;
    for (number, component) in &known.plan.components {
        let stays = planned.components.get(number).is_some_and(|after| after.sku == component.sku);
        if !stays && promise::promised(draft, (code, *number), facts).is_positive() {
            return Err(ProductionRejection::InUse { code: code.clone(), sku: component.sku.clone() });
        }
    }
    Ok(())
}

fn release(
    draft: &mut Draft<'_>,
    number: u32,
    (code, asked): (&DocumentCode, ComponentPromise),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let order = draft.named_production_order(code)?.clone();
    let (change, from) = (order.release(), facts.len());
    if asked != ComponentPromise::None && (change.is_ok() || order.check_worked_on().is_ok()) {
        promise::make(draft, number, (&order, asked), facts)?;
    }
    match change {
        Ok(change) => draft.change_production(number, change, facts)?,
        Err(rejection) if facts.len() == from => return Err(rejection.into()),
        Err(_) => {}
    }
    expect::expect(draft, number, (code, None), facts)
}

fn issue(
    draft: &mut Draft<'_>,
    number: u32,
    (code, goods): (&DocumentCode, &ProductionGoods),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let order = draft.named_production_order(code)?;
    let (quantity, place) = (goods.quantity.unwrap_or_default(), order.plan.place.clone());
    let change = order.issue(&goods.sku, quantity)?;
    let component = order.plan.component_of(&goods.sku).map(|(number, _)| number);
    let from = elsewhere(code, goods, &place)?;
    let taken =
        Taken { code, component, sku: &goods.sku, quantity, goods: goods.goods.as_deref(), from: &from };
    take(draft, number, (taken, &Place::Real(place)), facts)?;
    draft.change_production(number, change, facts)?;
    expect::expect(draft, number, (code, None), facts)
}

fn give_back(
    draft: &mut Draft<'_>,
    number: u32,
    (code, goods): (&DocumentCode, &ProductionGoods),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let order = draft.named_production_order(code)?;
    let (quantity, place) = (goods.quantity.unwrap_or_default(), order.plan.place.clone());
    let change = order.give_back(&goods.sku, quantity)?;
    let to = elsewhere(code, goods, &place)?;
    let (component, sku, goods) = (None, &goods.sku, goods.goods.as_deref());
    let taken = Taken { code, component, sku, quantity, goods, from: &place };
    take(draft, number, (taken, &Place::Real(to)), facts)?;
    Ok(draft.change_production(number, change, facts)?)
}

/// Another place than that of the work, as the line says.
fn elsewhere(
    code: &DocumentCode,
    goods: &ProductionGoods,
    place: &LocationCode,
) -> Result<LocationCode, ProductionRejection> {
    let same = || ProductionRejection::SamePlace { code: code.clone(), sku: goods.sku.clone() };
    goods.at.clone().filter(|at| at != place).ok_or_else(same)
}

fn consume(
    draft: &mut Draft<'_>,
    number: u32,
    (code, goods, to): (&DocumentCode, &ProductionGoods, &Place),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let order = draft.named_production_order(code)?;
    let quantity = goods.quantity.unwrap_or_default();
    let (change, from) = order.consume((&goods.sku, quantity), goods.at.as_ref())?;
    let component = order.plan.component_of(&goods.sku).map(|(number, _)| number);
    let taken =
        Taken { code, component, sku: &goods.sku, quantity, goods: goods.goods.as_deref(), from: &from };
    take(draft, number, (taken, to), facts)?;
    draft.change_production(number, change, facts)?;
    expect::expect(draft, number, (code, None), facts)
}

/// Nothing more of it is expected, and nothing is promised to it.
fn end(
    draft: &mut Draft<'_>,
    number: u32,
    change: ProductionChange,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let code = change.code().clone();
    promise::end_all(draft, number, &code, facts)?;
    draft.change_production(number, change, facts)?;
    expect::expect(draft, number, (&code, None), facts)
}

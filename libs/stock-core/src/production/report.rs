//! Something was made: what it took is used up first, so that a trace finds both in one entry.

use vocabulary::{DocumentCode, LocationCode, Quantity, StockStatus};
use work_core::{Due, ProductionRejection, Said};

use super::take::{Taken, take};
use super::{ProductionGoods, ProductionReport};
use crate::decide;
use crate::draft::Draft;
use crate::{Action, Fact, Line, LineGoods, Place, Rejection, Tracking};

pub(super) fn report(
    draft: &mut Draft<'_>,
    number: u32,
    report: &ProductionReport,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let ProductionReport { order: code, made, used, besides, production } = report;
    let order = draft.named_production_order(code)?.clone();
    if made.sku != order.plan.sku {
        let (code, sku) = (code.clone(), order.plan.sku.clone());
        return Err(ProductionRejection::OtherProduct { code, sku }.into());
    }
    let quantity = made.quantity.unwrap_or_default();
    let said: (Vec<_>, Vec<_>) = (used.iter().map(said).collect(), besides.iter().map(said).collect());
    let reported = order.report(quantity, (&said.0, &said.1))?;
    for due in &reported.used {
        use_up(draft, number, (code, due, used), production, facts)?;
    }
    let to = made.at.as_ref().unwrap_or(&order.plan.place);
    let status = if order.plan.is_inspected { StockStatus::Inspection } else { StockStatus::Available };
    produce(draft, number, (made, quantity), (production, to, status), facts)?;
    for due in &reported.besides {
        let goods = due.said.and_then(|said| besides.get(said)).cloned();
        let goods = goods.unwrap_or_else(|| unsaid(draft, due));
        let to = due.at.as_ref().unwrap_or(to);
        produce(draft, number, (&goods, due.quantity), (production, to, StockStatus::Available), facts)?;
    }
    Ok(draft.change_production(number, reported.change, facts)?)
}

fn said(goods: &ProductionGoods) -> Said<'_> {
    Said { sku: &goods.sku, quantity: goods.quantity, at: goods.at.as_ref() }
}

fn use_up(
    draft: &mut Draft<'_>,
    number: u32,
    (code, due, used): (&DocumentCode, &Due, &[ProductionGoods]),
    production: &Place,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    // The order says where, of everything that is used.
    let Some(from) = &due.at else { return Ok(()) };
    let goods = due.said.and_then(|said| used.get(said)).and_then(|used| used.goods.as_deref());
    let (component, sku, quantity) = (due.number, &due.sku, due.quantity);
    take(draft, number, (Taken { code, component, sku, quantity, goods, from }, production), facts)
}

/// What comes out besides, of which nobody said more.
fn unsaid(draft: &Draft<'_>, due: &Due) -> ProductionGoods {
    let tracking = draft.tracking(&due.sku);
    let goods = (tracking != Tracking::None).then(|| LineGoods { tracking, ..LineGoods::default() });
    ProductionGoods {
        sku: due.sku.clone(),
        negative: draft.state().policy(due.sku.as_str()).0,
        quantity: Some(due.quantity),
        goods: goods.map(Box::new),
        at: None,
    }
}

fn produce(
    draft: &mut Draft<'_>,
    number: u32,
    (made, quantity): (&ProductionGoods, Quantity),
    (production, to, status): (&Place, &LocationCode, StockStatus),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let mut goods = made.goods.as_deref().cloned();
    if !status.is_available() && goods.as_ref().is_none_or(|goods| goods.status.is_available()) {
        goods.get_or_insert_default().status = status;
    }
    let by = Line::Item {
        sku: made.sku.clone(),
        negative: made.negative,
        quantity,
        goods: goods.and_then(LineGoods::boxed),
        action: Action::Produce { from: production.clone(), to: Place::Real(to.clone()) },
    };
    decide::judge(draft, number, &by, facts)
}

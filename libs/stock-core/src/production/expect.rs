//! What an order will make and take is expected: `CODE#P0` is what is made, `CODE#P` with a number what comes out besides, and `CODE#C` with
//! a number what of a component will be used and is not promised yet.

use vocabulary::{DocumentCode, ExpectationCode, Quantity, Sku};
use work_core::ProductionOrder;

use super::promise;
use crate::draft::Draft;
use crate::expectation;
use crate::{ExpectationLine, ExpectedKind, Fact, Rejection, SetExpectation};

/// Expects what is open of an order, and nothing else of it. `before` is what it was when it is planned otherwise.
pub(super) fn expect(
    draft: &mut Draft<'_>,
    number: u32,
    (code, before): (&DocumentCode, Option<&ProductionOrder>),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let after = draft.named_production_order(code)?.clone();
    let wanted = wanted(draft, &after, facts);
    for key in before.into_iter().flat_map(keys) {
        if !wanted.iter().any(|(known, ..)| *known == key) {
            expect_one(draft, number, (&after, &key), None, facts)?;
        }
    }
    wanted.iter().try_for_each(|(key, kind, sku, open)| {
        let goods = Some((*kind, sku, *open)).filter(|_| open.is_positive());
        expect_one(draft, number, (&after, key), goods, facts)
    })
}

/// The order that expects something under a key.
pub(super) fn order_of(key: &ExpectationCode) -> Option<DocumentCode> {
    let (code, rest) = key.as_str().split_once('#')?;
    rest.starts_with(['P', 'C']).then(|| DocumentCode::parse(code).ok())?
}

type Wanted = (String, ExpectedKind, Sku, Quantity);

fn wanted(draft: &Draft<'_>, order: &ProductionOrder, facts: &[Fact]) -> Vec<Wanted> {
    let plan = &order.plan;
    let product = (key(order, 'P', 0), ExpectedKind::Production, plan.sku.clone(), order.open());
    let by_products = plan.by_products.iter().map(|(number, by_product)| {
        let open = order.open_by_product(*number);
        (key(order, 'P', *number), ExpectedKind::Production, by_product.sku.clone(), open)
    });
    let components = plan.components.iter().map(|(number, component)| {
        let promised = promise::promised(draft, (&plan.code, *number), facts);
        let open = order.open_component(*number).checked_sub(promised).unwrap_or_default();
        (key(order, 'C', *number), ExpectedKind::Demand, component.sku.clone(), open)
    });
    std::iter::once(product).chain(by_products).chain(components).collect()
}

fn keys(order: &ProductionOrder) -> Vec<String> {
    let by_products = order.plan.by_products.keys().map(|number| key(order, 'P', *number));
    by_products.chain(order.plan.components.keys().map(|number| key(order, 'C', *number))).collect()
}

fn expect_one(
    draft: &mut Draft<'_>,
    number: u32,
    (order, key): (&ProductionOrder, &str),
    goods: Option<(ExpectedKind, &Sku, Quantity)>,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    // A code has at most 40 characters, all of them allowed in that of an expectation, and what follows at most 12.
    let Ok(code) = ExpectationCode::parse(key) else { return Ok(()) };
    let known = draft.expectation(&code);
    let is_same = |known: &crate::Expectation| {
        goods.is_some_and(|(_, sku, open)| {
            known.sku == *sku && known.open == open && known.day == order.plan.due
        })
    };
    if known.is_some_and(is_same) || (known.is_none() && goods.is_none()) {
        return Ok(());
    }
    let is_other = known.is_some_and(|known| goods.is_none_or(|(_, sku, _)| known.sku != *sku));
    let met = known.filter(|_| !is_other).map(|known| known.met).unwrap_or_default();
    if is_other {
        expectation::judge(draft, number, &ExpectationLine::Cancel(code.clone()), facts)?;
    }
    let Some((kind, sku, open)) = goods else { return Ok(()) };
    let set = SetExpectation {
        code,
        kind,
        sku: sku.clone(),
        day: order.plan.due,
        quantity: open.checked_add(met).unwrap_or(Quantity::MAX),
        partner: None,
        channel: None,
    };
    expectation::judge(draft, number, &ExpectationLine::Set(set), facts)
}

fn key(order: &ProductionOrder, what: char, number: u32) -> String {
    format!("{}#{what}{number}", order.plan.code)
}

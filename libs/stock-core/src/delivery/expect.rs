//! What a delivery announces is expected supply, so that it can be promised for the day on which it should come. Each line has an
//! expectation of its own, `CODE#LINE`.

use vocabulary::{DocumentCode, ExpectationCode, Quantity};
use work_core::{Delivery, Source};

use crate::draft::Draft;
use crate::expectation;
use crate::{ExpectationLine, ExpectedKind, Fact, Rejection, SetExpectation};

/// Expects what is open of a delivery, and nothing else of it.
pub(super) fn expect(
    draft: &mut Draft<'_>,
    number: u32,
    (before, after): (Option<&Delivery>, &Delivery),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let code = &after.announced.code;
    for (line, announced, _) in before.iter().flat_map(|before| before.lines()) {
        if after.announced.lines.get(&line).is_none_or(|after| after.sku != announced.sku) {
            expect_nothing(draft, number, (code, line), facts)?;
        }
    }
    after.lines().try_for_each(|(line, _, _)| expect_line(draft, number, (after, line), facts))
}

/// Expects what is open of a line.
pub(super) fn expect_line(
    draft: &mut Draft<'_>,
    number: u32,
    (delivery, line): (&Delivery, u32),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let (code, open) = (&delivery.announced.code, delivery.open(line));
    let announced = delivery.announced.lines.get(&line).filter(|_| delivery.state.is_open());
    let (Some(announced), true) = (announced, open.is_positive()) else {
        return expect_nothing(draft, number, (code, line), facts);
    };
    let Some(key) = key(code, line) else { return Ok(()) };
    let known = draft.expectation(&key).filter(|known| known.sku == announced.sku);
    let met = known.map_or(Quantity::ZERO, |known| known.met);
    let set = SetExpectation {
        code: key,
        kind: kind(delivery.announced.source),
        sku: announced.sku.clone(),
        day: delivery.announced.due,
        quantity: open.checked_add(met).unwrap_or(Quantity::MAX),
        partner: delivery.announced.partner.clone(),
        channel: None,
    };
    expectation::judge(draft, number, &ExpectationLine::Set(set), facts)
}

/// Goods of a line came: the facts from `from` on. What was expected of it is met.
pub(super) fn meet(
    draft: &mut Draft<'_>,
    number: u32,
    (code, line): (&DocumentCode, u32),
    (facts, from): (&mut Vec<Fact>, usize),
) -> Result<(), Rejection> {
    match key(code, line).filter(|key| draft.expectation(key).is_some()) {
        Some(key) => expectation::meet(draft, number, &key, (facts, from)),
        None => Ok(()),
    }
}

fn expect_nothing(
    draft: &mut Draft<'_>,
    number: u32,
    (code, line): (&DocumentCode, u32),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    match key(code, line).filter(|key| draft.expectation(key).is_some()) {
        Some(key) => expectation::judge(draft, number, &ExpectationLine::Cancel(key), facts),
        None => Ok(()),
    }
}

/// A code has at most 40 characters, all of them allowed in that of an expectation, and a line's number at most 7.
fn key(code: &DocumentCode, line: u32) -> Option<ExpectationCode> {
    ExpectationCode::parse(&format!("{code}#{line}")).ok()
}

const fn kind(source: Source) -> ExpectedKind {
    match source {
        Source::Purchase => ExpectedKind::Purchase,
        Source::Transfer => ExpectedKind::Transfer,
        Source::Production => ExpectedKind::Production,
        Source::Return => ExpectedKind::Return,
    }
}

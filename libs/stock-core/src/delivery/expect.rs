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
    let gone = |line: &u32| !after.announced.lines.contains_key(line);
    let gone: Vec<u32> =
        before.iter().flat_map(|before| before.announced.lines.keys()).copied().filter(gone).collect();
    let code = &after.announced.code;
    gone.into_iter().try_for_each(|line| expect_nothing(draft, number, (code, line), facts))?;
    for (line, announced, _) in after.lines() {
        let open = after.open(line);
        if !after.state.is_open() || !open.is_positive() {
            expect_nothing(draft, number, (code, line), facts)?;
            continue;
        }
        let Some(key) = key(code, line) else { continue };
        let known = draft.expectation(&key);
        let met = known.filter(|known| known.sku == announced.sku).map_or(Quantity::ZERO, |known| known.met);
        let set = SetExpectation {
            code: key,
            kind: kind(after.announced.source),
            sku: announced.sku.clone(),
            day: after.announced.due,
            quantity: open.checked_add(met).unwrap_or(Quantity::MAX),
            partner: after.announced.partner.clone(),
            channel: None,
        };
        expectation::judge(draft, number, &ExpectationLine::Set(set), facts)?;
    }
    Ok(())
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

/// A code has at most 40 characters, all of them allowed in that of an expectation.
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

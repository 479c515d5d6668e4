use vocabulary::{ExpectationCode, Quantity, Sku};

use super::{
    Direction, Expectation, ExpectationChange, ExpectationFact, ExpectationLine, ExpectationRejection, Met,
    SetExpectation,
};
use crate::draft::Draft;
use crate::{Fact, MovementKind, Rejection};

/// Judges a line about an expectation and adds its fact.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    line: u32,
    action: &ExpectationLine,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let change = match action {
        ExpectationLine::Set(set) => self::set(draft, set)?,
        ExpectationLine::Cancel(code) => {
            let known = draft.named_expectation(code)?;
            ExpectationChange::Set { before: Some(known.before()), after: known.cancelled() }
        }
    };
    tell(draft, line, change, facts);
    Ok(())
}

/// Goods that a line moved or promised, which are the facts given, were expected: it is met by as much as is open of it.
pub(crate) fn meet(
    draft: &mut Draft<'_>,
    line: u32,
    code: &ExpectationCode,
    (facts, from): (&mut Vec<Fact>, usize),
) -> Result<(), Rejection> {
    let known = draft.named_expectation(code)?;
    let Some((direction, sku, quantity)) = moved(facts.get(from..).unwrap_or_default()) else {
        return Ok(());
    };
    check(known, sku, direction)?;
    let (expectation, quantity) = known.meet(quantity);
    tell(draft, line, ExpectationChange::Met(Met { quantity, expectation }), facts);
    Ok(())
}

/// What had met an expectation was taken back. One that is closed is open again for just that, as it was when it was met; when another
/// item is expected under its code by then, nothing is.
pub(crate) fn reopen(draft: &mut Draft<'_>, line: u32, met: &Met, facts: &mut Vec<Fact>) {
    let (was, quantity) = (&met.expectation, met.quantity);
    let after = match draft.expectation(&was.code) {
        Some(known) if check(known, &was.sku, was.kind.direction()).is_err() => return,
        Some(known) => known.reopen(quantity),
        None => Some(was.anew(quantity)),
    };
    let Some(expectation) = after else { return };
    tell(draft, line, ExpectationChange::Reopened(Met { quantity, expectation }), facts);
}

fn set(draft: &Draft<'_>, set: &SetExpectation) -> Result<ExpectationChange, ExpectationRejection> {
    let known = if set.quantity.is_positive() {
        draft.expectation(&set.code)
    } else {
        Some(draft.named_expectation(&set.code)?)
    };
    let Some(known) = known else {
        draft.check_room()?;
        return Ok(ExpectationChange::Set { before: None, after: Expectation::set(set, Quantity::ZERO) });
    };
    check(known, &set.sku, set.kind.direction())?;
    Ok(ExpectationChange::Set { before: Some(known.before()), after: Expectation::set(set, known.met) })
}

fn check(known: &Expectation, sku: &Sku, direction: Direction) -> Result<(), ExpectationRejection> {
    let expectation = known.code.clone();
    if known.sku != *sku {
        let (sku, given) = (known.sku.clone(), sku.clone());
        return Err(ExpectationRejection::OtherItem { expectation, sku, given });
    }
    if known.kind.direction() != direction {
        let direction = known.kind.direction();
        return Err(ExpectationRejection::OtherDirection { expectation, direction });
    }
    Ok(())
}

fn tell(draft: &mut Draft<'_>, line: u32, change: ExpectationChange, facts: &mut Vec<Fact>) {
    draft.set_expectation(change.after().clone());
    facts.push(Fact::Expectation(Box::new(ExpectationFact { line, change })));
}

/// How much of which item a line let come or go; promised goods will go.
fn moved(facts: &[Fact]) -> Option<(Direction, &Sku, Quantity)> {
    let each = facts.iter().filter_map(|fact| match fact {
        Fact::Moved(moved) => Some((direction(moved.kind)?, &moved.sku, moved.quantity)),
        Fact::Reserved(reserved) => Some((Direction::Demand, &reserved.sku, reserved.quantity)),
        Fact::Released(_) | Fact::LotRecorded(_) | Fact::RuleSet(_) | Fact::Locked(_) => None,
        Fact::LockPassed(_) | Fact::HandlingUnit(_) | Fact::Expectation(_) | Fact::Delivery(_) => None,
        Fact::PromiseMoved(_) => None,
        Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => None,
    });
    // A line is about one item.
    each.reduce(|(direction, sku, sum), (_, _, quantity)| {
        (direction, sku, sum.checked_add(quantity).unwrap_or(Quantity::MAX))
    })
}

const fn direction(kind: MovementKind) -> Option<Direction> {
    match kind {
        MovementKind::Receipt | MovementKind::Return | MovementKind::Production => Some(Direction::Supply),
        MovementKind::Issue | MovementKind::Fulfilment | MovementKind::Consumption => Some(Direction::Demand),
        MovementKind::Move | MovementKind::Adjustment | MovementKind::StatusChange => None,
        MovementKind::OwnerChange | MovementKind::Reversal | MovementKind::Repack => None,
        MovementKind::Usage => None,
    }
}

//! Taking back what was posted, by its reference.

use std::fmt;

use vocabulary::{Sequence, Sscc};
use work_core::Progress;

use crate::decide::{check_tracking, shift};
use crate::draft::Draft;
use crate::entry::Moved;
use crate::goods::Goods;
use crate::handling_unit::UnitTree;
use crate::weight::{self, Scale};
use crate::{Arrived, Fact, Met, MovementKind, Rejection, delivery, expectation, production, tracked};

/// The movement, or movements, of one line of an entry. Written `SEQUENCE-LINE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MovementRef {
    /// The entry.
    pub sequence: Sequence,
    /// The line of its document, from 0.
    pub line: u32,
}

/// What was taken back, and by what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reversed {
    /// The first.
    pub movement: MovementRef,
    /// The one that took it back.
    pub by: MovementRef,
}

/// A line that takes back what a line of an entry moved.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Reversal<'a> {
    pub(crate) line: u32,
    pub(crate) movement: MovementRef,
    /// As the journal has them.
    pub(crate) moved: &'a [Moved],
    pub(crate) met: Option<&'a Met>,
    pub(crate) arrived: &'a [Arrived],
    pub(crate) progressed: Option<&'a Progress>,
    pub(crate) reason: &'a str,
}

impl fmt::Display for MovementRef {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.sequence, self.line)
    }
}

/// Moves everything back, the last movement first: what a supplier's goods became before they left they stop being after they are
/// back.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    reversal: Reversal<'_>,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let Reversal { line, movement, moved, met, arrived, progressed, reason } = reversal;
    if moved.is_empty() {
        return Err(Rejection::MovementNotFound { movement });
    }
    if let Some(reverses) = moved.iter().find_map(|moved| moved.reverses.as_deref()) {
        return Err(Rejection::ReversalOfReversal { movement, reverses: *reverses });
    }
    if let Some(by) = draft.reversed_by(movement) {
        return Err(Rejection::AlreadyReversed { movement, by });
    }
    for moved in moved.iter().rev() {
        check_tracking(draft, &moved.sku, moved.tracking())?;
        if !moved.is_repacking() {
            weight::check(draft, &moved.sku, moved.weight().map(|weight| weight.unit))?;
        }
        let mut back = Moved {
            line,
            kind: MovementKind::Reversal,
            sku: moved.sku.clone(),
            negative: draft.state().policy(moved.sku.as_str()).0,
            from: moved.to.clone(),
            to: moved.from.clone(),
            quantity: moved.quantity,
            reason: reason.to_owned(),
            goods: moved.goods.as_deref().and_then(|goods| back(draft, moved, goods).boxed()),
            channel: moved.channel.clone(),
            partner: moved.partner.clone(),
            reverses: Some(Box::new(movement)),
        };
        let available = draft.available();
        draft.count(&back.sku, |rules| rules.moved(&back, available));
        shift(draft, &back)?;
        tracked::move_units(draft, &back)?;
        if let Some(weight) = moved.weight() {
            weight::weigh(draft, &mut back, Scale::TakenBack(weight))?;
        }
        facts.push(Fact::Moved(back));
    }
    // What is expected of a delivery follows from what came of it.
    if let Some(met) = met.filter(|_| arrived.is_empty()) {
        expectation::reopen(draft, line, met, facts);
    }
    delivery::take_back(draft, line, arrived, facts)?;
    if let Some(progress) = progressed {
        production::take_back(draft, line, progress, facts)?;
    }
    draft.set_reversed(movement, line);
    Ok(())
}

/// A handling unit that has left or was broken up does not come back: what was in it is loose. Packing and unpacking make no sense
/// without their unit, and are refused.
fn back(draft: &Draft<'_>, moved: &Moved, goods: &Goods) -> Goods {
    let is_there = |unit: &Sscc| moved.is_repacking() || draft.unit(unit).is_some();
    let (from_unit, to_unit) = (goods.to_unit.filter(is_there), goods.from_unit.filter(is_there));
    let (from, to) = (goods.to.clone(), goods.from.clone());
    Goods { from, to, from_unit, to_unit, weight: None, ..goods.clone() }
}

//! What a count found to differ is put right, on what is there now: what moved since the shelf was read stays as it is.

use vocabulary::{DocumentCode, Quantity, SerialNumber};
use work_core::{CountPlace, CountedLine};

use super::correct::check_untouched;
use super::seen::holding_of;
use crate::decide;
use crate::draft::Draft;
use crate::{Action, Fact, Line, LineGoods, MovementKind, Place, Rejection, Tracking};

/// Posts every difference as an adjustment. Promises of what is not there end, the lowest priority first.
pub(super) fn post(
    draft: &mut Draft<'_>,
    number: u32,
    (code, adjustment, usage): (&DocumentCode, &Place, &Place),
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let count = draft.named_count(code)?.clone();
    let change = count.post(draft.effective_at())?;
    check_untouched(&count, facts, draft.state().sequence().next())?;
    // Said first: its own adjustments do not make it read again.
    draft.change_count(number, change, facts)?;
    let by = PutRight { number, adjustment, usage, reason: format!("count {code}") };
    for (place, line) in count.lines() {
        by.put_right(draft, (place, line), facts)?;
    }
    Ok(())
}

/// How differences are put right.
struct PutRight<'a> {
    number: u32,
    adjustment: &'a Place,
    usage: &'a Place,
    reason: String,
}

impl PutRight<'_> {
    fn put_right(
        &self,
        draft: &mut Draft<'_>,
        (place, line): (&CountPlace, &CountedLine),
        facts: &mut Vec<Fact>,
    ) -> Result<(), Rejection> {
        let (here, outside) = (Place::Real(place.location.clone()), self.adjustment.clone());
        let gone = if line.is_usage { self.usage } else { self.adjustment };
        if line.missing.is_empty() && line.found.is_empty() {
            let variance = line.variance();
            return if variance.is_negative() {
                self.adjust(draft, (line, variance.abs(), Vec::new()), (here, gone.clone()), facts)
            } else {
                self.adjust(draft, (line, variance, Vec::new()), (outside, here), facts)
            };
        }
        // A unit that was missing and left since then has turned up; one that was found and came since then is here already.
        let is_here = |draft: &Draft<'_>, serial: &SerialNumber| {
            draft.serial(&line.goods.sku, serial).is_some_and(|(location, _)| location == place.location)
        };
        let missing: Vec<_> = line.missing.iter().filter(|serial| is_here(draft, serial)).cloned().collect();
        let new: Vec<_> = line.found.iter().filter(|serial| !is_here(draft, serial)).cloned().collect();
        self.adjust(draft, (line, count(&missing), missing), (here.clone(), gone.clone()), facts)?;
        self.adjust(draft, (line, count(&new), new), (outside, here), facts)
    }

    fn adjust(
        &self,
        draft: &mut Draft<'_>,
        (line, quantity, serials): (&CountedLine, Quantity, Vec<SerialNumber>),
        (from, to): (Place, Place),
        facts: &mut Vec<Fact>,
    ) -> Result<(), Rejection> {
        if quantity.is_zero() {
            return Ok(());
        }
        let tracking = Tracking::of(line.goods.lot.as_ref(), &serials);
        let holding = holding_of(&line.goods);
        let goods = LineGoods {
            tracking,
            lot: holding.lot,
            serials,
            status: holding.status,
            owner: holding.owner,
            takes_promised: from.real().is_some(),
            ..LineGoods::default()
        };
        let is_usage = line.is_usage && from.real().is_some();
        let sku = line.goods.sku.clone();
        let line = Line::Item {
            negative: draft.state().policy(sku.as_str()).0,
            sku,
            quantity,
            goods: goods.boxed(),
            action: Action::Adjust { from, to, reason: self.reason.clone() },
        };
        let before = facts.len();
        decide::judge(draft, self.number, &line, facts)?;
        // It is judged as a difference: what is told of it is another thing.
        for fact in facts.iter_mut().skip(before).filter(|_| is_usage) {
            if let Fact::Moved(moved) = fact {
                moved.kind = MovementKind::Usage;
            }
        }
        Ok(())
    }
}

fn count(serials: &[SerialNumber]) -> Quantity {
    Quantity::from(u32::try_from(serials.len()).unwrap_or(u32::MAX))
}

//! What another system says is there, beside what is: a difference is explained by the movements that the other one does not know, if
//! they explain it.

use std::collections::BTreeMap;

use vocabulary::{LocationCode, Quantity, QuantityOverflow, Sequence, Sku};

use crate::amount::{Amount, amount, quantity};
use crate::history::Stamp;
use crate::{AsOf, State};

/// What another system says of an item, everywhere or at a location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// The item.
    pub sku: Sku,
    /// The location; `None` for all of the warehouse.
    pub location: Option<LocationCode>,
    /// How much it says is there, in the base unit.
    pub quantity: Quantity,
}

/// The same beside what is known here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// What was there, as of when the other one says so.
    pub then: Quantity,
    /// What is there now.
    pub now: Quantity,
    /// What to make of it.
    pub verdict: ListVerdict,
    /// What has moved since then, or since the other one stopped to listen, by entry.
    pub moved: BTreeMap<Sequence, Quantity>,
}

/// What to make of a number of another system.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListVerdict {
    /// It was right, and is.
    Same,
    /// It was right; something moved since then.
    Moved,
    /// It is what was there after an entry: the other one knows nothing of those that follow.
    Behind(Sequence),
    /// No movement explains it.
    Unexplained,
}

impl State {
    /// Compares a number of another system with what was there. Looks at every movement of the item.
    ///
    /// # Errors
    /// [`QuantityOverflow`] when there is more than the exact range.
    pub fn reconcile(&self, listed: &Listed, as_of: AsOf) -> Result<Reconciled, QuantityOverflow> {
        let (mut then, mut now) = (0, 0);
        let (mut by_entry, mut unknown) = (BTreeMap::new(), BTreeMap::new());
        for (stamp, change) in self.movements_of(listed) {
            let is_known = stamp.sequence <= as_of.sequence && stamp.effective_at <= as_of.effective_at;
            now = Amount::saturating_add(now, change);
            add(&mut by_entry, stamp.sequence, change);
            if is_known {
                then = Amount::saturating_add(then, change);
            } else {
                add(&mut unknown, stamp.sequence, change);
            }
        }
        let theirs = amount(listed.quantity);
        let behind = || newest_after_which(&by_entry, theirs);
        let verdict = match (theirs == then, then == now) {
            (true, true) => ListVerdict::Same,
            (true, false) => ListVerdict::Moved,
            (false, _) => behind().map_or(ListVerdict::Unexplained, ListVerdict::Behind),
        };
        let moved = match verdict {
            ListVerdict::Behind(sequence) => by_entry.split_off(&sequence.next()),
            ListVerdict::Same | ListVerdict::Moved | ListVerdict::Unexplained => unknown,
        };
        let moved = moved.into_iter().filter(|(_, change)| *change != 0);
        let moved = moved.map(|(sequence, change)| Ok((sequence, quantity(change)?)));
        Ok(Reconciled {
            then: quantity(then)?,
            now: quantity(now)?,
            verdict,
            moved: moved.collect::<Result<_, _>>()?,
        })
    }

    fn movements_of<'a>(&'a self, listed: &'a Listed) -> impl Iterator<Item = (Stamp, Amount)> {
        let held = self.held(listed.sku.as_str()).into_iter().flat_map(|held| &held.balances);
        let is_here = |location: u32| {
            let wanted = listed.location.as_ref();
            wanted.is_none_or(|wanted| self.locations.name(location) == Some(wanted))
        };
        held.filter(move |at| is_here(at.location)).flat_map(|at| at.history.told())
    }
}

fn add(sums: &mut BTreeMap<Sequence, Amount>, sequence: Sequence, change: Amount) {
    let sum = sums.entry(sequence).or_default();
    *sum = sum.saturating_add(change);
}

/// The newest entry after which just so much was there; the beginning for nothing.
fn newest_after_which(by_entry: &BTreeMap<Sequence, Amount>, theirs: Amount) -> Option<Sequence> {
    let mut newest = (theirs == 0).then_some(Sequence::START);
    let mut sum: Amount = 0;
    for (sequence, change) in by_entry {
        sum = sum.saturating_add(*change);
        newest = if sum == theirs { Some(*sequence) } else { newest };
    }
    newest
}

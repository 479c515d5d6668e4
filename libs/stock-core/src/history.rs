//! What happened at a position, by when it happened: the balance at any instant, as known at any entry, and what a movement
//! that is told late would make of every instant after it.
//!
//! Movements stand sorted by effective time, in leaves of about a thousand with a summary each. Those told in time go to the end
//! of the newest leaf; a late one is put into the leaf of its time. So a balance, and the check of a late movement, look at one
//! number a leaf and into one or two leaves, however long the history is.

mod leaf;
mod stored;
#[cfg(test)]
mod tests;

use std::ops::RangeInclusive;

use vocabulary::{Quantity, Sequence, Timestamp};

pub(crate) use stored::Stored;

use crate::amount::{Amount, amount};

use leaf::{Leaf, Part};

/// Movements of the newest leaf; of an older one twice as many at most.
const LEAF_MAX: usize = 1024;

/// When something happened, and with which entry the warehouse learned it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Stamp {
    pub(crate) effective_at: Timestamp,
    pub(crate) sequence: Sequence,
}

/// A quantity that came to a position, or left it. 32 bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Movement {
    /// Microseconds, as in [`Timestamp`].
    effective: i64,
    sequence: u64,
    amount: Amount,
}

/// The movements of one position. 32 bytes, and 32 a movement; up to twice that in the newest leaf.
#[derive(Debug, Clone, Default)]
pub(crate) struct History {
    /// The newest leaf, without a summary.
    tail: Vec<Movement>,
    /// Only of a position that had many movements.
    long: Option<Box<Long>>,
}

#[derive(Debug, Clone, Default)]
struct Long {
    /// Older than the tail, sorted.
    leaves: Vec<Leaf>,
    /// Every movement up to here stands in stored rows that never change again.
    closed_until: u64,
    closed_rows: u32,
}

impl History {
    /// Adds what an entry did. Entries come in the order of their sequences.
    pub(crate) fn push(&mut self, stamp: Stamp, quantity: Quantity) {
        let movement = Movement {
            effective: stamp.effective_at.micros(),
            sequence: stamp.sequence.get(),
            amount: amount(quantity),
        };
        self.put(movement);
    }

    /// The newest effective time; the beginning of time when nothing happened.
    pub(crate) fn newest(&self) -> Timestamp {
        let newest = self.tail.last().map(|movement| movement.effective);
        newest.and_then(|micros| Timestamp::from_micros(micros).ok()).unwrap_or_default()
    }

    /// What was there at an instant, all of it included, as known when an entry was the newest. `None` when the position had
    /// no movement by then.
    pub(crate) fn as_of(&self, at: Stamp) -> Option<Amount> {
        let (effective, sequence) = (at.effective_at.micros(), at.sequence.get());
        let mut sum = None;
        for part in self.parts().take_while(|part| part.first() <= effective) {
            sum = [sum, part.as_of(effective, sequence)].into_iter().flatten().reduce(Amount::saturating_add);
        }
        sum
    }

    /// What was there when an entry was the newest, and what was told later although it had happened by an instant.
    pub(crate) fn read_at(&self, sequence: Sequence, at: Option<Timestamp>) -> Amount {
        let sum = |effective: i64, sequence: u64| {
            let parts = self.parts().take_while(|part| part.first() <= effective);
            parts.filter_map(|part| part.as_of(effective, sequence)).fold(0, Amount::saturating_add)
        };
        let known = sum(i64::MAX, sequence.get());
        let Some(at) = at.map(Timestamp::micros) else { return known };
        known.saturating_add(sum(at, u64::MAX)).saturating_sub(sum(at, sequence.get()))
    }

    /// Whether anything was told after an entry. Looks at every movement.
    pub(crate) fn has_changed_since(&self, sequence: Sequence) -> bool {
        self.movements().any(|movement| movement.sequence > sequence.get())
    }

    /// Every movement, in order of time: when it happened and was told, and how much came.
    pub(crate) fn told(&self) -> impl Iterator<Item = (Stamp, Amount)> {
        self.movements().map(|movement| {
            let effective_at = Timestamp::from_micros(movement.effective).unwrap_or_default();
            (Stamp { effective_at, sequence: Sequence::new(movement.sequence) }, movement.amount)
        })
    }

    /// The first instant, from one on, at which what is there would not be `allowed`; and what is there then.
    pub(crate) fn first_outside(
        &self,
        from: Timestamp,
        allowed: &RangeInclusive<Amount>,
    ) -> Option<(Timestamp, Amount)> {
        let all = Sequence::new(u64::MAX);
        let mut sum = self.as_of(Stamp { effective_at: from, sequence: all }).unwrap_or(0);
        if !allowed.contains(&sum) {
            return Some((from, sum));
        }
        let later = self.parts().skip_while(|part| part.last() <= from.micros());
        let mut later = later.peekable();
        while let Some(part) = later.next() {
            let next = later.peek().map(Part::first);
            if let Some((micros, found)) = part.first_outside((from.micros(), next), &mut sum, allowed) {
                return Some((Timestamp::from_micros(micros).unwrap_or(from), found));
            }
        }
        None
    }

    /// What is there after each instant at which something happened.
    pub(crate) fn instants(&self) -> impl Iterator<Item = Amount> {
        self.timed().map(|(_, there)| there)
    }

    fn timed(&self) -> impl Iterator<Item = (i64, Amount)> {
        let mut movements = self.movements().peekable();
        let mut sum: Amount = 0;
        std::iter::from_fn(move || {
            let movement = movements.next()?;
            sum = sum.saturating_add(movement.amount);
            while let Some(same) = movements.next_if(|next| next.effective == movement.effective) {
                sum = sum.saturating_add(same.amount);
            }
            Some((movement.effective, sum))
        })
    }

    /// From when on nothing lacks any more, if anything ever lacked; nothing when it still does.
    pub(crate) fn lacked_until(&self) -> Option<Option<Timestamp>> {
        self.first_outside(Timestamp::default(), &(0..=Amount::MAX))?;
        let mut until = None;
        for (micros, there) in self.timed() {
            if there < 0 {
                until = None;
            } else if until.is_none() {
                until = Timestamp::from_micros(micros).ok();
            }
        }
        Some(until)
    }

    /// Every movement as bytes, in order.
    pub(crate) fn write(&self, to: &mut impl FnMut(&[u8])) {
        for movement in self.movements() {
            to(&movement.effective.to_be_bytes());
            to(&movement.sequence.to_be_bytes());
            to(&movement.amount.to_be_bytes());
        }
    }

    fn movements(&self) -> impl Iterator<Item = &Movement> {
        let leaves = self.long.iter().flat_map(|long| &long.leaves);
        leaves.flat_map(|leaf| leaf.movements()).chain(&self.tail)
    }

    fn put(&mut self, movement: Movement) {
        let is_old = self.tail.first().is_some_and(|first| movement.effective < first.effective);
        let leaves = self.long.as_mut().map(|long| &mut long.leaves).filter(|leaves| !leaves.is_empty());
        if let (true, Some(leaves)) = (is_old, leaves) {
            return leaf::insert(leaves, movement);
        }
        // Doubling from one: most positions have few movements.
        if self.tail.len() == self.tail.capacity() {
            self.tail.reserve_exact(self.tail.len().max(1));
        }
        let at = match self.tail.last() {
            Some(last) if movement.effective < last.effective => {
                self.tail.partition_point(|other| other.effective <= movement.effective)
            }
            Some(_) | None => self.tail.len(),
        };
        self.tail.insert(at, movement);
        if self.tail.len() >= LEAF_MAX {
            // The last one stays: it says what is late.
            let last = self.tail.split_off(LEAF_MAX.saturating_sub(1));
            let full = std::mem::replace(&mut self.tail, last);
            self.long.get_or_insert_default().leaves.push(Leaf::new(full));
        }
    }

    /// All leaves in order, none of them empty.
    fn parts(&self) -> impl Iterator<Item = Part<'_>> {
        let leaves = self.long.as_deref().map_or(&[][..], |long| &long.leaves);
        let tail = (!self.tail.is_empty()).then(|| Part::without_summary(&self.tail));
        leaves.iter().map(Leaf::part).chain(tail)
    }
}

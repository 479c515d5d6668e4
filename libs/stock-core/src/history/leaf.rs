use std::ops::RangeInclusive;

use super::{LEAF_MAX, Movement};
use crate::amount::Amount;

/// Movements sorted by effective time, then by sequence, with what they come to. Never empty.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    movements: Vec<Movement>,
    summary: Summary,
}

#[derive(Debug, Clone, Copy)]
struct Summary {
    sum: Amount,
    /// The least and the most of the running sum after each instant but the last, which may go on in the next leaf.
    low: Amount,
    high: Amount,
    oldest: u64,
    newest: u64,
}

/// A leaf to look at.
#[derive(Debug, Clone, Copy)]
pub(super) struct Part<'a> {
    movements: &'a [Movement],
    summary: Option<Summary>,
}

impl Leaf {
    pub(super) fn new(movements: Vec<Movement>) -> Self {
        Self { summary: Summary::of(&movements), movements }
    }

    pub(super) fn part(&self) -> Part<'_> {
        Part { movements: &self.movements, summary: Some(self.summary) }
    }

    /// Whether it has entries after a sequence.
    pub(super) const fn is_newer_than(&self, sequence: u64) -> bool {
        self.summary.newest > sequence
    }

    pub(super) fn movements(&self) -> &[Movement] {
        &self.movements
    }

    fn insert(&mut self, movement: Movement) {
        let at = self.movements.partition_point(|other| other.effective <= movement.effective);
        self.movements.insert(at, movement);
        self.summary = Summary::of(&self.movements);
    }

    /// The second half, when it has become too large.
    fn split(&mut self) -> Option<Self> {
        if self.movements.len() <= LEAF_MAX.saturating_mul(2) {
            return None;
        }
        let second = self.movements.split_off(LEAF_MAX);
        self.movements.shrink_to_fit();
        self.summary = Summary::of(&self.movements);
        Some(Self::new(second))
    }
}

/// Puts a movement into the leaf of its time: the last one that does not begin after it.
pub(super) fn insert(leaves: &mut Vec<Leaf>, movement: Movement) {
    let after = leaves.partition_point(|leaf| leaf.part().first() <= movement.effective);
    let at = after.saturating_sub(1);
    let Some(leaf) = leaves.get_mut(at) else { return };
    leaf.insert(movement);
    if let Some(second) = leaf.split() {
        leaves.insert(at.saturating_add(1), second);
    }
}

impl Summary {
    fn of(movements: &[Movement]) -> Self {
        let mut summary = Self { sum: 0, low: Amount::MAX, high: Amount::MIN, oldest: u64::MAX, newest: 0 };
        let mut rest = movements.iter().peekable();
        while let Some(movement) = rest.next() {
            summary.sum = summary.sum.saturating_add(movement.amount);
            summary.oldest = summary.oldest.min(movement.sequence);
            summary.newest = summary.newest.max(movement.sequence);
            if rest.peek().is_some_and(|next| next.effective > movement.effective) {
                summary.low = summary.low.min(summary.sum);
                summary.high = summary.high.max(summary.sum);
            }
        }
        summary
    }

    /// Whether no instant of the leaf but the last is outside, when it begins at `before`.
    fn is_inside(&self, before: Amount, allowed: &RangeInclusive<Amount>) -> bool {
        self.low > self.high
            || (allowed.contains(&before.saturating_add(self.low))
                && allowed.contains(&before.saturating_add(self.high)))
    }
}

impl<'a> Part<'a> {
    pub(super) const fn without_summary(movements: &'a [Movement]) -> Self {
        Self { movements, summary: None }
    }

    pub(super) fn first(&self) -> i64 {
        self.movements.first().map_or(i64::MAX, |movement| movement.effective)
    }

    pub(super) fn last(&self) -> i64 {
        self.movements.last().map_or(i64::MIN, |movement| movement.effective)
    }

    /// The sum of what happened up to an instant and is known as of an entry; `None` when nothing did.
    pub(super) fn as_of(&self, effective: i64, sequence: u64) -> Option<Amount> {
        match self.summary {
            Some(summary) if summary.oldest > sequence => return None,
            Some(summary) if self.last() <= effective && summary.newest <= sequence => {
                return Some(summary.sum);
            }
            Some(_) | None => {}
        }
        let until = self.movements.partition_point(|movement| movement.effective <= effective);
        let known = self.movements.iter().take(until).filter(|movement| movement.sequence <= sequence);
        known.map(|movement| movement.amount).reduce(Amount::saturating_add)
    }

    /// The first instant after `from` at which the sum is not allowed. `sum` is what there was before this leaf (or at `from`,
    /// if that lies in it), and after it what there is at its end; an instant of which the `next` leaf has more is that one's.
    pub(super) fn first_outside(
        &self,
        (from, next): (i64, Option<i64>),
        sum: &mut Amount,
        allowed: &RangeInclusive<Amount>,
    ) -> Option<(i64, Amount)> {
        let is_whole = self.first() > from;
        if let Some(summary) = self.summary.filter(|summary| is_whole && summary.is_inside(*sum, allowed)) {
            *sum = sum.saturating_add(summary.sum);
            let is_ended = next.is_none_or(|next| next > self.last());
            return (is_ended && !allowed.contains(sum)).then_some((self.last(), *sum));
        }
        let start = self.movements.partition_point(|movement| movement.effective <= from);
        let mut rest = self.movements.iter().skip(start).peekable();
        while let Some(movement) = rest.next() {
            *sum = sum.saturating_add(movement.amount);
            let next = rest.peek().map(|next| next.effective).or(next);
            let is_ended = next.is_none_or(|next| next > movement.effective);
            if is_ended && !allowed.contains(sum) {
                return Some((movement.effective, *sum));
            }
        }
        None
    }
}

use std::collections::VecDeque;

use vocabulary::Sequence;

use crate::store::{Applied, Change};

/// The newest changes of one warehouse, for watchers. It is the only buffer between the feed and all watchers: each of them
/// keeps its own position and reads on from there, and one that is slower than the ring is wide is told so.
#[derive(Debug)]
pub(crate) struct Ring {
    changes: VecDeque<Change>,
    changes_max: usize,
    after: Sequence,
    last: Sequence,
}

/// The ring no longer has every change after the position asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct TooOld {
    /// The oldest position that still can be asked for.
    pub(crate) oldest: Sequence,
}

/// Changes read from the ring, and the position to read on from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Read {
    pub(crate) changes: Vec<Change>,
    pub(crate) position: Sequence,
}

impl Ring {
    pub(crate) fn new(changes_max: usize) -> Self {
        Self { changes: VecDeque::new(), changes_max, after: Sequence::START, last: Sequence::START }
    }

    /// Every change after this sequence, up to [`Ring::last`], is here.
    pub(crate) fn oldest(&self) -> Sequence {
        self.after
    }

    /// The newest entry whose changes are here.
    pub(crate) fn last(&self) -> Sequence {
        self.last
    }

    /// Takes changes over; those that are here already are left out. When changes are missing in between, the ring begins anew
    /// behind them.
    pub(crate) fn extend(&mut self, applied: &mut Applied) {
        if applied.after > self.last {
            self.changes.clear();
            self.after = applied.after;
            self.last = applied.after;
        }
        let last = self.last;
        self.changes
            .extend(std::mem::take(&mut applied.changes).into_iter().filter(|change| change.sequence > last));
        self.last = last.max(applied.head.sequence);
        self.shrink();
    }

    /// Drops whole entries: half of one would look like all of it.
    fn shrink(&mut self) {
        while self.changes.len() > self.changes_max {
            let Some(oldest) = self.changes.front().map(|change| change.sequence) else { return };
            self.after = oldest;
            let end = self.changes.partition_point(|change| change.sequence <= oldest);
            self.changes.drain(..end);
        }
    }

    /// About `count` changes after `position`: always all of an entry, so that a sequence is a position.
    pub(crate) fn read(&self, position: Sequence, count: usize) -> Result<Read, TooOld> {
        if position < self.after {
            return Err(TooOld { oldest: self.after });
        }
        let start = self.changes.partition_point(|change| change.sequence <= position);
        let Some(fence) = self.changes.get(start.saturating_add(count)).map(|change| change.sequence) else {
            let changes = self.changes.iter().skip(start).cloned().collect();
            return Ok(Read { changes, position: position.max(self.last) });
        };
        let end = self.changes.partition_point(|change| change.sequence <= fence);
        let changes = self.changes.range(start..end).cloned().collect();
        Ok(Read { changes, position: fence })
    }
}

#[cfg(test)]
mod tests {
    use vocabulary::Sku;

    use super::*;
    use crate::core::{Head, Value};

    fn applied(after: u64, head: u64, changed: &[u64]) -> Applied {
        let change = |n: &u64| Change {
            sequence: Sequence::new(*n),
            sku: Sku::parse("pen").unwrap(),
            value: Value::ZERO,
        };
        let head = Head { sequence: Sequence::new(head), ..Head::default() };
        let changes = changed.iter().map(change).collect();
        Applied { head, after: Sequence::new(after), changes, entries: 0, stop: None }
    }

    fn read(ring: &Ring, position: u64, count: usize) -> String {
        match ring.read(Sequence::new(position), count) {
            Ok(read) => {
                let sequences: Vec<_> =
                    read.changes.iter().map(|change| change.sequence.to_string()).collect();
                format!("{} then {}", sequences.join(" "), read.position)
            }
            Err(too_old) => format!("too old, {} is the oldest", too_old.oldest),
        }
    }

    #[test]
    fn positions_are_sequences_and_entries_stay_whole() {
        let mut ring = Ring::new(5);
        ring.extend(&mut applied(0, 3, &[1, 2, 2]));
        ring.extend(&mut applied(1, 4, &[2, 2, 4]));
        for (position, count, expected) in [
            (0, 10, "1 2 2 4 then 4"),
            (0, 1, "1 2 2 then 2"),
            (2, 1, "4 then 4"),
            (4, 1, " then 4"),
            (9, 1, " then 9"),
        ] {
            assert_eq!(read(&ring, position, count), expected, "after {position}");
        }
    }

    #[test]
    fn what_is_dropped_or_missing_is_too_old() {
        let mut ring = Ring::new(3);
        ring.extend(&mut applied(0, 3, &[1, 2, 2, 3]));
        assert_eq!(read(&ring, 0, 10), "too old, 1 is the oldest");
        assert_eq!(read(&ring, 1, 10), "2 2 3 then 3");
        ring.extend(&mut applied(3, 4, &[4, 4, 4, 4]));
        assert_eq!(read(&ring, 3, 10), "too old, 4 is the oldest");
        assert_eq!(read(&ring, 4, 10), " then 4");
        ring.extend(&mut applied(7, 8, &[8]));
        assert_eq!(read(&ring, 6, 10), "too old, 7 is the oldest");
        assert_eq!(read(&ring, 7, 10), "8 then 8");
    }
}

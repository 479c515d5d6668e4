use proto::events::v1::JournalEntry;
use vocabulary::{Sequence, Sku, WarehouseCode};

use crate::core::{Detail, Head, Malformed, Offer, Value};

/// A place in the event log: the first record that was not read yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct LogPosition {
    /// Partition of the journal topic.
    pub partition: i32,
    /// The next record's offset in it.
    pub offset: i64,
}

/// A journal entry, and where the log goes on after it.
#[derive(Debug, Clone, PartialEq)]
pub struct Logged {
    /// The entry.
    pub entry: JournalEntry,
    /// The place after it.
    pub next: LogPosition,
}

/// What is known of a warehouse when a process starts. A warehouse without a position makes the log be read from its start:
/// that is why every warehouse is registered before anything of a later record is applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resume {
    /// The warehouse.
    pub warehouse: WarehouseCode,
    /// How far its view is.
    pub head: Head,
    /// Everything before this place is in the view; `None` when that is not known.
    pub next: Option<LogPosition>,
}

/// The values of an item after an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The entry.
    pub sequence: Sequence,
    /// The item.
    pub sku: Sku,
    /// What the entry left.
    pub value: Value,
}

/// Items wanted of one warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Want<'a> {
    /// The warehouse.
    pub warehouse: &'a str,
    /// The items; none of them contains a control character.
    pub skus: Vec<&'a str>,
    /// How much of each.
    pub depth: Depth,
}

/// How much is wanted of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Depth {
    /// Its value.
    #[default]
    Values,
    /// Its detail, too.
    Details,
}

/// Values of one warehouse, true as of its head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Snapshot {
    /// As of when.
    pub head: Head,
    /// One an item, in the order they were wanted; `None` was never held.
    pub values: Vec<Option<Value>>,
    /// One an item, in the same order, when details were wanted.
    pub details: Vec<Detail>,
}

/// What became of entries that were offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Applied {
    /// The warehouse's head now.
    pub head: Head,
    /// `changes` has every change after this sequence, up to the head.
    pub after: Sequence,
    /// In order; at most one an entry and item.
    pub changes: Vec<Change>,
    /// Number of entries that this call applied.
    pub entries: usize,
    /// Why the rest was not applied.
    pub stop: Option<Stop>,
}

/// Why entries were left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Stop {
    /// Entries before `found` are missing.
    Gap {
        /// The entry that should have come.
        expected: Sequence,
        /// The one that came.
        found: Sequence,
    },
    /// An entry contradicts the journal before it.
    Malformed {
        /// The entry.
        sequence: Sequence,
        /// How.
        malformed: Malformed,
    },
}

impl Want<'_> {
    /// How many details are wanted.
    pub(super) const fn details(&self) -> usize {
        match self.depth {
            Depth::Values => 0,
            Depth::Details => self.skus.len(),
        }
    }
}

impl Applied {
    pub(crate) fn at(head: Head) -> Self {
        Self { head, after: head.sequence, changes: Vec::new(), entries: 0, stop: None }
    }

    /// Adds the result of offering `entry`. Changes up to `since` are left out.
    pub(crate) fn add(&mut self, entry: &JournalEntry, offer: Result<Offer, Malformed>, since: Sequence) {
        let sequence = Sequence::new(entry.sequence);
        match offer {
            Ok(Offer::Duplicate) => {}
            Ok(Offer::Gap { expected }) => self.stop = Some(Stop::Gap { expected, found: sequence }),
            Err(malformed) => self.stop = Some(Stop::Malformed { sequence, malformed }),
            Ok(Offer::Applied(effect)) => {
                self.head = effect.head;
                self.entries = self.entries.saturating_add(1);
                if sequence > since {
                    let values = effect.values.into_iter();
                    self.changes.extend(values.map(|t| Change { sequence, sku: t.sku, value: t.value }));
                } else {
                    self.after = sequence;
                }
            }
        }
    }
}

use vocabulary::{AvailableStatuses, Sequence, Timestamp};

/// How far a warehouse's journal is in the view; the default stands before the first entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Head {
    /// Every entry up to this one is in the view.
    pub sequence: Sequence,
    /// When that entry was recorded; the epoch when there is none.
    pub recorded_at: Timestamp,
    /// Which goods count as available there.
    pub statuses: AvailableStatuses,
}

use vocabulary::Date;

use crate::{PickRule, Terms};

/// How goods are promised or taken, where the usual way does not do.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Claim {
    /// On what terms.
    pub terms: Terms,
    /// Of which statuses.
    pub status: PromisedStatus,
    /// Which of several are chosen.
    pub rule: PickRule,
    /// Lots that expire before this day are passed over.
    pub min_expiry: Option<Date>,
    /// When the holder needs them: lots must then still have the shelf life that the holder's rule asks for.
    pub needed_on: Option<Date>,
    /// Whether the safety buffer may be taken.
    pub use_buffer: bool,
    /// Whether less than asked for is better than nothing.
    pub allow_partial: bool,
    /// Whether promises of a lower priority make room.
    pub reallocate: bool,
}

/// Goods of which statuses a promise may be of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum PromisedStatus {
    /// Nobody named one: of those that are available first, and then of every other that counts.
    #[default]
    AnyThatCounts,
    /// Of the one that the line names, and of no other.
    AsNamed,
}

impl Claim {
    /// `None` for the usual way.
    pub fn boxed(self) -> Option<Box<Self>> {
        (self != Self::default()).then(|| Box::new(self))
    }
}

//! How much one document may make: an entry is written, published and read as a whole.

use std::fmt;

use crate::{Document, Fact, Line, Refusal, Rejection};

/// The most facts an accepted document makes. A promise has no more parts than that, so that its end has as many.
pub const FACTS_MAX: usize = 10_000;

/// What an entry may have only so much of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DocumentLimit {
    /// Facts.
    Facts,
    /// Bytes of the entry.
    Bytes,
}

impl DocumentLimit {
    /// As it is written.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Facts => "facts",
            Self::Bytes => "bytes",
        }
    }

    /// Reads what [`DocumentLimit::as_str`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        [Self::Facts, Self::Bytes].into_iter().find(|limit| limit.as_str() == text)
    }
}

impl fmt::Display for DocumentLimit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl Document {
    /// Whether the warehouse made it of its own accord, to end promises and to hold lots: it ends what other documents began, and
    /// nobody could split it.
    pub fn is_own(&self) -> bool {
        self.lines.iter().all(|line| matches!(line, Line::Expire { .. } | Line::HoldLot(_)))
    }

    /// Its refusal when its entry would have more than `max` bytes: whoever made it has to split it.
    pub fn too_many_bytes(&self, max: usize) -> Refusal {
        let last = self.lines.len().saturating_sub(1);
        let max = u64::try_from(max).unwrap_or(u64::MAX);
        let rejection = Rejection::DocumentTooLarge { limit: DocumentLimit::Bytes, max };
        Refusal { line: u32::try_from(last).unwrap_or(u32::MAX), rejection }
    }
}

/// Looked at after each line, so that no document does much more than it may.
pub(crate) fn check(document: &Document, facts: &[Fact]) -> Result<(), Rejection> {
    if facts.len() <= FACTS_MAX || document.is_own() {
        return Ok(());
    }
    Err(Rejection::DocumentTooLarge { limit: DocumentLimit::Facts, max: FACTS_MAX as u64 })
}

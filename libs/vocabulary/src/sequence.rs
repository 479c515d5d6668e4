use std::fmt;

use crate::Invalid;

/// A position in a warehouse's journal, from 1; 0 stands before the first entry.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Sequence(u64);

impl Sequence {
    /// Before the first entry.
    pub const START: Self = Self(0);

    /// Any number is a sequence.
    pub const fn new(value: u64) -> Self {
        Self(value)
    }

    /// The one after this. The journal would need 580,000 years at a million entries a second to get past `u64::MAX`.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// As a number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for Sequence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.0)
    }
}

/// The id of a reservation: the journal entry that made it and the line of its document. Written `SEQUENCE-LINE`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct ReservationId {
    /// The entry that made it.
    pub sequence: Sequence,
    /// The line of its document, from 0.
    pub line: u32,
}

impl ReservationId {
    /// Reads `SEQUENCE-LINE`, for example `1234-0`.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid =
            || Invalid::new("reservation_id", text, "SEQUENCE-LINE as answered by the reserve line");
        let (sequence, line) = text.split_once('-').ok_or_else(invalid)?;
        let id = Self {
            sequence: Sequence::new(sequence.parse().map_err(|_| invalid())?),
            line: line.parse().map_err(|_| invalid())?,
        };
        if id.to_string() == text { Ok(id) } else { Err(invalid()) }
    }
}

impl fmt::Display for ReservationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.sequence, self.line)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reservation_ids_round_trip() {
        for (text, ok) in
            [("1234-0", true), ("1-999", true), ("+1-0", false), ("01-0", false), ("1", false), ("", false)]
        {
            assert_eq!(ReservationId::parse(text).is_ok_and(|id| id.to_string() == text), ok, "{text:?}");
        }
    }
}

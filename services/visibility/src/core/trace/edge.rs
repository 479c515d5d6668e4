use vocabulary::{Invalid, Sequence, Timestamp};

use crate::core::{Total, TotalOverflow};

/// What an edge sums up: how much, how often, and when for the first and the last time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    /// How much, in the base unit.
    pub quantity: Total,
    /// Number of movements.
    pub count: u64,
    /// The journal entry of the first one.
    pub first: Sequence,
    /// The journal entry of the last one.
    pub last: Sequence,
    /// When the earliest happened.
    pub from: Timestamp,
    /// When the latest happened.
    pub until: Timestamp,
}

const SHAPE: &str = "what this version writes: build the view again";

impl Edge {
    /// One movement.
    pub const fn one(quantity: Total, sequence: Sequence, at: Timestamp) -> Self {
        Self { quantity, count: 1, first: sequence, last: sequence, from: at, until: at }
    }

    /// Both together; `next` is the later in the journal.
    ///
    /// # Errors
    /// [`TotalOverflow`] when the quantity leaves the exact range.
    pub fn and(self, next: Self) -> Result<Self, TotalOverflow> {
        Ok(Self {
            quantity: self.quantity.checked_add(next.quantity)?,
            count: self.count.saturating_add(next.count),
            first: self.first,
            last: next.last,
            from: self.from.min(next.from),
            until: self.until.max(next.until),
        })
    }

    /// `QUANTITY COUNT FIRST LAST FROM UNTIL`, times in microseconds.
    pub fn to_text(&self) -> String {
        let Self { quantity, count, first, last, from, until } = self;
        format!("{quantity} {count} {first} {last} {} {}", from.micros(), until.micros())
    }

    /// Reads what [`Edge::to_text`] wrote.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("stored edge", text, SHAPE);
        let mut words = text.split(' ');
        let mut word = || words.next().ok_or_else(invalid);
        let quantity = Total::parse(word()?)?;
        let mut number = || word()?.parse::<u64>().map_err(|_| invalid());
        let (count, first, last) = (number()?, Sequence::new(number()?), Sequence::new(number()?));
        let mut time = || {
            let micros = i64::try_from(number()?).map_err(|_| invalid())?;
            Timestamp::from_micros(micros)
        };
        Ok(Self { quantity, count, first, last, from: time()?, until: time()? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn edge(quantity: &str, sequence: u64, at: i64) -> Edge {
        let at = Timestamp::from_micros(at).unwrap();
        Edge::one(Total::parse(quantity).unwrap(), Sequence::new(sequence), at)
    }

    #[test]
    fn edges_add_up_and_read_back() {
        // The second is later in the journal and happened before.
        let both = edge("2.5", 3, 900).and(edge("-1", 7, 400)).unwrap();
        assert_eq!(both.to_text(), "1.5 2 3 7 400 900");
        assert_eq!(Edge::parse(&both.to_text()), Ok(both));
        for text in ["", "1 2 3", "x 2 3 7 400 900", "1 2 3 7 -400 900"] {
            assert!(Edge::parse(text).is_err(), "{text:?}");
        }
    }
}

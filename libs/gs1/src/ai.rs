use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::table::{self, Entry, Measure, Row};

/// A GS1 application identifier: the two to four digits that say what the value after it means.
#[derive(Clone, Copy)]
pub struct Ai(&'static Entry);

impl Ai {
    /// The AI that is written like this. `None` when GS1's table has none.
    pub fn parse(text: &str) -> Option<Self> {
        table::exact(text).map(Self)
    }

    /// The AI that a text begins with: its first two digits settle how many there are.
    pub(crate) fn at_start(text: &str) -> Option<Self> {
        table::at_start(text).map(Self)
    }

    /// Every AI of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        table::all().map(Self)
    }

    /// Its digits.
    pub const fn as_str(self) -> &'static str {
        self.0.text
    }

    /// GS1's short title, for example `BATCH/LOT`.
    pub const fn title(self) -> &'static str {
        self.row().title
    }

    /// Whether its values all have the same length that its first two digits settle, so that no separator follows them.
    pub const fn is_predefined_length(self) -> bool {
        self.row().is_predefined
    }

    /// Whether it can be the key of a Digital Link.
    pub const fn is_key(self) -> bool {
        !self.row().qualifiers.is_empty()
    }

    /// Whether it may stand in the query of a Digital Link.
    pub const fn is_attribute(self) -> bool {
        self.row().is_attribute
    }

    /// What it measures, where it is a measure.
    pub const fn measure(self) -> Option<Measure> {
        self.row().measure
    }

    /// The shortest value, in characters.
    pub fn length_min(self) -> usize {
        let parts = self.row().parts.iter().filter(|part| !part.is_optional);
        parts.map(|part| usize::from(part.length_min)).fold(0, usize::saturating_add)
    }

    /// The longest value, in characters.
    pub fn length_max(self) -> usize {
        let parts = self.row().parts.iter();
        parts.map(|part| usize::from(part.length_max)).fold(0, usize::saturating_add)
    }

    pub(crate) const fn row(self) -> &'static Row {
        self.0.row
    }

    /// Whether a pattern of the table means it: `n` stands for any digit.
    pub(crate) fn is_like(self, pattern: &str) -> bool {
        let digits = self.as_str().bytes();
        pattern.len() == self.as_str().len() && pattern.bytes().zip(digits).all(|(p, d)| p == b'n' || p == d)
    }
}

impl PartialEq for Ai {
    fn eq(&self, other: &Self) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for Ai {}

impl PartialOrd for Ai {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Ai {
    fn cmp(&self, other: &Self) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl Hash for Ai {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
    }
}

impl fmt::Display for Ai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Ai {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Ai({self})")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_table_says_of_an_ai() {
        for (text, min, max, predefined, key, attribute) in [
            ("01", 14, 14, true, true, true),
            ("10", 1, 20, false, false, true),
            ("21", 1, 20, false, false, false),
            ("253", 13, 30, false, true, true),
            ("423", 3, 15, false, false, true),
            ("8043", 18, 20, false, false, false),
            ("99", 1, 90, false, false, true),
        ] {
            let ai = Ai::parse(text).unwrap();
            assert_eq!((ai.length_min(), ai.length_max()), (min, max), "{text}");
            let got = (ai.is_predefined_length(), ai.is_key(), ai.is_attribute());
            assert_eq!(got, (predefined, key, attribute), "{text}");
        }
    }

    #[test]
    fn patterns_mean_families() {
        let ai = Ai::parse("3103").unwrap();
        for (pattern, is_like) in
            [("3103", true), ("310n", true), ("31nn", true), ("32nn", false), ("31n", false)]
        {
            assert_eq!(ai.is_like(pattern), is_like, "{pattern}");
        }
    }

    #[test]
    fn a_predefined_length_is_one_length() {
        for ai in Ai::all().filter(|ai| ai.is_predefined_length()) {
            assert_eq!(ai.length_min(), ai.length_max(), "{ai}");
        }
    }

    #[test]
    fn only_the_last_part_varies_and_optional_parts_stand_at_the_end() {
        for ai in Ai::all() {
            let parts = ai.row().parts;
            for (part, next) in parts.iter().zip(parts.iter().skip(1)) {
                assert!(part.length_min == part.length_max, "{ai}");
                assert!(!part.is_optional || next.is_optional, "{ai}");
            }
        }
    }
}

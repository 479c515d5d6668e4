use std::fmt;

use vocabulary::Invalid;

/// An acceptance quality limit: the worst average quality that is still satisfactory, in percent of items that are not right
/// (ISO 2859-1:1999, 3.1.26). One of the preferred values up to 10, which are the only ones the standard has plans for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Aql(u8);

/// The preferred values, each about 1.6 times the one before (ISO 2859-1:1999, 5.2).
const PREFERRED: [&str; 16] = [
    "0.010", "0.015", "0.025", "0.040", "0.065", "0.10", "0.15", "0.25", "0.40", "0.65", "1.0", "1.5", "2.5",
    "4.0", "6.5", "10",
];
const ALLOWED: &str = "0.010, 0.015, 0.025, 0.040, 0.065, 0.10, 0.15, 0.25, 0.40, 0.65, 1.0, 1.5, 2.5, 4.0, 6.5 or 10 (percent)";

impl Aql {
    /// Reads a preferred value as the standard writes it; zeros at the end of a fraction may be left out.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let found = (0_u8..).zip(PREFERRED).find(|(_, value)| short(value) == short(text));
        found.map(|(number, _)| Self(number)).ok_or_else(|| Invalid::new("aql", text, ALLOWED))
    }

    /// As the standard writes it.
    pub fn as_str(self) -> &'static str {
        PREFERRED.get(usize::from(self.0)).copied().unwrap_or_default()
    }

    /// Every value, the strictest first.
    pub fn all() -> impl Iterator<Item = Self> {
        (0_u8..).zip(PREFERRED).map(|(number, _)| Self(number))
    }

    /// Its place among the preferred values.
    pub(crate) const fn number(self) -> u8 {
        self.0
    }
}

fn short(text: &str) -> &str {
    if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { text }
}

impl fmt::Display for Aql {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

use std::fmt;

use serde::{Deserialize, Serialize};
use vocabulary::Invalid;

use crate::Kind;

/// Digits of the last part, at least.
const DIGITS: usize = 6;

/// The number of a paper, written `GRN-2026-000017`: its kind, the year, and its place among those of its legal entity, from 1 without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Number {
    kind: Kind,
    year: u16,
    place: u64,
}

impl Number {
    /// Checks the parts.
    ///
    /// # Errors
    /// [`Invalid`] for a year of other than four digits, and for place 0.
    pub fn try_new(kind: Kind, year: u16, place: u64) -> Result<Self, Invalid> {
        if (1000..=9999).contains(&year) && place > 0 {
            Ok(Self { kind, year, place })
        } else {
            Err(invalid(&format!("{}-{year}-{place}", kind.prefix())))
        }
    }

    /// Reads what `Display` wrote, and nothing else.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let mut parts = text.split('-');
        let (Some(prefix), Some(year), Some(place), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(invalid(text));
        };
        let kind = Kind::ALL.into_iter().find(|kind| kind.prefix() == prefix);
        let (Some(kind), Ok(year), Ok(place)) = (kind, year.parse(), place.parse()) else {
            return Err(invalid(text));
        };
        let number = Self::try_new(kind, year, place).map_err(|_| invalid(text))?;
        if number.to_string() == text { Ok(number) } else { Err(invalid(text)) }
    }

    /// What it is the number of.
    pub const fn kind(self) -> Kind {
        self.kind
    }

    /// The year of its day of issue at its warehouse.
    pub const fn year(self) -> u16 {
        self.year
    }

    /// From 1.
    pub const fn place(self) -> u64 {
        self.place
    }
}

fn invalid(text: &str) -> Invalid {
    Invalid::new("number", text, "the number of a paper, such as GRN-2026-000017")
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}-{:0DIGITS$}", self.kind.prefix(), self.year, self.place)
    }
}

impl From<Number> for String {
    fn from(number: Number) -> Self {
        number.to_string()
    }
}

impl TryFrom<String> for Number {
    type Error = Invalid;

    fn try_from(text: String) -> Result<Self, Invalid> {
        Self::parse(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_as_they_are_written() {
        for text in ["GRN-2026-000001", "LABEL-1999-999999", "DN-2026-1000000"] {
            assert_eq!(Number::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "",
            "GRN",
            "GRN-2026",
            "GRN-2026-000000",
            "GRN-2026-17",
            "GRN-2026-0000017",
            "grn-2026-000017",
            "XYZ-2026-000017",
            "GRN-26-000017",
            "GRN-2026-000017-1",
            "GRN-2026-+00017",
        ] {
            assert!(Number::parse(text).is_err(), "{text}");
        }
    }

    #[test]
    fn every_kind_has_a_prefix_of_its_own() {
        for kind in Kind::ALL {
            let number = Number::try_new(kind, 2026, 7).unwrap();
            assert_eq!(Number::parse(&number.to_string()).unwrap().kind(), kind);
            assert_eq!(Kind::parse(kind.name()).unwrap(), kind);
        }
    }
}

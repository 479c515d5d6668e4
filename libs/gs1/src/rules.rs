use vocabulary::Invalid;

/// What is checked beyond the syntax, which always is: the table of AIs, lengths and characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Checks(u8);

impl Checks {
    /// Syntax only.
    pub const SYNTAX: Self = Self(0);
    /// Check digits, dates, codes of countries and currencies, and so on.
    pub const CONTENT: Self = Self(1);
    /// What must, and what must not, stand together on one item.
    pub const ASSOCIATION: Self = Self(2);
    /// All of them.
    pub const ALL: Self = Self::CONTENT.and(Self::ASSOCIATION);

    /// Both of them.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    pub(crate) const fn content(self) -> bool {
        self.0 & Self::CONTENT.0 != 0
    }

    pub(crate) const fn association(self) -> bool {
        self.0 & Self::ASSOCIATION.0 != 0
    }
}

/// The year from which the century of a year of two digits is told: this year, for whoever reads a label today.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReferenceYear(u16);

impl ReferenceYear {
    /// Checks the range.
    ///
    /// # Errors
    /// [`Invalid`] before 1000 or after 9899: the century before or after would not be one of four digits.
    pub fn parse(year: u16) -> Result<Self, Invalid> {
        if (1000..=9899).contains(&year) {
            Ok(Self(year))
        } else {
            Err(Invalid::new("reference year", &year.to_string(), "a year from 1000 to 9899"))
        }
    }

    /// The full year of one that is written with two digits, 0 to 99: at most 49 years back, at most 50 ahead (GS1 General
    /// Specifications 7.12).
    pub const fn full(self, two_digits: u16) -> u16 {
        let of_century = self.0.rem_euclid(100);
        let century = self.0.saturating_sub(of_century);
        if two_digits.saturating_sub(of_century) >= 51 {
            century.saturating_sub(100).saturating_add(two_digits)
        } else if of_century.saturating_sub(two_digits) >= 50 {
            century.saturating_add(100).saturating_add(two_digits)
        } else {
            century.saturating_add(two_digits)
        }
    }
}

/// How a text is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rules {
    pub checks: Checks,
    pub reference_year: ReferenceYear,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn centuries() {
        for (reference, two_digits, year) in [
            (2026, 26, 2026),
            (2026, 76, 2076),
            (2026, 77, 1977),
            (2026, 99, 1999),
            (2026, 0, 2000),
            (2099, 49, 2149),
            (2099, 50, 2050),
            (2050, 0, 2100),
            (2049, 0, 2000),
            (2000, 50, 2050),
            (2000, 51, 1951),
            (1000, 99, 999),
            (9899, 0, 9900),
        ] {
            assert_eq!(
                ReferenceYear::parse(reference).unwrap().full(two_digits),
                year,
                "{reference} {two_digits}"
            );
        }
        assert!(ReferenceYear::parse(999).is_err());
        assert!(ReferenceYear::parse(9900).is_err());
    }

    #[test]
    fn checks_add_up() {
        assert!(Checks::ALL.content() && Checks::ALL.association());
        assert!(!Checks::SYNTAX.content() && !Checks::CONTENT.association());
    }
}

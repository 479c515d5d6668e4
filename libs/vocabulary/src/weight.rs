use std::fmt;

use crate::{Invalid, Quantity};

/// The unit that goods are weighed in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum WeightUnit {
    /// Kilograms, as GS1 application identifiers 310x give them.
    Kilogram,
    /// International pounds, as GS1 application identifiers 320x give them.
    Pound,
}

/// A weight.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Weight {
    /// How much, in the unit.
    pub amount: Quantity,
    /// The unit.
    pub unit: WeightUnit,
}

impl WeightUnit {
    /// Every unit.
    pub const ALL: [Self; 2] = [Self::Kilogram, Self::Pound];

    /// Its name, as written everywhere.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Kilogram => "kg",
            Self::Pound => "lb",
        }
    }

    /// Reads a name.
    ///
    /// # Errors
    /// [`Invalid`] for a name that no unit has.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let known = Self::ALL.into_iter().find(|unit| unit.as_str() == text);
        known.ok_or_else(|| Invalid::new("weight unit", text, "kg or lb"))
    }
}

impl fmt::Display for WeightUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Weight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.amount, self.unit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_have_names_that_read_back() {
        for unit in WeightUnit::ALL {
            assert_eq!(WeightUnit::parse(unit.as_str()), Ok(unit));
        }
        assert!(WeightUnit::parse("KG").is_err() && WeightUnit::parse("").is_err());
        let weight = Weight { amount: Quantity::parse("12.345").unwrap(), unit: WeightUnit::Kilogram };
        assert_eq!(weight.to_string(), "12.345 kg");
    }
}

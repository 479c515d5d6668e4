use std::fmt;

use crate::Invalid;

/// In which state goods are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum StockStatus {
    /// Free to be promised and used.
    #[default]
    Available,
    /// Waiting for an inspection.
    Inspection,
    /// Held back by quality.
    QualityHold,
    /// Kept apart.
    Quarantine,
    /// Broken.
    Damaged,
    /// Past its date.
    Expired,
    /// Called back by its maker or by us.
    Recalled,
    /// Came back and was not looked at yet.
    Returned,
}

impl StockStatus {
    /// Every status.
    pub const ALL: [Self; 8] = [
        Self::Available,
        Self::Inspection,
        Self::QualityHold,
        Self::Quarantine,
        Self::Damaged,
        Self::Expired,
        Self::Recalled,
        Self::Returned,
    ];

    /// Its name, as written everywhere.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Available => "available",
            Self::Inspection => "inspection",
            Self::QualityHold => "quality_hold",
            Self::Quarantine => "quarantine",
            Self::Damaged => "damaged",
            Self::Expired => "expired",
            Self::Recalled => "recalled",
            Self::Returned => "returned",
        }
    }

    /// Reads what [`StockStatus::as_str`] wrote; empty is `available`.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        const ALLOWED: &str =
            "available, inspection, quality_hold, quarantine, damaged, expired, recalled or returned";
        let found = Self::ALL.into_iter().find(|status| status.as_str() == text);
        let found = found.or_else(|| text.is_empty().then_some(Self::Available));
        found.ok_or_else(|| Invalid::new("status", text, ALLOWED))
    }

    /// Whether goods of this status can be promised.
    pub const fn is_available(self) -> bool {
        matches!(self, Self::Available)
    }
}

impl fmt::Display for StockStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        for status in StockStatus::ALL {
            assert_eq!(StockStatus::parse(status.as_str()), Ok(status));
        }
        assert_eq!(StockStatus::parse(""), Ok(StockStatus::Available));
        assert!(StockStatus::parse("Available").is_err());
    }
}

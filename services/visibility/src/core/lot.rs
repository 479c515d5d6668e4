use vocabulary::{Date, Invalid};

use super::Total;

/// A lot that has a date in its warehouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LotState {
    /// Until when it may be used.
    pub expiry: Date,
    /// What is there that the date would take.
    pub on_hand: Total,
}

impl LotState {
    /// `EXPIRY ON_HAND`
    pub fn to_text(self) -> String {
        format!("{} {}", self.expiry, self.on_hand)
    }

    /// Reads what [`LotState::to_text`] wrote.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        let invalid = || Invalid::new("stored lot", text, "what this version writes: build the view again");
        let (expiry, on_hand) = text.split_once(' ').ok_or_else(invalid)?;
        Ok(Self { expiry: Date::parse(expiry)?, on_hand: Total::parse(on_hand)? })
    }
}

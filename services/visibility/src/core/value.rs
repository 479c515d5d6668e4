use vocabulary::{ChannelCode, PartyCode, Sku, Timestamp};

use super::total::TotalOverflow;
use super::{Expected, Total};

/// What a warehouse holds of an item, over all its real locations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Value {
    /// What is there.
    pub on_hand: Total,
    /// What of it is promised.
    pub reserved: Total,
    /// What is expected, on whatever day; nothing of a part of what is there.
    pub expected: Expected,
}

impl Value {
    /// Never held.
    pub const ZERO: Self = Self { on_hand: Total::ZERO, reserved: Total::ZERO, expected: Expected::ZERO };

    /// What is there and what is promised, without what of it is in `part`.
    ///
    /// # Errors
    /// [`TotalOverflow`] when a difference leaves the exact range.
    pub fn without(self, part: Self) -> Result<Self, TotalOverflow> {
        let on_hand = self.on_hand.checked_sub(part.on_hand)?;
        Ok(Self { on_hand, reserved: self.reserved.checked_sub(part.reserved)?, ..self })
    }

    /// Nothing there and nothing promised.
    pub const fn is_zero(self) -> bool {
        self.on_hand.is_zero() && self.reserved.is_zero()
    }

    /// What can still be promised.
    ///
    /// # Errors
    /// [`TotalOverflow`] when the difference leaves the exact range.
    pub fn available(self) -> Result<Total, TotalOverflow> {
        self.on_hand.checked_sub(self.reserved)
    }
}

/// A reservation that is still open. A release names the reservation and not the item, so the view remembers which it was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// The item.
    pub sku: Sku,
    /// What is left of it; positive.
    pub remaining: Total,
    /// On what terms it was made; `None` for the usual ones. Boxed: nearly every reservation has none.
    pub terms: Option<Box<OpenTerms>>,
}

/// The terms of a reservation that matter to a view.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpenTerms {
    /// Through which channel it was made.
    pub channel: Option<ChannelCode>,
    /// When it ends by itself.
    pub expires_at: Option<Timestamp>,
    /// Whose it is.
    pub holder: Option<PartyCode>,
}

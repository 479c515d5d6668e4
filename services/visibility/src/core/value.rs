use vocabulary::Sku;

use super::Total;
use super::total::TotalOverflow;

/// What a warehouse holds of an item, over all its real locations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Value {
    /// What is there.
    pub on_hand: Total,
    /// What of it is promised.
    pub reserved: Total,
}

impl Value {
    /// Never held.
    pub const ZERO: Self = Self { on_hand: Total::ZERO, reserved: Total::ZERO };

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
}

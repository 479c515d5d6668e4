use std::collections::BTreeMap;

use vocabulary::{ChannelCode, Date, DocumentCode, LotCode, PartyCode, Quantity, Sku, Timestamp};

/// The most lines an order may have.
pub const ORDER_LINES_MAX: usize = 1000;

/// What a customer wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// Its own key, for example `SO-17`.
    pub code: DocumentCode,
    /// Who.
    pub customer: PartyCode,
    /// Where to, as the carrier reads it; may be empty.
    pub ship_to: String,
    /// The day on which the customer needs the goods.
    pub due: Date,
    /// What it weighs when goods are short: 0 to 9, and the higher wins.
    pub priority: u8,
    /// Whether it leaves as a whole or not at all.
    pub ships_complete: bool,
    /// Who carries it; may be empty.
    pub carrier: String,
    /// When the carrier comes, if somebody said.
    pub cut_off: Option<Timestamp>,
    /// Through which channel it came.
    pub channel: Option<ChannelCode>,
    /// Its lines, by number; 1 to [`ORDER_LINES_MAX`].
    pub lines: BTreeMap<u32, OrderedLine>,
}

/// A line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedLine {
    /// The item.
    pub sku: Sku,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
    /// Of which lot; `None` for any.
    pub lot: Option<LotCode>,
    /// Lots that expire before this day will not do.
    pub min_expiry: Option<Date>,
}

impl OrderedLine {
    /// Whether it is of the same goods as another: what is promised for the one will do for the other.
    pub(super) fn is_as(&self, other: &Self) -> bool {
        self.sku == other.sku && self.lot == other.lot && self.min_expiry == other.min_expiry
    }
}

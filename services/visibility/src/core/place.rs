use std::fmt;

use proto::events::v1::Moved;

/// A location where plain goods of an item are, or were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place<'a> {
    /// The item.
    pub sku: &'a str,
    /// The location; a real one.
    pub location: &'a str,
}

impl<'a> Place<'a> {
    /// Where plain goods left by a movement, and where they came to be. Nothing when they stayed where they are.
    pub fn plain_of(moved: &'a Moved) -> [Option<Self>; 2] {
        let place = |location: &'a str, is_virtual: bool, standing: [&str; 2]| {
            let is_plain = moved.lot.is_empty() && standing.into_iter().all(str::is_empty);
            (is_plain && !is_virtual).then_some(Place { sku: &moved.sku, location })
        };
        let from = place(&moved.from_location, moved.from_virtual, [&moved.from_status, &moved.from_owner]);
        let to = place(&moved.to_location, moved.to_virtual, [&moved.to_status, &moved.to_owner]);
        if from == to { [None, None] } else { [from, to] }
    }
}

impl fmt::Display for Place<'_> {
    /// `SKU LOCATION`, apart by a zero, which neither contains.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\0{}", self.sku, self.location)
    }
}

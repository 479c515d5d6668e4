use std::fmt;

/// What a record describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A thing that is stocked.
    Item,
    /// A group of items.
    ItemClass,
    /// How a SKU must look.
    CodingRule,
    /// A warehouse.
    Warehouse,
    /// A place in a warehouse.
    Location,
    /// A lot that is called back.
    Recall,
}

impl Kind {
    /// As in the keys of the topic and in field paths.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::ItemClass => "item_class",
            Self::CodingRule => "coding_rule",
            Self::Warehouse => "warehouse",
            Self::Location => "location",
            Self::Recall => "recall",
        }
    }

    /// For people, one.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Item => "item",
            Self::ItemClass => "item class",
            Self::CodingRule => "coding rule",
            Self::Warehouse => "warehouse",
            Self::Location => "location",
            Self::Recall => "recall of lot",
        }
    }
}

/// The key of a record. Keys sort by scope, then by code, byte by byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What it is the key of.
    pub kind: Kind,
    /// The warehouse of a location, the item of a recall; empty for the other kinds.
    pub scope: String,
    /// SKU, code or lot.
    pub code: String,
}

impl fmt::Display for Key {
    /// The key of the topic: `item/SKU`, `location/WAREHOUSE/CODE`, `recall/SKU LOT`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.as_str();
        match (self.kind, self.scope.as_str()) {
            // A SKU may have slashes, and so may a lot; a lot has no space.
            (Kind::Recall, scope) => write!(f, "{kind}/{scope} {}", self.code),
            (_, "") => write!(f, "{kind}/{}", self.code),
            (_, scope) => write!(f, "{kind}/{scope}/{}", self.code),
        }
    }
}

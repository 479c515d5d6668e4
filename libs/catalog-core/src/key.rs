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
    /// A version of a bill of material.
    Bom,
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
            Self::Bom => "bom",
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
            Self::Bom => "bill of material, version",
        }
    }
}

/// The key of a record. Keys sort by scope, then by code, byte by byte.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    /// What it is the key of.
    pub kind: Kind,
    /// The warehouse of a location, the item of a recall or a bill; empty for the other kinds.
    pub scope: String,
    /// SKU, code, lot or version.
    pub code: String,
}

impl fmt::Display for Key {
    /// The key of the topic: `item/SKU`, `location/WAREHOUSE/CODE`, `recall/SKU LOT`, `bom/SKU VERSION`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = self.kind.as_str();
        match (self.kind, self.scope.as_str()) {
            // A SKU may have slashes, and so may a lot; a lot and a version have no space.
            (Kind::Recall | Kind::Bom, scope) => write!(f, "{kind}/{scope} {}", self.code),
            (_, "") => write!(f, "{kind}/{}", self.code),
            (_, scope) => write!(f, "{kind}/{scope}/{}", self.code),
        }
    }
}

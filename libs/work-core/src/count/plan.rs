use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{Currency, DocumentCode, LocationCode, Quantity, Sku};

use super::{CountTolerance, SamplePlan};

/// The most places a count may have: what one person walks with one sheet. A plan over more is several counts.
pub const COUNT_PLACES_MAX: usize = 1000;

/// What is to be counted, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountPlan {
    /// Its own key.
    pub code: DocumentCode,
    /// The plan that it is a part of, if it is one.
    pub plan: Option<DocumentCode>,
    /// How its places were chosen.
    pub kind: CountKind,
    /// What the sheets show.
    pub sheets: CountSheets,
    /// How much a place may differ without being counted again.
    pub tolerance: CountTolerance,
    /// The value of all differences together, without their signs, above which somebody approves; `None` for nobody.
    pub approval_above: Option<Quantity>,
    /// What the values are in, if there are any.
    pub currency: Option<Currency>,
    /// How a sample was drawn; only of a sample.
    pub sample: Option<SamplePlan>,
    /// Where is counted.
    pub places: BTreeSet<CountPlace>,
    /// What a base unit is worth, of the items of which somebody said so.
    pub costs: BTreeMap<Sku, Quantity>,
}

/// A place to count: a location, or one item there.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct CountPlace {
    /// The location.
    pub location: LocationCode,
    /// The item; `None` for everything that is there.
    pub sku: Option<Sku>,
}

/// How the places of a count were chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountKind {
    /// All of the warehouse.
    Full,
    /// Some locations.
    Location,
    /// Items of a class, as often as it says.
    Class,
    /// Where little is left.
    LowStock,
    /// Where nothing should be.
    ZeroStock,
    /// Where somebody found less than there should be.
    ShortPick,
    /// By chance.
    Sample,
}

/// What the sheets of a count show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CountSheets {
    /// Places only.
    Blind,
    /// What should be there, too.
    Guided,
}

impl CountKind {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Full,
        Self::Location,
        Self::Class,
        Self::LowStock,
        Self::ZeroStock,
        Self::ShortPick,
        Self::Sample,
    ];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Full => "full",
            Self::Location => "location",
            Self::Class => "class",
            Self::LowStock => "low_stock",
            Self::ZeroStock => "zero_stock",
            Self::ShortPick => "short_pick",
            Self::Sample => "sample",
        }
    }

    /// Back from [`CountKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl CountSheets {
    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Blind => "blind",
            Self::Guided => "guided",
        }
    }
}

impl CountPlan {
    /// An item that is to be counted twice: at a location of which everything is counted.
    pub fn twice(&self) -> Option<&CountPlace> {
        let is_all = |place: &&CountPlace| {
            let all = CountPlace { location: place.location.clone(), sku: None };
            place.sku.is_some() && self.places.contains(&all)
        };
        self.places.iter().find(is_all)
    }
}

impl std::fmt::Display for CountPlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match &self.sku {
            Some(sku) => write!(f, "{} at {}", sku, self.location),
            None => write!(f, "{}", self.location),
        }
    }
}

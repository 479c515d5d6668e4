use vocabulary::{LocationCode, Quantity};

use super::HazardClass;

/// How often an item moves, and how near a place is to where goods leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ZoneClass {
    /// Most often; nearest.
    A,
    /// In between.
    B,
    /// Rarely; farthest.
    C,
}

/// How an item is stored.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct StoredAs {
    /// The place that is its own.
    pub fixed: Option<LocationCode>,
    /// Goods of a class do not go to places of another one.
    pub class: Option<ZoneClass>,
    /// What is dangerous about it.
    pub hazard: Option<HazardClass>,
}

/// What a place takes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default)]
pub struct Stores {
    /// Goods of which class.
    pub class: Option<ZoneClass>,
    /// The most that may lie there, in base units of whatever it is; not negative.
    pub units_max: Option<Quantity>,
}

impl ZoneClass {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::A, Self::B, Self::C];

    /// Its name.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::A => "A",
            Self::B => "B",
            Self::C => "C",
        }
    }

    /// Back from [`ZoneClass::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == text)
    }
}

impl StoredAs {
    /// Whether it says nothing.
    pub const fn is_empty(&self) -> bool {
        self.fixed.is_none() && self.class.is_none() && self.hazard.is_none()
    }
}

impl Stores {
    /// Whether it says nothing.
    pub const fn is_empty(&self) -> bool {
        self.class.is_none() && self.units_max.is_none()
    }
}

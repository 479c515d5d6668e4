use std::collections::BTreeMap;

use vocabulary::{
    Date, DocumentCode, HandlingUnitKind, LotCode, LotFacts, PartyCode, Quantity, SerialNumber, Sku, Sscc,
};

use crate::Aql;

/// The most lines a delivery may have.
pub const DELIVERY_LINES_MAX: usize = 1000;
/// The most handling units a delivery may announce.
pub const DELIVERY_UNITS_MAX: usize = 1000;

/// What somebody says will come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announcement {
    /// Its own key.
    pub code: DocumentCode,
    /// Where it comes from.
    pub source: Source,
    /// The supplier, or the customer of a return, if somebody said.
    pub partner: Option<PartyCode>,
    /// Who carries it, if somebody said.
    pub carrier: Option<PartyCode>,
    /// The day at the warehouse on which it should come.
    pub due: Date,
    /// Whether it may bring what it does not announce.
    pub unannounced: Unannounced,
    /// By number, from 1.
    pub lines: BTreeMap<u32, AnnouncedLine>,
    /// Handling units of a despatch advice, by number.
    pub units: BTreeMap<Sscc, AnnouncedUnit>,
}

/// Where a delivery comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A supplier.
    Purchase,
    /// Another warehouse.
    Transfer,
    /// Production.
    Production,
    /// A customer.
    Return,
}

/// What becomes of goods that a delivery does not announce.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Unannounced {
    /// They are refused.
    #[default]
    Refused,
    /// They are taken in, and are a discrepancy. A delivery of which nobody knows what it brings announces no lines and takes all.
    Taken,
}

/// A quantity of an item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncedLine {
    /// The item.
    pub sku: Sku,
    /// How much, in the base unit; zero of what was not announced.
    pub expected: Quantity,
    /// How much more may come.
    pub over_max: Quantity,
    /// How much less may come without anybody answering for it.
    pub under_max: Quantity,
    /// How strictly it is inspected before it is available; `None` for not at all.
    pub inspection: Option<Aql>,
}

/// A handling unit that should come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnnouncedUnit {
    /// What it is.
    pub kind: HandlingUnitKind,
    /// What is in it.
    pub goods: Vec<UnitGoods>,
}

/// Goods in a handling unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitGoods {
    /// The line that they are of.
    pub line: u32,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
    /// Which goods.
    pub goods: Goods,
}

/// Which goods, as a despatch advice says it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Goods {
    /// The lot; `None` for goods without lots.
    pub lot: Option<LotCode>,
    /// What is known of the lot.
    pub facts: LotFacts,
    /// One a unit, of an item tracked by serial number.
    pub serials: Vec<SerialNumber>,
}

impl Source {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Purchase, Self::Transfer, Self::Production, Self::Return];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Purchase => "purchase",
            Self::Transfer => "transfer",
            Self::Production => "production",
            Self::Return => "return",
        }
    }

    /// Back from [`Source::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.as_str() == text)
    }
}

impl AnnouncedLine {
    /// Of an item that came and was not announced.
    pub(super) fn not_announced(sku: &Sku) -> Self {
        let (expected, over_max, under_max) = (Quantity::ZERO, Quantity::ZERO, Quantity::ZERO);
        Self { sku: sku.clone(), expected, over_max, under_max, inspection: None }
    }

    /// Whether nobody announced it.
    pub fn is_unannounced(&self) -> bool {
        self.expected.is_zero()
    }

    /// The most that may come.
    pub fn most(&self) -> Quantity {
        self.expected.checked_add(self.over_max).unwrap_or(Quantity::MAX)
    }
}

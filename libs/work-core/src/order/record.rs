use std::collections::BTreeMap;

use vocabulary::{DocumentCode, LocationCode, Quantity, Sequence};

use super::{OrderedLine, Placement, Short};
use crate::Document;

/// The most orders that may be open in a warehouse at once.
pub const OPEN_ORDERS_MAX: usize = 100_000;

/// An order as the warehouse knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What the customer wants.
    pub placed: Placement,
    /// How far it is.
    pub state: OrderState,
    /// The wave in which it is picked.
    pub wave: Option<Wave>,
    /// What became of its lines; nothing of those of which nothing was promised.
    pub progress: BTreeMap<u32, OrderProgress>,
    /// What was not where it should have been, in the order in which it was said.
    pub shorts: Vec<Short>,
    /// The carrier's number of what left last; may be empty.
    pub tracking: String,
    /// The journal's entry that closed or cancelled it.
    pub ended_by: Option<Sequence>,
}

/// How far an order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum OrderState {
    /// It is known, and nobody picks it yet.
    Placed,
    /// It is picked in a wave.
    Released,
    /// All that will leave has left.
    Closed,
    /// Nothing of it left, and nothing will.
    Cancelled,
}

/// Where an order is picked to, and with which others.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wave {
    /// Its key.
    pub code: DocumentCode,
    /// Where picked goods are put.
    pub staging: LocationCode,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct OrderProgress {
    /// How much is promised for it and has not left, in the base unit.
    pub promised: Quantity,
    /// How much has left.
    pub shipped: Quantity,
}

impl OrderState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Placed, Self::Released, Self::Closed, Self::Cancelled];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Placed => "placed",
            Self::Released => "released",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Back from [`OrderState::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether something can still leave.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Placed | Self::Released => true,
            Self::Closed | Self::Cancelled => false,
        }
    }
}

impl Order {
    /// One of which nothing is promised yet.
    pub fn new(placed: Placement) -> Self {
        let (progress, shorts, tracking) = Default::default();
        Self { placed, state: OrderState::Placed, wave: None, progress, shorts, tracking, ended_by: None }
    }

    /// What became of a line.
    pub fn progress_of(&self, line: u32) -> OrderProgress {
        self.progress.get(&line).copied().unwrap_or_default()
    }

    /// What of a line is neither promised nor has left: its backorder, while the order is open.
    pub fn backordered(&self, line: u32) -> Quantity {
        let wanted = self.placed.lines.get(&line).map_or(Quantity::ZERO, |line| line.quantity);
        let OrderProgress { promised, shipped } = self.progress_of(line);
        let left = wanted.checked_sub(promised).and_then(|left| left.checked_sub(shipped));
        if self.state.is_open() { left.unwrap_or_default().max(Quantity::ZERO) } else { Quantity::ZERO }
    }

    /// Whether nothing of it is missing: all that has not left is promised.
    pub fn is_complete(&self) -> bool {
        self.placed.lines.keys().all(|line| self.backordered(*line).is_zero())
    }

    /// Its lines with what became of them, by number.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &OrderedLine, OrderProgress)> {
        self.placed.lines.iter().map(|(number, line)| (*number, line, self.progress_of(*number)))
    }

    /// More of a line is promised, or with a negative quantity less. `None` when that cannot be.
    #[must_use]
    pub fn promised(&mut self, line: u32, quantity: Quantity) -> Option<()> {
        let progress = self.progress.entry(line).or_default();
        progress.promised = progress.promised.checked_add(quantity).ok()?;
        (!progress.promised.is_negative()).then_some(())
    }

    /// What was promised of a line has left. `None` when less was promised.
    #[must_use]
    pub fn shipped(&mut self, line: u32, quantity: Quantity) -> Option<()> {
        let progress = self.progress.entry(line).or_default();
        progress.shipped = progress.shipped.checked_add(quantity).ok()?;
        self.promised(line, quantity.negated())
    }
}

impl Document for Order {
    const ENDED_WEIGHT_KEPT: usize = 100_000;

    fn code(&self) -> &DocumentCode {
        &self.placed.code
    }

    fn ended_by(&self) -> Option<Sequence> {
        self.ended_by
    }

    /// Its lines, and what was short; one at least.
    fn weight(&self) -> usize {
        self.placed.lines.len().saturating_add(self.shorts.len()).max(1)
    }
}

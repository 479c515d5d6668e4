use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{DocumentCode, Quantity, Sequence, Sscc};

use super::{AnnouncedLine, Announcement, Discrepancy};
use crate::Document;

/// The most deliveries that may be open in a warehouse at once.
pub const OPEN_DELIVERIES_MAX: usize = 10_000;

/// A delivery as the warehouse knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// What was announced, and lines of what came without that.
    pub announced: Announcement,
    /// How far it is.
    pub state: DeliveryState,
    /// What became of its lines; nothing of those of which nothing came.
    pub progress: BTreeMap<u32, LineProgress>,
    /// Announced handling units that came.
    pub arrived_units: BTreeSet<Sscc>,
    /// What is not as announced, in the order in which it was said.
    pub discrepancies: Vec<Discrepancy>,
    /// The journal's entry that closed or cancelled it.
    pub ended_by: Option<Sequence>,
}

/// How far a delivery is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeliveryState {
    /// Nothing came yet.
    Announced,
    /// Something came.
    Arriving,
    /// All that will come came, and what is missing has somebody who answers for it.
    Closed,
    /// Nothing came, and nothing will.
    Cancelled,
}

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct LineProgress {
    /// How much came, in the base unit.
    pub received: Quantity,
    /// How much of it was inspected, or needs no inspection any more.
    pub inspected: Quantity,
    /// How much of it went back to the supplier.
    pub returned: Quantity,
    /// How much of it was made available again.
    pub restocked: Quantity,
    /// How much of it was set apart to do something with it. What becomes of it after that is said besides.
    pub refurbished: Quantity,
    /// How much of it was thrown away.
    pub scrapped: Quantity,
}

impl DeliveryState {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Announced, Self::Arriving, Self::Closed, Self::Cancelled];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::Arriving => "arriving",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Back from [`DeliveryState::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == text)
    }

    /// Whether something can still come.
    pub const fn is_open(self) -> bool {
        match self {
            Self::Announced | Self::Arriving => true,
            Self::Closed | Self::Cancelled => false,
        }
    }
}

impl Delivery {
    /// One of which nothing came yet.
    pub fn new(announced: Announcement) -> Self {
        Self {
            announced,
            state: DeliveryState::Announced,
            progress: BTreeMap::new(),
            arrived_units: BTreeSet::new(),
            discrepancies: Vec::new(),
            ended_by: None,
        }
    }

    /// What became of a line.
    pub fn progress_of(&self, line: u32) -> LineProgress {
        self.progress.get(&line).copied().unwrap_or_default()
    }

    /// What of a line is still to come; nothing when more came than was announced.
    pub fn open(&self, line: u32) -> Quantity {
        let expected = self.announced.lines.get(&line).map_or(Quantity::ZERO, |line| line.expected);
        let open = expected.checked_sub(self.progress_of(line).received).unwrap_or_default();
        open.max(Quantity::ZERO)
    }

    /// What of a line came and waits for an inspection.
    pub fn to_inspect(&self, line: u32) -> Quantity {
        let is_inspected = self.announced.lines.get(&line).is_some_and(|line| line.inspection.is_some());
        let LineProgress { received, inspected, .. } = self.progress_of(line);
        if is_inspected { received.checked_sub(inspected).unwrap_or_default() } else { Quantity::ZERO }
    }

    /// The same without its handling units.
    #[must_use]
    pub fn without_units(&self) -> Self {
        let Announcement { code, source, partner, carrier, due, unannounced, lines, .. } = &self.announced;
        let announced = Announcement {
            code: code.clone(),
            source: *source,
            partner: partner.clone(),
            carrier: carrier.clone(),
            due: *due,
            unannounced: *unannounced,
            lines: lines.clone(),
            units: BTreeMap::new(),
        };
        Self {
            announced,
            state: self.state,
            progress: self.progress.clone(),
            arrived_units: BTreeSet::new(),
            discrepancies: self.discrepancies.clone(),
            ended_by: self.ended_by,
        }
    }

    /// Its lines with what became of them, by number.
    pub fn lines(&self) -> impl Iterator<Item = (u32, &AnnouncedLine, LineProgress)> {
        self.announced.lines.iter().map(|(number, line)| (*number, line, self.progress_of(*number)))
    }
}

impl Document for Delivery {
    const ENDED_WEIGHT_KEPT: usize = 100_000;

    fn code(&self) -> &DocumentCode {
        &self.announced.code
    }

    fn ended_by(&self) -> Option<Sequence> {
        self.ended_by
    }

    /// How much it holds: its lines, the goods of its handling units and its discrepancies; one at least.
    fn weight(&self) -> usize {
        let goods = self.announced.units.values().map(|unit| unit.goods.len().saturating_add(1));
        let rest = [self.announced.lines.len(), self.discrepancies.len(), 1];
        goods.chain(rest).fold(0, usize::saturating_add)
    }
}

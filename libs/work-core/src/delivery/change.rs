use thiserror::Error;
use vocabulary::{DocumentCode, Quantity, Sequence, Sku, Sscc};

use super::{AnnouncedLine, Announcement, Delivery, DeliveryState, Disposal};
use crate::Answerable;

/// What a step changes of a delivery: a fact of the journal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryChange {
    /// It is announced, or otherwise than before.
    Announced(Box<Announcement>),
    /// Goods came. Their movement stands before it in the same entry.
    Arrived {
        /// Of which delivery.
        code: DocumentCode,
        /// Of which line; a new one when nobody announced them.
        line: u32,
        /// The item.
        sku: Sku,
        /// How much, in the base unit; positive.
        quantity: Quantity,
        /// The announced handling unit that they came in; `None` for goods that came otherwise.
        unit: Option<Sscc>,
    },
    /// Goods that came are taken back: their receipt was wrong. The movement that takes it back stands before it.
    TakenBack {
        /// Of which delivery.
        code: DocumentCode,
        /// Of which line.
        line: u32,
        /// How much, in the base unit; positive.
        quantity: Quantity,
        /// The announced handling unit that they had come in, which may come again; `None` for goods that came otherwise.
        unit: Option<Sscc>,
    },
    /// Goods are not as they should be.
    Declared {
        /// Of which delivery.
        code: DocumentCode,
        /// What is not.
        discrepancy: Discrepancy,
    },
    /// Goods were inspected. Their change of status stands before it in the same entry.
    Inspected(Inspection),
    /// Goods wait for their inspection again: what became of them by it is taken back. The movement that takes it back stands before it.
    InspectionTakenBack {
        /// Of which delivery.
        code: DocumentCode,
        /// Of which line.
        line: u32,
        /// How much, in the base unit; positive.
        quantity: Quantity,
    },
    /// Goods got what becomes of them for good. Their movement stands before it in the same entry.
    Disposed {
        /// What.
        disposal: Disposal,
        /// Why, in somebody's words.
        reason: String,
    },
    /// What had become of goods is taken back. The movement that takes it back stands before it.
    DisposalTakenBack(Disposal),
    /// Nothing more will come of it.
    Closed {
        /// Which.
        code: DocumentCode,
        /// What is not as announced and was not said before.
        discrepancies: Vec<Discrepancy>,
    },
    /// Nothing will come of it.
    Cancelled {
        /// Which.
        code: DocumentCode,
    },
}

/// What is not as announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Discrepancy {
    /// Of which line.
    pub line: u32,
    /// What.
    pub kind: DiscrepancyKind,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
    /// Who answers for it.
    pub answerable: Answerable,
    /// In somebody's words; may be empty.
    pub note: String,
}

/// What can be wrong with a delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum DiscrepancyKind {
    /// Less came.
    Short,
    /// More came.
    Over,
    /// It came broken.
    Damaged,
    /// It is not what it should be.
    Wrong,
    /// It was never inspected, as it should have been.
    NotInspected,
}

/// How goods of a line did in an inspection.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Inspection {
    /// Of which delivery.
    pub code: DocumentCode,
    /// Of which line.
    pub line: u32,
    /// How many were judged by it, in the base unit; positive.
    pub quantity: Quantity,
    /// How many were looked at.
    pub sample: u32,
    /// How many of them were not right.
    pub defective: u32,
}

/// A change that does not follow from what is known: the journal is damaged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("delivery {code} cannot have changed like that")]
pub struct NotFollowing {
    /// Which.
    pub code: DocumentCode,
}

impl DiscrepancyKind {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Short, Self::Over, Self::Damaged, Self::Wrong, Self::NotInspected];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Short => "short",
            Self::Over => "over",
            Self::Damaged => "damaged",
            Self::Wrong => "wrong",
            Self::NotInspected => "not_inspected",
        }
    }

    /// Back from [`DiscrepancyKind::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }
}

impl DeliveryChange {
    /// Which delivery changes.
    pub const fn code(&self) -> &DocumentCode {
        match self {
            Self::Announced(announcement) => &announcement.code,
            Self::Inspected(inspection) => &inspection.code,
            Self::Disposed { disposal, .. } | Self::DisposalTakenBack(disposal) => &disposal.code,
            Self::Arrived { code, .. }
            | Self::TakenBack { code, .. }
            | Self::Declared { code, .. }
            | Self::InspectionTakenBack { code, .. }
            | Self::Closed { code, .. }
            | Self::Cancelled { code } => code,
        }
    }

    /// What a delivery is after the change; `None` is one that is not known. `sequence` is the entry it stands in.
    ///
    /// # Errors
    /// [`NotFollowing`] when it does not follow from what the delivery is.
    pub fn apply(&self, before: Option<Delivery>, sequence: Sequence) -> Result<Delivery, NotFollowing> {
        match (before, self) {
            (Some(mut known), change) => {
                known.apply(change, sequence)?;
                Ok(known)
            }
            (None, Self::Announced(announcement)) => Ok(Delivery::new((**announcement).clone())),
            (None, _) => Err(NotFollowing { code: self.code().clone() }),
        }
    }
}

impl Delivery {
    /// Applies a change that was decided. `sequence` is the entry it stands in.
    ///
    /// # Errors
    /// [`NotFollowing`] when it does not follow from what the delivery is.
    fn apply(&mut self, change: &DeliveryChange, sequence: Sequence) -> Result<(), NotFollowing> {
        let done = match change {
            DeliveryChange::Disposed { disposal, .. } => self.disposed(disposal),
            DeliveryChange::DisposalTakenBack(disposal) => self.disposal_taken_back(disposal),
            _ if !self.state.is_open() => None,
            DeliveryChange::Announced(announcement) => self.announce_again(announcement),
            DeliveryChange::Arrived { line, sku, quantity, unit, .. } => {
                self.arrived((*line, sku), *quantity, *unit)
            }
            DeliveryChange::TakenBack { line, quantity, unit, .. } => {
                self.taken_back(*line, *quantity, *unit)
            }
            DeliveryChange::Declared { discrepancy, .. } => {
                self.discrepancies.push(discrepancy.clone());
                Some(())
            }
            DeliveryChange::Inspected(inspection) => self.inspected(inspection),
            DeliveryChange::InspectionTakenBack { line, quantity, .. } => self.waits_again(*line, *quantity),
            DeliveryChange::Closed { discrepancies, .. } => {
                self.discrepancies.extend(discrepancies.iter().cloned());
                self.end(DeliveryState::Closed, sequence)
            }
            DeliveryChange::Cancelled { .. } => self.end(DeliveryState::Cancelled, sequence),
        };
        done.ok_or_else(|| NotFollowing { code: self.announced.code.clone() })
    }

    /// What came without being announced stays.
    fn announce_again(&mut self, announcement: &Announcement) -> Option<()> {
        let mut announced = announcement.clone();
        for (number, line) in &self.announced.lines {
            if line.is_unannounced() && self.progress.contains_key(number) {
                announced.lines.entry(*number).or_insert_with(|| line.clone());
            }
        }
        self.announced = announced;
        Some(())
    }

    fn arrived(&mut self, (line, sku): (u32, &Sku), quantity: Quantity, unit: Option<Sscc>) -> Option<()> {
        let not_announced = || AnnouncedLine::not_announced(sku);
        let known = self.announced.lines.entry(line).or_insert_with(not_announced);
        if known.sku != *sku {
            return None;
        }
        let progress = self.progress.entry(line).or_default();
        progress.received = progress.received.checked_add(quantity).ok()?;
        self.arrived_units.extend(unit);
        self.state = DeliveryState::Arriving;
        Some(())
    }

    /// When nothing came any more, it is as if nothing ever had.
    fn taken_back(&mut self, line: u32, quantity: Quantity, unit: Option<Sscc>) -> Option<()> {
        self.arrived_units.retain(|arrived| Some(*arrived) != unit);
        let progress = self.progress.get_mut(&line)?;
        progress.received = progress.received.checked_sub(quantity).ok()?;
        progress.inspected = progress.inspected.min(progress.received);
        let (is_possible, received) = (!progress.received.is_negative(), progress.received);
        self.cut_discrepancies(line, received);
        if self.progress.values().all(|progress| progress.received.is_zero()) {
            self.state = DeliveryState::Announced;
        }
        is_possible.then_some(())
    }

    /// Of goods that did not come nothing is wrong: what was said last is cut first.
    fn cut_discrepancies(&mut self, line: u32, received: Quantity) {
        let mut left = received;
        for said in self.discrepancies.iter_mut().filter(|said| said.line == line) {
            said.quantity = said.quantity.min(left);
            left = left.checked_sub(said.quantity).unwrap_or_default();
        }
        self.discrepancies.retain(|said| said.line != line || said.quantity.is_positive());
    }

    fn waits_again(&mut self, line: u32, quantity: Quantity) -> Option<()> {
        let progress = self.progress.get_mut(&line)?;
        progress.inspected = progress.inspected.checked_sub(quantity).ok()?;
        (!progress.inspected.is_negative()).then_some(())
    }

    fn inspected(&mut self, inspection: &Inspection) -> Option<()> {
        let progress = self.progress.get_mut(&inspection.line)?;
        progress.inspected = progress.inspected.checked_add(inspection.quantity).ok()?;
        (progress.inspected <= progress.received).then_some(())
    }

    fn end(&mut self, state: DeliveryState, sequence: Sequence) -> Option<()> {
        self.state = state;
        self.ended_by = Some(sequence);
        Some(())
    }
}

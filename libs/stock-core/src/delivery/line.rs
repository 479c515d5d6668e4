use vocabulary::{DocumentCode, LocationCode, Sscc};
use work_core::{Announcement, Answerable, Discrepancy, Disposition};

use crate::Place;

/// A line about a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryLine {
    /// It is announced, or otherwise than before.
    Announce(Announcement),
    /// A handling unit that it announces comes, with all that should be in it.
    ReceiveUnit {
        /// Of which delivery.
        delivery: DocumentCode,
        /// The unit.
        sscc: Sscc,
        /// Where it is put.
        at: LocationCode,
        /// Where goods come from.
        origins: Origins,
    },
    /// Goods that came are not as they should be.
    Declare {
        /// Of which delivery.
        delivery: DocumentCode,
        /// What is not.
        discrepancy: Discrepancy,
    },
    /// Nothing more will come.
    Close {
        /// Of which delivery.
        delivery: DocumentCode,
        /// Who answers for what differs from what was announced.
        answerable: Option<Answerable>,
        /// In somebody's words; may be empty.
        note: String,
    },
    /// Nothing will come.
    Cancel {
        /// Of which delivery.
        delivery: DocumentCode,
    },
}

/// The virtual places that goods of deliveries come from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Origins {
    /// Suppliers, and other warehouses.
    pub supplier: Place,
    /// Customers.
    pub customer: Place,
    /// Production.
    pub production: Place,
}

/// What a line that moves goods is for a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryStep {
    /// The goods are of it.
    Arrive {
        /// Which.
        delivery: DocumentCode,
        /// Of which line, if somebody said.
        line: Option<u32>,
        /// Who gets them.
        then: Arrival,
    },
    /// The goods were inspected, and become what the line says.
    Inspect {
        /// Which.
        delivery: DocumentCode,
        /// Of which line.
        line: u32,
        /// How many were looked at.
        sample: u32,
        /// How many of them were not right.
        defective: u32,
    },
    /// The goods get what becomes of them for good.
    Dispose {
        /// Of which delivery.
        delivery: DocumentCode,
        /// Of which line.
        line: u32,
        /// What.
        disposition: Disposition,
        /// Why.
        reason: String,
    },
}

/// What becomes of goods as they come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrival {
    /// They are there for everybody.
    Stored,
    /// They are promised at once to orders that lack them.
    CrossDocked,
}

impl DeliveryStep {
    /// Of which delivery.
    pub(super) const fn delivery(&self) -> &DocumentCode {
        match self {
            Self::Arrive { delivery, .. } | Self::Inspect { delivery, .. } => delivery,
            Self::Dispose { delivery, .. } => delivery,
        }
    }
}

use std::fmt;

use uuid::Uuid;
use vocabulary::{PartyCode, Quantity, RequestId, Sequence, SerialNumber, Timestamp};

use crate::{Declined, Posting};

/// Characters of the caller's own reference: the device, the number and the device's time must fit beside it into the 128
/// that a document takes.
pub const REFERENCE_CHARS_MAX: usize = 40;

/// The number of an operation in its ledger: from 1, without gaps.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Number(u64);

/// Something a device did or asked for, as it was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Operation {
    /// Its place in the ledger.
    pub number: Number,
    /// Its id, time and reference.
    pub stamp: Stamp,
    /// What was done.
    pub work: Work,
    /// Which time the warehouse is told.
    pub timing: Timing,
    /// What became of it.
    pub state: OperationState,
}

/// What comes with every operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// By which the warehouse knows it, however often it is sent.
    pub request_id: RequestId,
    /// When it was done, by the device's clock.
    pub at: Timestamp,
    /// The caller's own reference, for example an order number.
    pub reference: String,
}

/// What was done or asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Work {
    /// The warehouse is asked for the grant of this number.
    Ask {
        /// How much, in the base unit; positive.
        quantity: Quantity,
        /// Until when.
        expires_at: Timestamp,
    },
    /// The warehouse is asked to keep what is left of a grant for longer.
    Renew {
        /// Which.
        grant: Number,
        /// What was left of it.
        quantity: Quantity,
        /// Until when.
        expires_at: Timestamp,
    },
    /// What is left of a grant is handed back.
    HandBack {
        /// Which.
        grant: Number,
    },
    /// Goods went out to a customer, from a grant.
    Take {
        /// Which.
        grant: Number,
        /// How much, in the base unit; positive.
        quantity: Quantity,
        /// Of an item tracked by serial number, one a unit.
        serials: Vec<SerialNumber>,
        /// The customer; `None` if not known.
        partner: Option<PartyCode>,
        /// What the goods weigh, of an item of catch weight; positive.
        weight: Option<Quantity>,
    },
    /// What needs no grant.
    Post(Box<Posting>),
}

/// Which time the warehouse is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timing {
    /// The device's.
    Device,
    /// None, so that it takes its own: the device's lies in the future for it, or means nothing. The document's reference has
    /// the device's time either way.
    Warehouse,
    /// The device's after all: the warehouse has a document with this id, which cannot be the one without it.
    DeviceAgain,
}

/// What became of an operation: always exactly one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OperationState {
    /// The warehouse has not answered yet.
    Waiting,
    /// The warehouse has posted it.
    Accepted {
        /// Where it stands in the warehouse's journal.
        sequence: Sequence,
    },
    /// The warehouse did not post it.
    Refused(Refusal),
    /// The warehouse did not post it, and a person has seen to it.
    Resolved {
        /// Why it was not.
        refusal: Refusal,
        /// What the person did.
        note: String,
    },
}

/// Why the warehouse did not post an operation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// One of docs/errors.md.
    pub reason: String,
    /// For people.
    pub message: String,
    /// Where the refusal stands in the journal; `None` for one that is not remembered there.
    pub sequence: Option<Sequence>,
}

impl Number {
    /// Any number.
    pub const fn new(number: u64) -> Self {
        Self(number)
    }

    /// The one after this.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0.saturating_add(1))
    }

    /// As a number.
    pub const fn get(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl Operation {
    /// Whether it waits for the warehouse.
    pub const fn is_waiting(&self) -> bool {
        matches!(self.state, OperationState::Waiting)
    }

    /// Whether a person must see to it: it was done with goods, and the warehouse did not post it.
    pub const fn needs_a_person(&self) -> bool {
        matches!(self.state, OperationState::Refused(_)) && self.work.is_done_with_goods()
    }
}

impl Work {
    /// Whether goods went somewhere, rather than something be asked of the warehouse.
    pub const fn is_done_with_goods(&self) -> bool {
        match self {
            Self::Take { .. } | Self::Post(_) => true,
            Self::Ask { .. } | Self::Renew { .. } | Self::HandBack { .. } => false,
        }
    }

    /// The grant it is about, but for an ask.
    pub const fn grant(&self) -> Option<Number> {
        match self {
            Self::Renew { grant, .. } | Self::HandBack { grant } | Self::Take { grant, .. } => Some(*grant),
            Self::Ask { .. } | Self::Post(_) => None,
        }
    }

    /// What the warehouse is told first: a request that changes nothing until it is answered has no time of its own.
    pub(crate) const fn first_timing(&self) -> Timing {
        if self.is_done_with_goods() { Timing::Device } else { Timing::Warehouse }
    }
}

impl Stamp {
    /// Checks what the caller may choose.
    pub(crate) fn check(&self) -> Result<(), Declined> {
        if self.reference.chars().count() <= REFERENCE_CHARS_MAX {
            Ok(())
        } else {
            Err(Declined::ReferenceTooLong)
        }
    }
}

/// The request id of a part of what was asked for in one request: the first part has the request's own. The same request gives
/// the same ids, however often it is made.
pub fn part_id(request_id: RequestId, part: usize) -> RequestId {
    match part {
        0 => request_id,
        part => RequestId::from_uuid(Uuid::new_v5(&request_id.uuid(), part.to_string().as_bytes())),
    }
}

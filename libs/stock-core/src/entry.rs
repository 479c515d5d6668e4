use laws::NegativeStock;
use vocabulary::{LocationCode, Quantity, RequestId, ReservationId, Sequence, Sku, Timestamp, WarehouseCode};

use crate::{Place, Refusal, RequestDigest};

/// One entry of a warehouse's journal: the answer to one request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Position in the journal, from 1, without gaps.
    pub sequence: Sequence,
    /// Whose journal this is.
    pub warehouse: WarehouseCode,
    /// The request's id.
    pub request_id: RequestId,
    /// Digest of the request's content.
    pub digest: RequestDigest,
    /// When it happened.
    pub effective_at: Timestamp,
    /// When the warehouse learned it.
    pub recorded_at: Timestamp,
    /// The caller's own reference.
    pub reference: String,
    /// What was decided.
    pub outcome: Outcome,
}

/// Accepted or refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Every line, in order.
    Posted(Vec<Fact>),
    /// Nothing changed but that the refusal is remembered.
    Rejected(Refusal),
}

/// One fact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fact {
    /// Goods went from one place to another.
    Moved(Moved),
    /// Goods were promised.
    Reserved(Reserved),
    /// A promise ended, or a part of it.
    Released(Released),
}

/// A quantity went from one place to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The document's line, from 0.
    pub line: u32,
    /// Why.
    pub kind: MovementKind,
    /// The item.
    pub sku: Sku,
    /// The item's policy when this was decided.
    pub negative: NegativeStock,
    /// Where it was.
    pub from: Place,
    /// Where it is now.
    pub to: Place,
    /// In the base unit, positive.
    pub quantity: Quantity,
    /// Why it was adjusted; empty for other kinds.
    pub reason: String,
}

/// A promise. Its id is (sequence of the entry, line).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reserved {
    /// The document's line, from 0.
    pub line: u32,
    /// The item.
    pub sku: Sku,
    /// Where.
    pub location: LocationCode,
    /// In the base unit, positive.
    pub quantity: Quantity,
}

/// The end of a promise, or of a part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Released {
    /// The document's line, from 0.
    pub line: u32,
    /// Which.
    pub reservation: ReservationId,
    /// In the base unit, positive.
    pub quantity: Quantity,
}

/// Why goods moved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovementKind {
    /// From a supplier.
    Receipt,
    /// To a customer.
    Issue,
    /// Inside the warehouse.
    Move,
    /// A correction.
    Adjustment,
    /// Back from a customer.
    Return,
    /// To a customer, from a reservation.
    Fulfilment,
}

impl Entry {
    /// Ids of the reservations this entry made, in the order of its lines.
    pub fn reservation_ids(&self) -> Vec<ReservationId> {
        let Outcome::Posted(facts) = &self.outcome else { return Vec::new() };
        let reserved = facts.iter().filter_map(|fact| match fact {
            Fact::Reserved(reserved) => Some(reserved.line),
            Fact::Moved(_) | Fact::Released(_) => None,
        });
        reserved.map(|line| ReservationId { sequence: self.sequence, line }).collect()
    }
}

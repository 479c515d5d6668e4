use std::collections::BTreeMap;

use vocabulary::{PartyCode, Quantity, Timestamp, WarehouseCode};

use crate::grant::{End, GrantState};
use crate::take::{Part, plan};
use crate::{
    Answer, Declined, Grant, Number, Operation, OperationState, Posting, Refusal, Spot, Stamp, Timing,
    Wanted, Work, answer, part_id,
};

/// Operations that may wait for the warehouse; more are declined as [`Declined::Full`].
pub const OPERATIONS_WAITING_MAX: usize = 100_000;

/// Whose ledger it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Device {
    /// The device: the holder of its grants.
    pub code: PartyCode,
    /// The warehouse that it works for.
    pub warehouse: WarehouseCode,
}

/// What decisions are made from: the grants that have not ended, and counts. Operations stay where they are stored; the one
/// that a decision is about comes with it.
#[derive(Debug, Clone)]
pub struct Ledger {
    grants: BTreeMap<Number, Grant>,
    newest: Number,
    waiting: usize,
    /// Renewals that wait, by their grants.
    renewals: BTreeMap<Number, Number>,
}

/// A change of a ledger, to be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// A new operation.
    Recorded(Box<Operation>),
    /// A grant, new or as it is now.
    Granted(Grant),
    /// What became of an operation.
    Answered(Number, OperationState),
    /// An operation goes on waiting, and the warehouse is told another time.
    Retimed(Number, Timing),
}

/// A grant that the warehouse is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// Which goods.
    pub spot: Spot,
    /// How much, in the base unit.
    pub quantity: Quantity,
    /// Until when.
    pub expires_at: Timestamp,
}

impl Ledger {
    /// As it is stored: the grants that have not ended, the newest operation's number, and how many wait.
    pub fn new(grants: impl IntoIterator<Item = Grant>, newest: Number, waiting: usize) -> Self {
        let grants = grants.into_iter().map(|grant| (grant.number, grant)).collect();
        Self { grants, newest, waiting, renewals: BTreeMap::new() }
    }

    /// With the renewals that wait: their grants, and their own numbers.
    #[must_use]
    pub fn with_renewals(self, renewals: impl IntoIterator<Item = (Number, Number)>) -> Self {
        Self { renewals: renewals.into_iter().collect(), ..self }
    }

    /// The grants that have not ended, the oldest first.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.grants.values()
    }

    /// Asks the warehouse for a grant.
    ///
    /// # Errors
    /// [`Declined`].
    pub fn ask(&self, wish: Wish, stamp: Stamp) -> Result<Vec<Change>, Declined> {
        if !wish.quantity.is_positive() {
            return Err(Declined::NotPositive { field: "quantity" });
        }
        if wish.expires_at <= stamp.at {
            return Err(Declined::EndsInThePast);
        }
        let Wish { spot, quantity, expires_at } = wish;
        let (number, taken, state) = (self.newest.next(), Quantity::ZERO, GrantState::Asked);
        let grant = Grant { number, spot, quantity, taken, expires_at, state, ended_as: None };
        let work = Work::Ask { quantity, expires_at };
        Ok(vec![self.record(number, work, stamp)?, Change::Granted(grant)])
    }

    /// Goods leave, from the grants that end first. A part from each of them is an operation of its own, so that one whose grant
    /// the warehouse has ended does not take the others along.
    ///
    /// # Errors
    /// [`Declined`]: nothing is taken then.
    pub fn take(&self, wanted: &Wanted, stamp: &Stamp) -> Result<Vec<Change>, Declined> {
        let parts = plan(self.grants.values(), wanted, stamp.at)?;
        let mut changes = Vec::new();
        let mut number = self.newest;
        for (nth, Part { grant, quantity, serials }) in parts.into_iter().enumerate() {
            number = number.next();
            let stamp = Stamp { request_id: part_id(stamp.request_id, nth), ..stamp.clone() };
            let (partner, weight) = (wanted.partner.clone(), wanted.weight);
            let work = Work::Take { grant, quantity, serials, partner, weight };
            changes.push(self.record(number, work, stamp)?);
            let grant = self.grant(grant)?;
            let taken = grant.taken.checked_add(quantity).unwrap_or(grant.quantity);
            changes.push(Change::Granted(Grant { taken, ..grant.clone() }));
        }
        Ok(changes)
    }

    /// Something is done that needs no grant.
    ///
    /// # Errors
    /// [`Declined`].
    pub fn post(&self, posting: Posting, stamp: Stamp) -> Result<Vec<Change>, Declined> {
        posting.check()?;
        Ok(vec![self.record(self.newest.next(), Work::Post(Box::new(posting)), stamp)?])
    }

    /// Asks the warehouse to keep what is left of a grant until `expires_at`; nothing while it was asked before and has not answered.
    ///
    /// # Errors
    /// [`Declined`].
    pub fn renew(&self, grant: Number, expires_at: Timestamp, stamp: Stamp) -> Result<Vec<Change>, Declined> {
        if expires_at <= stamp.at {
            return Err(Declined::EndsInThePast);
        }
        let quantity = self.grant(grant)?.left();
        if !quantity.is_positive() || self.renewals.contains_key(&grant) {
            return Ok(Vec::new());
        }
        Ok(vec![self.record(self.newest.next(), Work::Renew { grant, quantity, expires_at }, stamp)?])
    }

    /// Hands back what is left of a grant. Nothing more may be taken of it.
    ///
    /// # Errors
    /// [`Declined`].
    pub fn settle(&self, grant: Number, stamp: Stamp) -> Result<Vec<Change>, Declined> {
        let held = self.grant(grant)?;
        let GrantState::Held(id) = held.state else { return Ok(Vec::new()) };
        let recorded = self.record(self.newest.next(), Work::HandBack { grant }, stamp)?;
        Ok(vec![recorded, Change::Granted(held.becoming(GrantState::Returning(id)))])
    }

    /// The warehouse has answered an operation. Nothing changes for one that does not wait: it was answered before.
    pub fn answered(&self, operation: &Operation, answer: Answer) -> Vec<Change> {
        if !operation.is_waiting() {
            return Vec::new();
        }
        let about = operation.work.grant().unwrap_or(operation.number);
        answer::changes(operation, self.grants.get(&about), answer)
    }

    /// The warehouse has said what it still holds of a grant; `None` when it holds nothing. Only for a grant that no operation waits
    /// about: else the answer to that one says more. What it holds beyond what is left here stays untouched: it is of takes that the
    /// warehouse refused, and their goods have left.
    pub fn refreshed(&self, grant: Number, held: Option<Quantity>) -> Vec<Change> {
        let Some(grant) = self.grants.get(&grant).filter(|grant| grant.reservation().is_some()) else {
            return Vec::new();
        };
        let Some(held) = held else {
            return vec![Change::Granted(grant.becoming(GrantState::Ended(End::Gone)))];
        };
        let left = grant.quantity.checked_sub(grant.taken).unwrap_or_default();
        if held >= left {
            return Vec::new();
        }
        let quantity = grant.taken.checked_add(held).unwrap_or(grant.quantity);
        vec![Change::Granted(Grant { quantity, ..grant.clone() })]
    }

    /// A person has seen to an operation that the warehouse refused.
    ///
    /// # Errors
    /// [`Declined::NotOnTheList`].
    pub fn resolve(&self, operation: &Operation, note: String) -> Result<Vec<Change>, Declined> {
        let state = OperationState::Resolved { refusal: refusal_of(operation)?.clone(), note };
        Ok(vec![Change::Answered(operation.number, state)])
    }

    /// A person wants an operation that the warehouse refused to be sent again: as a new one, with an id of its own, done when the
    /// first was. What was taken is asked for as goods that leave without a grant: `grant` is the one it was taken from.
    ///
    /// # Errors
    /// [`Declined::NotOnTheList`], [`Declined::Full`].
    pub fn again(
        &self,
        operation: &Operation,
        grant: Option<&Grant>,
        stamp: Stamp,
    ) -> Result<Vec<Change>, Declined> {
        let refusal = refusal_of(operation)?;
        let work = match (&operation.work, grant) {
            (Work::Take { quantity, serials, partner, weight, .. }, Some(grant)) => {
                let issue = Posting::issue_of(grant, (*quantity, *weight), serials, partner.as_ref());
                Work::Post(Box::new(issue))
            }
            (work, _) => work.clone(),
        };
        let number = self.newest.next();
        let resolved = self.resolve(operation, format!("sent again as {number}"))?;
        let mut recorded = self.operation(number, work, stamp)?;
        if refusal.reason.starts_with("EFFECTIVE_AT_") {
            recorded.timing = Timing::Warehouse;
        }
        Ok([vec![Change::Recorded(Box::new(recorded))], resolved].concat())
    }

    /// Takes over a change that was stored.
    pub fn apply(&mut self, change: &Change) {
        match change {
            Change::Recorded(operation) => {
                self.newest = operation.number;
                self.waiting = self.waiting.saturating_add(1);
                if let Work::Renew { grant, .. } = operation.work {
                    self.renewals.insert(grant, operation.number);
                }
            }
            Change::Granted(grant) if grant.is_ended() => drop(self.grants.remove(&grant.number)),
            Change::Granted(grant) => drop(self.grants.insert(grant.number, grant.clone())),
            Change::Answered(number, OperationState::Accepted { .. } | OperationState::Refused(_)) => {
                self.waiting = self.waiting.saturating_sub(1);
                self.renewals.retain(|_, renewal| renewal != number);
            }
            Change::Answered(_, OperationState::Resolved { .. } | OperationState::Waiting)
            | Change::Retimed(..) => {}
        }
    }

    fn grant(&self, number: Number) -> Result<&Grant, Declined> {
        self.grants.get(&number).ok_or(Declined::Unknown { what: "open grant", number })
    }

    fn record(&self, number: Number, work: Work, stamp: Stamp) -> Result<Change, Declined> {
        self.operation(number, work, stamp).map(|operation| Change::Recorded(Box::new(operation)))
    }

    fn operation(&self, number: Number, work: Work, stamp: Stamp) -> Result<Operation, Declined> {
        stamp.check()?;
        if self.waiting >= OPERATIONS_WAITING_MAX {
            return Err(Declined::Full);
        }
        let timing = work.first_timing();
        Ok(Operation { number, stamp, work, timing, state: OperationState::Waiting })
    }
}

fn refusal_of(operation: &Operation) -> Result<&Refusal, Declined> {
    match &operation.state {
        OperationState::Refused(refusal) if operation.needs_a_person() => Ok(refusal),
        OperationState::Refused(_)
        | OperationState::Waiting
        | OperationState::Accepted { .. }
        | OperationState::Resolved { .. } => Err(Declined::NotOnTheList { number: operation.number }),
    }
}

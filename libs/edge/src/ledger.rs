use std::path::Path;

use edge_core::{
    Change, Declined, Device, Grant, Ledger, Number, Operation, Posting, Stamp, Wanted, Wish, part_id,
};
use vocabulary::{RequestId, Timestamp};

use crate::requests::{Asked, new_stamp};
use crate::store::{LedgerStore, Turn, Which};
use crate::{EdgeFault, requests};

/// Operations of one list; a ledger keeps more.
const LIST_MAX: u64 = 100_000;

/// The ledger of a device, in a file. Any number of processes may use the file at once.
#[derive(Debug, Clone)]
pub struct EdgeLedger {
    pub(crate) store: LedgerStore,
    device: Device,
}

/// How a ledger stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Status {
    /// Operations that wait for the warehouse.
    pub waiting: u64,
    /// Operations that a person must see to.
    pub needing_a_person: u64,
    /// Operations that were ever recorded.
    pub operations: u64,
    /// Grants that have not ended.
    pub grants: Vec<Grant>,
}

impl EdgeLedger {
    /// Makes a ledger in a file; one that is there already and is of the same device is opened.
    ///
    /// # Errors
    /// [`EdgeFault::Foreign`] when it is of another device, or for another warehouse.
    pub async fn init(file: &Path, device: Device) -> Result<Self, EdgeFault> {
        let store = LedgerStore::open(file).await?;
        let turn = store.turn().await?;
        // Asked inside the turn: two may come at once.
        match store.device().await? {
            Some(found) if found != device => {
                return Err(EdgeFault::Foreign { file: file.to_owned(), device: found });
            }
            Some(_) => {}
            None => {
                turn.found(&device).await?;
                turn.end().await?;
            }
        }
        Ok(Self { store, device })
    }

    /// Opens the ledger in a file.
    ///
    /// # Errors
    /// [`EdgeFault::NoLedger`] when there is none.
    pub async fn open(file: &Path) -> Result<Self, EdgeFault> {
        let none = || EdgeFault::NoLedger(file.to_owned());
        if !file.is_file() {
            return Err(none());
        }
        let store = LedgerStore::open(file).await?;
        let device = store.device().await?.ok_or_else(none)?;
        Ok(Self { store, device })
    }

    /// Whose ledger it is.
    pub const fn device(&self) -> &Device {
        &self.device
    }

    /// Goods leave, from what was granted. The same request again changes nothing and gives the same operations; so do all below
    /// that take a stamp.
    ///
    /// # Errors
    /// [`EdgeFault::Declined`]: nothing was taken.
    pub async fn take(&self, wanted: &Wanted, stamp: &Stamp) -> Result<Vec<Operation>, EdgeFault> {
        self.record(stamp.request_id, &Asked::Take(wanted), |ledger| ledger.take(wanted, stamp)).await
    }

    /// Records what needs no grant.
    ///
    /// # Errors
    /// [`EdgeFault::Declined`].
    pub async fn post(&self, posting: &Posting, stamp: &Stamp) -> Result<Vec<Operation>, EdgeFault> {
        let decide = |ledger: &Ledger| ledger.post(posting.clone(), stamp.clone());
        self.record(stamp.request_id, &Asked::Post(posting), decide).await
    }

    /// Records that the warehouse is asked for a grant: the next [`EdgeLedger::sync`] asks.
    ///
    /// # Errors
    /// [`EdgeFault::Declined`].
    pub async fn ask(&self, wish: &Wish, stamp: &Stamp) -> Result<Vec<Operation>, EdgeFault> {
        let decide = |ledger: &Ledger| ledger.ask(wish.clone(), stamp.clone());
        self.record(stamp.request_id, &Asked::Grant(wish), decide).await
    }

    /// Records that the warehouse is asked to keep what is left of every grant that ends before `before` until `until`.
    ///
    /// # Errors
    /// [`EdgeFault::Declined`].
    pub async fn renew(
        &self,
        before: Timestamp,
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Vec<Operation>, EdgeFault> {
        let renew = |ledger: &Ledger, grant: Number| ledger.renew(grant, until, new_stamp(now));
        self.each_grant(|grant| grant.expires_at < before && !grant.is_expired(now), renew).await
    }

    /// Records that what is left of one grant, or of all, is handed back. Nothing more may be taken of it.
    ///
    /// # Errors
    /// [`EdgeFault::Declined`].
    pub async fn settle(&self, one: Option<Number>, now: Timestamp) -> Result<Vec<Operation>, EdgeFault> {
        let settle = |ledger: &Ledger, grant: Number| ledger.settle(grant, new_stamp(now));
        if let Some(number) = one {
            let turn = self.store.turn().await?;
            let changes = settle(&turn.ledger().await?, number)?;
            return self.end(turn, changes).await;
        }
        self.each_grant(|_| true, settle).await
    }

    /// A person has seen to a refused operation, and says how.
    ///
    /// # Errors
    /// [`Declined::NotOnTheList`] for one that is not refused.
    pub async fn resolve(&self, number: Number, note: &str) -> Result<Operation, EdgeFault> {
        let turn = self.store.turn().await?;
        let operation = found(&turn, number).await?;
        let changes = turn.ledger().await?.resolve(&operation, note.to_owned())?;
        self.end(turn, changes).await?;
        self.operation(number).await
    }

    /// A person wants a refused operation to be sent again: it gets a new number. A take becomes goods that leave without a grant.
    ///
    /// # Errors
    /// [`Declined::NotOnTheList`] for one that is not refused.
    pub async fn again(&self, number: Number, request_id: RequestId) -> Result<Vec<Operation>, EdgeFault> {
        let turn = self.store.turn().await?;
        let operation = found(&turn, number).await?;
        let grant = match operation.work.grant() {
            Some(number) => turn.grant(number).await?,
            None => None,
        };
        let stamp = Stamp { request_id, ..operation.stamp.clone() };
        let changes = turn.ledger().await?.again(&operation, grant.as_ref(), stamp)?;
        self.end(turn, changes).await
    }

    /// How it stands.
    ///
    /// # Errors
    /// [`EdgeFault::Database`].
    pub async fn status(&self) -> Result<Status, EdgeFault> {
        let mut grants = self.store.grants().await?;
        grants.retain(|grant| !grant.is_ended());
        Ok(Status {
            waiting: self.store.count(Which::Waiting).await?,
            needing_a_person: self.store.count(Which::NeedingAPerson).await?,
            operations: self.store.count(Which::All).await?,
            grants,
        })
    }

    /// One operation, as it is now.
    ///
    /// # Errors
    /// [`Declined::Unknown`].
    pub async fn operation(&self, number: Number) -> Result<Operation, EdgeFault> {
        let found = self.store.operation(number).await?;
        found.ok_or_else(|| Declined::Unknown { what: "operation", number }.into())
    }

    /// Operations, in order; at most 100,000 of them.
    ///
    /// # Errors
    /// [`EdgeFault::Database`].
    pub async fn operations(&self, which: Which) -> Result<Vec<Operation>, EdgeFault> {
        self.store.operations(which, LIST_MAX).await
    }

    /// All grants that there ever were.
    ///
    /// # Errors
    /// [`EdgeFault::Database`].
    pub async fn grants(&self) -> Result<Vec<Grant>, EdgeFault> {
        self.store.grants().await
    }

    /// Closes the file. Not needed for durability.
    pub async fn close(self) {
        self.store.close().await;
    }

    /// What was recorded for a request, or what is decided now.
    async fn record(
        &self,
        request_id: RequestId,
        asked: &Asked<'_>,
        decide: impl FnOnce(&Ledger) -> Result<Vec<Change>, Declined>,
    ) -> Result<Vec<Operation>, EdgeFault> {
        let turn = self.store.turn().await?;
        let before = remembered(&turn, request_id).await?;
        if !before.is_empty() {
            requests::check_same(&turn, asked, &before).await?;
            return Ok(before);
        }
        let changes = decide(&turn.ledger().await?)?;
        self.end(turn, changes).await
    }

    /// Decides about every open grant that is meant, all in one turn.
    async fn each_grant(
        &self,
        is_meant: impl Fn(&Grant) -> bool,
        decide: impl Fn(&Ledger, Number) -> Result<Vec<Change>, Declined>,
    ) -> Result<Vec<Operation>, EdgeFault> {
        let turn = self.store.turn().await?;
        let mut ledger = turn.ledger().await?;
        let meant: Vec<_> =
            ledger.grants().filter(|grant| is_meant(grant)).map(|grant| grant.number).collect();
        let mut all = Vec::new();
        for number in meant {
            let changes = decide(&ledger, number)?;
            changes.iter().for_each(|change| ledger.apply(change));
            all.extend(changes);
        }
        self.end(turn, all).await
    }

    /// Stores what was decided; gives the new operations.
    async fn end(&self, turn: Turn, changes: Vec<Change>) -> Result<Vec<Operation>, EdgeFault> {
        turn.store(&changes).await?;
        turn.end().await?;
        let recorded = changes.into_iter().filter_map(|change| match change {
            Change::Recorded(operation) => Some(*operation),
            Change::Granted(_) | Change::Answered(..) | Change::Retimed(..) => None,
        });
        Ok(recorded.collect())
    }
}

async fn found(turn: &Turn, number: Number) -> Result<Operation, EdgeFault> {
    let found = turn.operation(number).await?;
    found.ok_or_else(|| Declined::Unknown { what: "operation", number }.into())
}

/// All parts that were recorded for a request; none when it is new.
async fn remembered(turn: &Turn, request_id: RequestId) -> Result<Vec<Operation>, EdgeFault> {
    let mut parts = Vec::new();
    while let Some(part) = turn.find(part_id(request_id, parts.len())).await? {
        parts.push(part);
    }
    Ok(parts)
}

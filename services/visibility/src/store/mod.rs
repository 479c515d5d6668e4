//! The availability cache: a port with two implementations, which pass one conformance suite (`tests/it/conformance.rs`).
//!
//! Both keep, per warehouse, the values of its items, slices of what is not plain, its open reservations, the edges of its traces and the
//! head of its journal, and change all of it together, entry by entry: an entry that is in already changes nothing, one that would leave a gap is not taken.
//! Reads of a warehouse are true as of the head they come with.

mod alert;
mod applied;
mod fault;
mod memory;
mod redis;
mod slice;
mod trace;

use std::collections::BTreeSet;

use vocabulary::{Sequence, Sku, WarehouseCode};

pub use self::alert::{AlertPage, AlertState, AlertWant};
pub use self::applied::{Applied, Change, Depth, LogPosition, Logged, Resume, Snapshot, Stop, Want};
pub use self::fault::CacheFault;
pub use self::memory::{MemoryCache, MemoryDraft};
pub use self::redis::{RedisCache, RedisConfig, RedisDraft};
pub use self::slice::{SlicePage, SliceWant};
pub use self::trace::{Duplicate, EdgePage, EdgeWant, Holder};
use crate::core::{Head, Node, Value};

/// Where the view is kept. Clones share it.
#[derive(Clone, Debug)]
pub enum Cache {
    /// In this process: empty at every start.
    Memory(MemoryCache),
    /// In Redis, shared by every replica.
    Redis(RedisCache),
}

/// A warehouse's view that is being built beside the one that is read.
#[derive(Debug)]
pub enum Draft {
    /// See [`Cache::Memory`].
    Memory(MemoryDraft),
    /// See [`Cache::Redis`].
    Redis(RedisDraft),
}

impl Cache {
    /// Checks that the cache can be relied on. To be called before anything else, until it succeeds.
    ///
    /// # Errors
    /// `Unavailable`; `Rejected` when Redis is set up to forget keys.
    pub async fn prepare(&self) -> Result<(), CacheFault> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::Redis(cache) => cache.prepare().await,
        }
    }

    /// Every warehouse that was registered, with its head and the place in the log to go on from.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn resume(&self) -> Result<Vec<Resume>, CacheFault> {
        match self {
            Self::Memory(cache) => Ok(cache.resume()),
            Self::Redis(cache) => cache.resume().await,
        }
    }

    /// Remembers that these warehouses exist. Must come before the first [`Cache::apply`] of a new warehouse, and name every
    /// warehouse that the caller knows: see [`Resume`].
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn register(&self, warehouses: &BTreeSet<WarehouseCode>) -> Result<(), CacheFault> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::Redis(cache) => cache.register(warehouses).await,
        }
    }

    /// Applies entries of one warehouse, in the order of the log. Changes after `since` come back, whoever applied them.
    ///
    /// # Errors
    /// `Unavailable`: some entries may be in; offer all of them again. `Damaged`.
    pub async fn apply(
        &self,
        warehouse: &WarehouseCode,
        entries: &[Logged],
        since: Sequence,
    ) -> Result<Applied, CacheFault> {
        match self {
            Self::Memory(cache) => Ok(cache.apply(warehouse, entries, since)),
            Self::Redis(cache) => cache.apply(warehouse, entries, since).await,
        }
    }

    /// Notes that everything of the warehouse before `next` in the log is in, if its view still stands at `sequence`.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn note(
        &self,
        warehouse: &WarehouseCode,
        sequence: Sequence,
        next: LogPosition,
    ) -> Result<(), CacheFault> {
        match self {
            Self::Memory(_) => Ok(()),
            Self::Redis(cache) => cache.note(warehouse, sequence, next).await,
        }
    }

    /// The heads of these warehouses; the start for one that is not there.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged`.
    pub async fn heads(&self, warehouses: &[&str]) -> Result<Vec<Head>, CacheFault> {
        match self {
            Self::Memory(cache) => Ok(cache.heads(warehouses)),
            Self::Redis(cache) => cache.heads(warehouses).await,
        }
    }

    /// Values, each warehouse's as of its head.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged`.
    pub async fn read(&self, wants: &[Want<'_>]) -> Result<Vec<Snapshot>, CacheFault> {
        match self {
            Self::Memory(cache) => Ok(cache.read(wants)),
            Self::Redis(cache) => cache.read(wants).await,
        }
    }

    /// At most `limit` items of a warehouse after `after` ("" is the beginning), in the order of their SKUs.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged`.
    pub async fn list(
        &self,
        warehouse: &str,
        after: &str,
        limit: usize,
    ) -> Result<(Head, Vec<(Sku, Value)>), CacheFault> {
        match self {
            Self::Memory(cache) => Ok(cache.list(warehouse, after, limit)),
            Self::Redis(cache) => cache.list(warehouse, after, limit).await,
        }
    }

    /// Slices, of one warehouse each.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged`.
    pub async fn slices(&self, wants: &[SliceWant]) -> Result<Vec<SlicePage>, CacheFault> {
        match self {
            Self::Memory(cache) => cache.slices(wants),
            Self::Redis(cache) => cache.slices(wants).await,
        }
    }

    /// Alerts, of one warehouse each.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged`.
    pub async fn alerts(&self, wants: &[AlertWant]) -> Result<Vec<AlertPage>, CacheFault> {
        match self {
            Self::Memory(cache) => cache.alerts(wants),
            Self::Redis(cache) => cache.alerts(wants).await,
        }
    }

    /// When the alerts of these warehouses last differed.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged`.
    pub async fn alert_states(&self, warehouses: &[&str]) -> Result<Vec<AlertState>, CacheFault> {
        match self {
            Self::Memory(cache) => Ok(cache.alert_states(warehouses)),
            Self::Redis(cache) => cache.alert_states(warehouses).await,
        }
    }

    /// Edges of traces: of one warehouse each, in the order of their keys, true as of the head they come with.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged`.
    pub async fn edges(&self, wants: &[EdgeWant]) -> Result<Vec<EdgePage>, CacheFault> {
        match self {
            Self::Memory(cache) => Ok(cache.edges(wants)),
            Self::Redis(cache) => cache.edges(wants).await,
        }
    }

    /// The warehouses that may have edges of each of these lots and units, sorted: all that have, and maybe others.
    ///
    /// # Errors
    /// `Unavailable`.
    pub async fn places(&self, nodes: &[Node]) -> Result<Vec<Vec<String>>, CacheFault> {
        match self {
            Self::Memory(cache) => Ok(cache.places(nodes)),
            Self::Redis(cache) => cache.places(nodes).await,
        }
    }

    /// Units that are in several warehouses at once: at most `limit` candidates after `after` ("" is the beginning) are looked at.
    /// Says where to go on; `None` at the end.
    ///
    /// # Errors
    /// `Unavailable`, `Damaged`.
    pub async fn duplicates(
        &self,
        after: &str,
        limit: usize,
    ) -> Result<(Vec<Duplicate>, Option<String>), CacheFault> {
        let suspects = match self {
            Self::Memory(cache) => cache.suspects(after, limit),
            Self::Redis(cache) => cache.suspects(after, limit).await?,
        };
        let next = (suspects.len() >= limit).then(|| suspects.last().cloned()).flatten();
        let units: Vec<Node> = suspects.iter().filter_map(|text| Node::parse(text)).collect();
        let found = self.held_where(&units).await?;
        Ok((found.into_iter().filter(|unit| unit.holders.len() > 1).collect(), next))
    }

    /// An empty view of the warehouse, beside the one that is read.
    pub fn draft(&self, warehouse: &WarehouseCode) -> Draft {
        match self {
            Self::Memory(_) => Draft::Memory(MemoryDraft::default()),
            Self::Redis(cache) => Draft::Redis(cache.draft(warehouse)),
        }
    }

    /// As [`Cache::apply`], into the draft.
    ///
    /// # Errors
    /// As [`Cache::apply`]; `DraftLost` when the draft must be begun again.
    pub async fn apply_draft(
        &self,
        draft: &mut Draft,
        entries: &[Logged],
        since: Sequence,
    ) -> Result<Applied, CacheFault> {
        match (self, draft) {
            (Self::Memory(_), Draft::Memory(draft)) => Ok(draft.apply(entries, since)),
            (Self::Redis(cache), Draft::Redis(draft)) => cache.apply_draft(draft, entries, since).await,
            (Self::Memory(_), Draft::Redis(_)) | (Self::Redis(_), Draft::Memory(_)) => {
                Err(CacheFault::DraftLost)
            }
        }
    }

    /// Puts the draft in the place of the view, at once for every reader, unless the view is further. The draft is used up when
    /// it says `true`.
    ///
    /// # Errors
    /// `Unavailable`; `DraftLost` when the draft must be begun again.
    pub async fn swap(&self, warehouse: &WarehouseCode, draft: &mut Draft) -> Result<bool, CacheFault> {
        match (self, draft) {
            (Self::Memory(cache), Draft::Memory(draft)) => Ok(cache.swap(warehouse, draft)),
            (Self::Redis(cache), Draft::Redis(draft)) => cache.swap(warehouse, draft).await,
            (Self::Memory(_), Draft::Redis(_)) | (Self::Redis(_), Draft::Memory(_)) => {
                Err(CacheFault::DraftLost)
            }
        }
    }
}

use std::sync::LazyLock;

use redis::Script;
use uuid::Uuid;
use vocabulary::{Sequence, WarehouseCode};

use super::chunk::{Chunk, joined, split};
use super::keys::{HEAD, Keys, NEXT};
use super::{RedisCache, text};
use crate::core::Head;
use crate::store::{Applied, CacheFault, LogPosition, Logged};

static APPLY: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("apply.lua")));
static SWAP: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("swap.lua")));

/// Lost races in a row after which the caller is told to come back.
const RACES_MAX: u32 = 100;
/// A draft whose builder died is forgotten after this time.
const DRAFT_SECONDS: u32 = 600;

/// A view being built; see [`crate::store::Draft`].
#[derive(Debug)]
pub struct RedisDraft {
    warehouse: WarehouseCode,
    keys: Keys,
    head: Head,
}

/// Where a chunk goes.
pub(super) struct Target<'a> {
    pub(super) warehouse: &'a WarehouseCode,
    pub(super) keys: &'a Keys,
    pub(super) kind: Kind,
}

/// Whether readers see it.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Live,
    Draft,
}

impl RedisCache {
    pub(in crate::store) async fn apply(
        &self,
        warehouse: &WarehouseCode,
        entries: &[Logged],
        since: Sequence,
    ) -> Result<Applied, CacheFault> {
        let keys = self.live(warehouse.as_str());
        let target = Target { warehouse, keys: &keys, kind: Kind::Live };
        self.apply_to(&target, entries, since).await
    }

    pub(in crate::store) fn draft(&self, warehouse: &WarehouseCode) -> RedisDraft {
        let id = Uuid::new_v4().simple().to_string();
        let keys = Keys::draft(&self.prefix, warehouse, &id);
        RedisDraft { warehouse: warehouse.clone(), keys, head: Head::default() }
    }

    pub(in crate::store) async fn apply_draft(
        &self,
        draft: &mut RedisDraft,
        entries: &[Logged],
        since: Sequence,
    ) -> Result<Applied, CacheFault> {
        let target = Target { warehouse: &draft.warehouse, keys: &draft.keys, kind: Kind::Draft };
        let applied = self.apply_to(&target, entries, since).await?;
        if applied.head < draft.head {
            return Err(CacheFault::DraftLost);
        }
        draft.head = applied.head;
        Ok(applied)
    }

    pub(in crate::store) async fn swap(
        &self,
        warehouse: &WarehouseCode,
        draft: &mut RedisDraft,
    ) -> Result<bool, CacheFault> {
        let live = self.live(warehouse.as_str());
        let left = if draft.head == Head::default() { String::new() } else { text::head(draft.head) };
        let mut call = SWAP.key(&live.view);
        live.sets().iter().fold(&mut call, |call, set| call.key(set)).key(&draft.keys.view);
        draft.keys.sets().iter().fold(&mut call, |call, set| call.key(set));
        call.arg(HEAD).arg(left);
        match self.connection.invoke::<String>(&call).await?.as_str() {
            "ok" => {
                self.clear_all().await?;
                Ok(true)
            }
            "behind" => Ok(false),
            _ => Err(CacheFault::DraftLost),
        }
    }

    pub(in crate::store) async fn note(
        &self,
        warehouse: &WarehouseCode,
        sequence: Sequence,
        next: LogPosition,
    ) -> Result<(), CacheFault> {
        if sequence == Sequence::START {
            return Ok(());
        }
        let keys = self.live(warehouse.as_str());
        let target = Target { warehouse, keys: &keys, kind: Kind::Live };
        // Another replica may have moved the head on, and noted more than this: then nothing is to be done.
        self.write(&target, &Chunk::empty(sequence, next)).await.map(drop)
    }

    async fn apply_to(
        &self,
        target: &Target<'_>,
        entries: &[Logged],
        since: Sequence,
    ) -> Result<Applied, CacheFault> {
        let mut all: Option<Applied> = None;
        let mut rest = entries;
        while let Some((chunk, after)) = split(rest) {
            let since = all.as_ref().map_or(since, |applied| applied.head.sequence.max(since));
            let applied = self.apply_chunk(target, chunk, since).await?;
            let stopped = applied.stop.is_some();
            all = Some(match all {
                None => applied,
                Some(before) => joined(before, applied),
            });
            rest = if stopped { &[] } else { after };
        }
        Ok(all.unwrap_or_else(|| Applied::at(Head::default())))
    }

    async fn apply_chunk(
        &self,
        target: &Target<'_>,
        chunk: &[Logged],
        since: Sequence,
    ) -> Result<Applied, CacheFault> {
        for _ in 0..RACES_MAX {
            let mut book = self.load(target, chunk).await?;
            let others = self.changes_of_others(target, since, book.head()).await?;
            // What goes into the stream must be complete, whatever this replica has seen before.
            let since = if target.kind == Kind::Draft { since } else { since.min(book.head().sequence) };
            let ready = Chunk::of(&mut book, chunk, since);
            if ready.applied.entries == 0 {
                return Ok(joined(others, ready.applied));
            }
            let suspects = self.note_arrived(target.warehouse, &ready.arrived).await?;
            if self.write(target, &ready).await? {
                if target.kind == Kind::Live {
                    let left = self.suspected(ready.left()).await?;
                    self.clear(suspects.into_iter().chain(left).collect()).await?;
                }
                return Ok(joined(others, ready.applied));
            }
        }
        Err(CacheFault::Unavailable { reason: format!("{} was busy too long", target.warehouse) })
    }

    /// Whether it was written; `false` when the head had moved.
    async fn write(&self, target: &Target<'_>, chunk: &Chunk) -> Result<bool, CacheFault> {
        let is_draft = target.kind == Kind::Draft;
        let keys = target.keys;
        let mut call = APPLY.key(&keys.view);
        let sets = keys.sets();
        sets.iter().fold(call.key(&keys.changes), |call, set| call.key(set)).arg(HEAD).arg(NEXT);
        call.arg(chunk.before.sequence.get()).arg(chunk.applied.head.sequence.get());
        let is_moved = chunk.applied.entries > 0;
        call.arg(if is_moved { text::head(chunk.applied.head) } else { String::new() });
        call.arg(chunk.next.map_or_else(String::new, text::next));
        call.arg(if is_draft { DRAFT_SECONDS } else { 0 });
        let first = chunk.before.sequence.next();
        let is_told = is_moved && !is_draft;
        call.arg(if is_told { text::changes(first, &chunk.applied.changes) } else { String::new() });
        call.arg(self.changes_kept);
        let (set, deleted) = chunk.fields();
        call.arg(set.len()).arg(deleted.len());
        // In the order of [`Keys::sets`].
        let members = [(chunk.new_skus(), Vec::new()), chunk.edges(), chunk.slices(), chunk.alerts()];
        for (added, removed) in &members {
            call.arg(added.len()).arg(removed.len());
        }
        let members = members.iter().flat_map(|(added, removed)| added.iter().chain(removed)).copied();
        for text in set.iter().chain(&deleted).map(String::as_str).chain(members) {
            call.arg(text);
        }
        Ok(self.connection.invoke::<String>(&call).await? == "ok")
    }
}

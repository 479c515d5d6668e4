use proto::visibility::v1::AvailabilityKey;
use rpc::{ApiError, Reason};
use rustc_hash::{FxBuildHasher, FxHashMap};
use vocabulary::{ChannelCode, Sequence, Sku, WarehouseCode};

use super::{Engine, Fresh, Until, refusals};
use crate::core::{Total, Value};
use crate::store::{CacheFault, Depth, Snapshot, Want};

/// An item in a warehouse, as it was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    pub(crate) value: Value,
    /// What can be taken: by the channel that it was asked for, or by nobody in particular.
    pub(crate) available: Total,
}

impl Seen {
    /// As nobody in particular sees it.
    pub(crate) fn of(value: Value) -> Result<Self, ApiError> {
        let available = value.available().map_err(|overflow| ApiError::internal(overflow.to_string()))?;
        Ok(Self { value, available })
    }
}

/// The keys of one warehouse, each once.
struct Group<'a> {
    want: Want<'a>,
    places: Vec<Asked>,
}

/// A key of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Asked {
    /// Where it stands in the request.
    place: usize,
    /// Where its item stands among those wanted.
    at: usize,
}

impl Engine {
    /// The values of `keys`, in their order, as a channel sees them, and the freshness of their warehouses.
    pub(crate) async fn values(
        &self,
        keys: &[AvailabilityKey],
        channel: Option<&ChannelCode>,
        until: Until,
    ) -> Result<(Vec<Seen>, Vec<Fresh>), ApiError> {
        let mut values = vec![Seen { value: Value::ZERO, available: Total::ZERO }; keys.len()];
        let fresh = self.each_key((keys, depth(channel)), until, |place, _, snapshot, at| {
            let seen = seen(snapshot, at, channel)?;
            if let (Some(seen), Some(slot)) = (seen, values.get_mut(place)) {
                *slot = seen;
            }
            Ok(seen.is_some())
        });
        let fresh = fresh.await?;
        Ok((values, fresh))
    }

    /// Reads `keys` and gives each to `take`: its place among them, its warehouse, the snapshot and its place in that. What was
    /// never held, as `take` says, must be in the catalog.
    pub(super) async fn each_key(
        &self,
        (keys, depth): (&[AvailabilityKey], Depth),
        until: Until,
        mut take: impl FnMut(usize, &str, &Snapshot, usize) -> Result<bool, ApiError>,
    ) -> Result<Vec<Fresh>, ApiError> {
        let (wants, places) = grouped(keys, depth)?;
        let snapshots = self.snapshots(&wants).await?;
        for ((want, places), snapshot) in wants.iter().zip(&places).zip(&snapshots) {
            if snapshot.head.sequence == Sequence::START {
                let field = || format!("keys[{}].warehouse", places.first().map_or(0, |asked| asked.place));
                self.known_warehouse(want.warehouse, field, until).await?;
            }
            for Asked { place, at } in places.iter().copied() {
                if !take(place, want.warehouse, snapshot, at)? {
                    let sku = want.skus.get(at).copied().unwrap_or_default();
                    self.known_item(sku, || format!("keys[{place}].sku"), until).await?;
                }
            }
        }
        let fresh =
            wants.iter().zip(&snapshots).map(|(want, snapshot)| self.fresh(want.warehouse, snapshot.head));
        Ok(fresh.collect())
    }

    /// Reads, and makes sure that nothing older comes back than what was seen before.
    pub(super) async fn snapshots(&self, wants: &[Want<'_>]) -> Result<Vec<Snapshot>, ApiError> {
        let seen: Vec<Sequence> = wants.iter().map(|want| self.seen(want.warehouse)).collect();
        let snapshots = self.cache.read(wants).await.map_err(|fault| self.failed(&fault))?;
        for ((want, seen), snapshot) in wants.iter().zip(seen).zip(&snapshots) {
            self.check_head(want.warehouse, seen, snapshot.head.sequence)?;
        }
        Ok(snapshots)
    }

    /// The newest head that this process knows of. To be taken before the view is read.
    pub(super) fn seen(&self, warehouse: &str) -> Sequence {
        self.board.track(warehouse).map_or(Sequence::START, |track| track.seen())
    }

    /// `seen` was known before the view was read at `head`.
    pub(super) fn check_head(&self, warehouse: &str, seen: Sequence, head: Sequence) -> Result<(), ApiError> {
        if head >= seen {
            return Ok(());
        }
        self.lose(warehouse);
        Err(refusals::rebuilding(warehouse))
    }

    fn lose(&self, warehouse: &str) {
        if let Some(track) = self.board.track(warehouse) {
            track.lose();
            self.board.doubt();
        }
    }

    /// What a fault of the cache means for a caller. The feed says in the log that the cache is away.
    pub(super) fn failed(&self, fault: &CacheFault) -> ApiError {
        if let CacheFault::Damaged { warehouse, .. } = fault
            && let Some(track) = self.board.track(warehouse)
        {
            track.damage();
            self.board.doubt();
        }
        refusals::cache_fault(fault)
    }

    /// A warehouse of which the view has nothing must be in the catalog.
    pub(super) async fn known_warehouse(
        &self,
        warehouse: &str,
        field: impl Fn() -> String,
        until: Until,
    ) -> Result<WarehouseCode, ApiError> {
        let bad =
            |invalid: vocabulary::Invalid| ApiError::invalid(Reason::BadCode, field(), invalid.to_string());
        let code = WarehouseCode::parse(warehouse).map_err(bad)?;
        if self.board.track(warehouse).is_some() || self.catalog.warehouse(warehouse).is_some() {
            return Ok(code);
        }
        self.catalog_ready(until).await?;
        match self.catalog.warehouse(warehouse) {
            Some(_) => Ok(code),
            None => Err(refusals::unknown_warehouse(field(), warehouse)),
        }
    }

    /// An item of which the view has nothing must be in the catalog.
    pub(crate) async fn known_item(
        &self,
        sku: &str,
        field: impl Fn() -> String,
        until: Until,
    ) -> Result<(), ApiError> {
        if self.catalog.item(sku).is_some() {
            return Ok(());
        }
        Sku::parse(sku)
            .map_err(|invalid| ApiError::invalid(Reason::BadCode, field(), invalid.to_string()))?;
        self.catalog_ready(until).await?;
        match self.catalog.item(sku) {
            Some(_) => Ok(()),
            None => Err(refusals::unknown_item(field(), sku)),
        }
    }
}

/// What is to be read for a channel, or for nobody in particular.
pub(super) const fn depth(channel: Option<&ChannelCode>) -> Depth {
    match channel {
        Some(_) => Depth::Details,
        None => Depth::Values,
    }
}

/// An item of a snapshot as a channel sees it; `None` when the warehouse never held it.
pub(super) fn seen(
    snapshot: &Snapshot,
    at: usize,
    channel: Option<&ChannelCode>,
) -> Result<Option<Seen>, ApiError> {
    let Some(value) = snapshot.values.get(at).copied().flatten() else { return Ok(None) };
    let Some((channel, detail)) = channel.zip(snapshot.details.get(at)) else {
        return Seen::of(value).map(Some);
    };
    let available = detail.open_to(channel, value);
    let available = available.map_err(|overflow| ApiError::internal(overflow.to_string()))?;
    Ok(Some(Seen { value, available }))
}

/// One group a warehouse. Callers ask for few warehouses and mostly many items of each. What is asked for twice is read once.
fn grouped(keys: &[AvailabilityKey], depth: Depth) -> Result<(Vec<Want<'_>>, Vec<Vec<Asked>>), ApiError> {
    let mut index: FxHashMap<&str, usize> = FxHashMap::default();
    let mut known: FxHashMap<(usize, &str), usize> =
        FxHashMap::with_capacity_and_hasher(keys.len(), FxBuildHasher);
    let mut groups: Vec<Group<'_>> = Vec::new();
    for (place, key) in keys.iter().enumerate() {
        check_sku(&key.sku, || format!("keys[{place}].sku"))?;
        let at = *index.entry(&key.warehouse).or_insert_with(|| {
            groups.push(Group::new(&key.warehouse, depth, keys.len()));
            groups.len() - 1
        });
        let Group { want, places } = &mut groups[at];
        let at = *known.entry((at, &key.sku)).or_insert_with(|| {
            want.skus.push(&key.sku);
            want.skus.len() - 1
        });
        places.push(Asked { place, at });
    }
    Ok(groups.into_iter().map(|group| (group.want, group.places)).unzip())
}

impl<'a> Group<'a> {
    fn new(warehouse: &'a str, depth: Depth, keys: usize) -> Self {
        // Enough for a request of one warehouse; with many, they grow from little.
        let room = keys.min(128);
        let want = Want { warehouse, skus: Vec::with_capacity(room), depth };
        Self { want, places: Vec::with_capacity(room) }
    }
}

/// Refuses what no SKU is, and what could be taken for something else in Redis.
pub(super) fn check_sku(sku: &str, field: impl FnOnce() -> String) -> Result<(), ApiError> {
    let is_plain = !sku.is_empty() && sku.len() <= 256 && !sku.bytes().any(|byte| byte.is_ascii_control());
    if is_plain {
        return Ok(());
    }
    let invalid =
        vocabulary::Invalid::new("sku", sku, "1 to 64 printable characters, no space at either end");
    Err(ApiError::invalid(Reason::BadCode, field(), invalid.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_twice_is_read_once() {
        let keys = ["BER pen", "HAM pen", "BER ink", "BER pen", "HAM pen"].map(|key| {
            let (warehouse, sku) = key.split_once(' ').unwrap();
            AvailabilityKey { warehouse: warehouse.into(), sku: sku.into() }
        });
        let (wants, places) = grouped(&keys, Depth::Details).unwrap();
        let skus: Vec<_> = wants.iter().map(|want| (want.warehouse, want.skus.join(" "))).collect();
        assert_eq!(skus, [("BER", "pen ink".to_owned()), ("HAM", "pen".to_owned())]);
        let asked = |pairs: &[(usize, usize)]| -> Vec<_> {
            pairs.iter().map(|(place, at)| Asked { place: *place, at: *at }).collect()
        };
        assert_eq!(places, [asked(&[(0, 0), (2, 1), (3, 0)]), asked(&[(1, 0), (4, 0)])]);
    }
}

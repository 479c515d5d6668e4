use vocabulary::{ReservationId, WarehouseCode};

use crate::core::AlertKind;

/// Field of a view's hash with its head. No SKU contains a control character, so no item can have these names. Head,
/// reservations and values share one key, so that whatever makes Redis forget one of them makes it forget all.
pub(super) const HEAD: &str = "\0head";
/// Field of a view's hash with the place in the log to go on from.
pub(super) const NEXT: &str = "\0next";

/// The keys of one warehouse's view. The warehouse is the hash tag, so that all of them live on one node of a cluster.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    /// Hash: a value an item, and a detail where there is more; slices, edges, alerts
    /// and reservations, one each; lots with a date and positions that are watched; head, next and differed.
    pub(super) view: String,
    /// Sorted set: the items, for paging.
    pub(super) skus: String,
    /// Sorted set: the keys of the edges.
    pub(super) edges: String,
    /// Sorted set: the keys of the slices.
    pub(super) slices: String,
    /// Sorted set: the keys of the alerts.
    pub(super) alerts: String,
    /// Stream: recent changes, from the replica that made them to those that were slower.
    pub(super) changes: String,
}

impl Keys {
    pub(super) fn live(prefix: &str, warehouse: &str) -> Self {
        // The number counts what is kept in a view: one that lacks something is built again under a new name.
        Self::under(&format!("{prefix}:{{{warehouse}}}:8"))
    }

    pub(super) fn draft(prefix: &str, warehouse: &WarehouseCode, id: &str) -> Self {
        Self::under(&format!("{prefix}:{{{warehouse}}}:8:draft:{id}"))
    }

    fn under(view: &str) -> Self {
        let key = |name| format!("{view}:{name}");
        let (skus, edges, slices) = (key("skus"), key("edges"), key("slices"));
        let (view, alerts, changes) = (key("view"), key("alerts"), key("changes"));
        Self { view, skus, edges, slices, alerts, changes }
    }

    /// The sorted sets, the items first.
    pub(super) fn sets(&self) -> [&str; 4] {
        [&self.skus, &self.edges, &self.slices, &self.alerts]
    }
}

/// Set: every warehouse that was registered.
pub(super) fn warehouses(prefix: &str) -> String {
    format!("{prefix}:warehouses")
}

/// Sorted set: `NODE WAREHOUSE`, every place where a lot or a unit ever was, of all warehouses.
pub(super) fn places(prefix: &str) -> String {
    format!("{prefix}:trace:places")
}

/// Sorted set: units that may be in several warehouses at once.
pub(super) fn suspects(prefix: &str) -> String {
    format!("{prefix}:trace:suspects")
}

/// Field of an edge.
pub(super) fn edge(key: &str) -> String {
    format!("\0t{key}")
}

/// Field of a slice.
pub(super) fn slice(key: &str) -> String {
    format!("\0s{key}")
}

/// Field of an item's detail.
pub(super) fn detail(sku: &str) -> String {
    format!("\0i{sku}")
}

/// Field of a lot.
pub(super) fn lot(key: &str) -> String {
    format!("\0x{key}")
}

/// Field of a position that is watched.
pub(super) fn position(key: &str) -> String {
    format!("\0p{key}")
}

/// Field of an alert.
pub(super) fn alert(key: &str) -> String {
    format!("\0a{key}")
}

/// Field of the newest entry with which an alert of a kind came or went.
pub(super) fn differed(kind: AlertKind) -> String {
    format!("\0differed:{}", kind.as_str())
}

/// Field of an open reservation.
pub(super) fn reservation(id: ReservationId) -> String {
    format!("\0r{id}")
}

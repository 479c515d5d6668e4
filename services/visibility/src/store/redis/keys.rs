use vocabulary::{ReservationId, WarehouseCode};

/// Field of a view's hash with its head. No SKU contains a control character, so no item can have these names. Head,
/// reservations and values share one key, so that whatever makes Redis forget one of them makes it forget all.
pub(super) const HEAD: &str = "\0head";
/// Field of a view's hash with the place in the log to go on from.
pub(super) const NEXT: &str = "\0next";

/// The keys of one warehouse's view. The warehouse is the hash tag, so that all of them live on one node of a cluster.
#[derive(Debug, Clone)]
pub(super) struct Keys {
    /// Hash: a value an item, a reservation each, head and next.
    pub(super) view: String,
    /// Sorted set: the items, for paging.
    pub(super) skus: String,
    /// Sorted set: the keys of the edges.
    pub(super) edges: String,
    /// Stream: recent changes, from the replica that made them to those that were slower.
    pub(super) changes: String,
}

impl Keys {
    pub(super) fn live(prefix: &str, warehouse: &str) -> Self {
        // The number counts what is kept in a view: one that lacks something is built again under a new name.
        let key = |name| format!("{prefix}:{{{warehouse}}}:4:{name}");
        Self { view: key("view"), skus: key("skus"), edges: key("edges"), changes: key("changes") }
    }

    pub(super) fn draft(prefix: &str, warehouse: &WarehouseCode, id: &str) -> Self {
        let key = |name| format!("{prefix}:{{{warehouse}}}:4:draft:{id}:{name}");
        Self { view: key("view"), skus: key("skus"), edges: key("edges"), changes: key("changes") }
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

/// Field of an open reservation.
pub(super) fn reservation(id: ReservationId) -> String {
    format!("\0r{id}")
}

//! What a store says of traces.

use super::{Cache, CacheFault};
use crate::core::{Edge, EdgeKey, EdgeKind, Head, Node};

/// Edges of one warehouse that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EdgeWant {
    /// The warehouse.
    pub warehouse: String,
    /// What their keys begin with: a node, or a kind of edges of one.
    pub prefix: String,
    /// After this key; empty means from the first.
    pub after: String,
    /// At most this many.
    pub limit: usize,
}

/// Edges of one warehouse, in the order of their keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EdgePage {
    /// As of when.
    pub head: Head,
    /// Key and sums.
    pub edges: Vec<(EdgeKey, Edge)>,
    /// Whether there are more after them.
    pub more: bool,
}

/// A unit, and where it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Duplicate {
    /// The unit.
    pub unit: Node,
    /// One a warehouse that holds it, sorted.
    pub holders: Vec<Holder>,
}

/// A warehouse that holds a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The warehouse.
    pub warehouse: String,
    /// As what.
    pub status: String,
    /// Since when.
    pub edge: Edge,
}

/// A page of edges; keys that this version does not know are passed over.
pub(super) fn page(head: Head, edges: Vec<(String, Edge)>, more: bool) -> EdgePage {
    let known = edges.into_iter().filter_map(|(key, edge)| Some((EdgeKey::parse(&key)?, edge)));
    EdgePage { head, edges: known.collect(), more }
}

impl Cache {
    /// Where each of these units is held.
    pub(super) async fn held_where(&self, units: &[Node]) -> Result<Vec<Duplicate>, CacheFault> {
        let places = self.places(units).await?;
        let mut wants = Vec::new();
        for (unit, codes) in units.iter().zip(&places) {
            let prefix = EdgeKind::Held.prefix(unit);
            let want = |code: &String| EdgeWant {
                warehouse: code.clone(),
                prefix: prefix.clone(),
                after: String::new(),
                limit: 1,
            };
            wants.extend(codes.iter().map(want));
        }
        let pages = self.edges(&wants).await?;
        let nowhere = |unit: &Node| Duplicate { unit: unit.clone(), holders: Vec::new() };
        let mut found: Vec<Duplicate> = units.iter().map(nowhere).collect();
        let owners = places.iter().enumerate().flat_map(|(at, codes)| codes.iter().map(move |_| at));
        for ((at, want), page) in owners.zip(wants).zip(pages) {
            if let (Some(unit), Some((key, edge))) = (found.get_mut(at), page.edges.into_iter().next()) {
                unit.holders.push(Holder { warehouse: want.warehouse, status: key.other, edge });
            }
        }
        Ok(found)
    }
}

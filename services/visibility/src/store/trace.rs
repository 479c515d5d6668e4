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
    /// Its arrival: the entry, and when that was recorded.
    pub arrived: Edge,
    /// As of when the view has the warehouse.
    pub head: Head,
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
            let want = |code: &String, kind: EdgeKind| EdgeWant {
                warehouse: code.clone(),
                prefix: kind.prefix(unit),
                after: String::new(),
                limit: 1,
            };
            wants.extend(codes.iter().flat_map(|c| [want(c, EdgeKind::Held), want(c, EdgeKind::Arrived)]));
        }
        let pages = self.edges(&wants).await?;
        let mut firsts =
            wants.into_iter().zip(pages).map(|(want, page)| (want, page.head, page.edges.into_iter().next()));
        let nowhere = |unit: &Node| Duplicate { unit: unit.clone(), holders: Vec::new() };
        let mut found: Vec<Duplicate> = units.iter().map(nowhere).collect();
        for (unit, codes) in found.iter_mut().zip(&places) {
            for _ in codes {
                let (Some((want, head, held)), Some((_, _, arrived))) = (firsts.next(), firsts.next()) else {
                    continue;
                };
                if let (Some((key, _)), Some((_, arrived))) = (held, arrived) {
                    unit.holders.push(Holder { warehouse: want.warehouse, status: key.other, arrived, head });
                }
            }
        }
        Ok(found)
    }
}

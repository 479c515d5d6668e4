use rpc::ApiError;
use rustc_hash::FxHashMap;

use super::edges::{Freshest, unknown};
use super::graph::Event;
use super::walk::{Detail, Direction, Wish};
use crate::core::{EdgeKind, Node};
use crate::engine::{Engine, Fresh};
use crate::store::EdgeWant;

/// Productions that goods are followed through.
const LEVELS_MAX: u32 = 1000;
/// Lots and units that goods may have become.
const NODES_MAX: usize = 5000;
/// Ranges of edges in one read of the store.
const RANGES_A_READ: usize = 50;

/// Whose events are listed.
#[derive(Debug)]
pub(crate) struct RecipientsWish {
    pub(crate) node: Node,
    pub(crate) reach: Reach,
    pub(crate) kinds: Vec<EdgeKind>,
}

/// How far goods are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Only as what they are.
    Itself,
    /// Also as what was made of them.
    Production,
}

/// A page of those who got something.
#[derive(Debug, Default)]
pub(crate) struct Recipients {
    /// Whose events there are, each with its distance from the first.
    pub(crate) nodes: Vec<(Node, i32)>,
    pub(crate) events: Vec<Event>,
    /// Warehouse and key where the next page goes on after; `None` at the end.
    pub(crate) next: Option<(String, String)>,
    /// A limit left out something that was made of it.
    pub(crate) truncated: bool,
    pub(crate) fresh: Vec<Fresh>,
}

/// Edges of one kind that a node has in a warehouse; sorted as the answer is.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Range {
    warehouse: String,
    prefix: String,
    node: usize,
}

impl Engine {
    /// Those who got goods of a lot or a unit, by warehouse, node and party, after a warehouse and a key in it (both may be empty).
    pub(crate) async fn recipients(
        &self,
        wish: &RecipientsWish,
        (warehouse, after): (&str, &str),
        limit: usize,
    ) -> Result<Recipients, ApiError> {
        let mut page = Recipients::default();
        let mut fresh = Freshest::default();
        let nodes = match wish.reach {
            Reach::Itself => vec![(wish.node.clone(), 0)],
            Reach::Production => {
                let graph = self.trace(&followed(wish.node.clone())).await?;
                page.truncated = graph.truncated;
                graph.fresh.into_iter().for_each(|of_warehouse| fresh.note(of_warehouse));
                graph.nodes
            }
        };
        let mut ranges = self.ranges(wish, &nodes).await?;
        ranges.retain(|range| {
            let is_begun = range.warehouse == warehouse && after.starts_with(&range.prefix);
            is_begun || (range.warehouse.as_str(), range.prefix.as_str()) > (warehouse, after)
        });
        for ranges in ranges.chunks(RANGES_A_READ) {
            let left = limit.saturating_sub(page.events.len());
            let wants: Vec<EdgeWant> =
                ranges.iter().map(|range| range.after((warehouse, after), left)).collect();
            let found = self.edges(&wants, &mut fresh).await?;
            for (range, found) in ranges.iter().zip(found) {
                let room = limit.saturating_sub(page.events.len());
                let is_cut = found.more || found.edges.len() > room;
                page.events.extend(found.edges.into_iter().take(room).map(|(key, edge)| Event {
                    node: range.node,
                    warehouse: range.warehouse.clone(),
                    kind: key.kind,
                    other: key.other,
                    edge,
                }));
                if is_cut {
                    page.close(nodes);
                    page.fresh = fresh.finish();
                    return Ok(page);
                }
            }
        }
        page.close(nodes);
        page.next = None;
        page.fresh = fresh.finish();
        Ok(page)
    }

    async fn ranges(&self, wish: &RecipientsWish, nodes: &[(Node, i32)]) -> Result<Vec<Range>, ApiError> {
        let plain: Vec<Node> = nodes.iter().map(|(node, _)| node.clone()).collect();
        let places = self.places(&plain).await?;
        if places.iter().all(Vec::is_empty) {
            return Err(unknown(&wish.node));
        }
        let mut ranges = Vec::new();
        for ((at, node), codes) in plain.iter().enumerate().zip(&places) {
            for code in codes {
                let of_kind =
                    |kind: &EdgeKind| Range { warehouse: code.clone(), prefix: kind.prefix(node), node: at };
                ranges.extend(wish.kinds.iter().map(of_kind));
            }
        }
        ranges.sort_unstable();
        Ok(ranges)
    }
}

impl Range {
    /// What is in it, after a key that may be of another one.
    fn after(&self, (warehouse, key): (&str, &str), limit: usize) -> EdgeWant {
        let is_here = self.warehouse == warehouse && key.starts_with(&self.prefix);
        let after = if is_here { key.to_owned() } else { String::new() };
        EdgeWant { warehouse: self.warehouse.clone(), prefix: self.prefix.clone(), after, limit }
    }
}

impl Recipients {
    /// Says where the next page goes on, and keeps of the nodes those that are in this one.
    fn close(&mut self, nodes: Vec<(Node, i32)>) {
        self.next = self.events.last().and_then(|event| {
            let (node, _) = nodes.get(event.node)?;
            Some((event.warehouse.clone(), format!("{}{}", event.kind.prefix(node), event.other)))
        });
        let mut kept: FxHashMap<usize, usize> = FxHashMap::default();
        for event in &mut self.events {
            let next = kept.len();
            event.node = *kept.entry(event.node).or_insert(next);
        }
        let mut of_page: Vec<_> = nodes.into_iter().enumerate().collect();
        of_page.retain(|(at, _)| kept.contains_key(at));
        of_page.sort_by_key(|(at, _)| kept.get(at).copied());
        self.nodes = of_page.into_iter().map(|(_, node)| node).collect();
    }
}

fn followed(node: Node) -> Wish {
    let directions = vec![Direction::Down];
    Wish { node, directions, levels: LEVELS_MAX, nodes_max: NODES_MAX, detail: Detail::Nodes }
}

use rustc_hash::FxHashMap;
use vocabulary::Sequence;

use crate::core::{Edge, EdgeKind, Node};
use crate::engine::Fresh;

/// Events and links of one answer.
const EVENTS_MAX: usize = 20_000;
const LINKS_MAX: usize = 20_000;

/// A trace.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    /// With the distance from the first.
    pub(crate) nodes: Vec<(Node, i32)>,
    pub(crate) events: Vec<Event>,
    pub(crate) links: Vec<Link>,
    /// A limit left something out.
    pub(crate) truncated: bool,
    pub(crate) fresh: Vec<Fresh>,
    index: FxHashMap<Node, usize>,
}

/// What happened to a node in a warehouse.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) node: usize,
    pub(crate) warehouse: String,
    pub(crate) kind: EdgeKind,
    pub(crate) other: String,
    pub(crate) edge: Edge,
}

/// One node went into another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Link {
    pub(crate) from: usize,
    pub(crate) to: usize,
    pub(crate) warehouse: String,
    pub(crate) sequence: Sequence,
    pub(crate) consumed: Edge,
    pub(crate) produced: Edge,
}

impl Graph {
    /// The node's place; `None` when there is no room for it.
    pub(super) fn place(&mut self, node: &Node, level: i32, nodes_max: usize) -> Option<usize> {
        if let Some(at) = self.index.get(node) {
            return Some(*at);
        }
        if self.nodes.len() >= nodes_max {
            self.truncated = true;
            return None;
        }
        let at = self.nodes.len();
        self.nodes.push((node.clone(), level));
        self.index.insert(node.clone(), at);
        Some(at)
    }

    pub(super) fn is_full_of_events(&self) -> bool {
        self.events.len() >= EVENTS_MAX
    }

    pub(super) fn is_full_of_links(&self) -> bool {
        self.links.len() >= LINKS_MAX
    }

    pub(super) fn add_event(&mut self, event: Event) {
        if self.events.len() < EVENTS_MAX {
            self.events.push(event);
        } else {
            self.truncated = true;
        }
    }

    pub(super) fn add_link(&mut self, link: Link) {
        if self.links.len() < LINKS_MAX {
            self.links.push(link);
        } else {
            self.truncated = true;
        }
    }

    /// In the order that answers have; each link once.
    pub(super) fn finish(&mut self) {
        let key = |event: &Event| (event.node, event.warehouse.clone(), event.kind, event.other.clone());
        self.events.sort_by_cached_key(key);
        let key = |link: &Link| (link.warehouse.clone(), link.sequence, link.from, link.to);
        self.links.sort_by_cached_key(key);
        self.links.dedup();
    }
}

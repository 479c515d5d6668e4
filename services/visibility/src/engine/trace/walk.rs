use std::collections::BTreeMap;

use rpc::ApiError;
use rustc_hash::FxHashSet;
use vocabulary::Sequence;

use super::edges::{Freshest, unknown};
use super::graph::{Event, Graph, Link};
use crate::core::{Edge, EdgeKey, EdgeKind, Node};
use crate::engine::Engine;
use crate::store::{EdgePage, EdgeWant};

/// Edges of one node in one warehouse that are read.
const EDGES_MAX: usize = 1000;
/// Ranges of edges in one read of the store.
const WANTS_A_READ: usize = 500;
/// Productions that are followed from one level.
const DOCUMENTS_MAX: usize = 20_000;

/// What is traced.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) node: Node,
    /// One or both, without one twice.
    pub(crate) directions: Vec<Direction>,
    pub(crate) levels: u32,
    pub(crate) nodes_max: usize,
    pub(crate) detail: Detail,
}

/// How much is told of each node.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Detail {
    /// What happened to it.
    Events,
    /// Only that it is there.
    Nodes,
}

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    /// To what it was made of.
    Up,
    /// To what was made of it.
    Down,
}

/// A production that nodes of a level had a part in: the nodes, and how much of each.
type Documents = BTreeMap<(String, Sequence), Vec<(usize, Edge)>>;

impl Direction {
    /// The edges of a node that lead on, and those of a document that lead to the next nodes.
    const fn edges(self) -> (EdgeKind, EdgeKind) {
        match self {
            Self::Up => (EdgeKind::Produced, EdgeKind::Took),
            Self::Down => (EdgeKind::Consumed, EdgeKind::Made),
        }
    }

    const fn step(self) -> i32 {
        match self {
            Self::Up => -1,
            Self::Down => 1,
        }
    }
}

/// A walk over the graph, level by level. What leads on is read by itself, so that it is found however much else happened to a node.
struct Walk<'a> {
    engine: &'a Engine,
    wish: &'a Wish,
    graph: Graph,
    fresh: Freshest,
    /// Nodes whose events are in the graph.
    told: FxHashSet<usize>,
}

impl Engine {
    /// Traces a lot or a unit.
    pub(crate) async fn trace(&self, wish: &Wish) -> Result<Graph, ApiError> {
        let graph = Graph::default();
        let mut walk =
            Walk { engine: self, wish, graph, fresh: Freshest::default(), told: FxHashSet::default() };
        for direction in &wish.directions {
            walk.go(*direction).await?;
        }
        let Walk { mut graph, fresh, .. } = walk;
        graph.finish();
        graph.fresh = fresh.finish();
        Ok(graph)
    }
}

impl Walk<'_> {
    async fn go(&mut self, direction: Direction) -> Result<(), ApiError> {
        let Some(root) = self.graph.place(&self.wish.node, 0, self.wish.nodes_max) else { return Ok(()) };
        let (mut level, mut distance) = (vec![root], 0_i32);
        let mut seen = FxHashSet::from_iter([root]);
        for left in (0..=self.wish.levels).rev() {
            let documents = self.tell(&level, direction).await?;
            if documents.is_empty() {
                break;
            }
            if left == 0 {
                self.graph.truncated |= self.leads_on(&documents, direction).await?;
                break;
            }
            distance = distance.saturating_add(direction.step());
            let next = self.follow(&documents, direction, distance).await?;
            level = next.into_iter().filter(|node| seen.insert(*node)).collect();
            if level.is_empty() {
                break;
            }
        }
        Ok(())
    }

    /// Puts what happened to the nodes of a level into the graph, and says which productions lead on.
    async fn tell(&mut self, level: &[usize], direction: Direction) -> Result<Documents, ApiError> {
        let nodes: Vec<Node> =
            level.iter().filter_map(|at| self.graph.nodes.get(*at).map(|(node, _)| node.clone())).collect();
        let places = self.engine.places(&nodes).await?;
        if self.told.is_empty() && places.iter().all(Vec::is_empty) {
            return Err(unknown(&self.wish.node));
        }
        let is_new: FxHashSet<usize> = level.iter().copied().filter(|at| !self.told.contains(at)).collect();
        let (onward, _) = direction.edges();
        let (mut events, mut productions) = (Vec::new(), Vec::new());
        for ((at, node), codes) in level.iter().zip(&nodes).zip(places) {
            for code in codes {
                productions.push((*at, edges_of(onward.prefix(node), code.clone())));
                if self.wish.detail == Detail::Events && is_new.contains(at) {
                    events.push((*at, edges_of(node.to_string(), code)));
                }
            }
        }
        self.tell_events(&events).await?;
        self.told.extend(is_new);
        self.documents(&productions).await
    }

    /// What happened to nodes, as far as there is room for it.
    async fn tell_events(&mut self, wants: &[(usize, EdgeWant)]) -> Result<(), ApiError> {
        for wants in wants.chunks(WANTS_A_READ) {
            if self.graph.is_full_of_events() {
                self.graph.truncated = true;
                break;
            }
            for (at, warehouse, page) in self.read(wants).await? {
                self.graph.truncated |= page.more;
                let is_event =
                    |kind| !matches!(kind, EdgeKind::Consumed | EdgeKind::Produced | EdgeKind::Arrived);
                for (EdgeKey { kind, other, .. }, edge) in
                    page.edges.into_iter().filter(|(key, _)| is_event(key.kind))
                {
                    self.graph.add_event(Event { node: at, warehouse: warehouse.clone(), kind, other, edge });
                }
            }
        }
        Ok(())
    }

    /// The productions that nodes had a part in.
    async fn documents(&mut self, wants: &[(usize, EdgeWant)]) -> Result<Documents, ApiError> {
        let mut documents = Documents::new();
        for wants in wants.chunks(WANTS_A_READ) {
            if documents.len() >= DOCUMENTS_MAX {
                self.graph.truncated = true;
                break;
            }
            for (at, warehouse, page) in self.read(wants).await? {
                self.graph.truncated |= page.more;
                let of_document = |(key, edge): (EdgeKey, Edge)| {
                    Some(((warehouse.clone(), Sequence::new(key.other.parse().ok()?)), edge))
                };
                for (document, edge) in page.edges.into_iter().filter_map(of_document) {
                    documents.entry(document).or_default().push((at, edge));
                }
            }
        }
        Ok(documents)
    }

    async fn read(
        &mut self,
        wants: &[(usize, EdgeWant)],
    ) -> Result<Vec<(usize, String, EdgePage)>, ApiError> {
        let plain: Vec<EdgeWant> = wants.iter().map(|(_, want)| want.clone()).collect();
        let pages = self.engine.edges(&plain, &mut self.fresh).await?;
        let owned = wants.iter().zip(pages);
        Ok(owned.map(|((at, want), page)| (*at, want.warehouse.clone(), page)).collect())
    }

    /// The nodes on the other side of the productions, in order; some maybe several times.
    async fn follow(
        &mut self,
        documents: &Documents,
        direction: Direction,
        distance: i32,
    ) -> Result<Vec<usize>, ApiError> {
        let (_, far) = direction.edges();
        let mut next = Vec::new();
        let documents: Vec<_> = documents.iter().collect();
        for documents in documents.chunks(WANTS_A_READ) {
            if self.graph.is_full_of_links() {
                self.graph.truncated = true;
                break;
            }
            let want = |((warehouse, sequence), _): &(&(String, Sequence), &Vec<(usize, Edge)>)| {
                edges_of(far.prefix(&Node::Document(*sequence)), warehouse.clone())
            };
            let wants: Vec<EdgeWant> = documents.iter().map(want).collect();
            let pages = self.engine.edges(&wants, &mut self.fresh).await?;
            for (document, page) in documents.iter().zip(pages) {
                self.link(*document, page, (direction, distance), &mut next);
            }
        }
        Ok(next)
    }

    /// Whether there is anything on the other side of productions that are too far.
    async fn leads_on(&mut self, documents: &Documents, direction: Direction) -> Result<bool, ApiError> {
        let (_, far) = direction.edges();
        let first = |(warehouse, sequence): &(String, Sequence)| EdgeWant {
            limit: 1,
            ..edges_of(far.prefix(&Node::Document(*sequence)), warehouse.clone())
        };
        let wants: Vec<EdgeWant> = documents.keys().map(first).collect();
        for wants in wants.chunks(WANTS_A_READ) {
            let pages = self.engine.edges(wants, &mut self.fresh).await?;
            if pages.iter().any(|page| !page.edges.is_empty()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Links what a production had a part in with what is on its other side.
    fn link(
        &mut self,
        ((warehouse, sequence), near): (&(String, Sequence), &Vec<(usize, Edge)>),
        page: EdgePage,
        (direction, distance): (Direction, i32),
        next: &mut Vec<usize>,
    ) {
        self.graph.truncated |= page.more;
        for (key, edge) in page.edges {
            let Some(node) = Node::parse(&key.other) else { continue };
            let Some(there) = self.graph.place(&node, distance, self.wish.nodes_max) else { continue };
            next.push(there);
            for (here, of_here) in near {
                let (warehouse, sequence) = (warehouse.clone(), *sequence);
                let link = match direction {
                    Direction::Down => Link {
                        from: *here,
                        to: there,
                        warehouse,
                        sequence,
                        consumed: *of_here,
                        produced: edge,
                    },
                    Direction::Up => Link {
                        from: there,
                        to: *here,
                        warehouse,
                        sequence,
                        consumed: edge,
                        produced: *of_here,
                    },
                };
                self.graph.add_link(link);
            }
        }
    }
}

fn edges_of(prefix: String, warehouse: String) -> EdgeWant {
    EdgeWant { warehouse, prefix, after: String::new(), limit: EDGES_MAX }
}

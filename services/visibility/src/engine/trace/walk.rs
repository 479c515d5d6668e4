use std::collections::BTreeMap;

use rpc::ApiError;
use rustc_hash::FxHashSet;
use vocabulary::Sequence;

use super::edges::{Freshest, unknown};
use super::graph::{Event, Graph, Link};
use crate::core::{Edge, EdgeKind, Node};
use crate::engine::Engine;
use crate::store::EdgeWant;

/// Edges of one node in one warehouse that are read.
const EDGES_MAX: usize = 1000;

/// What is traced.
#[derive(Debug, Clone)]
pub(crate) struct Wish {
    pub(crate) node: Node,
    /// One or both, without one twice.
    pub(crate) directions: Vec<Direction>,
    pub(crate) levels: u32,
    pub(crate) nodes_max: usize,
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

/// A walk over the graph, level by level: a level takes a fixed number of reads, however wide it is.
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
            if left == 0 || documents.is_empty() {
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
        let (mut owners, mut wants) = (Vec::new(), Vec::new());
        for ((at, node), codes) in level.iter().zip(&nodes).zip(places) {
            owners.extend(codes.iter().map(|_| *at));
            wants.extend(codes.into_iter().map(|code| all_of(node, code)));
        }
        let pages = self.engine.edges(&wants, &mut self.fresh).await?;
        let (onward, _) = direction.edges();
        let mut documents = Documents::new();
        let is_new: FxHashSet<usize> = level.iter().copied().filter(|at| !self.told.contains(at)).collect();
        for ((at, want), page) in owners.into_iter().zip(wants).zip(pages) {
            self.graph.truncated |= page.more;
            for (key, edge) in page.edges {
                if let (true, Ok(sequence)) = (key.kind == onward, key.other.parse::<u64>()) {
                    let document = (want.warehouse.clone(), Sequence::new(sequence));
                    documents.entry(document).or_default().push((at, edge));
                }
                let is_event =
                    !matches!(key.kind, EdgeKind::Consumed | EdgeKind::Produced | EdgeKind::Arrived);
                if is_new.contains(&at) && is_event {
                    let warehouse = want.warehouse.clone();
                    self.graph.add_event(Event {
                        node: at,
                        warehouse,
                        kind: key.kind,
                        other: key.other,
                        edge,
                    });
                }
            }
        }
        self.told.extend(is_new);
        Ok(documents)
    }

    /// The nodes on the other side of the productions, in order; some maybe several times.
    async fn follow(
        &mut self,
        documents: &Documents,
        direction: Direction,
        distance: i32,
    ) -> Result<Vec<usize>, ApiError> {
        let (_, far) = direction.edges();
        let want = |(warehouse, sequence): &(String, Sequence)| EdgeWant {
            warehouse: warehouse.clone(),
            prefix: far.prefix(&Node::Document(*sequence)),
            after: String::new(),
            limit: EDGES_MAX,
        };
        let wants: Vec<EdgeWant> = documents.keys().map(want).collect();
        let pages = self.engine.edges(&wants, &mut self.fresh).await?;
        let mut next = Vec::new();
        for (((warehouse, sequence), near), page) in documents.iter().zip(pages) {
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
        Ok(next)
    }
}

fn all_of(node: &Node, warehouse: String) -> EdgeWant {
    EdgeWant { warehouse, prefix: node.to_string(), after: String::new(), limit: EDGES_MAX }
}

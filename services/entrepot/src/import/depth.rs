use vocabulary::{Quantity, QuantityOverflow};

/// How low the stock of an item falls, at any instant, while documents are posted in any order: a binary tree over its instants,
/// each node with the sum below it and the least that a running sum over it comes to.
#[derive(Debug)]
pub(super) struct Depth {
    /// From the root at 1; the children of `n` are `2n` and `2n + 1`, and the instants stand in the second half.
    nodes: Vec<Node>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    sum: Quantity,
    low: Quantity,
}

impl Depth {
    /// For so many instants, with nothing at any of them.
    pub(super) fn new(instants: usize) -> Self {
        Self { nodes: vec![Node::default(); instants.next_power_of_two().max(1) * 2] }
    }

    /// Something comes at an instant, or leaves.
    pub(super) fn add(&mut self, instant: usize, effect: Quantity) -> Result<(), QuantityOverflow> {
        let mut at = self.nodes.len() / 2 + instant;
        let sum = self.node(at).sum.checked_add(effect)?;
        self.put(at, Node { sum, low: sum });
        while at > 1 {
            at /= 2;
            let (before, after) = (self.node(at * 2), self.node(at * 2 + 1));
            let low = before.low.min(before.sum.checked_add(after.low)?);
            self.put(at, Node { sum: before.sum.checked_add(after.sum)?, low });
        }
        Ok(())
    }

    /// The least that is there after any instant.
    pub(super) fn low(&self) -> Quantity {
        self.node(1).low
    }

    fn node(&self, at: usize) -> Node {
        self.nodes.get(at).copied().unwrap_or_default()
    }

    fn put(&mut self, at: usize, node: Node) {
        if let Some(place) = self.nodes.get_mut(at) {
            *place = node;
        }
    }
}

//! A trace as a tree, for people.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proto::visibility::v1::{TraceDirection, TraceKey, TraceLink, TraceLotResponse};

use super::views::in_short;
use crate::cli::text::{number, short_name};

/// Draws the ways that were asked for, one after the other. A node that was drawn before is only named again.
pub(super) fn drawn(graph: &TraceLotResponse, direction: TraceDirection) -> String {
    let ways: &[Way] = match direction {
        TraceDirection::Up => &[Way::Up],
        TraceDirection::Down => &[Way::Down],
        TraceDirection::Both | TraceDirection::Unspecified => &[Way::Up, Way::Down],
    };
    let mut tree = Tree { graph, way: Way::Up, seen: BTreeSet::new(), text: String::new() };
    for way in ways {
        let title = if *way == Way::Up { "made of" } else { "went into" };
        tree.way = *way;
        tree.seen.clear();
        // Writing into memory does not fail.
        let _written = writeln!(tree.text, "{title}:");
        tree.node(0, "");
    }
    if graph.truncated {
        tree.text.push_str("(not all: a limit was reached; --levels and --nodes allow more)\n");
    }
    tree.text
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Up,
    Down,
}

struct Tree<'a> {
    graph: &'a TraceLotResponse,
    way: Way,
    seen: BTreeSet<u32>,
    text: String,
}

impl Tree<'_> {
    /// The node on the line that was begun, and what hangs below it.
    fn node(&mut self, at: u32, indent: &str) {
        self.text.push_str(&self.name(at));
        if !self.seen.insert(at) {
            self.text.push_str(" (see above)\n");
            return;
        }
        self.text.push('\n');
        let links: Vec<TraceLink> =
            self.graph.links.iter().filter(|link| self.near(link) == at).cloned().collect();
        let bar = if links.is_empty() { "  " } else { "│ " };
        let events = self.graph.events.iter().filter(|event| event.node == at);
        for event in events {
            let kind = short_name(event.kind().as_str_name(), "TRACE_EVENT_KIND").to_lowercase();
            let _written = writeln!(self.text, "{indent}{bar}  {kind} {}", in_short(event));
        }
        for (place, link) in links.iter().enumerate() {
            let is_last = place + 1 == links.len();
            let (corner, below) = if is_last { ("└─", "  ") } else { ("├─", "│ ") };
            let (used, made) = (number(link.consumed.clone()), number(link.produced.clone()));
            let _written =
                write!(self.text, "{indent}{corner} {}-{} {used} > {made} ", link.warehouse, link.sequence);
            self.node(self.far(link), &format!("{indent}{below} "));
        }
    }

    fn near(&self, link: &TraceLink) -> u32 {
        if self.way == Way::Up { link.to_node } else { link.from_node }
    }

    fn far(&self, link: &TraceLink) -> u32 {
        if self.way == Way::Up { link.from_node } else { link.to_node }
    }

    fn name(&self, at: u32) -> String {
        let node = usize::try_from(at).ok().and_then(|at| self.graph.nodes.get(at));
        let TraceKey { sku, lot, serial } = node.and_then(|node| node.key.clone()).unwrap_or_default();
        if serial.is_empty() { format!("{sku} lot {lot}") } else { format!("{sku} serial {serial}") }
    }
}

#[cfg(test)]
mod tests {
    use proto::common::v1::Decimal;
    use proto::visibility::v1::{TraceEvent, TraceEventKind, TraceNode};

    use super::*;

    fn amount(text: &str) -> Option<Decimal> {
        Some(Decimal { value: text.into() })
    }

    #[test]
    fn a_node_is_drawn_once() {
        let node = |lot: &str| TraceNode {
            key: Some(TraceKey { sku: "L".into(), lot: lot.into(), ..TraceKey::default() }),
            level: 0,
        };
        let link = |from_node, to_node, sequence| TraceLink {
            from_node,
            to_node,
            sequence,
            warehouse: "BER".into(),
            consumed: amount("2"),
            produced: amount("1"),
            at: None,
        };
        let held = TraceEvent {
            kind: TraceEventKind::Held.into(),
            warehouse: "BER".into(),
            status: "available".into(),
            quantity: amount("3"),
            ..TraceEvent::default()
        };
        // Of A come B and C, and of both of these D.
        let graph = TraceLotResponse {
            nodes: ["A", "B", "C", "D"].map(node).into(),
            events: vec![held.clone(), TraceEvent { node: 3, ..held }],
            links: vec![link(0, 1, 2), link(0, 2, 2), link(1, 3, 3), link(2, 3, 3)],
            truncated: false,
            freshness: vec![],
        };
        let expected = "went into:
L lot A
│   held available 3 BER
├─ BER-2 2 > 1 L lot B
│  └─ BER-3 2 > 1 L lot D
│         held available 3 BER
└─ BER-2 2 > 1 L lot C
   └─ BER-3 2 > 1 L lot D (see above)
";
        assert_eq!(drawn(&graph, TraceDirection::Down), expected);
        assert_eq!(drawn(&graph, TraceDirection::Up), "made of:\nL lot A\n    held available 3 BER\n");
    }
}

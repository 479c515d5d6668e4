use std::fmt;

use vocabulary::{LotCode, Sequence, SerialNumber, Sku};

/// Goes between the parts of a key. No code contains it.
const BETWEEN: char = '\0';

/// What has a trace.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Node {
    /// A lot of an item, wherever it is.
    Lot(Sku, LotCode),
    /// A unit of an item, wherever it is.
    Unit(Sku, SerialNumber),
    /// A production document: the journal entry of its warehouse.
    Document(Sequence),
}

/// What an edge tells of its node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EdgeKind {
    /// On hand now; the other side is the status.
    Held,
    /// A unit that is here now: the first and only sum is of its arrival, and its times are those of recording. Its status may change since.
    Arrived,
    /// From a supplier; the other side is them.
    Received,
    /// To a customer; the other side is them.
    Issued,
    /// Back from a customer; the other side is them.
    Returned,
    /// A correction upwards.
    Found,
    /// A correction downwards.
    Lost,
    /// Inside a warehouse.
    Moved,
    /// Used up by a production document; the other side is its sequence.
    Consumed,
    /// Made by a production document; the other side is its sequence.
    Produced,
    /// Came in another way; the other side is the place.
    CameFrom,
    /// Left in another way; the other side is the place.
    WentTo,
    /// Of a document: what it used up; the other side is the node.
    Took,
    /// Of a document: what it made; the other side is the node.
    Made,
}

/// The key of an edge.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeKey {
    /// Whose edge it is.
    pub node: Node,
    /// What it tells.
    pub kind: EdgeKind,
    /// Of whom, or of what; may be empty.
    pub other: String,
}

impl Node {
    /// Reads what `Display` writes; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (node, rest) = Self::split(text)?;
        rest.is_empty().then_some(node)
    }

    /// The node at the start of a key, and what follows it.
    fn split(text: &str) -> Option<(Self, &str)> {
        let (kind, rest) = text.split_once(BETWEEN)?;
        let (first, rest) = rest.split_once(BETWEEN)?;
        if kind == "D" {
            return Some((Self::Document(Sequence::new(first.parse().ok()?)), rest));
        }
        let sku = Sku::parse(first).ok()?;
        let (second, rest) = rest.split_once(BETWEEN)?;
        match kind {
            "L" => Some((Self::Lot(sku, LotCode::parse(second).ok()?), rest)),
            "S" => Some((Self::Unit(sku, SerialNumber::parse(second).ok()?), rest)),
            _ => None,
        }
    }
}

impl fmt::Display for Node {
    /// Ends in the separator: what begins so is of this node.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lot(sku, lot) => write!(f, "L{BETWEEN}{sku}{BETWEEN}{lot}{BETWEEN}"),
            Self::Unit(sku, serial) => write!(f, "S{BETWEEN}{sku}{BETWEEN}{serial}{BETWEEN}"),
            Self::Document(sequence) => write!(f, "D{BETWEEN}{sequence}{BETWEEN}"),
        }
    }
}

impl EdgeKind {
    const ALL: [Self; 14] = [
        Self::Held,
        Self::Arrived,
        Self::Received,
        Self::Issued,
        Self::Returned,
        Self::Found,
        Self::Lost,
        Self::Moved,
        Self::Consumed,
        Self::Produced,
        Self::CameFrom,
        Self::WentTo,
        Self::Took,
        Self::Made,
    ];

    /// As it is written in keys. What is held comes first, and then where it came from, so that a reader who takes only the first edges
    /// of a node has it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Held => "0held",
            Self::Arrived => "arrived",
            Self::Received => "1received",
            Self::Issued => "issued",
            Self::Returned => "returned",
            Self::Found => "found",
            Self::Lost => "lost",
            Self::Moved => "moved",
            Self::Consumed => "consumed",
            Self::Produced => "produced",
            Self::CameFrom => "came",
            Self::WentTo => "went",
            Self::Took => "took",
            Self::Made => "made",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text)
    }

    /// What every key of a node's edges of this kind begins with.
    pub fn prefix(self, node: &Node) -> String {
        format!("{node}{}{BETWEEN}", self.as_str())
    }
}

impl EdgeKey {
    /// Reads what `Display` writes; `None` for anything else.
    pub fn parse(text: &str) -> Option<Self> {
        let (node, rest) = Node::split(text)?;
        let (kind, other) = rest.split_once(BETWEEN)?;
        Some(Self { node, kind: EdgeKind::parse(kind)?, other: other.to_owned() })
    }
}

impl fmt::Display for EdgeKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{BETWEEN}{}", self.node, self.kind.as_str(), self.other)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_read_back_and_sort_by_node() {
        let sku = Sku::parse("white hanging heart").unwrap();
        let lot = Node::Lot(sku.clone(), LotCode::parse("A/7").unwrap());
        let unit = Node::Unit(sku, SerialNumber::parse("1").unwrap());
        let document = Node::Document(Sequence::new(12));
        for node in [&lot, &unit, &document] {
            assert_eq!(Node::parse(&node.to_string()).as_ref(), Some(node));
            for kind in EdgeKind::ALL {
                for other in ["", "ACME", &lot.to_string()] {
                    let key = EdgeKey { node: node.clone(), kind, other: other.to_owned() };
                    let text = key.to_string();
                    assert!(text.starts_with(&kind.prefix(node)), "{text:?}");
                    assert_eq!(EdgeKey::parse(&text), Some(key));
                }
            }
        }
        for text in ["", "L\0A", "X\0A\0B\0held\0", "L\0A\0a b\0held\0", "D\0x\0took\0", "L\0A\0B\0none\0"] {
            assert_eq!(EdgeKey::parse(text), None, "{text:?}");
        }
    }
}

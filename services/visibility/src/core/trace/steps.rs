use proto::events::v1::fact::Fact as Kind;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{JournalEntry, Moved, MovementKind};
use vocabulary::{Invalid, LotCode, Sequence, SerialNumber, Sku, Timestamp};

use super::{Edge, EdgeKey, EdgeKind, Node};
use crate::core::Total;

/// What one movement adds to an edge.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Step {
    /// Which edge.
    pub key: EdgeKey,
    /// What is added; negative where something that was held is not any more.
    pub edge: Edge,
}

/// Everything that an entry adds to the traces of lots and units, in the order of its facts. Nothing for goods that are not told
/// apart.
///
/// # Errors
/// [`Invalid`] for a code or a quantity that its type does not allow.
pub fn steps(entry: &JournalEntry) -> Result<Vec<Step>, Invalid> {
    let mut steps = Vec::new();
    let Some(Outcome::Posted(posted)) = &entry.outcome else { return Ok(steps) };
    for fact in &posted.facts {
        let Some(Kind::Moved(moved)) = &fact.fact else { continue };
        if !moved.lot.is_empty() || !moved.serials.is_empty() {
            Movement::of(entry, moved)?.add_to(&mut steps)?;
        }
    }
    Ok(steps)
}

/// A movement of goods that are told apart.
struct Movement<'a> {
    moved: &'a Moved,
    reference: &'a str,
    sequence: Sequence,
    at: Timestamp,
    recorded_at: Timestamp,
    quantity: Total,
}

impl<'a> Movement<'a> {
    fn of(entry: &'a JournalEntry, moved: &'a Moved) -> Result<Self, Invalid> {
        Ok(Self {
            moved,
            reference: &entry.reference,
            sequence: Sequence::new(entry.sequence),
            at: Timestamp::from_micros(entry.effective_at_micros)?,
            recorded_at: Timestamp::from_micros(entry.recorded_at_micros)?,
            quantity: Total::parse(moved.quantity.as_ref().map_or("", |d| d.value.as_str()))?,
        })
    }

    fn add_to(&self, steps: &mut Vec<Step>) -> Result<(), Invalid> {
        let sku = Sku::parse(&self.moved.sku)?;
        if self.moved.serials.is_empty() {
            let node = Node::Lot(sku, LotCode::parse(&self.moved.lot)?);
            self.add(steps, &node, self.quantity);
            return Ok(());
        }
        for serial in &self.moved.serials {
            let node = Node::Unit(sku.clone(), SerialNumber::parse(serial)?);
            self.add(steps, &node, Total::ONE);
        }
        Ok(())
    }

    fn add(&self, steps: &mut Vec<Step>, node: &Node, quantity: Total) {
        if self.moved.from_virtual != self.moved.to_virtual && matches!(node, Node::Unit(..)) {
            let quantity = if self.moved.to_virtual { quantity.negated() } else { quantity };
            let key = EdgeKey { node: node.clone(), kind: EdgeKind::Arrived, other: String::new() };
            steps.push(Step { key, edge: Edge::one(quantity, self.sequence, self.recorded_at) });
        }
        let mut put = |node: &Node, kind, other: String, quantity| {
            let key = EdgeKey { node: node.clone(), kind, other };
            steps.push(Step { key, edge: Edge::one(quantity, self.sequence, self.at) });
        };
        let held = |is_virtual: bool, status: &str| {
            (!is_virtual).then(|| if status.is_empty() { "available".to_owned() } else { status.to_owned() })
        };
        let from = held(self.moved.from_virtual, &self.moved.from_status);
        let to = held(self.moved.to_virtual, &self.moved.to_status);
        if from != to {
            from.into_iter().for_each(|status| put(node, EdgeKind::Held, status, quantity.negated()));
            to.into_iter().for_each(|status| put(node, EdgeKind::Held, status, quantity));
        }
        let Some((kind, other)) = self.event() else { return };
        put(node, kind, other, quantity);
        let document = Node::Document(self.sequence);
        if kind == EdgeKind::Consumed {
            put(&document, EdgeKind::Took, node.to_string(), quantity);
        } else if kind == EdgeKind::Produced {
            put(&document, EdgeKind::Made, node.to_string(), quantity);
        }
    }

    /// What happened, and with whom; `None` when only the status, the owner or the handling unit changed.
    fn event(&self) -> Option<(EdgeKind, String)> {
        let moved = self.moved;
        let document = || self.sequence.to_string();
        Some(match moved.kind() {
            MovementKind::Receipt => (EdgeKind::Received, self.partner()),
            MovementKind::Issue | MovementKind::Fulfilment => (EdgeKind::Issued, self.partner()),
            MovementKind::Return => (EdgeKind::Returned, self.partner()),
            MovementKind::Consumption => (EdgeKind::Consumed, document()),
            MovementKind::Production => (EdgeKind::Produced, document()),
            MovementKind::Adjustment if moved.from_virtual => (EdgeKind::Found, String::new()),
            MovementKind::Adjustment => (EdgeKind::Lost, String::new()),
            MovementKind::StatusChange | MovementKind::OwnerChange | MovementKind::Repack => return None,
            // Kinds of a newer writer are told by their places, and so is what was taken back: what happened first stays in the trace.
            MovementKind::Move | MovementKind::Reversal | MovementKind::Usage | MovementKind::Unspecified => {
                match (moved.from_virtual, moved.to_virtual) {
                    // A change of status, owner or handling unit was taken back.
                    (false, false) if moved.from_location == moved.to_location => return None,
                    (false, false) => (EdgeKind::Moved, String::new()),
                    (true, _) => (EdgeKind::CameFrom, moved.from_location.clone()),
                    (false, true) => (EdgeKind::WentTo, moved.to_location.clone()),
                }
            }
        })
    }

    /// Who gave or got them. When nobody said, the caller's own reference (an order number, maybe) stands in, behind a `#`, which
    /// no party has.
    fn partner(&self) -> String {
        match (self.moved.partner.as_str(), self.reference) {
            ("", "") => String::new(),
            ("", reference) => format!("#{reference}"),
            (partner, _) => partner.to_owned(),
        }
    }
}

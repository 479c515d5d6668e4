use std::collections::{BTreeMap, BTreeSet};

use proto::events::v1::fact::Fact as Kind;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{Fact, JournalEntry, Moved, Released, Reserved};
use rustc_hash::FxHashMap;
use thiserror::Error;
use vocabulary::{Invalid, ReservationId, Sequence, Sku, Timestamp};

use super::total::TotalOverflow;
use super::{Book, Edge, EdgeKey, EdgeKind, Head, Node, Open, Step, Total, Value, steps};

/// An entry that contradicts the journal before it, or says nothing that this version understands.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum Malformed {
    /// Sequences start at 1.
    #[error("the entry has no sequence")]
    NoSequence,
    /// No outcome, or one that a newer writer knows.
    #[error("the entry has no outcome that this version knows: upgrade the reader before the writer")]
    UnknownOutcome,
    /// A fact that a newer writer knows.
    #[error("line {line} has no fact that this version knows: upgrade the reader before the writer")]
    UnknownFact {
        /// The document's line.
        line: u32,
    },
    /// The end of a reservation that is not open.
    #[error("reservation {id} is released but was not open")]
    NotReserved {
        /// The reservation.
        id: ReservationId,
    },
    /// More released than was left.
    #[error("reservation {id} is released beyond what it held")]
    ReleasedBeyond {
        /// The reservation.
        id: ReservationId,
    },
    /// Two reservations with one id.
    #[error("reservation {id} was made twice")]
    ReservedTwice {
        /// The reservation.
        id: ReservationId,
    },
    /// A code, quantity or time that its type does not allow.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// A sum out of the exact range.
    #[error(transparent)]
    Overflow(#[from] TotalOverflow),
}

/// What one entry changes: at most one value an item, however many lines it had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The head after it.
    pub head: Head,
    /// The values after it, in the order the items first appear.
    pub values: Vec<Touched>,
    /// The reservations after it; `None` is closed.
    pub reservations: BTreeMap<ReservationId, Option<Open>>,
    /// The edges of traces after it, by their keys as text; `None` is nothing any more.
    pub edges: BTreeMap<String, Option<Edge>>,
    /// Lots and units of which something is held from now on as it was not before.
    pub arrived: BTreeSet<Node>,
}

/// An item whose value an entry changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched {
    /// The item.
    pub sku: Sku,
    /// Its value after the entry.
    pub value: Value,
    /// Whether the warehouse never held it before.
    pub is_new: bool,
}

impl Effect {
    /// Units that are held no more as they were.
    pub fn left(&self) -> impl Iterator<Item = Node> {
        let gone = self.edges.iter().filter(|(_, edge)| edge.is_none());
        let held = gone.filter_map(|(key, _)| EdgeKey::parse(key)).filter(|key| key.kind == EdgeKind::Held);
        held.map(|key| key.node).filter(|node| matches!(node, Node::Unit(..)))
    }

    /// Computes what `entry` does to `book`, which stands just before it.
    ///
    /// # Errors
    /// [`Malformed`] when the two do not fit together.
    pub fn of(book: &Book, entry: &JournalEntry) -> Result<Self, Malformed> {
        let head = Head {
            sequence: Sequence::new(entry.sequence),
            recorded_at: Timestamp::from_micros(entry.recorded_at_micros)?,
        };
        let mut draft = Draft::new(book, head);
        match &entry.outcome {
            Some(Outcome::Posted(posted)) => posted.facts.iter().try_for_each(|fact| draft.fact(fact))?,
            Some(Outcome::Rejected(_)) => {}
            None => return Err(Malformed::UnknownOutcome),
        }
        steps(entry)?.into_iter().try_for_each(|step| draft.step(&step))?;
        Ok(draft.effect)
    }
}

/// The keys of the edges that `entry` changes, as text, so that a caller can load just these into a [`Book`]. An entry that cannot
/// be read changes none.
pub fn touched_edges(entry: &JournalEntry) -> BTreeSet<String> {
    steps(entry).unwrap_or_default().into_iter().map(|step| step.key.to_string()).collect()
}

/// The items and reservations that `entry` names, so that a caller can load just these into a [`Book`].
pub fn touched(entry: &JournalEntry) -> (BTreeSet<&str>, BTreeSet<ReservationId>) {
    let (mut skus, mut released) = (BTreeSet::new(), BTreeSet::new());
    let facts = match &entry.outcome {
        Some(Outcome::Posted(posted)) => posted.facts.as_slice(),
        Some(Outcome::Rejected(_)) | None => &[],
    };
    for fact in facts {
        match &fact.fact {
            Some(Kind::Moved(moved)) => drop(skus.insert(moved.sku.as_str())),
            Some(Kind::Reserved(reserved)) => drop(skus.insert(reserved.sku.as_str())),
            Some(Kind::Released(end)) => drop(released.insert(reservation_of(end))),
            Some(Kind::LotRecorded(_) | Kind::RuleSet(_) | Kind::Locked(_) | Kind::LockPassed(_)) | None => {}
            Some(Kind::NumberRangeSet(_) | Kind::HandlingUnitOpened(_) | Kind::HandlingUnitNested(_)) => {}
            Some(Kind::HandlingUnitMoved(_) | Kind::HandlingUnitClosed(_)) => {}
        }
    }
    (skus, released)
}

/// An effect being built over a book that stays untouched until all of it is known to be right.
struct Draft<'a> {
    book: &'a Book,
    index: FxHashMap<Sku, usize>,
    effect: Effect,
}

impl<'a> Draft<'a> {
    fn new(book: &'a Book, head: Head) -> Self {
        let (values, reservations, edges, arrived) = Default::default();
        let effect = Effect { head, values, reservations, edges, arrived };
        Self { book, index: FxHashMap::default(), effect }
    }

    fn fact(&mut self, fact: &Fact) -> Result<(), Malformed> {
        match &fact.fact {
            Some(Kind::Moved(moved)) => self.moved(moved),
            Some(Kind::Reserved(reserved)) => self.reserved(fact.line, reserved),
            Some(Kind::Released(released)) => self.released(released),
            Some(Kind::LotRecorded(_) | Kind::RuleSet(_) | Kind::Locked(_) | Kind::LockPassed(_)) => Ok(()),
            // The goods in handling units have movements of their own.
            Some(Kind::NumberRangeSet(_) | Kind::HandlingUnitOpened(_) | Kind::HandlingUnitNested(_)) => {
                Ok(())
            }
            Some(Kind::HandlingUnitMoved(_) | Kind::HandlingUnitClosed(_)) => Ok(()),
            None => Err(Malformed::UnknownFact { line: fact.line }),
        }
    }

    /// Only what crosses the warehouse's border, or starts or ends to be available and our own, changes the sum over its real
    /// locations.
    fn moved(&mut self, moved: &Moved) -> Result<(), Malformed> {
        let quantity = quantity(moved.quantity.as_ref())?;
        // Empty means available, and our own.
        let from_counts = moved.from_status.is_empty() && moved.from_owner.is_empty();
        let to_counts = moved.to_status.is_empty() && moved.to_owner.is_empty();
        match (moved.from_virtual || !from_counts, moved.to_virtual || !to_counts) {
            (true, false) => {
                let value = self.value(&moved.sku)?;
                value.on_hand = value.on_hand.checked_add(quantity)?;
            }
            (false, true) => {
                let value = self.value(&moved.sku)?;
                value.on_hand = value.on_hand.checked_sub(quantity)?;
            }
            (false, false) | (true, true) => {}
        }
        Ok(())
    }

    fn reserved(&mut self, line: u32, reserved: &Reserved) -> Result<(), Malformed> {
        let quantity = quantity(reserved.quantity.as_ref())?;
        let value = self.value(&reserved.sku)?;
        value.reserved = value.reserved.checked_add(quantity)?;
        let id = ReservationId { sequence: self.effect.head.sequence, line };
        let mut open = Open { sku: Sku::parse(&reserved.sku)?, remaining: quantity };
        match self.effect.reservations.get(&id) {
            None => {}
            // A reservation over several lots or locations has a fact for each.
            Some(Some(before)) if before.sku == open.sku => {
                open.remaining = open.remaining.checked_add(before.remaining)?;
            }
            Some(_) => return Err(Malformed::ReservedTwice { id }),
        }
        self.effect.reservations.insert(id, Some(open));
        Ok(())
    }

    fn released(&mut self, released: &Released) -> Result<(), Malformed> {
        let quantity = quantity(released.quantity.as_ref())?;
        let id = reservation_of(released);
        let open = match self.effect.reservations.get(&id) {
            Some(open) => open.clone(),
            None => self.book.open(id).cloned(),
        };
        let Open { sku, remaining } = open.ok_or(Malformed::NotReserved { id })?;
        let remaining = remaining.checked_sub(quantity)?;
        if remaining.is_negative() {
            return Err(Malformed::ReleasedBeyond { id });
        }
        let value = self.value(sku.as_str())?;
        value.reserved = value.reserved.checked_sub(quantity)?;
        let left = (!remaining.is_zero()).then_some(Open { sku, remaining });
        self.effect.reservations.insert(id, left);
        Ok(())
    }

    /// What is held of nothing is forgotten; everything else adds up for ever.
    fn step(&mut self, step: &Step) -> Result<(), Malformed> {
        let key = step.key.to_string();
        let before = self.effect.edges.get(&key).copied().unwrap_or_else(|| self.book.edge(&key));
        let after = before.map_or(Ok(step.edge), |edge| edge.and(step.edge))?;
        if before.is_none() && step.key.kind == EdgeKind::Held {
            self.effect.arrived.insert(step.key.node.clone());
        }
        self.effect.edges.insert(key, (!after.quantity.is_zero()).then_some(after));
        Ok(())
    }

    /// The item's value as this entry has left it so far.
    fn value(&mut self, sku: &str) -> Result<&mut Value, Malformed> {
        let at = match self.index.get(sku) {
            Some(at) => *at,
            None => self.touch(sku)?,
        };
        Ok(&mut self.effect.values[at].value)
    }

    fn touch(&mut self, sku: &str) -> Result<usize, Malformed> {
        let touched = match self.book.entry(sku) {
            Some((sku, value)) => Touched { sku: sku.clone(), value, is_new: false },
            None => Touched { sku: Sku::parse(sku)?, value: Value::ZERO, is_new: true },
        };
        let at = self.effect.values.len();
        self.index.insert(touched.sku.clone(), at);
        self.effect.values.push(touched);
        Ok(at)
    }
}

fn quantity(decimal: Option<&proto::common::v1::Decimal>) -> Result<Total, Malformed> {
    Ok(Total::parse(decimal.map_or("", |d| d.value.as_str()))?)
}

const fn reservation_of(released: &Released) -> ReservationId {
    ReservationId { sequence: Sequence::new(released.reservation_sequence), line: released.reservation_line }
}

use std::collections::{BTreeMap, BTreeSet};

use proto::events::v1::fact::Fact as Kind;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{Fact, JournalEntry, Moved, Released, Reserved};
use rustc_hash::FxHashMap;
use thiserror::Error;
use vocabulary::{
    ChannelCode, Invalid, Owner, PartyCode, ReservationId, Sequence, Sku, StockStatus, Timestamp,
};

use super::total::TotalOverflow;
use super::{
    AlertKind, Book, Detail, Edge, EdgeKey, EdgeKind, Head, LotState, Node, Open, OpenTerms, Step, Total,
    Value, steps,
};

mod alerts;
mod expected;
mod slices;
mod touches;

pub use touches::{Promised, Touches, touched_edges};

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
    /// More came or went of what was expected than was.
    #[error("line {line} takes more from what is expected of {sku} than there is")]
    NotExpected {
        /// The document's line.
        line: u32,
        /// The item.
        sku: Sku,
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
    /// The slices after it, by their keys as text; `None` is nothing any more.
    pub slices: BTreeMap<String, Option<Value>>,
    /// The details of items after it; an empty one need not be kept.
    pub details: BTreeMap<Sku, Detail>,
    /// Lots that have a date after it, by their keys as text.
    pub lots: BTreeMap<String, LotState>,
    /// What changed since they were watched at the positions that are, by their keys as text; of those with zero nothing need be kept.
    pub positions: BTreeMap<String, Total>,
    /// The alerts after it, by their keys as text, with what they are about; `None` is none any more.
    pub alerts: BTreeMap<String, Option<Total>>,
    /// The kinds of which an alert came or went.
    pub alerts_differ: BTreeSet<AlertKind>,
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
            statuses: book.head().statuses,
        };
        let mut draft = Draft::new(book, head);
        match &entry.outcome {
            Some(Outcome::Posted(posted)) => {
                let mut rest = posted.facts.iter().peekable();
                while let Some(fact) = rest.next() {
                    draft.fact(fact, rest.peek().copied())?;
                }
            }
            Some(Outcome::Rejected(_)) => {}
            None => return Err(Malformed::UnknownOutcome),
        }
        steps(entry)?.into_iter().try_for_each(|step| draft.step(&step))?;
        draft.minimums()?;
        Ok(draft.effect)
    }
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
        let (slices, details, lots, positions) = Default::default();
        let (alerts, alerts_differ) = Default::default();
        let effect = Effect {
            head,
            values,
            reservations,
            slices,
            details,
            lots,
            positions,
            alerts,
            alerts_differ,
            edges,
            arrived,
        };
        Self { book, index: FxHashMap::default(), effect }
    }

    fn fact(&mut self, fact: &Fact, next: Option<&Fact>) -> Result<(), Malformed> {
        match &fact.fact {
            Some(Kind::Moved(moved)) => self.moved(moved),
            Some(Kind::Reserved(reserved)) => self.reserved(fact.line, reserved),
            Some(Kind::Released(released)) => self.released(fact.line, released, next),
            Some(Kind::RuleSet(set)) => self.rule_set(fact.line, set),
            Some(Kind::LotRecorded(recorded)) => self.lot_recorded(recorded),
            Some(Kind::Locked(_) | Kind::LockPassed(_)) => Ok(()),
            // The goods in handling units have movements of their own.
            Some(Kind::NumberRangeSet(_) | Kind::HandlingUnitOpened(_) | Kind::HandlingUnitNested(_)) => {
                Ok(())
            }
            Some(Kind::HandlingUnitMoved(_) | Kind::HandlingUnitClosed(_)) => Ok(()),
            // Promised are as many as before, of the same goods.
            Some(Kind::PromiseMoved(_)) => Ok(()),
            // What came of a delivery, and what is expected of it, has facts of its own.
            Some(Kind::DeliveryChanged(_)) => Ok(()),
            // What a count found to differ is moved by adjustments.
            Some(
                Kind::CountChanged(_)
                | Kind::OrderChanged(_)
                | Kind::TaskChanged(_)
                | Kind::ProductionChanged(_),
            ) => Ok(()),
            Some(
                expected @ (Kind::ExpectationSet(_) | Kind::ExpectationMet(_) | Kind::ExpectationReopened(_)),
            ) => self.expectation(fact.line, expected),
            None => Err(Malformed::UnknownFact { line: fact.line }),
        }
    }

    /// Only what crosses the warehouse's border, or starts or ends to be available and our own, changes the sum over its real
    /// locations.
    fn moved(&mut self, moved: &Moved) -> Result<(), Malformed> {
        let quantity = quantity(moved.quantity.as_ref())?;
        self.positions_moved(moved, quantity)?;
        let from_counts = self.counts(&moved.from_status, &moved.from_owner)?;
        let to_counts = self.counts(&moved.to_status, &moved.to_owner)?;
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
        self.slices_moved(moved)
    }

    fn reserved(&mut self, line: u32, reserved: &Reserved) -> Result<(), Malformed> {
        let quantity = quantity(reserved.quantity.as_ref())?;
        let value = self.value(&reserved.sku)?;
        value.reserved = value.reserved.checked_add(quantity)?;
        let id = ReservationId { sequence: self.effect.head.sequence, line };
        let terms = terms(reserved)?;
        let mut open = Open { sku: Sku::parse(&reserved.sku)?, remaining: quantity, terms };
        let before = self.effect.reservations.get(&id).cloned();
        match &before {
            None => {}
            // A reservation over several lots or locations has a fact for each.
            Some(Some(before)) if before.sku == open.sku => {
                open.remaining = open.remaining.checked_add(before.remaining)?;
            }
            Some(_) => return Err(Malformed::ReservedTwice { id }),
        }
        self.promise_turned(id, before.flatten().as_ref(), Some(&open));
        self.effect.reservations.insert(id, Some(open));
        self.slice_reserved(reserved)
    }

    fn released(&mut self, line: u32, released: &Released, next: Option<&Fact>) -> Result<(), Malformed> {
        let quantity = quantity(released.quantity.as_ref())?;
        let id = reservation_of(released);
        let open = match self.effect.reservations.get(&id) {
            Some(open) => open.clone(),
            None => self.book.open(id).cloned(),
        };
        let before = open.ok_or(Malformed::NotReserved { id })?;
        let Open { sku, remaining, terms } = before.clone();
        let remaining = remaining.checked_sub(quantity)?;
        if remaining.is_negative() {
            return Err(Malformed::ReleasedBeyond { id });
        }
        let value = self.value(sku.as_str())?;
        value.reserved = value.reserved.checked_sub(quantity)?;
        self.slice_released((&sku, terms.as_deref()), (line, released), next)?;
        let left = (!remaining.is_zero()).then_some(Open { sku, remaining, terms });
        self.promise_turned(id, Some(&before), left.as_ref());
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

    /// Whether goods count as available; "" means available, and our own.
    fn counts(&self, status: &str, owner: &str) -> Result<bool, Malformed> {
        if status.is_empty() && owner.is_empty() {
            return Ok(true);
        }
        let (status, owner) = (StockStatus::parse(status)?, Owner::parse(owner)?);
        Ok(self.effect.head.statuses.count(status, &owner))
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

fn terms(reserved: &Reserved) -> Result<Option<Box<OpenTerms>>, Malformed> {
    if reserved.channel.is_empty() && reserved.expires_at_micros == 0 {
        return Ok(None);
    }
    let channel =
        (!reserved.channel.is_empty()).then(|| ChannelCode::parse(&reserved.channel)).transpose()?;
    let expires_at = match reserved.expires_at_micros {
        0 => None,
        micros => Some(Timestamp::from_micros(micros)?),
    };
    let holder = (!reserved.holder.is_empty()).then(|| PartyCode::parse(&reserved.holder)).transpose()?;
    Ok(Some(Box::new(OpenTerms { channel, expires_at, holder })))
}

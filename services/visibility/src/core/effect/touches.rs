//! What an entry names, before it is computed what it does.

use std::collections::{BTreeMap, BTreeSet};

use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{JournalEntry, Reserved};
use vocabulary::{Invalid, ReservationId, Sku};

use super::{Kind, expected, reservation_of, slices};
use crate::core::{Place, Slice, steps};

/// The keys of the edges that `entry` changes, as text, so that a caller can load just these into a [`Book`]. An entry that cannot
/// be read changes none.
pub fn touched_edges(entry: &JournalEntry) -> BTreeSet<String> {
    steps(entry).unwrap_or_default().into_iter().map(|step| step.key.to_string()).collect()
}

/// Goods of an item that a promise is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Promised<'a> {
    /// Their lot; "" is none.
    pub lot: &'a str,
    /// Their status; "" is available.
    pub status: &'a str,
}

impl<'a> Promised<'a> {
    fn of(reserved: &'a Reserved) -> Self {
        Self { lot: &reserved.lot, status: &reserved.status }
    }

    /// The slice they are in.
    ///
    /// # Errors
    /// [`Invalid`] for a code that its type does not allow.
    pub fn slice(self, sku: Sku) -> Result<Slice, Invalid> {
        Slice::own(sku, self.lot, self.status)
    }
}

/// What an entry names, so that a caller can load just this into a [`Book`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Touches<'a> {
    /// Items whose values and details it may change.
    pub skus: BTreeSet<&'a str>,
    /// Slices that it may change, by their keys as text.
    pub slices: BTreeSet<String>,
    /// Lots of which something comes or goes, by their keys as text.
    pub lots: BTreeSet<String>,
    /// Where plain goods come or go.
    pub places: BTreeSet<Place<'a>>,
    /// Items whose policy lets them go below zero.
    pub may_lack: BTreeSet<&'a str>,
    /// Reservations that it ends, or a part of them, each with its goods; their items are to be found with them.
    pub released: BTreeMap<ReservationId, BTreeSet<Promised<'a>>>,
}

impl<'a> Touches<'a> {
    /// Adds what `entry` names. An entry that cannot be read names less.
    pub fn add(&mut self, entry: &'a JournalEntry) {
        let facts = match &entry.outcome {
            Some(Outcome::Posted(posted)) => posted.facts.as_slice(),
            Some(Outcome::Rejected(_)) | None => &[],
        };
        facts.iter().filter_map(|fact| fact.fact.as_ref()).for_each(|fact| self.add_fact(fact));
    }

    fn add_fact(&mut self, fact: &'a Kind) {
        match fact {
            Kind::Moved(moved) => {
                self.skus.insert(moved.sku.as_str());
                let slices = Slice::moved(moved).unwrap_or_default();
                for slice in slices.into_iter().flatten() {
                    self.slices.insert(slice.to_string());
                    self.lots.extend(slice.lot.is_some().then(|| slice.lot_key()));
                }
                self.places.extend(Place::plain_of(moved).into_iter().flatten());
                self.may_lack.extend(moved.negative_allowed.then_some(moved.sku.as_str()));
            }
            Kind::Reserved(reserved) => {
                self.skus.insert(reserved.sku.as_str());
                let sku = Sku::parse(&reserved.sku).ok();
                let slice = sku.and_then(|sku| Promised::of(reserved).slice(sku).ok());
                self.slices.extend(slice.filter(|slice| !slice.is_plain()).map(|slice| slice.to_string()));
            }
            Kind::Released(end) => {
                self.released
                    .entry(reservation_of(end))
                    .or_default()
                    .insert(Promised { lot: &end.lot, status: &end.status });
            }
            Kind::RuleSet(set) => self.skus.extend(set.rule.as_ref().and_then(slices::rule_sku)),
            Kind::LotRecorded(recorded) => {
                let sku = Sku::parse(&recorded.sku).ok();
                let slice = sku.and_then(|sku| Slice::own(sku, &recorded.lot, "").ok());
                self.lots.extend(slice.map(|slice| slice.lot_key()));
            }
            Kind::Locked(_) | Kind::LockPassed(_) | Kind::PromiseMoved(_) => {}
            Kind::NumberRangeSet(_) | Kind::HandlingUnitOpened(_) | Kind::HandlingUnitNested(_) => {}
            Kind::HandlingUnitMoved(_) | Kind::HandlingUnitClosed(_) | Kind::DeliveryChanged(_) => {}
            Kind::CountChanged(_)
            | Kind::OrderChanged(_)
            | Kind::TaskChanged(_)
            | Kind::ProductionChanged(_) => {}
            Kind::ExpectationSet(_) | Kind::ExpectationMet(_) | Kind::ExpectationReopened(_) => {
                self.skus.extend(expected::sku(fact));
            }
        }
    }
}

//! Promises that a handling unit fulfils when it leaves.

use std::collections::{BTreeMap, BTreeSet};

use laws::NegativeStock;
use vocabulary::{LocationCode, Quantity, ReservationId, SerialNumber, Sku, Sscc};

use super::Shipment;
use super::judge::KindOfGoods;
use super::unit::Content;
use crate::draft::Draft;
use crate::release::{self, Ending, Way};
use crate::rules::plus;
use crate::weight::Scale;
use crate::{Fact, Holding, Rejection, Reservation, ReservedPart};

/// A unit that leaves, with promises that its goods fulfil.
pub(super) struct Promised<'a> {
    pub(super) line: u32,
    pub(super) unit: Sscc,
    pub(super) at: &'a LocationCode,
    pub(super) shipment: &'a Shipment,
}

impl Promised<'_> {
    /// Fulfils the promises, each as far as its goods are in the unit, and gives the goods that are left.
    pub(super) fn fulfil(
        &self,
        draft: &mut Draft<'_>,
        mut goods: Vec<(Sscc, KindOfGoods)>,
        facts: &mut Vec<Fact>,
    ) -> Result<Vec<(Sscc, KindOfGoods)>, Rejection> {
        let (mut seen, mut given): (_, BTreeMap<Sku, Quantity>) = (BTreeSet::new(), BTreeMap::new());
        let needed_on = self.shipment.claim.as_deref().and_then(|claim| claim.needed_on);
        for id in self.shipment.reservations.iter().filter(|id| seen.insert(**id)) {
            let held = draft.reservation(*id)?;
            let leaving = self.taken(draft, &held, &mut goods);
            if leaving.is_empty() {
                return Err(self.nothing(*id, held.quantity));
            }
            let (to, partner) = (&self.shipment.to, self.shipment.partner.as_ref());
            let (negative, scale) = (NegativeStock::Forbidden, Scale::Unknown(None));
            let before = given.get(&held.sku).copied().unwrap_or_default();
            if held.terms.holder.as_ref() != partner {
                let sum = leaving.iter().fold(before, |sum, (ending, _)| plus(sum, ending.part.quantity));
                given.insert(held.sku.clone(), sum);
            }
            let way = Way { negative, scale, to, partner, needed_on, before };
            release::leave(draft, facts, (self.line, &held), leaving, way)?;
        }
        goods.retain(|(_, (_, content))| content.quantity.is_positive());
        Ok(goods)
    }

    fn nothing(&self, reservation: ReservationId, requested: Quantity) -> Rejection {
        let (location, there, unit) = (self.at.clone(), Quantity::ZERO, Some(self.unit));
        Rejection::PromisedElsewhere { reservation, location, requested, there, unit }
    }

    /// What of the goods a promise is of, taken from them.
    fn taken(
        &self,
        draft: &Draft<'_>,
        held: &Reservation,
        goods: &mut [(Sscc, KindOfGoods)],
    ) -> Vec<(Ending, Option<Sscc>)> {
        let mut parts: Vec<_> = held.parts.iter().filter(|part| part.location == *self.at).cloned().collect();
        let mut found = Vec::new();
        for (inner, ((sku, holding), content)) in
            goods.iter_mut().filter(|(_, ((sku, _), _))| *sku == held.sku)
        {
            for part in parts.iter_mut().filter(|part| part.holding() == *holding) {
                if let Some(ending) = take(draft, (sku, holding), part, content) {
                    found.push((ending, Some(*inner)));
                }
            }
        }
        found
    }
}

/// Takes as much of a part of a promise as a content has of it.
fn take(
    draft: &Draft<'_>,
    (sku, holding): (&Sku, &Holding),
    part: &mut ReservedPart,
    content: &mut Content,
) -> Option<Ending> {
    let units = pieces(draft, sku, part, content);
    let quantity = if content.serials.is_empty() {
        part.quantity.min(content.quantity)
    } else {
        Quantity::from(u32::try_from(units.len()).ok()?)
    };
    if !quantity.is_positive() {
        return None;
    }
    let serials = if part.serials.is_empty() { Vec::new() } else { units.clone() };
    let (location, lot, status) = (part.location.clone(), holding.lot.clone(), holding.status);
    part.quantity = part.quantity.checked_sub(quantity).ok()?;
    part.serials.retain(|serial| !serials.contains(serial));
    content.quantity = content.quantity.checked_sub(quantity).ok()?;
    content.serials.retain(|serial| !units.contains(serial));
    Some(Ending { part: ReservedPart { location, lot, status, quantity, serials }, units })
}

/// Pieces in the unit that the promise names, or any that no promise names.
fn pieces(draft: &Draft<'_>, sku: &Sku, part: &ReservedPart, content: &Content) -> Vec<SerialNumber> {
    if !part.serials.is_empty() {
        let named = part.serials.iter().filter(|serial| content.serials.contains(*serial));
        return named.cloned().collect();
    }
    let free = content.serials.iter().filter(|serial| draft.promised(sku, serial).is_none());
    free.enumerate()
        .take_while(|(n, _)| has_more(part.quantity, *n))
        .map(|(_, serial)| serial.clone())
        .collect()
}

fn has_more(quantity: Quantity, n: usize) -> bool {
    u32::try_from(n).is_ok_and(|n| Quantity::from(n) < quantity)
}

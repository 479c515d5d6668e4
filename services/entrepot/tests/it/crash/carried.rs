//! Promises that go elsewhere with their goods, and units that fulfil promises, in the model.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use vocabulary::{ReservationId, Sequence};

use super::boxes::{Content, Kind, goods_of, kind};
use super::model::Model;
use super::paper::{AVAILABLE, Claim, Goods};
use super::promises::{Cause, Part, Promise};

/// A part of a promise that was taken off its place, with the promise as it was.
pub(super) struct Lifted {
    id: ReservationId,
    part: Part,
    promise: Promise,
}

type Travellers = Vec<(u64, Kind, Content)>;

impl Model {
    /// A line moves goods that a promise is of.
    pub(super) fn carry_promise(
        &mut self,
        id: ReservationId,
        goods: Goods,
        (to, inside): (&'static str, Option<u64>),
    ) -> Result<Vec<String>, &'static str> {
        let promise = self.promises.get(&id).ok_or("RESERVATION_NOT_FOUND")?;
        let is_meant = |(at, lot, _, status): &&Part| {
            let is_its = promise.goods.sku == goods.sku && *at == goods.at;
            is_its
                && (goods.lot.is_empty() || *lot == goods.lot)
                && [AVAILABLE, status].contains(&goods.status)
        };
        let parts: Vec<Part> = promise.parts.iter().filter(is_meant).copied().collect();
        if parts.iter().map(|part| part.2).sum::<i64>() < goods.quantity {
            return Err("PROMISED_ELSEWHERE");
        }
        if promise.goods.unit != goods.unit {
            return Err("SERIAL_NOT_RESERVED");
        }
        let mut left = goods.quantity;
        let mut taken = Vec::new();
        for (at, lot, there, status) in parts {
            let quantity = there.min(left);
            left -= quantity;
            taken.extend((quantity > 0).then_some((at, lot, quantity, status)));
        }
        Self::check_one_part(goods.sku, taken.len())?;
        let mut facts = Vec::new();
        for part in taken {
            let (at, lot, quantity, status) = part;
            let lifted = self.take_off(id, part);
            let which = Goods { at, lot, quantity, status, ..goods };
            facts.push(self.take(which, ("move", to, status, ""), inside)?);
            facts.push(self.put_down(lifted, to));
        }
        Ok(facts)
    }

    /// Takes off what must go along with goods of a unit: what names its pieces, and of the rest as much as is not free.
    pub(super) fn lift(&mut self, goods: Goods, content: &Content, own: Sequence) -> Vec<Lifted> {
        let mut found = Vec::new();
        for serial in &content.serials {
            let names = |promise: &Promise| promise.goods.serial().is_some_and(|its| its == *serial);
            let its = self.promises.iter().find(|(id, promise)| id.sequence < own && names(promise));
            found.extend(its.map(|(id, _)| (*id, (goods.at, goods.lot, 1, goods.status))));
        }
        let held = *self.held(goods);
        let named = i64::try_from(found.len()).unwrap();
        let mut missing = goods.quantity - named - (held.on_hand - held.reserved);
        let mut others: Vec<_> = self
            .promises
            .iter()
            .filter(|(id, promise)| {
                id.sequence < own && promise.goods.sku == goods.sku && promise.goods.unit.is_none()
            })
            .map(|(id, promise)| (promise.claim.priority, Reverse(*id)))
            .collect();
        others.sort_unstable();
        for (_, Reverse(id)) in others {
            for &(at, lot, there, status) in &self.promises[&id].parts {
                let quantity = there.min(missing);
                if quantity > 0 && (at, lot, status) == (goods.at, goods.lot, goods.status) {
                    missing -= quantity;
                    found.push((id, (at, lot, quantity, status)));
                }
            }
        }
        found.into_iter().map(|(id, part)| self.take_off(id, part)).collect()
    }

    /// While its goods are on the way, nothing names them.
    fn take_off(&mut self, id: ReservationId, part: Part) -> Lifted {
        let (at, lot, quantity, status) = part;
        let promise = self.promises[&id].clone();
        self.held(Goods { at, lot, status, ..promise.goods }).reserved -= quantity;
        if promise.goods.unit.is_some() {
            self.promises.remove(&id);
        }
        Lifted { id, part, promise }
    }

    /// What was taken off stands where its goods are now.
    pub(super) fn put_down(&mut self, Lifted { id, part, promise }: Lifted, to: &'static str) -> String {
        let (at, lot, quantity, status) = part;
        let mut promise = self.promises.remove(&id).unwrap_or(promise);
        let (sku, serial) = (promise.goods.sku, promise.goods.serial().unwrap_or_default());
        self.held(Goods { at: to, lot, status, ..promise.goods }).reserved += quantity;
        promise.parts.iter_mut().find(|own| (own.0, own.1, own.3) == (at, lot, status)).unwrap().2 -=
            quantity;
        match promise.parts.iter_mut().find(|own| (own.0, own.1, own.3) == (to, lot, status)) {
            Some(there) => there.2 += quantity,
            None => promise.parts.push((to, lot, quantity, status)),
        }
        promise.parts.retain(|own| own.2 > 0);
        self.promises.insert(id, promise);
        format!("carried {id} {sku} {quantity} {lot} {status} {serial} {at} {to}")
    }

    /// Promises are fulfilled by what travels, as far as their goods are among it; what is left of that.
    pub(super) fn fulfil_in_box(
        &mut self,
        mut travellers: Travellers,
        (at, claim): (&'static str, Claim),
        promises: &[ReservationId],
    ) -> Result<(Travellers, Vec<String>), &'static str> {
        let (mut facts, mut seen, mut given) = (Vec::new(), BTreeSet::new(), BTreeMap::new());
        for id in promises.iter().filter(|id| seen.insert(**id)) {
            let promise = self.promises.get(id).ok_or("RESERVATION_NOT_FOUND")?.clone();
            let leaving = taken(&promise, at, &mut travellers);
            if leaving.is_empty() {
                return Err("PROMISED_ELSEWHERE");
            }
            if promise.claim.holder != claim.holder {
                let sum: &mut i64 = given.entry(promise.goods.sku).or_default();
                *sum += leaving.iter().map(|(_, part)| part.2).sum::<i64>();
                if self.room_of(promise.goods.sku, claim).is_some_and(|room| *sum > room) {
                    return Err("CUSTOMER_MAXIMUM");
                }
            }
            let parts: Vec<Part> = leaving.iter().map(|(_, part)| *part).collect();
            let channel = promise.claim.channel;
            let released = self.end(*id, &parts, Cause::Fulfilled);
            for ((inner, _), (goods, told)) in leaving.into_iter().zip(released) {
                let way = ("fulfilment", "~CUSTOMER", goods.status, "");
                facts.extend([told, format!("{}{channel}", self.take(goods, way, Some(inner))?)]);
                self.went.last_mut().unwrap().channel = Some(channel);
            }
        }
        travellers.retain(|(_, _, content)| content.quantity > 0);
        Ok((travellers, facts))
    }
}

/// What of travellers at a place a promise is of, taken from them.
fn taken(promise: &Promise, at: &'static str, travellers: &mut Travellers) -> Vec<(u64, Part)> {
    let mut parts: Vec<Part> = promise.parts.iter().filter(|part| part.0 == at).copied().collect();
    let mut found = Vec::new();
    for (inner, its, content) in travellers.iter_mut().filter(|(_, its, _)| its.0 == promise.goods.sku) {
        let goods = goods_of(*its, at, content.quantity);
        for (_, lot, left, status) in &mut parts {
            if kind(Goods { lot, status, ..goods }) != *its {
                continue;
            }
            let quantity = match promise.goods.serial() {
                Some(serial) if content.serials.remove(&serial) => 1,
                Some(_) => 0,
                None => content.quantity.min(*left),
            };
            if quantity > 0 {
                *left -= quantity;
                content.quantity -= quantity;
                found.push((*inner, (at, *lot, quantity, *status)));
            }
        }
    }
    found
}

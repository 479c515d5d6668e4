//! What may be promised, to whom and of which goods, worked out once more.

use std::cmp::Reverse;

use proto::stock::v1::PickRule;
use vocabulary::{ReservationId, Sequence};

use super::model::Model;
use super::paper::{BoxName, Claim, Goods};
use super::weighed::is_weighed;

/// What is left of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Promise {
    /// As it was asked for, with the quantity that is left.
    pub(super) goods: Goods,
    pub(super) claim: Claim,
    /// Where, and of which lot and status, as they were chosen.
    pub(super) parts: Vec<Part>,
}

/// Location, lot, quantity, status.
pub(super) type Part = (&'static str, &'static str, i64, &'static str);

/// Which goods are chosen among.
#[derive(Debug, Clone, Copy)]
pub(super) enum Among {
    All,
    Loose,
    /// Those in a unit.
    Of(u64),
}

impl Among {
    pub(super) fn of(inside: Option<u64>) -> Self {
        inside.map_or(Self::Loose, Self::Of)
    }
}

/// Why a promise ends, or a part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// It is taken back.
    Asked,
    /// Its goods leave: what they used of a quota stays used.
    Fulfilled,
    Expired,
    Reallocated,
    /// Its goods are called back.
    Recalled,
    /// The last day of its goods is over.
    LotExpired,
    /// Its goods are lost, or become something else.
    Taken,
}

/// A position: where its lot stands among those that expire first, where it is, and what is free there.
pub(super) type Candidate = ((bool, &'static str, Option<Sequence>, &'static str), &'static str, i64);

impl Model {
    pub(super) fn reserve(
        &mut self,
        goods: Goods,
        claim: Claim,
        id: ReservationId,
    ) -> Result<Vec<String>, &'static str> {
        self.check_lot(goods)?;
        if !self.counts(goods.status) {
            return Err("STATUS_NOT_AVAILABLE");
        }
        if goods.unit.is_some() {
            let (at, status) = self.unit_to_promise(goods)?;
            self.check_rules(goods, claim)?;
            return Ok(self.hold(goods, claim, (id, vec![(at, "", 1, status)])));
        }
        self.check_expiry(goods, claim)?;
        let mut parts = self.choose(goods, claim);
        let mut facts = Vec::new();
        if self.obtainable(goods, claim, &parts) < goods.quantity && claim.reallocate {
            facts = self.make_room(goods, claim, (id.sequence, &parts));
            parts = self.choose(goods, claim);
        }
        let most = self.obtainable(goods, claim, &parts);
        if most < goods.quantity {
            if !claim.allow_partial || most <= 0 {
                return Err(self.why_not(goods, claim, &parts));
            }
            parts = self.choose(Goods { quantity: most, ..goods }, claim);
        }
        facts.extend(self.hold(goods, claim, (id, parts)));
        Ok(facts)
    }

    /// Where a unit is that can be promised by its number, and of which status.
    fn unit_to_promise(&self, goods: Goods) -> Result<(&'static str, &'static str), &'static str> {
        let serial = goods.serial().expect("a number");
        let (at, status) = self.units.get(&serial).ok_or("UNKNOWN_SERIAL")?;
        if (!goods.at.is_empty() && goods.at != *at) || !self.statuses_for(goods).contains(status) {
            return Err("SERIAL_ELSEWHERE");
        }
        self.check_unpromised(&serial)?;
        Ok((at, status))
    }

    /// A unit that is promised by its number goes nowhere else.
    pub(super) fn check_unpromised(&self, serial: &str) -> Result<(), &'static str> {
        let is_its = |promise: &Promise| promise.goods.serial().is_some_and(|own| own == serial);
        if self.promises.values().any(is_its) { Err("SERIAL_RESERVED") } else { Ok(()) }
    }

    fn hold(&mut self, goods: Goods, claim: Claim, (id, parts): (ReservationId, Vec<Part>)) -> Vec<String> {
        let terms = claim.terms();
        let mut facts = Vec::new();
        for (at, lot, quantity, status) in &parts {
            self.held(Goods { at, lot, status, ..goods }).reserved += quantity;
            self.use_quota(goods.sku, claim.channel, *quantity);
            let serial = goods.serial().unwrap_or_default();
            facts.push(format!("reserved {} {at} {quantity} {lot} {status} {serial} {terms}", goods.sku));
        }
        let quantity = parts.iter().map(|part| part.2).sum();
        self.promises.insert(id, Promise { goods: Goods { quantity, ..goods }, claim, parts });
        facts
    }

    /// Lots for a line that takes goods and names none.
    pub(super) fn parts(&self, goods: Goods, claim: Claim, among: Among) -> Result<Vec<Part>, &'static str> {
        let sum = |parts: &[Part]| parts.iter().map(|part| part.2).sum::<i64>();
        let parts = self.choose_among(goods, claim, among);
        if sum(&parts) == goods.quantity {
            return Ok(parts);
        }
        let all = sum(&self.choose_among(Goods { quantity: i64::MAX, ..goods }, claim, Among::All));
        Err(match among {
            Among::Of(_) => "INSUFFICIENT_IN_UNIT",
            Among::Loose if all >= goods.quantity => "PACKED_IN_UNIT",
            Among::Loose | Among::All => "INSUFFICIENT_AVAILABLE",
        })
    }

    /// Goods that can be promised, one status after the other.
    fn choose(&self, goods: Goods, claim: Claim) -> Vec<Part> {
        let (mut left, mut parts) = (goods.quantity, Vec::new());
        for status in self.statuses_for(goods) {
            let more = self.choose_among(Goods { status, quantity: left, ..goods }, claim, Among::All);
            left -= more.iter().map(|part| part.2).sum::<i64>();
            parts.extend(more);
        }
        parts
    }

    /// Goods of its status for a line, as its rule wants them; together less when there is not enough.
    fn choose_among(&self, goods: Goods, claim: Claim, among: Among) -> Vec<Part> {
        let mut candidates = self.candidates(goods, claim, among);
        candidates.sort_unstable();
        match claim.pick {
            PickRule::Unspecified | PickRule::Fefo => {}
            PickRule::Fifo => candidates.sort_by_key(|((_, _, received, _), _, _)| *received),
            PickRule::Lifo => candidates.sort_by_key(|((_, _, received, _), _, _)| Reverse(*received)),
            PickRule::ShortestPath => candidates.sort_by_key(|(_, at, _)| *at),
            PickRule::FullFirst => return self.full_first(&candidates, goods, among),
        }
        let mut left = goods.quantity;
        let part = |((_, _, _, lot), at, free): Candidate| {
            let quantity = free.min(left);
            left -= quantity;
            (quantity > 0).then_some((at, lot, quantity, goods.status))
        };
        candidates.into_iter().filter_map(part).collect()
    }

    fn candidates(&self, goods: Goods, claim: Claim, among: Among) -> Vec<Candidate> {
        let mut found = Vec::new();
        for ((sku, at, lot, status), held) in &self.places {
            let (of_lot, available) = (Goods { at, lot, ..goods }, held.on_hand - held.reserved);
            let free = match among {
                Among::Loose if *sku == goods.sku => available.min(held.on_hand - self.boxes.packed(of_lot)),
                Among::Of(number) => available.min(self.boxes.held(number, of_lot).quantity),
                Among::Loose | Among::All => available,
            };
            let is_meant =
                *sku == goods.sku && *status == goods.status && self.is_meant(goods, claim, (at, lot));
            if is_meant && free > 0 {
                let (expiry, received) = self.lots.get(lot).map_or(("", None), |(e, r)| (*e, Some(*r)));
                found.push(((expiry.is_empty(), expiry, received, *lot), *at, free));
            }
        }
        found
    }

    /// Whether a line could take goods of a lot at a place.
    fn is_meant(&self, goods: Goods, claim: Claim, (at, lot): (&str, &str)) -> bool {
        let is_here = goods.at.is_empty() || goods.at == at;
        let is_its = if goods.lot.is_empty() { !self.is_over(lot) } else { goods.lot == lot };
        is_here && is_its && !self.expires_early(lot, claim)
    }

    fn expires_early(&self, lot: &str, claim: Claim) -> bool {
        self.lots.get(lot).is_some_and(|(expiry, _)| !expiry.is_empty() && *expiry < claim.min_expiry)
    }

    pub(super) fn check_expiry(&self, goods: Goods, claim: Claim) -> Result<(), &'static str> {
        if self.expires_early(goods.lot, claim) { Err("EXPIRES_TOO_EARLY") } else { Ok(()) }
    }

    fn obtainable(&self, goods: Goods, claim: Claim, parts: &[Part]) -> i64 {
        let found = parts.iter().map(|part| part.2).sum();
        let (others, buffer) = self.kept_from(goods.sku, claim);
        let beyond = if others + buffer > 0 { self.free(goods.sku) - others - buffer } else { found };
        found.min(beyond).min(self.room_of(goods.sku, claim).unwrap_or(found))
    }

    fn why_not(&self, goods: Goods, claim: Claim, parts: &[Part]) -> &'static str {
        if parts.iter().map(|part| part.2).sum::<i64>() < goods.quantity {
            return "INSUFFICIENT_AVAILABLE";
        }
        self.check_rules(goods, claim).expect_err("something stands against it")
    }

    /// Promises of a lower priority end, as far as the line could use what they hold; not those of its own document.
    fn make_room(&mut self, goods: Goods, claim: Claim, (own, parts): (Sequence, &[Part])) -> Vec<String> {
        let most = self.room_of(goods.sku, claim).map_or(goods.quantity, |room| room.min(goods.quantity));
        let mut missing = most - self.obtainable(goods, claim, parts);
        let mut lower: Vec<_> = self
            .promises
            .iter()
            .filter(|(_, open)| open.goods.sku == goods.sku && open.claim.priority < claim.priority)
            .filter(|(id, open)| {
                id.sequence < own && open.goods.unit.is_none() && !self.is_of_quota(open, claim)
            })
            .map(|(id, open)| (open.claim.priority, Reverse(*id)))
            .collect();
        lower.sort_unstable();
        let mut facts = Vec::new();
        for (_, Reverse(id)) in lower {
            let mut ending = Vec::new();
            for (at, lot, there, status) in self.promises[&id].parts.clone() {
                let quantity = there.min(missing);
                let is_of_status = self.statuses_for(goods).contains(&status);
                if quantity > 0 && is_of_status && self.is_meant(goods, claim, (at, lot)) {
                    missing -= quantity;
                    ending.push((at, lot, quantity, status));
                }
            }
            facts.extend(self.end(id, &ending, Cause::Reallocated).into_iter().map(|(_, fact)| fact));
        }
        facts
    }

    /// Whether another channel has it from what is kept for it.
    fn is_of_quota(&self, open: &Promise, claim: Claim) -> bool {
        let quotas = self.kept.get(open.goods.sku).map(|kept| &kept.quotas);
        open.claim.channel != claim.channel
            && quotas.is_some_and(|quotas| quotas.contains_key(open.claim.channel))
    }

    /// Each part is released, and then it leaves: loose goods, or those in a unit at its place.
    pub(super) fn fulfil(
        &mut self,
        promise: (ReservationId, Option<i64>),
        inside: Option<BoxName>,
        weight: Option<i64>,
    ) -> Result<Vec<String>, &'static str> {
        let channel = self.promises.get(&promise.0).map_or("", |held| held.claim.channel);
        let parts = self.release(promise, Cause::Fulfilled)?;
        let sku = parts[0].0.sku;
        if weight.is_some() && !is_weighed(sku) {
            return Err("WEIGHT_UNEXPECTED");
        }
        Self::check_one_part(sku, parts.len())?;
        for (part, _) in &parts {
            self.boxes.named_at(inside, part.at)?;
        }
        let number = inside.map(|inside| self.boxes.named(inside)).transpose()?;
        let mut facts = Vec::new();
        for (part, released) in parts {
            let way = ("fulfilment", "~CUSTOMER", part.status, "");
            let part = Goods { weight, ..part };
            facts.extend([released, format!("{}{channel}", self.take(part, way, number)?)]);
        }
        Ok(facts)
    }

    /// The parts that are set free, in the order they were chosen; all of them without a quantity.
    pub(super) fn release(
        &mut self,
        (id, quantity): (ReservationId, Option<i64>),
        cause: Cause,
    ) -> Result<Vec<(Goods, String)>, &'static str> {
        let promise = self.promises.get(&id).ok_or("RESERVATION_NOT_FOUND")?;
        let mut left = quantity.unwrap_or(promise.goods.quantity);
        if promise.goods.quantity < left {
            return Err("RESERVATION_EXCEEDED");
        }
        let first = |(at, lot, there, status): &Part| {
            let quantity = left.min(*there);
            left -= quantity;
            (quantity > 0).then_some((*at, *lot, quantity, *status))
        };
        let ending: Vec<_> = promise.parts.iter().filter_map(first).collect();
        Ok(self.end(id, &ending, cause))
    }

    /// The time of a promise is over.
    pub(super) fn expire(&mut self, id: ReservationId, at_micros: i64) -> Vec<String> {
        let promise = &self.promises[&id];
        let over = promise.claim.expires_at.expect("only soft promises end by themselves");
        assert!(over * 1_000_000 <= at_micros, "{id} ends before its time");
        let ending = promise.parts.clone();
        self.end(id, &ending, Cause::Expired).into_iter().map(|(_, fact)| format!("0 {fact}")).collect()
    }

    pub(super) fn end(&mut self, id: ReservationId, ending: &[Part], cause: Cause) -> Vec<(Goods, String)> {
        let mut promise = self.promises[&id].clone();
        let is_spread = promise.parts.iter().any(|part| part.0 != promise.parts[0].0);
        let mut ended = Vec::new();
        for (at, lot, quantity, status) in ending {
            let part = Goods { at, lot, status, quantity: *quantity, ..promise.goods };
            self.held(part).reserved -= quantity;
            if cause != Cause::Fulfilled {
                self.use_quota(part.sku, promise.claim.channel, -quantity);
            }
            let own =
                promise.parts.iter_mut().find(|own| (own.0, own.1, own.3) == (*at, *lot, *status)).unwrap();
            own.2 -= quantity;
            let (at, serial) = (if is_spread { at } else { "" }, part.serial().unwrap_or_default());
            let told = format!("released {id} {quantity} {lot} {status} {at} {serial} {}", cause.recorded());
            ended.push((part, told));
        }
        promise.goods.quantity -= ending.iter().map(|part| part.2).sum::<i64>();
        promise.parts.retain(|part| part.2 > 0);
        self.promises.remove(&id);
        if promise.goods.quantity > 0 {
            self.promises.insert(id, promise);
        }
        ended
    }
}

impl Cause {
    /// As the journal has it.
    const fn recorded(self) -> &'static str {
        match self {
            Self::Asked | Self::Fulfilled => "Asked",
            Self::Expired => "Expired",
            Self::Reallocated => "Reallocated",
            Self::Recalled => "Recalled",
            Self::LotExpired => "LotExpired",
            Self::Taken => "Taken",
        }
    }
}

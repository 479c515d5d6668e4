//! Lots that are called back, in the model: what of them is held, and what arrives.

use super::boxes::kind;
use super::model::Model;
use super::news::Recalls;
use super::paper::{Goods, Step};
use super::promises::{Cause, Part};
use super::random::Random;
use crate::site::{LOCATIONS, LOTTED};
use vocabulary::ReservationId;

/// What goods of a lot become that is called back.
pub(super) const RECALLED: &str = "recalled";
/// Facts of a document that holds lots, at most.
const FACTS_MAX: usize = 1000;

/// What is known of recalls by whoever checks a document.
#[derive(Debug, Clone, Default)]
pub(super) struct CalledBack {
    before: Recalls,
    /// From this line on, it is what comes `after`.
    turn: u32,
    after: Recalls,
    /// The line that is judged.
    pub(super) line: u32,
    /// The day at the warehouse, for whoever checks it.
    pub(super) today: String,
}

impl CalledBack {
    pub(super) fn know(&mut self, today: String, (before, turn, after): (Recalls, u32, Recalls)) {
        *self = Self { before, turn, after, line: 0, today };
    }

    /// Whether a lot was known to be called back before the first line was looked at.
    pub(super) fn was_known(&self, lot: &str) -> bool {
        self.before.contains_key(lot)
    }

    /// Goods as they arrive: of a lot that is called back they are recalled, whatever the line says.
    pub(super) fn as_it_arrives(&self, goods: Goods) -> Goods {
        let known = if self.line < self.turn { &self.before } else { &self.after };
        if known.contains_key(goods.lot) { Goods { status: RECALLED, ..goods } } else { goods }
    }
}

/// Facts of a document that holds lots.
#[derive(Debug, Default)]
pub(super) struct HoldFacts {
    pub(super) told: Vec<String>,
    /// Of the line that is judged.
    pub(super) line: u32,
}

impl HoldFacts {
    pub(super) const fn is_full(&self) -> bool {
        self.told.len() >= FACTS_MAX
    }

    fn push(&mut self, fact: &str) {
        self.told.push(format!("{} {fact}", self.line));
    }
}

impl Model {
    /// Lots of which something is here that is not recalled yet.
    pub(super) fn lots_to_recall(&self) -> impl Iterator<Item = &'static str> {
        let here = self.places.iter().filter(|(place, held)| place.3 != RECALLED && held.on_hand > 0);
        here.map(|(place, _)| place.2).filter(|lot| !lot.is_empty())
    }

    /// All of a lot is recalled where it is; what is promised of it is promised no more.
    pub(super) fn recall(&mut self, lot: &'static str, reason: &str, facts: &mut HoldFacts) {
        let all = self.goods_of_lot(lot).into_iter().filter(|here| here.status != RECALLED).collect();
        self.hold_lot(all, (RECALLED, reason, Cause::Recalled), facts);
    }

    /// Goods of a lot become something else where they are, and what is promised of them is promised no more.
    pub(super) fn hold_lot(
        &mut self,
        goods: Vec<Goods>,
        (status, reason, cause): (&'static str, &str, Cause),
        facts: &mut HoldFacts,
    ) {
        for here in goods {
            if facts.is_full() {
                return;
            }
            let is_its = |part: &&Part| (part.0, part.1, part.3) == (here.at, here.lot, here.status);
            let its = self.promises.iter();
            let its =
                its.filter(|(_, open)| open.goods.sku == here.sku && open.parts.iter().any(|p| is_its(&p)));
            for id in its.map(|(id, _)| *id).collect::<Vec<ReservationId>>() {
                if facts.is_full() {
                    return;
                }
                let ending: Vec<_> = self.promises[&id].parts.iter().filter(is_its).copied().collect();
                self.end(id, &ending, cause).iter().for_each(|(_, fact)| facts.push(fact));
            }
            self.set_apart(here, (status, reason), facts);
        }
    }

    /// Goods of a lot at every place and of every status, in this order.
    pub(super) fn goods_of_lot(&self, lot: &str) -> Vec<Goods> {
        let here = self.places.iter().filter(|(place, held)| place.2 == lot && held.on_hand > 0);
        let mut goods: Vec<_> = here
            .map(|((sku, at, lot, status), held)| Goods {
                lot,
                status,
                ..Goods::plain(sku, at, held.on_hand)
            })
            .collect();
        goods.sort_by_key(|goods| (goods.at, kind(*goods)));
        goods
    }

    /// So many of some goods become something else where they are: those in handling units first, by number, and in them.
    fn set_apart(&mut self, goods: Goods, (status, reason): (&'static str, &str), facts: &mut HoldFacts) {
        let units = self.boxes.open.keys().filter(|number| self.boxes.place(**number) == goods.at);
        let mut parts: Vec<_> =
            units.map(|number| (Some(*number), self.boxes.held(*number, goods).quantity)).collect();
        parts.push((None, self.held(goods).on_hand - self.boxes.packed(goods)));
        let mut left = goods.quantity;
        for (unit, there) in parts {
            let quantity = there.min(left);
            if quantity > 0 && !facts.is_full() {
                left -= quantity;
                let way = ("status_change", goods.at, status, reason);
                let fact = self.take(Goods { quantity, ..goods }, way, unit);
                facts.push(&fact.expect("goods that are here can be held"));
            }
        }
    }
}

/// A line about goods that are held: they go elsewhere, or are thrown away.
pub(super) fn of_held(random: &mut Random, lot: &'static str, status: &'static str) -> Step {
    let quantity = random.quantity(5);
    let goods = Goods { lot, status, ..Goods::plain(LOTTED, random.one_of(&LOCATIONS), quantity) };
    if random.once_in(2) {
        return Step::Adjust(Goods { quantity: -quantity, ..goods });
    }
    let to = if goods.at == LOCATIONS[0] { LOCATIONS[1] } else { LOCATIONS[0] };
    Step::Move { goods, to }
}

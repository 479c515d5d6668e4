//! Goods of catch weight: what lines say of their weight and what of that is wrong in itself, and the weight of positions in the model.

use std::fmt;

use proto::common::v1::Decimal;
use proto::stock::v1::{Balance, Position};
use rpc::client::RemoteError;
use stock_core::MovedWeight;
use vocabulary::ReservationId;

use super::auditor::line_of;
use super::author::Author;
use super::model::{Model, Place};
use super::paper::{BoxName, Claim, Goods, Paper, Step};
use crate::site::{LOCATIONS, PIECE_GRAMS, WEIGHED, WEIGHED_BY_LOT};

/// Lots of [`WEIGHED_BY_LOT`], with their expiry.
pub(super) const WEIGHED_LOTS: [(&str, &str); 2] = [("W-A", "2071-04-01"), ("W-B", "")];
/// [`WEIGHED_BY_LOT`] is weighed with two decimals.
const COARSE_GRAMS: i64 = 10;

/// What a line must say of the weight of goods that are weighed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Saying {
    /// They come or go: what they weigh.
    Always,
    /// They stay inside: what a part of them weighs.
    Parts,
    /// Nothing.
    Never,
}

pub(super) fn is_weighed(sku: &str) -> bool {
    [WEIGHED, WEIGHED_BY_LOT].contains(&sku)
}

/// A weight in words, of kilograms.
pub(super) fn kilograms(grams: i64) -> Decimal {
    Decimal { value: format!("{}.{:03}", grams / 1000, grams % 1000) }
}

/// What is written in kilograms, with three decimals at most.
fn grams(kilograms: &str) -> i64 {
    let (sign, digits) = kilograms.strip_prefix('-').map_or((1, kilograms), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    sign * (whole.parse::<i64>().unwrap() * 1000 + format!("{part:0<3}").parse::<i64>().unwrap())
}

/// What a movement tells of weight, in the model's words.
pub(super) fn told(weight: &MovedWeight) -> String {
    let (measured, difference) = (grams(&weight.measured.to_string()), grams(&weight.difference.to_string()));
    assert_eq!(weight.unit.as_str(), "kg");
    Weighed { measured, difference }.to_string()
}

/// What goods weighed that were moved, and what they had lost until then; in grams.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Weighed {
    pub(super) measured: i64,
    difference: i64,
}

impl Weighed {
    /// What they weighed where they came from.
    pub(super) const fn before(self) -> i64 {
        self.measured + self.difference
    }
}

impl fmt::Display for Weighed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, " of {}/1000 kg, {} lost", self.measured, self.difference)
    }
}

/// The line that contradicts the catalog, and why: such a document is refused whatever is there, and not remembered.
pub(super) fn fault(paper: &Paper) -> Option<(u32, &'static str)> {
    (0_u32..).zip(&paper.steps).find_map(|(line, step)| Some((line, fault_of(&mut step.clone())?)))
}

fn fault_of(step: &mut Step) -> Option<&'static str> {
    if let Step::SetRule(rule) = step {
        return rule.fault();
    }
    let (goods, saying) = goods_of(step)?;
    match goods.weight {
        None if saying == Saying::Always && is_weighed(goods.sku) => Some("WEIGHT_MISSING"),
        None => None,
        Some(_) if saying == Saying::Never || !is_weighed(goods.sku) => Some("WEIGHT_UNEXPECTED"),
        Some(weight) if goods.sku == WEIGHED_BY_LOT && weight % COARSE_GRAMS != 0 => {
            Some("TOO_MANY_DECIMALS")
        }
        Some(weight) => {
            let [least, most] = PIECE_GRAMS.map(|grams| grams * goods.quantity.abs());
            (weight < least || weight > most).then_some("WEIGHT_IMPLAUSIBLE")
        }
    }
}

/// Whether the document was refused as wrong in itself; the model must say the same.
pub(super) fn is_wrong(error: &RemoteError, paper: &Paper) -> bool {
    let is_meant =
        error.reason.starts_with("WEIGHT_") || ["TOO_MANY_DECIMALS", "BAD_STATUS"].contains(&&*error.reason);
    if !is_meant || error.metadata.contains_key("sequence") {
        return false;
    }
    assert_eq!(line_of(error).zip(Some(error.reason.as_str())), fault(paper), "{error:?} to {paper:?}");
    true
}

/// The goods of a line, and what it must say of their weight.
fn goods_of(step: &mut Step) -> Option<(&mut Goods, Saying)> {
    match step {
        Step::Receive { goods, .. } | Step::Issue { goods, .. } => Some((goods, Saying::Always)),
        Step::Return(goods) | Step::Adjust(goods) => Some((goods, Saying::Always)),
        Step::Production(step) => Some((&mut step.goods, Saying::Always)),
        Step::Move { goods, .. } | Step::ChangeStatus { goods, .. } => Some((goods, Saying::Parts)),
        Step::Reserve { goods, .. } | Step::Pack { goods, .. } => Some((goods, Saying::Never)),
        Step::Unpack { goods, .. } => goods.as_mut().map(|goods| (goods, Saying::Never)),
        Step::SetRule(_) | Step::Release { .. } | Step::Fulfil { .. } | Step::Expected(_) => None,
        Step::MoveBox { .. } | Step::ShipBox { .. } | Step::Box(_) | Step::Reverse(_) => None,
        Step::Carry { .. } => None,
    }
}

impl Author {
    /// A line about goods that are weighed.
    pub(super) fn of_weight(&mut self) -> Step {
        let (goods, expiry) = self.weighed();
        let any_lot = Goods { lot: "", ..goods };
        let [main, pick] = LOCATIONS;
        match self.random.below(18) {
            0..4 => Step::Receive { goods, expiry },
            4..6 => Step::Issue { goods, claim: self.issue_claim() },
            6..8 => Step::Issue { goods: any_lot, claim: Claim::default() },
            8 => Step::Move { goods: Goods { at: main, ..goods }, to: pick },
            9 => Step::Return(goods),
            10 => Step::Adjust(goods),
            11 => Step::Adjust(Goods { quantity: -goods.quantity, ..goods }),
            12 => Step::ChangeStatus { goods, to: "damaged" },
            13 => Step::ChangeStatus { goods: Goods { status: "damaged", ..goods }, to: "inspection" },
            14 => Step::Reserve { goods: Goods { at: "", ..any_lot }, claim: self.unit_claim() },
            _ => Step::Reserve { goods, claim: self.unit_claim() },
        }
    }

    /// Some that are weighed, with the expiry of their lot.
    pub(super) fn weighed(&mut self) -> (Goods, &'static str) {
        let at = self.random.one_of(&LOCATIONS);
        let quantity = self.random.quantity(4);
        if self.random.once_in(2) {
            return (Goods::plain(WEIGHED, at, quantity), "");
        }
        let (lot, expiry) = self.random.one_of(&WEIGHED_LOTS);
        (Goods { lot, ..Goods::plain(WEIGHED_BY_LOT, at, quantity) }, expiry)
    }

    /// A promise is kept; what goods weigh is said of so many, and sometimes of goods that are not weighed.
    pub(super) fn fulfil(
        &mut self,
        (promise, sku, promised): (ReservationId, &str, i64),
        (quantity, inside): (Option<i64>, Option<BoxName>),
    ) -> Step {
        let is_said = if is_weighed(sku) { !self.random.once_in(8) } else { self.random.once_in(60) };
        if !is_said {
            return Step::Fulfil { promise, quantity, inside, weight: None };
        }
        let quantity = quantity.unwrap_or(promised);
        let [least, most] = PIECE_GRAMS;
        let weight = quantity * (least + most) / 2;
        Step::Fulfil { promise, quantity: Some(quantity), inside, weight: Some(weight) }
    }

    /// Says what the goods of a line weigh, where it must; once in a while nothing, or something else.
    pub(super) fn put_on_scale(&mut self, step: &mut Step) {
        let Some((goods, saying)) = goods_of(step) else { return };
        let is_said = match saying {
            _ if !is_weighed(goods.sku) => self.random.once_in(300),
            Saying::Always => !self.random.once_in(30),
            Saying::Parts => self.random.once_in(2),
            Saying::Never => self.random.once_in(60),
        };
        goods.weight = is_said.then(|| self.weight(goods.sku, goods.quantity.abs()));
    }

    /// What so many weigh; rarely less than they can, or finer than they are weighed.
    pub(super) fn weight(&mut self, sku: &str, quantity: i64) -> i64 {
        let [least, most] = PIECE_GRAMS;
        let more = i64::try_from(self.random.below(u64::try_from(most - least).unwrap())).unwrap();
        let weight = if self.random.once_in(40) { least - 1 } else { least + more } * quantity;
        if sku == WEIGHED || self.random.once_in(40) { weight } else { weight / COARSE_GRAMS * COARSE_GRAMS }
    }
}

impl Model {
    /// Goods have gone from a place to another, or out of the warehouse: a part of what was there loses what it weighs, and the last
    /// pieces lose all of it.
    pub(super) fn weigh(
        &mut self,
        goods: Goods,
        to: Option<Place>,
        (lost, gained): (Option<i64>, Option<i64>),
    ) -> Result<Option<Weighed>, &'static str> {
        if !is_weighed(goods.sku) {
            return Ok(None);
        }
        if to.is_none() && lost.is_none() {
            return Err("WEIGHT_MISSING");
        }
        let held = self.weights.get(&goods.place()).copied().unwrap_or_default();
        let lost = match (lost, self.places[&goods.place()].on_hand) {
            (_, 0) => held,
            (None, _) => return Err("WEIGHT_MISSING"),
            (Some(part), _) if part >= held => return Err("INSUFFICIENT_WEIGHT"),
            (Some(part), _) => part,
        };
        let measured = gained.unwrap_or(lost);
        self.add_weight(goods.place(), -lost);
        if let Some(to) = to {
            self.add_weight(to, measured);
        }
        Ok(Some(Weighed { measured, difference: lost - measured }))
    }

    /// Goods have come from outside.
    pub(super) fn weigh_in(&mut self, goods: Goods, (lost, gained): (i64, i64)) -> Weighed {
        self.add_weight(goods.place(), gained);
        Weighed { measured: gained, difference: lost - gained }
    }

    /// The share of goods in what all at their place weigh, by count.
    pub(super) fn share(&self, goods: Goods) -> i64 {
        let held = self.weights.get(&goods.place()).copied().unwrap_or_default();
        goods.quantity * held / self.places[&goods.place()].on_hand
    }

    /// What weighs nothing is not there.
    fn add_weight(&mut self, place: Place, grams: i64) {
        let held = self.weights.entry(place).or_default();
        *held += grams;
        if *held == 0 {
            self.weights.remove(&place);
        }
    }

    /// One weight says nothing of several parts.
    pub(super) fn check_one_part(sku: &str, parts: usize) -> Result<(), &'static str> {
        if parts > 1 && is_weighed(sku) { Err("WEIGHT_OF_SEVERAL") } else { Ok(()) }
    }
}

/// The weights that the owner shows are those of the model.
pub(super) fn check(model: &Model, positions: &[Position], balances: &[Balance]) {
    for shown in positions {
        let place = (&*shown.sku, &*shown.location, &*shown.lot, &*shown.status);
        let expected = model.weights.iter().find(|(known, _)| **known == place).map(|(_, grams)| *grams);
        check_shown((&shown.weight, &shown.weight_unit), expected);
    }
    for shown in balances {
        let of_item = model.weights.iter().filter(|(place, _)| place.0 == shown.sku);
        let sum = of_item.map(|(_, grams)| grams).sum::<i64>();
        check_shown((&shown.weight, &shown.weight_unit), (sum > 0).then_some(sum));
    }
    for (place, grams) in &model.weights {
        assert!(*grams > 0 && model.places[place].on_hand > 0, "{grams} g at {place:?}");
    }
}

fn check_shown((weight, unit): (&Option<Decimal>, &str), expected: Option<i64>) {
    assert_eq!(weight.as_ref().map(|weight| grams(&weight.value)), expected);
    assert_eq!(unit, if expected.is_some() { "kg" } else { "" });
}

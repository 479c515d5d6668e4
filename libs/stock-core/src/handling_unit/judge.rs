use std::collections::{BTreeMap, BTreeSet};

use laws::NegativeStock;
use vocabulary::{LocationCode, Quantity, SerialNumber, Sku, Sscc};

use super::promised::Promised;
use super::unit::{Content, UnitLimit, UnitTree};
use super::{PackedGoods, Shipment, UnitChange, UnitEnd, UnitFact, UnitLine, UnitName, UnitRejection};
use crate::amount::{Amount, amount, clamped};
use crate::carried;
use crate::decide;
use crate::draft::Draft;
use crate::entry::Moved;
use crate::quota::{self, Taker};
use crate::tracked::{self, TrackedLine};
use crate::weight::{self, Scale};
use crate::{Fact, Goods, Holding, LineGoods, MovementKind, Place, Rejection, Tracking};

/// Judges a line about handling units and adds its facts.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    line: u32,
    action: &UnitLine,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    let mut judge = Judge { draft, line, facts };
    match action {
        UnitLine::SetNumbers(range) => {
            judge.draft.set_numbers(range)?;
            judge.tell(UnitChange::NumbersSet(range.clone()));
            Ok(())
        }
        UnitLine::Open { sscc, kind, at } => {
            let (unit, number) = judge.draft.open(line, *sscc, (kind, at))?;
            let (kind, location) = (kind.clone(), at.clone());
            judge.tell(UnitChange::Opened { unit, kind, location, number });
            Ok(())
        }
        UnitLine::Pack { into, goods } => judge.pack(*into, goods),
        UnitLine::Unpack { from, goods } => judge.unpack(*from, goods.as_ref()),
        UnitLine::Nest { unit, parent } => judge.nest(*unit, *parent),
        UnitLine::Move { unit, to } => judge.move_unit(*unit, to),
        UnitLine::Ship(shipment) => judge.ship(shipment),
        UnitLine::Close { unit } => judge.close(*unit),
    }
}

struct Judge<'a, 'b> {
    draft: &'a mut Draft<'b>,
    line: u32,
    facts: &'a mut Vec<Fact>,
}

/// Goods of one kind: how much, and which pieces.
struct Packed<'a> {
    sku: &'a Sku,
    holding: Holding,
    quantity: Quantity,
    serials: Vec<SerialNumber>,
}

/// Goods in a unit, by item and kind.
pub(super) type KindOfGoods = ((Sku, Holding), Content);

impl Judge<'_, '_> {
    fn pack(&mut self, into: UnitName, goods: &PackedGoods) -> Result<(), Rejection> {
        let unit = self.draft.named(into)?;
        let at = self.draft.place(&unit)?;
        let from = goods.which.unit.map(|from| self.draft.named_at(from, &at)).transpose()?;
        self.check(goods)?;
        self.repack(&at, &goods.packed(), (from, Some(unit)))
    }

    fn unpack(&mut self, from: UnitName, goods: Option<&PackedGoods>) -> Result<(), Rejection> {
        let unit = self.draft.named(from)?;
        let at = self.draft.place(&unit)?;
        if let Some(goods) = goods {
            self.check(goods)?;
            return self.repack(&at, &goods.packed(), (Some(unit), None));
        }
        let contents = self.contents(&unit);
        if contents.is_empty() {
            let sku = None;
            let (requested, packed) = (Quantity::ZERO, Quantity::ZERO);
            return Err(UnitRejection::Insufficient { unit, sku, requested, packed }.into());
        }
        contents.iter().try_for_each(|(goods, content)| {
            self.repack(&at, &Packed::of(goods, content), (Some(unit), None))
        })
    }

    fn check(&self, goods: &PackedGoods) -> Result<(), Rejection> {
        decide::check_tracking(self.draft, &goods.sku, goods.which.tracking)?;
        tracked::check_distinct(&goods.sku, &goods.which.serials)
    }

    /// Goods stay where they are; only the unit that they are in is another.
    fn repack(
        &mut self,
        at: &LocationCode,
        packed: &Packed<'_>,
        (from, to): (Option<Sscc>, Option<Sscc>),
    ) -> Result<(), Rejection> {
        let place = Place::Real(at.clone());
        let goods = packed.goods((from, to));
        let moved = self.moved(MovementKind::Repack, packed, (&place, &place), goods);
        self.post(moved, Scale::Unknown(None))
    }

    fn nest(&mut self, unit: UnitName, parent: Option<UnitName>) -> Result<(), Rejection> {
        let unit = self.draft.named(unit)?;
        let Some(parent) = parent else {
            self.set_parent(unit, None);
            return Ok(());
        };
        let parent = self.draft.named(parent)?;
        if let Some(fault) = self.draft.nesting_fault(&unit, &parent) {
            return Err(UnitRejection::BadNesting { unit, parent, fault }.into());
        }
        let (here, there) = (self.draft.place(&unit)?, self.draft.place(&parent)?);
        if here != there {
            return Err(UnitRejection::Elsewhere { unit, location: here }.into());
        }
        self.set_parent(unit, Some(parent));
        match self.draft.unit(&parent).and_then(|parent| parent.broken_limit()) {
            Some(limit) => Err(UnitRejection::TooLarge { unit: parent, limit }.into()),
            None => Ok(()),
        }
    }

    /// A unit that goes elsewhere leaves the one that it stands in. Promises of its goods go along, as far as what is free does not suffice.
    fn move_unit(&mut self, unit: UnitName, to: &LocationCode) -> Result<(), Rejection> {
        let unit = self.draft.named(unit)?;
        let from = self.draft.place(&unit)?;
        self.leave_parent(unit);
        if let Some(unit) = self.draft.unit_mut(&unit) {
            unit.location = to.clone();
        }
        let places = (&Place::Real(from.clone()), &Place::Real(to.clone()));
        let travellers = if from == *to { Vec::new() } else { self.travellers(&unit)? };
        let whole = self.whole(&travellers, &from);
        for (inner, packed) in travellers {
            let goods = Packed::of(&packed.0, &packed.1);
            let along = goods.goods((Some(inner), Some(inner)));
            let moved = self.moved(MovementKind::Move, &goods, places, along);
            let scale = if whole.contains(&packed.0) { Scale::Estimated } else { Scale::Unknown(None) };
            let promises = carried::lift(self.draft, &moved)?;
            self.post(moved, scale)?;
            carried::put_down(self.draft, (self.line, to), &promises, self.facts)?;
        }
        self.tell(UnitChange::Moved { unit, from, to: to.clone() });
        Ok(())
    }

    /// Goods of which travellers together are all that is at their place: none of them needs to be weighed. Each takes its share of what
    /// all of them weigh, and the last one the rest.
    fn whole(&self, travellers: &[(Sscc, KindOfGoods)], at: &LocationCode) -> BTreeSet<(Sku, Holding)> {
        let mut sums: BTreeMap<&(Sku, Holding), Amount> = BTreeMap::new();
        for (_, (goods, content)) in travellers.iter().filter(|_| self.draft.has_weights()) {
            let sum = sums.entry(goods).or_default();
            *sum = sum.saturating_add(amount(content.quantity));
        }
        let on_hand = |(sku, holding): &(Sku, Holding)| self.draft.balance(sku, at, holding).on_hand;
        let whole = sums.into_iter().filter(|(goods, sum)| amount(on_hand(goods)) == *sum);
        whole.map(|(goods, _)| goods.clone()).collect()
    }

    /// Promises that are named are fulfilled first. Of the rest only available goods leave; each as if a line issued it out of its unit.
    fn ship(&mut self, shipment: &Shipment) -> Result<(), Rejection> {
        let unit = self.draft.named(shipment.unit)?;
        let at = self.draft.place(&unit)?;
        self.leave_parent(unit);
        let (from, to) = (Place::Real(at.clone()), &shipment.to);
        let travellers = self.travellers(&unit)?;
        let leaving = Promised { line: self.line, unit, at: &at, shipment };
        let travellers = leaving.fulfil(self.draft, travellers, self.facts)?;
        let by_rule = self.check_rules(shipment, &travellers);
        for (inner, (goods, content)) in travellers {
            let (sku, holding) = goods;
            let (requested, available) = (content.quantity, Quantity::ZERO);
            let has_expired = holding.lot.as_ref().is_some_and(|lot| self.draft.has_expired(&sku, lot));
            if has_expired || !self.draft.available().has(holding.status) {
                return Err(Rejection::InsufficientAvailable { sku, location: at, requested, available });
            }
            let goods = shipment.goods(holding, &content);
            let (number, quantity, negative) = (self.line, content.quantity, NegativeStock::Forbidden);
            let unit = Some(inner);
            let line = TrackedLine { number, sku: &sku, negative, quantity, goods: &goods, unit };
            line.take(self.draft, self.facts, (MovementKind::Issue, &from, to, ""))?;
        }
        by_rule?;
        // No more than may travel: else it was refused.
        for inner in self.draft.with_nested(&unit, UnitLimit::Document.max()).into_iter().rev() {
            self.draft.close(&inner);
            self.tell(UnitChange::Closed { unit: inner, end: UnitEnd::Shipped });
        }
        Ok(())
    }

    /// All goods of an item in the unit leave together, so the rules of the item are asked for their sum.
    fn check_rules(&self, shipment: &Shipment, travellers: &[(Sscc, KindOfGoods)]) -> Result<(), Rejection> {
        let mut sums: BTreeMap<&Sku, Amount> = BTreeMap::new();
        for (_, ((sku, holding), content)) in travellers {
            if holding.counts(self.draft.available()) && self.draft.rules(sku).is_some() {
                let sum = sums.entry(sku).or_default();
                *sum = sum.saturating_add(amount(content.quantity));
            }
        }
        let taker = Taker::of(shipment.claim.as_deref());
        sums.into_iter().try_for_each(|(sku, sum)| quota::check(self.draft, sku, clamped(sum), taker))
    }

    fn close(&mut self, unit: UnitName) -> Result<(), Rejection> {
        let unit = self.draft.named(unit)?;
        if self.draft.unit(&unit).is_some_and(|known| !known.is_empty()) {
            return Err(UnitRejection::NotEmpty { unit }.into());
        }
        self.draft.close(&unit);
        self.tell(UnitChange::Closed { unit, end: UnitEnd::BrokenUp });
        Ok(())
    }

    /// All goods in a unit and in what is nested in it, each with the unit that it is right in.
    fn travellers(&mut self, unit: &Sscc) -> Result<Vec<(Sscc, KindOfGoods)>, Rejection> {
        // One more than there may be, so that too many are seen.
        let units = self.draft.with_nested(unit, UnitLimit::Document.max().saturating_add(1));
        self.draft.travel(*unit, units.len())?;
        let mut found = Vec::new();
        for inner in units {
            let contents = self.contents(&inner);
            let serials = contents.iter().map(|(_, content)| content.serials.len()).sum::<usize>();
            self.draft.travel(*unit, contents.len().saturating_add(serials))?;
            found.extend(contents.into_iter().map(|content| (inner, content)));
        }
        Ok(found)
    }

    fn contents(&self, unit: &Sscc) -> Vec<KindOfGoods> {
        let contents = self.draft.unit(unit).into_iter().flat_map(|unit| &unit.contents);
        contents.map(|(goods, content)| (goods.clone(), content.clone())).collect()
    }

    fn leave_parent(&mut self, unit: Sscc) {
        if self.draft.unit(&unit).is_some_and(|unit| unit.parent.is_some()) {
            self.set_parent(unit, None);
        }
    }

    fn set_parent(&mut self, unit: Sscc, parent: Option<Sscc>) {
        self.draft.set_parent(&unit, parent);
        self.tell(UnitChange::Nested { unit, parent });
    }

    fn moved(
        &self,
        kind: MovementKind,
        packed: &Packed<'_>,
        (from, to): (&Place, &Place),
        goods: Goods,
    ) -> Moved {
        Moved {
            line: self.line,
            kind,
            sku: packed.sku.clone(),
            // What is in a unit is there, whatever the item's policy.
            negative: NegativeStock::Forbidden,
            from: from.clone(),
            to: to.clone(),
            quantity: packed.quantity,
            reason: String::new(),
            goods: goods.boxed(),
            channel: None,
            partner: None,
            reverses: None,
        }
    }

    fn post(&mut self, mut moved: Moved, scale: Scale) -> Result<(), Rejection> {
        if !moved.is_repacking() {
            moved.serials().iter().try_for_each(|serial| self.draft.check_unpromised(&moved.sku, serial))?;
        }
        // Pieces first: of one that is nowhere it says more than that too little is there.
        tracked::move_units(self.draft, &moved)?;
        decide::shift(self.draft, &moved)?;
        weight::weigh(self.draft, &mut moved, scale)?;
        self.facts.push(Fact::Moved(moved));
        Ok(())
    }

    fn tell(&mut self, change: UnitChange) {
        self.facts.push(Fact::HandlingUnit(Box::new(UnitFact { line: self.line, change })));
    }
}

impl PackedGoods {
    fn packed(&self) -> Packed<'_> {
        let (holding, serials) = (self.which.holding(), self.which.serials.clone());
        Packed { sku: &self.sku, holding, quantity: self.quantity, serials }
    }
}

impl Shipment {
    /// Some of the goods in the unit, as a line names them.
    fn goods(&self, holding: Holding, content: &Content) -> LineGoods {
        let serials: Vec<_> = content.serials.iter().cloned().collect();
        let tracking = Tracking::of(holding.lot.as_ref(), &serials);
        let Holding { lot, status, owner } = holding;
        let (claim, partner) = (self.claim.clone(), self.partner.clone());
        LineGoods { tracking, lot, serials, status, owner, claim, partner, ..LineGoods::default() }
    }
}

impl<'a> Packed<'a> {
    fn of((sku, holding): &'a (Sku, Holding), content: &Content) -> Self {
        let serials = content.serials.iter().cloned().collect();
        Self { sku, holding: holding.clone(), quantity: content.quantity, serials }
    }

    /// As they are moved, out of a unit and into one.
    fn goods(&self, (from_unit, to_unit): (Option<Sscc>, Option<Sscc>)) -> Goods {
        Goods { from_unit, to_unit, ..Goods::unchanged(self.holding.clone(), self.serials.clone()) }
    }
}

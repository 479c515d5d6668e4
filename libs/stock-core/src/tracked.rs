//! Lines about goods that are not plain: of a lot, with serial numbers, of another status, or somebody else's.

use laws::NegativeStock;
use rustc_hash::FxHashSet;
use vocabulary::{ChannelCode, LocationCode, LotCode, Owner, Quantity, SerialNumber, Sku, Sscc};

use crate::carried;
use crate::choose::{Wish, choose, total};
use crate::decide::shift;
use crate::draft::Draft;
use crate::entry::{LotRecorded, Moved};
use crate::goods::{Goods, Standing};
use crate::pick::{From, Short, pick};
use crate::promise;
use crate::quota::{self, Taker};
use crate::taken;
use crate::weight::{self, Scale};
use crate::{
    Action, Fact, Holding, LineGoods, LineWeight, Lot, LotFacts, MovementKind, Place, Rejection,
    ReservedPart, Tracking,
};

/// A line about goods of an item, without its action.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrackedLine<'a> {
    pub(crate) number: u32,
    pub(crate) sku: &'a Sku,
    pub(crate) negative: NegativeStock,
    pub(crate) quantity: Quantity,
    pub(crate) goods: &'a LineGoods,
    /// The handling unit that the goods name.
    pub(crate) unit: Option<Sscc>,
}

/// Judges the line and adds its facts.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    mut line: TrackedLine<'_>,
    action: &Action,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    check_tracking(draft, line.sku, line.goods.tracking)?;
    weight::check(draft, line.sku, line.goods.weight.map(LineWeight::unit))?;
    check_distinct(line.sku, &line.goods.serials)?;
    if let (Some(name), Some(at)) = (line.goods.unit, place(action)) {
        line.unit = Some(draft.named_at(name, at)?);
    }
    if line.goods.takes_promised {
        taken::end_promises(draft, &line, action, facts)?;
    }
    match action {
        Action::Receive { from, to } => {
            line.record_lot(draft, facts)?;
            line.post(draft, facts, (MovementKind::Receipt, from, to, ""))
        }
        Action::Issue { from, to } => line.take(draft, facts, (MovementKind::Issue, from, to, "")),
        Action::Move { from, to } => match line.goods.carries {
            Some(promise) => carried::carry(draft, &line, (promise, from, to), facts),
            None => line.post(draft, facts, (MovementKind::Move, from, to, "")),
        },
        Action::Return { from, to } => line.post(draft, facts, (MovementKind::Return, from, to, "")),
        Action::Adjust { from, to, reason } => {
            line.post(draft, facts, (MovementKind::Adjustment, from, to, reason))
        }
        Action::Reserve { at } => promise::reserve(draft, &line, at.as_ref(), facts),
        Action::ChangeStatus { at, to, reason } => {
            let standing = Standing { status: *to, owner: line.goods.owner.clone() };
            line.become_(draft, facts, (MovementKind::StatusChange, at, reason), standing)
        }
        Action::TakeOwnership { at } => line.take_ownership(draft, facts, at),
        Action::Consume { from, to } => line.take(draft, facts, (MovementKind::Consumption, from, to, "")),
        Action::Produce { from, to } => {
            line.record_lot(draft, facts)?;
            line.post(draft, facts, (MovementKind::Production, from, to, ""))
        }
    }
}

/// Where the goods of a line are, or come to be.
fn place(action: &Action) -> Option<&LocationCode> {
    match action {
        Action::Receive { to: at, .. } | Action::Return { to: at, .. } | Action::Produce { to: at, .. } => {
            at.real()
        }
        Action::Issue { from: at, .. } | Action::Move { from: at, .. } | Action::Consume { from: at, .. } => {
            at.real()
        }
        Action::ChangeStatus { at, .. } | Action::TakeOwnership { at } => at.real(),
        Action::Adjust { from, to, .. } => from.real().or_else(|| to.real()),
        Action::Reserve { .. } => None,
    }
}

/// What is here must be tracked as the line is.
pub(crate) fn check_tracking(draft: &Draft<'_>, sku: &Sku, tracking: Tracking) -> Result<(), Rejection> {
    let held = draft.tracking(sku);
    if held == tracking || draft.holds_nothing(sku) {
        return Ok(());
    }
    Err(Rejection::TrackingChanged { sku: sku.clone(), held, tracking })
}

/// Each unit is named once: a number twice is one unit.
pub(crate) fn check_distinct(sku: &Sku, serials: &[SerialNumber]) -> Result<(), Rejection> {
    let distinct: FxHashSet<&SerialNumber> = serials.iter().collect();
    if distinct.len() == serials.len() {
        return Ok(());
    }
    let count = |n: usize| Quantity::from(u32::try_from(n).unwrap_or(u32::MAX));
    let (expected, given) = (count(serials.len()), count(distinct.len()));
    Err(Rejection::SerialsExpected { sku: sku.clone(), expected, given })
}

/// Each unit leaves from where it is, and arrives where none of its number is.
pub(crate) fn move_units(draft: &mut Draft<'_>, moved: &Moved) -> Result<(), Rejection> {
    let Some(goods) = &moved.goods else { return Ok(()) };
    let sku = &moved.sku;
    for serial in &goods.serials {
        match (moved.from.real(), draft.serial(sku, serial)) {
            (Some(from), Some((at, holding))) if *from == at && holding == moved.from_holding() => {
                // What goes into a handling unit stays where it is.
                if !moved.is_repacking() {
                    draft.check_unpromised(sku, serial)?;
                }
            }
            (Some(_), Some((location, _))) => return Err(elsewhere(sku, serial, location)),
            (Some(_), None) => {
                return Err(Rejection::UnknownSerial { sku: sku.clone(), serial: serial.clone() });
            }
            (None, Some((location, _))) => {
                let (sku, serial) = (sku.clone(), serial.clone());
                return Err(Rejection::DuplicateSerial { sku, serial, location });
            }
            (None, None) => {}
        }
        draft.set_serial(sku, serial, moved.to.real().map(|to| (to.clone(), moved.to_holding())));
    }
    Ok(())
}

fn elsewhere(sku: &Sku, serial: &SerialNumber, location: LocationCode) -> Rejection {
    Rejection::SerialElsewhere { sku: sku.clone(), serial: serial.clone(), location }
}

/// Kind, places and reason of a movement.
type Way<'a> = (MovementKind, &'a Place, &'a Place, &'a str);

impl TrackedLine<'_> {
    /// The first receipt of a lot records it; a later one must not contradict it.
    fn record_lot(&self, draft: &mut Draft<'_>, facts: &mut Vec<Fact>) -> Result<(), Rejection> {
        let Some(lot) = &self.goods.lot else { return Ok(()) };
        if let Some(known) = draft.lot(self.sku, lot) {
            return known.facts.difference(&self.goods.facts).map_or(Ok(()), |field| {
                let (sku, lot) = (self.sku.clone(), lot.clone());
                Err(Rejection::LotDiffers { sku, lot, field: field.to_owned() })
            });
        }
        let received = draft.state().sequence().next();
        let known: LotFacts = self.goods.facts.clone();
        draft.set_lot(self.sku, lot, Lot { received, facts: known.clone() });
        let (line, sku, lot) = (self.number, self.sku.clone(), lot.clone());
        facts.push(Fact::LotRecorded(Box::new(LotRecorded { line, sku, lot, facts: known })));
        Ok(())
    }

    pub(crate) fn check_lot(&self, draft: &Draft<'_>) -> Result<(), Rejection> {
        match &self.goods.lot {
            Some(lot) if draft.lot(self.sku, lot).is_none() => {
                Err(Rejection::UnknownLot { sku: self.sku.clone(), lot: lot.clone() })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn post(&self, draft: &mut Draft<'_>, facts: &mut Vec<Fact>, way: Way<'_>) -> Result<(), Rejection> {
        self.check_lot(draft)?;
        let (mut holding, (_, from, ..)) = (self.goods.holding(), way);
        if from.real().is_none() {
            holding = draft.as_it_arrives(self.sku, holding);
        }
        let goods = Goods::unchanged(holding, self.goods.serials.clone());
        self.put(draft, facts, way, (self.quantity, goods))
    }

    /// Goods leave. Without a lot, those that expire first; a supplier's goods become our own by their use.
    pub(crate) fn take(
        &self,
        draft: &mut Draft<'_>,
        facts: &mut Vec<Fact>,
        way: Way<'_>,
    ) -> Result<(), Rejection> {
        let (_, from, _, _) = way;
        let mut holding = self.goods.holding();
        let by_rule = self.check_rules(draft, &holding);
        if let (Tracking::Lot, None, true, Place::Real(at)) =
            (self.goods.tracking, &holding.lot, holding.is_available(), from)
        {
            let parts = self.pick(draft, at)?;
            weight::check_parts(draft, self.sku, parts.len())?;
            for (lot, part) in parts {
                let goods = Goods::unchanged(Holding::of_lot(Some(lot)), Vec::new());
                self.put(draft, facts, way, (part, goods))?;
            }
            return by_rule;
        }
        self.check_lot(draft)?;
        self.check_expiry(draft, quota::min_expiry(draft, self.goods.claim.as_deref()))?;
        if matches!(holding.owner, Owner::Consignment(_)) {
            self.take_ownership(draft, facts, from)?;
            holding.owner = Owner::Own;
        }
        let goods = Goods::unchanged(holding, self.goods.serials.clone());
        self.put(draft, facts, way, (self.quantity, goods))?;
        by_rule
    }

    /// What is kept back stands only against goods that others could get.
    fn check_rules(&self, draft: &Draft<'_>, holding: &Holding) -> Result<(), Rejection> {
        if !holding.counts(draft.available()) {
            return Ok(());
        }
        quota::check(draft, self.sku, self.quantity, Taker::of(self.goods.claim.as_deref()))
    }

    /// Lots for the line at a place.
    fn pick(&self, draft: &Draft<'_>, at: &LocationCode) -> Result<Vec<(LotCode, Quantity)>, Rejection> {
        let from = From::of(self.unit);
        let refusal = |short: Short| short.refusal(from, (self.sku, at), self.quantity);
        if self.goods.claim.is_none() {
            return pick(draft, self.sku, at, (self.quantity, from)).map_err(refusal);
        }
        let wish = Wish { from, ..self.wish(draft, Some(at)) };
        let parts = choose(draft, &wish, self.quantity);
        let found = total(&parts);
        if found < self.quantity {
            let all = choose(draft, &Wish { from: From::Anywhere, ..wish }, Quantity::MAX);
            let elsewhere = total(&all).checked_sub(found).unwrap_or_default();
            return Err(refusal(Short { picked: Vec::new(), found, elsewhere }));
        }
        Ok(parts.into_iter().filter_map(|part| Some((part.lot?, part.quantity))).collect())
    }

    fn take_ownership(
        &self,
        draft: &mut Draft<'_>,
        facts: &mut Vec<Fact>,
        at: &Place,
    ) -> Result<(), Rejection> {
        let own = Standing { status: self.goods.status, owner: Owner::Own };
        self.become_(draft, facts, (MovementKind::OwnerChange, at, ""), own)
    }

    /// Goods stay where they are and become something else.
    fn become_(
        &self,
        draft: &mut Draft<'_>,
        facts: &mut Vec<Fact>,
        (kind, at, reason): (MovementKind, &Place, &str),
        standing: Standing,
    ) -> Result<(), Rejection> {
        self.check_lot(draft)?;
        let goods =
            Goods { to: standing, ..Goods::unchanged(self.goods.holding(), self.goods.serials.clone()) };
        self.put(draft, facts, (kind, at, at, reason), (self.quantity, goods))
    }

    /// A part of a promise is moved.
    pub(crate) fn carry_part(
        &self,
        draft: &mut Draft<'_>,
        facts: &mut Vec<Fact>,
        (from, to): (&Place, &Place),
        (part, units): (&ReservedPart, Vec<SerialNumber>),
    ) -> Result<(), Rejection> {
        let goods = Goods::unchanged(part.holding(), units);
        self.put(draft, facts, (MovementKind::Move, from, to, ""), (part.quantity, goods))
    }

    fn put(
        &self,
        draft: &mut Draft<'_>,
        facts: &mut Vec<Fact>,
        (kind, from, to, reason): Way<'_>,
        (quantity, goods): (Quantity, Goods),
    ) -> Result<(), Rejection> {
        let mut moved = Moved {
            line: self.number,
            kind,
            sku: self.sku.clone(),
            negative: self.policy(),
            from: from.clone(),
            to: to.clone(),
            quantity,
            reason: reason.to_owned(),
            goods: self.in_unit((kind, from, to), goods).boxed(),
            channel: self.channel(kind),
            partner: self.goods.partner.clone().filter(|_| kind.has_partner()),
            reverses: None,
        };
        // Said first: where all units are promised by name, nothing is available either.
        if let (Some(goods), Place::Real(_)) = (&moved.goods, from) {
            goods.serials.iter().try_for_each(|serial| draft.check_unpromised(self.sku, serial))?;
        }
        let available = draft.available();
        draft.count(self.sku, |rules| rules.moved(&moved, available));
        shift(draft, &moved)?;
        move_units(draft, &moved)?;
        weight::weigh(draft, &mut moved, Scale::of_line(self.goods.weight))?;
        facts.push(Fact::Moved(moved));
        Ok(())
    }

    /// A lot, a unit or a weight that is not there cannot be taken, whatever the item's policy.
    const fn policy(&self) -> NegativeStock {
        match self.goods.tracking {
            Tracking::None if self.goods.weight.is_none() => self.negative,
            Tracking::None | Tracking::Lot | Tracking::Serial => NegativeStock::Forbidden,
        }
    }

    /// Goods come out of the unit that the line names, or go into it; those that stay where they are stay in it.
    fn in_unit(&self, (kind, from, to): (MovementKind, &Place, &Place), goods: Goods) -> Goods {
        let stays = matches!(kind, MovementKind::StatusChange | MovementKind::OwnerChange);
        let from_unit = self.unit.filter(|_| from.real().is_some());
        let to_unit = self.unit.filter(|_| to.real().is_some() && (stays || from.real().is_none()));
        Goods { from_unit, to_unit, ..goods }
    }

    /// Through which channel goods are issued; no other movement has one.
    fn channel(&self, kind: MovementKind) -> Option<ChannelCode> {
        let claim = self.goods.claim.as_ref().filter(|_| kind == MovementKind::Issue)?;
        claim.terms.channel.clone()
    }
}

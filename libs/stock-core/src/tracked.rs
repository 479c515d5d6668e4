//! Lines about goods that are not plain: of a lot, with serial numbers, of another status, or somebody else's.

use laws::NegativeStock;
use vocabulary::{LocationCode, Owner, Quantity, SerialNumber, Sku};

use crate::decide::{promise, shift};
use crate::draft::Draft;
use crate::entry::{LotRecorded, Moved, Reserved};
use crate::goods::{Goods, Standing};
use crate::pick::pick;
use crate::{Action, Fact, Holding, LineGoods, Lot, LotFacts, MovementKind, Place, Rejection, Tracking};

/// A line about goods of an item, without its action.
#[derive(Debug, Clone, Copy)]
pub(crate) struct TrackedLine<'a> {
    pub(crate) number: u32,
    pub(crate) sku: &'a Sku,
    pub(crate) negative: NegativeStock,
    pub(crate) quantity: Quantity,
    pub(crate) goods: &'a LineGoods,
}

/// Judges the line and adds its facts.
pub(crate) fn judge(
    draft: &mut Draft<'_>,
    line: TrackedLine<'_>,
    action: &Action,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    check_tracking(draft, line.sku, line.goods.tracking)?;
    match action {
        Action::Receive { from, to } => {
            line.record_lot(draft, facts)?;
            line.post(draft, facts, (MovementKind::Receipt, from, to, ""))
        }
        Action::Issue { from, to } => line.take(draft, facts, (MovementKind::Issue, from, to, "")),
        Action::Move { from, to } => line.post(draft, facts, (MovementKind::Move, from, to, "")),
        Action::Return { from, to } => line.post(draft, facts, (MovementKind::Return, from, to, "")),
        Action::Adjust { from, to, reason } => {
            line.post(draft, facts, (MovementKind::Adjustment, from, to, reason))
        }
        Action::Reserve { at } => line.reserve(draft, facts, at),
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

/// What is here must be tracked as the line is.
pub(crate) fn check_tracking(draft: &Draft<'_>, sku: &Sku, tracking: Tracking) -> Result<(), Rejection> {
    let held = draft.state().tracking(sku.as_str());
    if held == tracking || draft.state().holds_nothing(sku.as_str()) {
        return Ok(());
    }
    Err(Rejection::TrackingChanged { sku: sku.clone(), held, tracking })
}

/// Each unit leaves from where it is, and arrives where none of its number is.
pub(crate) fn move_units(draft: &mut Draft<'_>, moved: &Moved) -> Result<(), Rejection> {
    let Some(goods) = &moved.goods else { return Ok(()) };
    let sku = &moved.sku;
    for serial in &goods.serials {
        match (moved.from.real(), draft.serial(sku, serial)) {
            (Some(from), Some((at, holding))) if *from == at && holding == moved.from_holding() => {}
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

    fn check_lot(&self, draft: &Draft<'_>) -> Result<(), Rejection> {
        match &self.goods.lot {
            Some(lot) if draft.lot(self.sku, lot).is_none() => {
                Err(Rejection::UnknownLot { sku: self.sku.clone(), lot: lot.clone() })
            }
            Some(_) | None => Ok(()),
        }
    }

    fn post(&self, draft: &mut Draft<'_>, facts: &mut Vec<Fact>, way: Way<'_>) -> Result<(), Rejection> {
        self.check_lot(draft)?;
        let goods = Goods::unchanged(self.goods.holding(), self.goods.serials.clone());
        self.put(draft, facts, way, (self.quantity, goods))
    }

    /// Goods leave. Without a lot, those that expire first; a supplier's goods become our own by their use.
    fn take(&self, draft: &mut Draft<'_>, facts: &mut Vec<Fact>, way: Way<'_>) -> Result<(), Rejection> {
        let (_, from, _, _) = way;
        let mut holding = self.goods.holding();
        if let (Tracking::Lot, None, true, Place::Real(at)) =
            (self.goods.tracking, &holding.lot, holding.is_available(), from)
        {
            for (lot, part) in pick(draft, self.sku, at, self.quantity)? {
                let goods = Goods::unchanged(Holding::of_lot(Some(lot)), Vec::new());
                self.put(draft, facts, way, (part, goods))?;
            }
            return Ok(());
        }
        self.check_lot(draft)?;
        if matches!(holding.owner, Owner::Consignment(_)) {
            self.take_ownership(draft, facts, from)?;
            holding.owner = Owner::Own;
        }
        let goods = Goods::unchanged(holding, self.goods.serials.clone());
        self.put(draft, facts, way, (self.quantity, goods))
    }

    fn reserve(
        &self,
        draft: &mut Draft<'_>,
        facts: &mut Vec<Fact>,
        at: &LocationCode,
    ) -> Result<(), Rejection> {
        self.check_lot(draft)?;
        let parts = match (self.goods.tracking, &self.goods.lot) {
            (Tracking::Lot, None) => {
                let picked = pick(draft, self.sku, at, self.quantity)?;
                picked.into_iter().map(|(lot, part)| (Some(lot), part)).collect()
            }
            (_, lot) => vec![(lot.clone(), self.quantity)],
        };
        let terms = self.goods.claim.as_ref().and_then(|claim| claim.terms.clone().boxed());
        for (lot, quantity) in parts {
            promise(draft, self.sku, at, (lot.as_ref(), quantity))?;
            let (line, sku, location) = (self.number, self.sku.clone(), at.clone());
            let (serials, terms) = (Vec::new(), terms.clone());
            facts.push(Fact::Reserved(Reserved { line, sku, location, quantity, lot, serials, terms }));
        }
        Ok(())
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

    fn put(
        &self,
        draft: &mut Draft<'_>,
        facts: &mut Vec<Fact>,
        (kind, from, to, reason): Way<'_>,
        (quantity, goods): (Quantity, Goods),
    ) -> Result<(), Rejection> {
        let moved = Moved {
            line: self.number,
            kind,
            sku: self.sku.clone(),
            // A lot or a unit that is not there cannot be taken, whatever the item's policy.
            negative: if self.goods.tracking == Tracking::None {
                self.negative
            } else {
                NegativeStock::Forbidden
            },
            from: from.clone(),
            to: to.clone(),
            quantity,
            reason: reason.to_owned(),
            goods: goods.boxed(),
            partner: self.goods.partner.clone().filter(|_| kind.has_partner()),
            reverses: None,
        };
        shift(draft, &moved)?;
        move_units(draft, &moved)?;
        facts.push(Fact::Moved(moved));
        Ok(())
    }
}

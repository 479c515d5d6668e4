//! A lot is taken out of use, wherever in the warehouse it is: because its date has passed, or because it was called back.
//! One line says so of a whole lot, and the rule looks at what is there when it is judged: nothing can come between looking and
//! holding, and such a line is never refused.

use vocabulary::{LocationCode, LotCode, Quantity, Sku, Sscc, StockStatus};

use crate::decide::shift;
use crate::draft::Draft;
use crate::entry::Moved;
use crate::goods::{Goods, Standing};
use crate::handling_unit;
use crate::release::{self, Why};
use crate::weight::{self, Scale};
use crate::{Fact, Holding, MovementKind, Place, Rejection, ReservedPart};
use laws::NegativeStock;

/// The most facts a document makes by such lines: what is left is left for the next document.
pub const HOLD_FACTS_MAX: usize = 1000;

/// Why a lot is taken out of use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum HoldCause {
    /// Its date has passed.
    Expiry,
    /// It was called back.
    Recall,
}

/// All of a lot that its cause takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldLot {
    /// The item.
    pub sku: Sku,
    /// The lot.
    pub lot: LotCode,
    /// Why.
    pub cause: HoldCause,
    /// In words.
    pub reason: String,
}

impl HoldCause {
    /// What the goods become.
    pub const fn status(self) -> StockStatus {
        match self {
            Self::Expiry => StockStatus::Expired,
            Self::Recall => StockStatus::Recalled,
        }
    }

    /// Whether goods of this status are taken. The date takes what could still be used, or come to be; what quality has set apart
    /// stays with quality. A recall takes everything.
    pub const fn takes(self, from: StockStatus) -> bool {
        use StockStatus::{
            Available, Damaged, Expired, Inspection, QualityHold, Quarantine, Recalled, Returned,
        };
        match (self, from) {
            (Self::Expiry, Available | Inspection | Returned) => true,
            (Self::Expiry, QualityHold | Quarantine | Damaged | Expired | Recalled) => false,
            (Self::Recall, Recalled) => false,
            (Self::Recall, Available | Inspection | QualityHold | Quarantine) => true,
            (Self::Recall, Damaged | Expired | Returned) => true,
        }
    }

    /// Why promises of the lot end, which they do first.
    const fn ends(self) -> Why {
        match self {
            Self::Expiry => Why::LotExpired,
            Self::Recall => Why::Recalled,
        }
    }
}

/// Adds the facts of the line, by location and then by goods.
pub(crate) fn hold(
    draft: &mut Draft<'_>,
    line: u32,
    hold: &HoldLot,
    facts: &mut Vec<Fact>,
) -> Result<(), Rejection> {
    for (location, holding) in draft.state().positions_of_lot(hold.sku.as_str(), &hold.lot) {
        if facts.len() >= HOLD_FACTS_MAX {
            return Ok(());
        }
        if !hold.cause.takes(holding.status) {
            continue;
        }
        if !end_promises(draft, line, hold, (&location, &holding), facts)? {
            return Ok(());
        }
        let mut left = draft.balance(&hold.sku, &location, &holding).on_hand;
        // Goods in handling units stay in them, and come first.
        for (unit, held) in handling_unit::parts(draft, &hold.sku, &location, &holding) {
            let quantity = held.min(left);
            if facts.len() >= HOLD_FACTS_MAX || !quantity.is_positive() {
                continue;
            }
            let mut moved = hold.movement(line, (&location, &holding), (quantity, unit));
            shift(draft, &moved)?;
            weight::weigh(draft, &mut moved, Scale::Estimated)?;
            facts.push(Fact::Moved(moved));
            left = left.checked_sub(quantity).unwrap_or_default();
        }
    }
    Ok(())
}

impl HoldLot {
    fn movement(
        &self,
        line: u32,
        (location, holding): (&LocationCode, &Holding),
        (quantity, unit): (Quantity, Option<Sscc>),
    ) -> Moved {
        let goods = Goods::unchanged(holding.clone(), Vec::new());
        let to = Standing { status: self.cause.status(), owner: holding.owner.clone() };
        Moved {
            line,
            kind: MovementKind::StatusChange,
            sku: self.sku.clone(),
            negative: NegativeStock::Forbidden,
            from: Place::Real(location.clone()),
            to: Place::Real(location.clone()),
            quantity,
            reason: self.reason.clone(),
            goods: Goods { to, from_unit: unit, to_unit: unit, ..goods }.boxed(),
            partner: None,
            channel: None,
            reverses: None,
        }
    }
}

/// Ends what is promised of goods of the lot at a place; false when that are more promises than the document has room for.
fn end_promises(
    draft: &mut Draft<'_>,
    line: u32,
    hold: &HoldLot,
    (location, holding): (&LocationCode, &Holding),
    facts: &mut Vec<Fact>,
) -> Result<bool, Rejection> {
    if draft.balance(&hold.sku, location, holding).reserved.is_zero() {
        return Ok(true);
    }
    for id in draft.state().promises_of(hold.sku.as_str(), location.as_str(), holding) {
        // One that this document has ended is not there any more.
        let Ok(held) = draft.reservation(id) else { continue };
        let is_held = |part: &&ReservedPart| part.location == *location && part.holding() == *holding;
        let parts: Vec<_> = held.parts.iter().filter(is_held).cloned().collect();
        if facts.len() >= HOLD_FACTS_MAX {
            return Ok(false);
        }
        let released = release::end(draft, (line, hold.cause.ends()), &held, &parts)?;
        facts.extend(released.into_iter().map(Fact::Released));
    }
    Ok(true)
}

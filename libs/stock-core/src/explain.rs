//! Why a document is refused, or which goods it takes and which it passes over. Judges as [`decide`] does, at the time that it says,
//! line by line, and looks around before each.

use std::collections::BTreeSet;

use vocabulary::{Date, LocationCode, Quantity, ReservationId, Sku, Sscc, StockStatus, Timestamp};

use crate::choose::PickRule;
use crate::decide::{Decision, decide, judge};
use crate::draft::Draft;
use crate::entry::{Moved, Released, Reserved};
use crate::lock;
use crate::pick::From;
use crate::quota;
use crate::{
    Action, Balance, Document, Fact, Holding, Line, LineGoods, MovementKind, Place, Refusal, Rejection,
    ReleaseCause, State,
};

/// The most positions that are listed of one line.
pub const PASSED_OVER_MAX: usize = 1000;

/// The most positions that are looked at for one document, but for the line that goes beyond: the lines after it say nothing of goods
/// that they pass over.
pub const LOOKED_AT_MAX: usize = 10_000;

/// How one line is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explanation {
    /// The document's line, from 0.
    pub line: u32,
    /// Why it is refused; the lines behind it are not judged then.
    pub refusal: Option<Rejection>,
    /// By which rule goods were chosen, of a line that takes some.
    pub rule: Option<PickRule>,
    /// What the line takes, in the order it was chosen.
    pub chosen: Vec<Chosen>,
    /// What else is there of the item, where the line may take it, by location and goods; at most [`PASSED_OVER_MAX`], and
    /// [`LOOKED_AT_MAX`] for all lines.
    pub passed_over: Vec<PassedOver>,
    /// What the item's rules leave, before the line; `None` while it has none.
    pub kept: Option<Kept>,
    /// Promises that make room, with how much.
    pub made_room: Vec<(ReservationId, Quantity)>,
}

/// Goods that a line takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chosen {
    /// Where.
    pub location: LocationCode,
    /// Which goods.
    pub holding: Holding,
    /// How much.
    pub quantity: Quantity,
    /// Until when their lot may be used.
    pub expiry: Option<Date>,
    /// Handling units there that a promise counts whole, by [`PickRule::FullFirst`].
    pub units: Vec<Sscc>,
}

/// Goods that a line does not take.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PassedOver {
    /// Where.
    pub location: LocationCode,
    /// Which goods.
    pub holding: Holding,
    /// How much there was before the line.
    pub balance: Balance,
    /// Why not.
    pub why: Why,
}

/// Why goods are not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// Their status is another than the line asks for.
    Status,
    /// They are somebody else's than the line asks for.
    Owner,
    /// They are of another lot.
    Lot,
    /// Their lot does not last long enough.
    ExpiresEarly,
    /// The last day of their lot is over, and the line names none.
    Expired,
    /// All of them are promised.
    Promised,
    /// They are in handling units, and the line names none; or not in the one that it names.
    Packed,
    /// What the line would leave is kept for others, as a buffer, or is more than its customer may hold.
    Kept,
    /// Others come first by the rule, and were enough.
    NotNeeded,
    /// Together with all others they are not enough.
    NotEnough,
}

/// What the rules of an item say to a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Kept {
    /// Available and not promised, over the whole warehouse.
    pub free: Quantity,
    /// Of that, kept for other channels.
    pub for_others: Quantity,
    /// Kept for nobody.
    pub buffer: Quantity,
}

/// How a document is judged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// When it would happen: as it says, or as the warehouse says.
    pub effective_at: Timestamp,
    /// Every line up to the first that is refused.
    pub lines: Vec<Explanation>,
}

/// Explains a document. The state is untouched.
pub fn explain(state: &State, document: &Document, now: Timestamp) -> Explained {
    let Decision { effective_at, .. } = decide(state, document, now);
    let mut draft = Draft::new(state, document, effective_at);
    let lines = match lock::pass(&draft, &mut Vec::new()) {
        Err(Refusal { line, rejection }) => vec![locked(line, rejection)],
        Ok(()) => lines(&mut draft, document),
    };
    Explained { effective_at, lines }
}

/// A line that is not looked at: its document happened before the lock.
fn locked(line: u32, rejection: Rejection) -> Explanation {
    let (chosen, passed_over, made_room) = Default::default();
    Explanation { line, refusal: Some(rejection), rule: None, chosen, passed_over, kept: None, made_room }
}

fn lines(draft: &mut Draft<'_>, document: &Document) -> Vec<Explanation> {
    let mut explained = Vec::with_capacity(document.lines.len());
    let mut room = LOOKED_AT_MAX;
    for (number, line) in (0_u32..).zip(&document.lines) {
        let around = Around::of(draft, line, &mut room);
        let mut facts = Vec::new();
        let refusal = judge(draft, number, line, &mut facts).err();
        let counted = draft.take_counted();
        let is_refused = refusal.is_some();
        let mut explanation = around.explain(draft, number, refusal, &facts);
        for (location, holding, units) in counted {
            let is_there = |taken: &&mut Chosen| taken.location == location && taken.holding == holding;
            explanation.chosen.iter_mut().filter(is_there).for_each(|taken| taken.units.clone_from(&units));
        }
        explained.push(explanation);
        if is_refused {
            break;
        }
    }
    explained
}

/// What there is before a line is judged.
struct Around<'a> {
    goods: Option<Wanted<'a>>,
    positions: Vec<Position>,
    kept: Option<Kept>,
}

/// Goods at a place.
struct Position {
    location: LocationCode,
    holding: Holding,
    balance: Balance,
    /// What of them is in the unit that the line names, or in none.
    within_reach: Quantity,
}

/// Goods that a line would take.
struct Wanted<'a> {
    sku: &'a Sku,
    holding: Holding,
    /// That the line may take.
    statuses: Vec<StockStatus>,
    rule: PickRule,
    min_expiry: Option<Date>,
}

impl<'a> Around<'a> {
    fn of(draft: &Draft<'_>, line: &'a Line, room: &mut usize) -> Self {
        let Some((sku, goods, at)) = taking(line) else {
            return Self { goods: None, positions: Vec::new(), kept: None };
        };
        let claim = goods.and_then(|goods| goods.claim.as_deref());
        let channel = claim.and_then(|claim| claim.terms.channel.as_ref());
        let kept = draft.rules(sku).map(|rules| Kept {
            free: rules.free(),
            for_others: rules.kept_for_others(channel),
            buffer: rules.buffer.unwrap_or_default(),
        });
        let wanted = Wanted {
            sku,
            statuses: statuses(draft, line, goods),
            holding: goods.map_or_else(Holding::default, LineGoods::holding),
            rule: claim.map_or_else(PickRule::default, |claim| claim.rule),
            min_expiry: quota::min_expiry(draft, claim),
        };
        let from = reach(draft, line, goods);
        let position = |(location, holding, balance): (LocationCode, Holding, Balance)| {
            let within_reach = from.part(draft, (sku, &location, &holding), balance.available());
            Position { location, holding, balance, within_reach }
        };
        let positions = if *room == 0 { Vec::new() } else { draft.positions(sku, at) };
        *room = room.saturating_sub(draft.state().position_count(sku.as_str()));
        let positions = positions.into_iter().map(position).collect();
        Self { goods: Some(wanted), positions, kept }
    }

    fn explain(
        self,
        draft: &Draft<'_>,
        line: u32,
        refusal: Option<Rejection>,
        facts: &[Fact],
    ) -> Explanation {
        let chosen: Vec<_> = if refusal.is_some() { Vec::new() } else { chosen(draft, facts) };
        let taken: BTreeSet<_> = chosen.iter().map(|taken| (&taken.location, &taken.holding)).collect();
        let passed_over = self.goods.as_ref().map(|wanted| {
            let rest = self.positions.iter().filter(|at| !taken.contains(&(&at.location, &at.holding)));
            let why = |at: &Position| {
                let why = wanted.why(draft, at, refusal.as_ref())?;
                let (location, holding) = (at.location.clone(), at.holding.clone());
                Some(PassedOver { location, holding, balance: at.balance, why })
            };
            rest.filter_map(why).take(PASSED_OVER_MAX).collect()
        });
        Explanation {
            line,
            made_room: if refusal.is_some() { Vec::new() } else { made_room(facts) },
            refusal,
            rule: self.goods.map(|wanted| wanted.rule),
            chosen,
            passed_over: passed_over.unwrap_or_default(),
            kept: self.kept,
        }
    }
}

impl Wanted<'_> {
    /// `None` where there is nothing.
    fn why(&self, draft: &Draft<'_>, at: &Position, refusal: Option<&Rejection>) -> Option<Why> {
        let Position { holding, balance, within_reach, .. } = at;
        if !balance.on_hand.is_positive() {
            return None;
        }
        let expiry = || draft.lot(self.sku, holding.lot.as_ref()?)?.facts.expiry;
        let is_early = |min| expiry().is_some_and(|expiry| expiry < min);
        Some(match refusal {
            _ if !self.statuses.contains(&holding.status) => Why::Status,
            _ if holding.owner != self.holding.owner => Why::Owner,
            _ if self.holding.lot.is_some() && holding.lot != self.holding.lot => Why::Lot,
            _ if self.holding.lot.is_none() && draft.today.is_some_and(is_early) => Why::Expired,
            _ if self.min_expiry.is_some_and(is_early) => Why::ExpiresEarly,
            _ if !balance.available().is_positive() => Why::Promised,
            _ if !within_reach.is_positive() => Why::Packed,
            Some(
                Rejection::QuotaExceeded { .. }
                | Rejection::BufferKept { .. }
                | Rejection::CustomerMaximum { .. },
            ) => Why::Kept,
            Some(_) => Why::NotEnough,
            None => Why::NotNeeded,
        })
    }
}

/// Item, goods and place of a line that takes goods; no place means anywhere.
fn taking(line: &Line) -> Option<(&Sku, Option<&LineGoods>, Option<&LocationCode>)> {
    let Line::Item { sku, goods, action, .. } = without_expectation(line) else { return None };
    let at = match action {
        Action::Reserve { at } => at.as_ref(),
        Action::Issue { from: Place::Real(at), .. } | Action::Consume { from: Place::Real(at), .. } => {
            Some(at)
        }
        Action::Move { from: Place::Real(at), .. } => Some(at),
        Action::Receive { .. } | Action::Return { .. } | Action::Adjust { .. } | Action::Produce { .. } => {
            return None;
        }
        Action::ChangeStatus { .. } | Action::TakeOwnership { .. } => return None,
        Action::Issue { .. } | Action::Consume { .. } | Action::Move { .. } => return None,
    };
    Some((sku, goods.as_deref(), at))
}

/// What a line does, whether it was expected, or is of a delivery, or not.
fn without_expectation(line: &Line) -> &Line {
    if let Line::Meet { by, .. } | Line::ForDelivery { by, .. } = line {
        without_expectation(by)
    } else {
        line
    }
}

/// Which statuses the line may take: what it names, and a promise that names none every one that counts.
fn statuses(draft: &Draft<'_>, line: &Line, goods: Option<&LineGoods>) -> Vec<StockStatus> {
    let named = goods.map(|goods| goods.status).unwrap_or_default();
    let is_named = goods.is_some_and(LineGoods::names_status);
    let is_promise = matches!(without_expectation(line), Line::Item { action: Action::Reserve { .. }, .. });
    let others = draft.available().others().filter(|_| is_promise && !is_named);
    std::iter::once(named).chain(others).collect()
}

/// Which goods the line may take: a promise is of any.
fn reach(draft: &Draft<'_>, line: &Line, goods: Option<&LineGoods>) -> From {
    if matches!(without_expectation(line), Line::Item { action: Action::Reserve { .. }, .. }) {
        return From::Anywhere;
    }
    let unit = goods.and_then(|goods| goods.unit);
    From::of(unit.and_then(|unit| draft.named(unit).ok()))
}

/// What facts take, in their order.
fn chosen(draft: &Draft<'_>, facts: &[Fact]) -> Vec<Chosen> {
    let of = |sku: &Sku, location: &LocationCode, holding: Holding, quantity| {
        let lot = holding.lot.as_ref().and_then(|lot| draft.lot(sku, lot));
        let expiry = lot.and_then(|lot| lot.facts.expiry);
        Chosen { location: location.clone(), holding, quantity, expiry, units: Vec::new() }
    };
    let taken = |fact: &Fact| match fact {
        Fact::Reserved(Reserved { sku, location, quantity, lot, status, .. }) => {
            Some(of(sku, location, Holding::own(lot.clone(), *status), *quantity))
        }
        Fact::Moved(Moved { kind: MovementKind::OwnerChange, .. }) => None,
        Fact::Moved(moved @ Moved { sku, from: Place::Real(from), quantity, .. }) => {
            Some(of(sku, from, moved.from_holding(), *quantity))
        }
        Fact::Moved(_) | Fact::Released(_) | Fact::LotRecorded(_) | Fact::RuleSet(_) => None,
        Fact::Locked(_) | Fact::LockPassed(_) | Fact::HandlingUnit(_) | Fact::Expectation(_) => None,
        Fact::Delivery(_) | Fact::PromiseMoved(_) => None,
        Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => None,
    };
    facts.iter().filter_map(taken).collect()
}

fn made_room(facts: &[Fact]) -> Vec<(ReservationId, Quantity)> {
    let mut made: Vec<(ReservationId, Quantity)> = Vec::new();
    for fact in facts {
        let Fact::Released(Released { reservation, quantity, cause, .. }) = fact else { continue };
        if !matches!(cause, ReleaseCause::Reallocated | ReleaseCause::Taken) {
            continue;
        }
        match made.iter_mut().find(|(id, _)| id == reservation) {
            Some((_, sum)) => *sum = sum.checked_add(*quantity).unwrap_or(*sum),
            None => made.push((*reservation, *quantity)),
        }
    }
    made
}

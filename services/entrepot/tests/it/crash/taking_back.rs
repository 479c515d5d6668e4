//! Movements that are taken back: what the model remembers of all of them, and what becomes of that.

use std::ops::RangeInclusive;
use std::sync::Arc;

use proto::stock::v1::Reverse;
use proto::stock::v1::document_line::Action;
use vocabulary::ReservationId;

use super::auditor::Sent;
use super::boxes::{Content, kind};
use super::expected::{ExpectedStep, Met};
use super::model::{Model, moved};
use super::news::News;
use super::paper::{BoxName, Goods, REASON, Step};
use super::recalls::RECALLED;
use super::weighed::Weighed;
use crate::site::LOCATIONS;

/// Sequence and line of a movement.
pub(super) type Movement = ReservationId;

/// What a line moved.
#[derive(Debug, Clone)]
pub(super) struct Past {
    went: Vec<Went>,
    /// Through which channel.
    channel: &'static str,
    met: Option<Met>,
}

/// Some goods went from a place to another, or became others.
#[derive(Debug, Clone)]
pub(super) struct Went {
    /// As they were, with the place where they came from.
    pub(super) goods: Goods,
    pub(super) content: Content,
    /// Where to, and the status there.
    pub(super) to: (&'static str, &'static str),
    /// The handling unit that they came out of, and the one that they went into.
    pub(super) boxes: (Option<u64>, Option<u64>),
    pub(super) weight: Option<Weighed>,
    /// Through which channel, where it is not that of the line.
    pub(super) channel: Option<&'static str>,
}

/// Whether a line moves goods, if there are any.
pub(super) const fn moves_goods(step: &Step) -> bool {
    match step {
        Step::Receive { .. } | Step::Issue { .. } | Step::Return(_) | Step::Move { .. } => true,
        Step::Adjust(_) | Step::ChangeStatus { .. } | Step::Fulfil { .. } | Step::Production(_) => true,
        Step::Pack { .. } | Step::Unpack { .. } | Step::MoveBox { .. } | Step::ShipBox { .. } => true,
        Step::Carry { .. } => true,
        Step::Expected(ExpectedStep::Receive { .. } | ExpectedStep::Issue { .. }) => true,
        Step::Expected(ExpectedStep::Set { .. } | ExpectedStep::Cancel { .. }) => false,
        Step::Reserve { .. } | Step::Release { .. } | Step::SetRule(_) => false,
        Step::Box(_) | Step::Reverse(_) => false,
    }
}

fn is_real(place: &str) -> bool {
    LOCATIONS.contains(&place)
}

impl Went {
    /// They stayed what and where they were; only the handling unit is another.
    fn is_repacked(&self) -> bool {
        self.boxes != (None, None) && (self.goods.at, self.goods.status) == self.to
    }

    /// A lot that would come back with them past a recall, if it is called back.
    fn lot_that_left(&self) -> Option<&'static str> {
        self.lot_that_went((self.goods.at, self.goods.status), self.to.0)
    }

    /// The same, of what took them back.
    fn lot_that_left_again(&self) -> Option<&'static str> {
        self.lot_that_went(self.to, self.goods.at)
    }

    fn lot_that_went(&self, (from, status): (&str, &str), to: &str) -> Option<&'static str> {
        let left = is_real(from) && !is_real(to) && status != RECALLED;
        left.then_some(self.goods.lot).filter(|lot| !lot.is_empty())
    }
}

impl Model {
    /// What a line moves is through its channel, or its promise's.
    pub(super) fn channel_of(&self, step: &Step) -> &'static str {
        if let Step::Issue { claim, .. } | Step::ShipBox { claim, .. } = step {
            return claim.channel;
        }
        let Step::Fulfil { promise, .. } = step else { return "" };
        self.promises.get(promise).map_or("", |open| open.claim.channel)
    }

    /// Takes note of what the line that was judged has moved.
    pub(super) fn remember_moves(&mut self, id: Movement, channel: &'static str) {
        let (went, met) = (std::mem::take(&mut self.went), self.met.take());
        if !went.is_empty() {
            self.past.insert(id, Arc::new(Past { went, channel, met }));
        }
    }

    /// Everything that a line moved goes back, the last of it first.
    pub(super) fn take_back(&mut self, movement: Movement) -> Result<Vec<String>, &'static str> {
        if self.lots_that_left(movement).into_iter().any(|lot| self.called_back.was_known(lot)) {
            // Then it is refused before it comes to the warehouse.
            return Err("LOT_RECALLED");
        }
        let past = self.past.get(&movement).cloned();
        if self.takings_back.contains_key(&movement) {
            return Err("REVERSAL_OF_REVERSAL");
        }
        let past = past.ok_or("MOVEMENT_NOT_FOUND")?;
        if !self.taken_back.insert(movement) {
            return Err("ALREADY_REVERSED");
        }
        let mut facts = Vec::new();
        for went in past.went.iter().rev() {
            let channel = went.channel.unwrap_or(past.channel);
            facts.push(format!("{}{channel}", self.go_back(went, channel)?));
        }
        facts.extend(past.met.clone().and_then(|met| self.reopen(met)));
        Ok(facts)
    }

    /// Lots that left with a movement, also with one that took another one back.
    fn lots_that_left(&self, movement: Movement) -> Vec<&'static str> {
        let went = |movement| self.past.get(movement).into_iter().flat_map(|past| &past.went);
        match self.takings_back.get(&movement) {
            Some(taken) => went(taken).filter_map(Went::lot_that_left_again).collect(),
            None => went(&movement).filter_map(Went::lot_that_left).collect(),
        }
    }

    fn go_back(&mut self, went: &Went, channel: &str) -> Result<String, &'static str> {
        let (back, content) = (went.goods, &went.content);
        let now = Goods { at: went.to.0, status: went.to.1, ..back };
        // A unit that is no more does not come back: what was in it is loose.
        let is_there = |unit: &u64| went.is_repacked() || self.boxes.open.contains_key(unit);
        let (out_of, into) = (went.boxes.1.filter(is_there), went.boxes.0.filter(is_there));
        let (is_here, returns) = (is_real(now.at), is_real(back.at));
        if returns && self.counts(back.status) {
            self.use_quota(back.sku, channel, -back.quantity);
        }
        if is_here && !went.is_repacked() {
            self.check_available(now)?;
            self.add(now, -now.quantity);
            self.check_later(now)?;
        }
        if returns && !went.is_repacked() {
            self.add(back, back.quantity);
        }
        self.go_back_in_boxes((now, back), content, (out_of, into))?;
        self.pieces_go_back((now, back), went)?;
        let weight = match went.weight {
            None => None,
            Some(weight) if is_here => {
                let to = returns.then(|| back.place());
                self.weigh(now, to, (Some(weight.measured), Some(weight.before())))?
            }
            Some(weight) => Some(self.weigh_in(back, (weight.measured, weight.before()))),
        };
        let told = weight.map(|weight| weight.to_string()).unwrap_or_default();
        let way = ("reversal", back.at, back.status, REASON);
        Ok(format!("{}{told}", moved(now, way, content, (out_of, into))))
    }

    fn go_back_in_boxes(
        &mut self,
        (now, back): (Goods, Goods),
        content: &Content,
        (out_of, into): (Option<u64>, Option<u64>),
    ) -> Result<(), &'static str> {
        let (is_here, returns) = (is_real(now.at), is_real(back.at));
        for (unit, at) in [(out_of.filter(|_| is_here), now.at), (into.filter(|_| returns), back.at)] {
            self.boxes.named_at(unit.map(BoxName::Number), at)?;
        }
        if let (Some(number), true) = (out_of, is_here) {
            let held = self.boxes.held(number, now);
            if held.quantity < now.quantity {
                return Err("INSUFFICIENT_IN_UNIT");
            }
            if let Some(missing) = content.serials.difference(&held.serials).next() {
                let is_known = self.units.contains_key(missing);
                return Err(if is_known { "SERIAL_ELSEWHERE" } else { "UNKNOWN_SERIAL" });
            }
            self.boxes.take(number, kind(now), content);
        } else if is_here {
            let is_loose_here = |serial: &String| self.units.get(serial) == Some(&(now.at, now.status));
            let mut here = content.serials.iter().filter(|serial| is_loose_here(serial));
            if here.any(|serial| self.boxes.has_serial(serial)) {
                return Err("PACKED_IN_UNIT");
            }
        }
        if let (Some(number), true) = (into, returns) {
            self.boxes.put(number, kind(back), content);
        }
        let is_loose = is_here && out_of.is_none();
        if is_loose && self.boxes.packed(now) > self.held(now).on_hand {
            let packs_them = into.is_some() && (now.at, now.status) == (back.at, back.status);
            let others = self.boxes.packed(now) - if packs_them { now.quantity } else { 0 };
            return Err(if others == 0 { "INSUFFICIENT_AVAILABLE" } else { "PACKED_IN_UNIT" });
        }
        Ok(())
    }

    fn pieces_go_back(&mut self, (now, back): (Goods, Goods), went: &Went) -> Result<(), &'static str> {
        for serial in &went.content.serials {
            match (is_real(now.at), self.units.get(serial)) {
                (true, None) => return Err("UNKNOWN_SERIAL"),
                (true, Some(at)) if *at != (now.at, now.status) => return Err("SERIAL_ELSEWHERE"),
                (true, Some(_)) if went.is_repacked() => {}
                (true, Some(_)) => self.check_unpromised(serial)?,
                (false, Some(_)) => return Err("DUPLICATE_SERIAL"),
                (false, None) => {}
            }
            if is_real(back.at) {
                self.units.insert(serial.clone(), (back.at, back.status));
            } else {
                self.units.remove(serial);
            }
        }
        Ok(())
    }
}

pub(super) fn action(movement: Movement) -> Action {
    let (sequence, line) = (movement.sequence.get(), movement.line);
    Action::Reverse(Reverse { sequence, line, reason: REASON.to_owned() })
}

/// A document was refused because a line brings a lot back that is called back: so it was, for somebody who knew so many notices.
pub(super) fn check_recalled(
    sent: &Sent,
    (line, known): (u32, RangeInclusive<usize>),
    (news, model): (&News, &Model),
) {
    let Step::Reverse(movement) = sent.paper.steps[usize::try_from(line).unwrap()] else {
        panic!("line {line} brings nothing back: {sent:?}")
    };
    let lots = model.lots_that_left(movement);
    let is_called_back = |known| lots.iter().any(|lot| news.recalls(known).contains_key(lot));
    assert!(known.into_iter().any(is_called_back), "none of {lots:?} is called back: {sent:?}");
}

//! Plain movements that are taken back: what the model remembers of them, and what becomes of that.

use proto::stock::v1::Reverse;
use proto::stock::v1::document_line::Action;
use vocabulary::ReservationId;

use super::expected::{ExpectedStep, Met};
use super::model::Model;
use super::paper::{AVAILABLE, Goods, REASON, Step};
use super::production::Production;
use super::weighed::is_weighed;
use crate::site::{LOTTED, NUMBERED};

/// Sequence and line of a movement.
pub(super) type Movement = ReservationId;

/// A movement of plain goods.
#[derive(Debug, Clone)]
pub(super) struct Past {
    goods: Goods,
    way: PastWay,
    met: Option<Met>,
}

#[derive(Debug, Clone, Copy)]
enum PastWay {
    /// They came from a place outside.
    In(&'static str),
    /// They went to a place outside, maybe through a channel.
    Out(&'static str, &'static str),
    /// They went to another place.
    To(&'static str),
}

impl Past {
    /// Of a line that moves plain goods, in no handling unit.
    pub(super) fn of(step: &Step, met: Option<Met>) -> Option<Self> {
        let (goods, way) = match step {
            Step::Receive { goods, .. } | Step::Expected(ExpectedStep::Receive { goods, .. }) => {
                (*goods, PastWay::In("~SUPPLIER"))
            }
            Step::Return(goods) => (*goods, PastWay::In("~CUSTOMER")),
            Step::Issue { goods, claim } => (*goods, PastWay::Out("~CUSTOMER", claim.channel)),
            Step::Expected(ExpectedStep::Issue { goods, .. }) => (*goods, PastWay::Out("~CUSTOMER", "")),
            Step::Move { goods, to } => (*goods, PastWay::To(to)),
            Step::Adjust(goods) if goods.quantity > 0 => (*goods, PastWay::In("~ADJUSTMENT")),
            Step::Adjust(goods) => {
                (Goods { quantity: -goods.quantity, ..*goods }, PastWay::Out("~ADJUSTMENT", ""))
            }
            Step::Production(step) => match step.what {
                Production::Consume => (step.goods, PastWay::Out("~PRODUCTION", "")),
                Production::Produce { .. } => (step.goods, PastWay::In("~PRODUCTION")),
            },
            Step::Reserve { .. } | Step::SetRule(_) | Step::ChangeStatus { .. } => return None,
            Step::Release { .. } | Step::Fulfil { .. } | Step::Pack { .. } | Step::Unpack { .. } => {
                return None;
            }
            Step::MoveBox { .. } | Step::ShipBox { .. } | Step::Box(_) => return None,
            Step::Expected(_) | Step::Reverse(_) => return None,
        };
        let is_plain = goods.lot.is_empty() && goods.status == AVAILABLE && goods.inside.is_none();
        let is_tracked = [LOTTED, NUMBERED].contains(&goods.sku) || is_weighed(goods.sku);
        (is_plain && !is_tracked).then_some(Self { goods, way, met })
    }
}

impl Model {
    pub(super) fn take_back(&mut self, movement: Movement) -> Result<Vec<String>, &'static str> {
        if self.takings_back.contains(&movement) {
            return Err("REVERSAL_OF_REVERSAL");
        }
        let Past { goods, way, met } = self.past.get(&movement).cloned().ok_or("MOVEMENT_NOT_FOUND")?;
        if !self.taken_back.insert(movement) {
            return Err("ALREADY_REVERSED");
        }
        let fact = match way {
            PastWay::In(from) => self.take(goods, ("reversal", from, goods.status, REASON), None)?,
            PastWay::Out(to, channel) => {
                self.use_quota(goods.sku, channel, -goods.quantity);
                format!("{}{channel}", self.put(goods, ("reversal", to, REASON), None)?)
            }
            PastWay::To(to) => {
                self.take(Goods { at: to, ..goods }, ("reversal", goods.at, goods.status, REASON), None)?
            }
        };
        let reopened = met.and_then(|met| self.reopen(met));
        Ok(std::iter::once(fact).chain(reopened).collect())
    }
}

pub(super) fn action(movement: Movement) -> Action {
    let (sequence, line) = (movement.sequence.get(), movement.line);
    Action::Reverse(Reverse { sequence, line, reason: REASON.to_owned() })
}

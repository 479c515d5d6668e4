use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    Adjust, ChangeStatus, Document, DocumentLine, Fulfil, Goods as GoodsMessage, Issue, LotFacts, Move,
    MoveUnit, Pack, PickRule, Receive, Release, Reserve, Return, ShipUnit, Unpack,
};
use uuid::Uuid;
use vocabulary::ReservationId;

use super::expected::ExpectedStep;
use super::production::ProductionStep;
use super::rules::Rule;
use super::taking_back::{self, Movement};
use super::weighed::kilograms;

/// A document as its author remembers it.
#[derive(Debug, Clone)]
pub(super) struct Paper {
    pub(super) request_id: Uuid,
    pub(super) warehouse: &'static str,
    pub(super) reference: String,
    /// Seconds since 1970, if the author says when it happened.
    pub(super) effective_at: Option<i64>,
    pub(super) steps: Vec<Step>,
}

/// A line.
#[derive(Debug, Clone)]
pub(super) enum Step {
    Receive {
        goods: Goods,
        /// Until when the lot may be used; empty for what has no lot.
        expiry: &'static str,
    },
    Issue {
        goods: Goods,
        claim: Claim,
    },
    Return(Goods),
    Reserve {
        /// With an empty place for anywhere.
        goods: Goods,
        claim: Claim,
    },
    SetRule(Rule),
    Move {
        goods: Goods,
        to: &'static str,
    },
    /// With a negative quantity, goods are taken away.
    Adjust(Goods),
    ChangeStatus {
        goods: Goods,
        to: &'static str,
    },
    Release {
        promise: ReservationId,
        /// `None` for all that is left.
        quantity: Option<i64>,
    },
    Fulfil {
        promise: ReservationId,
        /// `None` for all that is left.
        quantity: Option<i64>,
        /// The handling unit that its goods come out of.
        inside: Option<BoxName>,
        /// What they weigh together, in grams.
        weight: Option<i64>,
    },
    Pack {
        into: BoxName,
        goods: Goods,
    },
    Unpack {
        from: BoxName,
        /// Everything, if there are none.
        goods: Option<Goods>,
    },
    MoveBox {
        unit: BoxName,
        to: &'static str,
    },
    ShipBox {
        unit: BoxName,
        claim: Claim,
        /// What its goods fulfil.
        promises: Vec<ReservationId>,
    },
    /// Promised goods go elsewhere, and their promise with them.
    Carry {
        promise: ReservationId,
        goods: Goods,
        to: &'static str,
    },
    Box(BoxStep),
    Expected(ExpectedStep),
    Production(ProductionStep),
    Reverse(Movement),
}

/// A line about a handling unit, and about no goods.
#[derive(Debug, Clone)]
pub(super) enum BoxStep {
    SetNumbers {
        extension: u64,
        next: u64,
        last: u64,
    },
    Open {
        /// Its number; one of the range, if there is none.
        given: Option<u64>,
        kind: &'static str,
        at: &'static str,
    },
    Nest {
        unit: BoxName,
        parent: Option<BoxName>,
    },
    Close {
        unit: BoxName,
    },
}

/// A handling unit as a line names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum BoxName {
    Number(u64),
    /// The line of the same document that opens it.
    Line(u32),
}

/// How goods are claimed: to whom, through what, and which of them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Claim {
    /// Seconds since 1970; `None` for a hard promise.
    pub(super) expires_at: Option<i64>,
    pub(super) priority: u32,
    pub(super) holder: &'static str,
    pub(super) channel: &'static str,
    pub(super) pick: PickRule,
    pub(super) min_expiry: &'static str,
    pub(super) use_buffer: bool,
    pub(super) allow_partial: bool,
    pub(super) reallocate: bool,
}

/// What, where, how much; and which of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Goods {
    pub(super) sku: &'static str,
    pub(super) at: &'static str,
    pub(super) quantity: i64,
    /// Empty for what has no lot, or to have lots chosen.
    pub(super) lot: &'static str,
    pub(super) status: &'static str,
    /// The number of the only piece.
    pub(super) unit: Option<u64>,
    /// The handling unit that they come out of, or go into.
    pub(super) inside: Option<BoxName>,
    /// What they weigh together, in grams.
    pub(super) weight: Option<i64>,
    /// Whether a promise is of this status only, although it is the usual one.
    pub(super) names_status: bool,
    /// Whether promises end where what is free does not suffice.
    pub(super) takes_promised: bool,
}

/// Why every adjustment and change of status is made.
pub(super) const REASON: &str = "counted";
/// Of the numbers that handling units get here.
pub(super) const COMPANY_PREFIX: &str = "7610425";
/// What goods are that can be promised.
pub(super) const AVAILABLE: &str = "available";

impl Paper {
    /// As it is sent, the same every time.
    pub(super) fn message(&self) -> Document {
        let line = |step: &Step| DocumentLine { action: Some(step.action()) };
        Document {
            request_id: self.request_id.to_string(),
            effective_at: self.effective_at.map(|seconds| prost_types::Timestamp { seconds, nanos: 0 }),
            lines: self.steps.iter().map(line).collect(),
            reference: self.reference.clone(),
            ..Document::default()
        }
    }

    /// Another document under the same id.
    pub(super) fn forged(&self) -> Self {
        Self { reference: format!("{}, forged", self.reference), ..self.clone() }
    }
}

impl Step {
    /// Of a line about goods that may be in a handling unit.
    pub(super) const fn goods(&self) -> Option<Goods> {
        match self {
            Self::Receive { goods, .. } | Self::Move { goods, .. } | Self::ChangeStatus { goods, .. } => {
                Some(*goods)
            }
            Self::Issue { goods, .. } | Self::Return(goods) | Self::Adjust(goods) => Some(*goods),
            Self::Production(step) => Some(step.goods),
            Self::Carry { goods, .. } => Some(*goods),
            Self::Reserve { .. } | Self::SetRule(_) | Self::Release { .. } | Self::Fulfil { .. } => None,
            Self::Pack { .. } | Self::Unpack { .. } | Self::MoveBox { .. } => None,
            Self::ShipBox { .. } | Self::Box(_) | Self::Expected(_) | Self::Reverse(_) => None,
        }
    }

    pub(super) fn action(&self) -> Action {
        let (unit, partner, reason) = (String::new(), String::new(), REASON.to_owned());
        match self {
            Self::Receive { goods, expiry } => {
                let ((sku, location, quantity), goods) = (goods.fields(), goods.which());
                let facts = LotFacts { expiry: (*expiry).to_owned(), ..LotFacts::default() };
                let lot_facts = (!expiry.is_empty()).then_some(facts);
                Action::Receive(Receive { sku, location, quantity, goods, lot_facts, ..Receive::default() })
            }
            Self::Issue { goods, claim } => Action::Issue(issue(goods, claim)),
            Self::Return(goods) => {
                let ((sku, location, quantity), goods) = (goods.fields(), goods.which());
                Action::Return(Return { sku, location, quantity, unit, goods, partner, ..Return::default() })
            }
            Self::Reserve { goods, claim } => Action::Reserve(reserve(goods, claim)),
            Self::SetRule(rule) => Action::SetRule(rule.message()),
            Self::Adjust(of) => {
                let ((sku, location, delta), goods) = (of.fields(), of.which());
                let take_promised = of.takes_promised;
                Action::Adjust(Adjust { sku, location, delta, unit, reason, goods, take_promised })
            }
            Self::Move { goods, to } => Action::Move(moved(goods, to)),
            Self::Carry { promise, goods, to } => {
                Action::Move(Move { reservation_id: promise.to_string(), ..moved(goods, to) })
            }
            Self::ChangeStatus { goods, to } => {
                let take_promised = goods.takes_promised;
                let ((sku, location, quantity), goods) = (goods.fields(), goods.which());
                let status = ChangeStatus { sku, location, quantity, unit, goods, ..ChangeStatus::default() };
                Action::ChangeStatus(ChangeStatus {
                    to_status: (*to).to_owned(),
                    reason,
                    take_promised,
                    ..status
                })
            }
            Self::Release { promise, quantity } => Action::Release(Release {
                reservation_id: promise.to_string(),
                quantity: quantity.map(decimal),
            }),
            Self::Fulfil { promise, quantity, inside, weight } => Action::Fulfil(Fulfil {
                reservation_id: promise.to_string(),
                quantity: quantity.map(decimal),
                handling_unit: inside.map_or_else(String::new, |inside| inside.to_string()),
                weight: weight.map(kilograms),
                ..Fulfil::default()
            }),
            Self::Pack { into, goods } => {
                let ((sku, _, quantity), which) = (goods.fields(), goods.which());
                Action::Pack(Pack { handling_unit: into.to_string(), sku, quantity, unit, goods: which })
            }
            Self::Unpack { from, goods } => {
                let (sku, _, quantity) = goods.map(|goods| goods.fields()).unwrap_or_default();
                let goods = goods.and_then(|goods| goods.which());
                Action::Unpack(Unpack { handling_unit: from.to_string(), sku, quantity, unit, goods })
            }
            Self::MoveBox { unit, to } => {
                Action::MoveUnit(MoveUnit { handling_unit: unit.to_string(), to_location: (*to).to_owned() })
            }
            Self::ShipBox { unit, claim, promises } => Action::ShipUnit(ship(*unit, claim, promises)),
            Self::Box(step) => step.action(),
            Self::Expected(step) => step.action(),
            Self::Production(step) => step.action(),
            Self::Reverse(movement) => taking_back::action(*movement),
        }
    }
}

fn issue(goods: &Goods, claim: &Claim) -> Issue {
    let (sku, location, quantity) = goods.fields();
    Issue {
        sku,
        location,
        quantity,
        unit: String::new(),
        goods: goods.which(),
        channel: claim.channel.to_owned(),
        pick: claim.pick.into(),
        min_expiry: claim.min_expiry.to_owned(),
        use_buffer: claim.use_buffer,
        partner: claim.holder.to_owned(),
        ..Issue::default()
    }
}

fn moved(goods: &Goods, to: &str) -> Move {
    let ((sku, from_location, quantity), goods) = (goods.fields(), goods.which());
    Move { sku, from_location, to_location: to.to_owned(), quantity, goods, ..Move::default() }
}

fn ship(unit: BoxName, claim: &Claim, promises: &[ReservationId]) -> ShipUnit {
    ShipUnit {
        handling_unit: unit.to_string(),
        channel: claim.channel.to_owned(),
        use_buffer: claim.use_buffer,
        needed_on: String::new(),
        partner: claim.holder.to_owned(),
        reservation_ids: promises.iter().map(ToString::to_string).collect(),
    }
}

fn reserve(goods: &Goods, claim: &Claim) -> Reserve {
    let (sku, location, quantity) = goods.fields();
    Reserve {
        sku,
        location,
        quantity,
        unit: String::new(),
        goods: goods.which(),
        expires_at: claim.expires_at.map(|seconds| prost_types::Timestamp { seconds, nanos: 0 }),
        priority: claim.priority,
        holder: claim.holder.to_owned(),
        channel: claim.channel.to_owned(),
        pick: claim.pick.into(),
        min_expiry: claim.min_expiry.to_owned(),
        use_buffer: claim.use_buffer,
        allow_partial: claim.allow_partial,
        reallocate: claim.reallocate,
        ..Reserve::default()
    }
}

impl Claim {
    /// What a promise keeps of it, in words.
    pub(super) fn terms(&self) -> String {
        format!("{:?} {} {} {}", self.expires_at, self.priority, self.holder, self.channel)
    }
}

impl Goods {
    /// Any available ones.
    pub(super) const fn plain(sku: &'static str, at: &'static str, quantity: i64) -> Self {
        let (unit, inside, weight) = (None, None, None);
        let (names_status, takes_promised) = (false, false);
        Self {
            sku,
            at,
            quantity,
            lot: "",
            status: AVAILABLE,
            unit,
            inside,
            weight,
            names_status,
            takes_promised,
        }
    }

    pub(super) fn fields(&self) -> (String, String, Option<Decimal>) {
        (self.sku.to_owned(), self.at.to_owned(), Some(decimal(self.quantity)))
    }

    pub(super) fn which(&self) -> Option<GoodsMessage> {
        let is_plain = *self == Self::plain(self.sku, self.at, self.quantity);
        (!is_plain).then(|| GoodsMessage {
            lot: self.lot.to_owned(),
            serials: self.serial().into_iter().collect(),
            // Written out it would say that no other status will do.
            status: match self.status {
                AVAILABLE if !self.names_status => String::new(),
                status => status.to_owned(),
            },
            owner: String::new(),
            handling_unit: self.inside.map_or_else(String::new, |inside| inside.to_string()),
            weight: self.weight.map(kilograms),
        })
    }

    /// The unit's serial number.
    pub(super) fn serial(&self) -> Option<String> {
        self.unit.map(|unit| format!("U{unit}"))
    }
}

pub(super) fn decimal(units: i64) -> Decimal {
    Decimal { value: units.to_string() }
}

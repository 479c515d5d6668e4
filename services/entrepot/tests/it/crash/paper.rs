use std::fmt;

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    Adjust, ChangeStatus, ChannelQuota, CustomerMaximum, Document, DocumentLine, Fulfil,
    Goods as GoodsMessage, Issue, LotFacts, Move, PickRule, Receive, Release, Reserve, Return, SafetyBuffer,
    SetRule, set_rule,
};
use uuid::Uuid;
use vocabulary::ReservationId;

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
    },
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

/// What is kept back of an item; `None` ends it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Rule {
    Quota { sku: &'static str, channel: &'static str, quantity: Option<i64> },
    Buffer { sku: &'static str, quantity: Option<i64> },
    Maximum { sku: &'static str, holder: &'static str, quantity: Option<i64> },
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
    /// The number of the only unit.
    pub(super) unit: Option<u64>,
}

/// Why every adjustment and change of status is made.
pub(super) const REASON: &str = "counted";
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
    fn action(&self) -> Action {
        let (unit, partner, reason) = (String::new(), String::new(), REASON.to_owned());
        match self {
            Self::Receive { goods, expiry } => {
                let ((sku, location, quantity), which) = (goods.fields(), goods.which());
                let facts = LotFacts { expiry: (*expiry).to_owned(), ..LotFacts::default() };
                let lot_facts = (!expiry.is_empty()).then_some(facts);
                Action::Receive(Receive { sku, location, quantity, unit, goods: which, lot_facts, partner })
            }
            Self::Issue { goods, claim } => Action::Issue(issue(goods, claim)),
            Self::Return(goods) => {
                let ((sku, location, quantity), goods) = (goods.fields(), goods.which());
                Action::Return(Return { sku, location, quantity, unit, goods, partner })
            }
            Self::Reserve { goods, claim } => Action::Reserve(reserve(goods, claim)),
            Self::SetRule(rule) => Action::SetRule(rule.message()),
            Self::Adjust(goods) => {
                let ((sku, location, delta), goods) = (goods.fields(), goods.which());
                Action::Adjust(Adjust { sku, location, delta, unit, reason, goods })
            }
            Self::Move { goods, to } => {
                let ((sku, from_location, quantity), goods) = (goods.fields(), goods.which());
                let to_location = (*to).to_owned();
                Action::Move(Move { sku, from_location, to_location, quantity, unit, goods })
            }
            Self::ChangeStatus { goods, to } => {
                let ((sku, location, quantity), goods) = (goods.fields(), goods.which());
                let to_status = (*to).to_owned();
                Action::ChangeStatus(ChangeStatus { sku, location, quantity, unit, goods, to_status, reason })
            }
            Self::Release { promise, quantity } => Action::Release(Release {
                reservation_id: promise.to_string(),
                quantity: quantity.map(decimal),
            }),
            Self::Fulfil { promise, quantity } => Action::Fulfil(Fulfil {
                reservation_id: promise.to_string(),
                quantity: quantity.map(decimal),
                ..Fulfil::default()
            }),
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
        needed_on: String::new(),
        use_buffer: claim.use_buffer,
        partner: claim.holder.to_owned(),
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
        needed_on: String::new(),
        use_buffer: claim.use_buffer,
        allow_partial: claim.allow_partial,
        reallocate: claim.reallocate,
    }
}

impl Claim {
    /// What a promise keeps of it, in words.
    pub(super) fn terms(&self) -> String {
        let Self { expires_at, priority, holder, channel, .. } = self;
        format!("{expires_at:?} {priority} {holder} {channel}")
    }
}

impl Rule {
    pub(super) const fn sku(&self) -> &'static str {
        match self {
            Self::Quota { sku, .. } | Self::Buffer { sku, .. } | Self::Maximum { sku, .. } => sku,
        }
    }

    fn message(&self) -> SetRule {
        let sku = self.sku().to_owned();
        let rule = match *self {
            Self::Quota { channel, quantity, .. } => {
                let (channel, quantity) = (channel.to_owned(), quantity.map(decimal));
                set_rule::Rule::ChannelQuota(ChannelQuota { sku, channel, quantity })
            }
            Self::Buffer { quantity, .. } => {
                set_rule::Rule::SafetyBuffer(SafetyBuffer { sku, quantity: quantity.map(decimal) })
            }
            Self::Maximum { holder, quantity, .. } => {
                let (holder, quantity) = (holder.to_owned(), quantity.map(decimal));
                set_rule::Rule::CustomerMaximum(CustomerMaximum { sku, holder, quantity })
            }
        };
        SetRule { rule: Some(rule) }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Quota { sku, channel, quantity } => write!(f, "quota {sku} {channel} {quantity:?}"),
            Self::Buffer { sku, quantity } => write!(f, "buffer {sku} {quantity:?}"),
            Self::Maximum { sku, holder, quantity } => write!(f, "maximum {sku} {holder} {quantity:?}"),
        }
    }
}

impl Goods {
    /// Any available ones.
    pub(super) const fn plain(sku: &'static str, at: &'static str, quantity: i64) -> Self {
        Self { sku, at, quantity, lot: "", status: AVAILABLE, unit: None }
    }

    fn fields(&self) -> (String, String, Option<Decimal>) {
        (self.sku.to_owned(), self.at.to_owned(), Some(decimal(self.quantity)))
    }

    fn which(&self) -> Option<GoodsMessage> {
        let is_plain = *self == Self::plain(self.sku, self.at, self.quantity);
        (!is_plain).then(|| GoodsMessage {
            lot: self.lot.to_owned(),
            serials: self.serial().into_iter().collect(),
            status: self.status.to_owned(),
            owner: String::new(),
        })
    }

    /// The unit's serial number.
    pub(super) fn serial(&self) -> Option<String> {
        self.unit.map(|unit| format!("U{unit}"))
    }
}

fn decimal(units: i64) -> Decimal {
    Decimal { value: units.to_string() }
}

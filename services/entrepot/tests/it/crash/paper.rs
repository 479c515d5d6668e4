use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    Adjust, ChangeStatus, Document, DocumentLine, Fulfil, Goods as GoodsMessage, Issue, LotFacts, Move,
    Receive, Release, Reserve, Return,
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
    Issue(Goods),
    Return(Goods),
    Reserve(Goods),
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
        quantity: i64,
    },
    Fulfil {
        promise: ReservationId,
        quantity: i64,
    },
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
            Self::Issue(goods) => {
                let ((sku, location, quantity), goods) = (goods.fields(), goods.which());
                Action::Issue(Issue { sku, location, quantity, unit, goods, partner })
            }
            Self::Return(goods) => {
                let ((sku, location, quantity), goods) = (goods.fields(), goods.which());
                Action::Return(Return { sku, location, quantity, unit, goods, partner })
            }
            Self::Reserve(goods) => {
                let ((sku, location, quantity), goods) = (goods.fields(), goods.which());
                Action::Reserve(Reserve { sku, location, quantity, unit, goods, ..Reserve::default() })
            }
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
                quantity: Some(decimal(*quantity)),
            }),
            Self::Fulfil { promise, quantity } => Action::Fulfil(Fulfil {
                reservation_id: promise.to_string(),
                quantity: Some(decimal(*quantity)),
                ..Fulfil::default()
            }),
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

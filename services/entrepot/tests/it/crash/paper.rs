use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    Adjust, Document, DocumentLine, Fulfil, Issue, Move, Receive, Release, Reserve, Return,
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
    Receive(Goods),
    Issue(Goods),
    Return(Goods),
    Reserve(Goods),
    Move {
        goods: Goods,
        to: &'static str,
    },
    /// With a negative quantity, goods are taken away.
    Adjust(Goods),
    Release {
        promise: ReservationId,
        quantity: i64,
    },
    Fulfil {
        promise: ReservationId,
        quantity: i64,
    },
}

/// What, where, how much.
#[derive(Debug, Clone, Copy)]
pub(super) struct Goods {
    pub(super) sku: &'static str,
    pub(super) at: &'static str,
    pub(super) quantity: i64,
}

/// Why every adjustment is made.
pub(super) const ADJUST_REASON: &str = "counted";

impl Paper {
    /// As it is sent, the same every time.
    pub(super) fn message(&self) -> Document {
        let line = |step: &Step| DocumentLine { action: Some(step.action()) };
        Document {
            request_id: self.request_id.to_string(),
            effective_at: self.effective_at.map(|seconds| prost_types::Timestamp { seconds, nanos: 0 }),
            lines: self.steps.iter().map(line).collect(),
            reference: self.reference.clone(),
        }
    }

    /// Another document under the same id.
    pub(super) fn forged(&self) -> Self {
        Self { reference: format!("{}, forged", self.reference), ..self.clone() }
    }
}

impl Step {
    fn action(&self) -> Action {
        let (unit, reason) = (String::new(), ADJUST_REASON.to_owned());
        match self {
            Self::Receive(goods) => {
                let (sku, location, quantity) = goods.fields();
                Action::Receive(Receive { sku, location, quantity, unit, ..Receive::default() })
            }
            Self::Issue(goods) => {
                let (sku, location, quantity) = goods.fields();
                Action::Issue(Issue { sku, location, quantity, unit, ..Issue::default() })
            }
            Self::Return(goods) => {
                let (sku, location, quantity) = goods.fields();
                Action::Return(Return { sku, location, quantity, unit, ..Return::default() })
            }
            Self::Reserve(goods) => {
                let (sku, location, quantity) = goods.fields();
                Action::Reserve(Reserve { sku, location, quantity, unit, ..Reserve::default() })
            }
            Self::Adjust(goods) => {
                let (sku, location, delta) = goods.fields();
                Action::Adjust(Adjust { sku, location, delta, unit, reason, ..Adjust::default() })
            }
            Self::Move { goods, to } => {
                let (sku, from_location, quantity) = goods.fields();
                Action::Move(Move {
                    sku,
                    from_location,
                    to_location: (*to).to_owned(),
                    quantity,
                    unit,
                    ..Move::default()
                })
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
    fn fields(&self) -> (String, String, Option<Decimal>) {
        (self.sku.to_owned(), self.at.to_owned(), Some(decimal(self.quantity)))
    }
}

fn decimal(units: i64) -> Decimal {
    Decimal { value: units.to_string() }
}

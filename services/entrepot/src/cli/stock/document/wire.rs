//! What was written, as messages.

use proto::stock::v1::{Adjust, ChangeStatus, Goods, LotFacts, Move, Produce, Receive};

use super::{
    AdjustForm, ChangeStatusForm, DealForm, GoodsForm, LotFactsForm, MoveForm, Number, ProduceForm,
    ReceiveForm, WhichForm,
};
use crate::cli::text::decimal;

/// What the messages of most actions have in common.
pub(super) struct GoodsParts {
    pub(super) sku: String,
    pub(super) location: String,
    pub(super) quantity: Option<proto::common::v1::Decimal>,
    pub(super) unit: String,
    pub(super) goods: Option<Goods>,
}

/// What the messages of an issue and of a return have in common.
pub(super) struct DealParts {
    pub(super) sku: String,
    pub(super) location: String,
    pub(super) quantity: Option<proto::common::v1::Decimal>,
    pub(super) unit: String,
    pub(super) goods: Option<Goods>,
    pub(super) partner: String,
}

impl DealForm {
    pub(super) fn parts(self) -> DealParts {
        let (quantity, goods) = (self.quantity.wire(), self.goods.map(WhichForm::wire));
        let Self { sku, location, unit, partner, .. } = self;
        DealParts { sku, location, quantity, unit, goods, partner }
    }
}

impl GoodsForm {
    pub(super) fn parts(self) -> GoodsParts {
        let (quantity, goods) = (self.quantity.wire(), self.goods.map(WhichForm::wire));
        GoodsParts { sku: self.sku, location: self.location, quantity, unit: self.unit, goods }
    }
}

impl ReceiveForm {
    pub(super) fn wire(self) -> Receive {
        Receive {
            quantity: self.quantity.wire(),
            sku: self.sku,
            location: self.location,
            unit: self.unit,
            goods: self.goods.map(WhichForm::wire),
            lot_facts: self.lot_facts.map(LotFactsForm::wire),
            partner: self.partner,
        }
    }
}

impl ProduceForm {
    pub(super) fn wire(self) -> Produce {
        Produce {
            quantity: self.quantity.wire(),
            sku: self.sku,
            location: self.location,
            unit: self.unit,
            goods: self.goods.map(WhichForm::wire),
            lot_facts: self.lot_facts.map(LotFactsForm::wire),
        }
    }
}

impl MoveForm {
    pub(super) fn wire(self) -> Move {
        Move {
            sku: self.sku,
            from_location: self.from_location,
            to_location: self.to_location,
            quantity: self.quantity.wire(),
            unit: self.unit,
            goods: self.goods.map(WhichForm::wire),
        }
    }
}

impl AdjustForm {
    pub(super) fn wire(self) -> Adjust {
        Adjust {
            sku: self.sku,
            location: self.location,
            delta: self.delta.wire(),
            unit: self.unit,
            reason: self.reason,
            goods: self.goods.map(WhichForm::wire),
        }
    }
}

impl ChangeStatusForm {
    pub(super) fn wire(self) -> ChangeStatus {
        ChangeStatus {
            quantity: self.quantity.wire(),
            sku: self.sku,
            location: self.location,
            unit: self.unit,
            goods: self.goods.map(WhichForm::wire),
            to_status: self.to_status,
            reason: self.reason,
        }
    }
}

impl WhichForm {
    pub(in crate::cli::stock) fn wire(self) -> Goods {
        let Self { lot, serials, status, owner, handling_unit, weight } = self;
        let weight = weight.as_ref().and_then(Number::wire);
        Goods { lot, serials, status, owner, handling_unit, weight }
    }
}

impl LotFactsForm {
    pub(super) fn wire(self) -> LotFacts {
        let Self { supplier_lot, made, best_before, expiry, origin, attributes } = self;
        LotFacts { supplier_lot, made, best_before, expiry, origin, attributes }
    }
}

impl Number {
    pub(in crate::cli::stock) fn wire(&self) -> Option<proto::common::v1::Decimal> {
        match self {
            Self::Text(text) => decimal(text),
            Self::Whole(whole) => decimal(&whole.to_string()),
        }
    }
}

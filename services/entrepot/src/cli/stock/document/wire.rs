//! What was written, as messages.

use proto::stock::v1::{
    Adjust, ChangeStatus, Consume, Goods, LotFacts, Move, Produce, Receive, Return, TakeOwnership,
};

use super::{
    AdjustForm, ChangeStatusForm, ConsumeForm, DealForm, GoodsForm, LotFactsForm, MoveForm, Number,
    ProduceForm, ReceiveForm, WhichForm,
};
use crate::cli::stock::deliveries::{InspectionForm, ReferenceForm};
use crate::cli::text::decimal;

impl DealForm {
    pub(super) fn wire(self) -> Return {
        let (quantity, goods) = (self.quantity.wire(), self.goods.map(WhichForm::wire));
        let delivery = self.delivery.map(ReferenceForm::wire);
        let Self { sku, location, unit, partner, expectation, .. } = self;
        Return { sku, location, quantity, unit, goods, partner, expectation, delivery }
    }
}

impl GoodsForm {
    pub(super) fn wire(self) -> TakeOwnership {
        let (quantity, goods) = (self.quantity.wire(), self.goods.map(WhichForm::wire));
        TakeOwnership { sku: self.sku, location: self.location, quantity, unit: self.unit, goods }
    }
}

impl ConsumeForm {
    pub(super) fn wire(self) -> Consume {
        let (quantity, goods) = (self.quantity.wire(), self.goods.map(WhichForm::wire));
        let Self { sku, location, unit, expectation, .. } = self;
        Consume { sku, location, quantity, unit, goods, expectation }
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
            expectation: self.expectation,
            delivery: self.delivery.map(ReferenceForm::wire),
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
            expectation: self.expectation,
            delivery: self.delivery.map(ReferenceForm::wire),
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
            reservation_id: self.reservation_id,
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
            take_promised: self.take_promised,
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
            inspection: self.inspection.map(InspectionForm::wire),
            take_promised: self.take_promised,
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
    pub(in crate::cli::stock) fn wire(self) -> LotFacts {
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

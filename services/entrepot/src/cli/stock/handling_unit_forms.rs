//! Lines about handling units as JSON.

use proto::stock::v1::{CloseUnit, MoveUnit, Nest, OpenUnit, Pack, SetNumberRange, ShipUnit, Unpack};
use serde::Deserialize;

use super::document::{Number, WhichForm};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NumberRangeForm {
    company_prefix: String,
    #[serde(default)]
    extension_digit: u32,
    next: u64,
    #[serde(default)]
    last: u64,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OpenForm {
    #[serde(default)]
    handling_unit: String,
    kind: String,
    location: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PackForm {
    handling_unit: String,
    sku: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct UnpackForm {
    handling_unit: String,
    #[serde(default)]
    sku: String,
    quantity: Option<Number>,
    #[serde(default)]
    unit: String,
    goods: Option<WhichForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NestForm {
    handling_unit: String,
    #[serde(default)]
    parent: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MoveUnitForm {
    handling_unit: String,
    to_location: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ShipForm {
    handling_unit: String,
    #[serde(default)]
    channel: String,
    #[serde(default)]
    use_buffer: bool,
    #[serde(default)]
    needed_on: String,
    #[serde(default)]
    partner: String,
    #[serde(default)]
    reservation_ids: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CloseForm {
    handling_unit: String,
}

impl NumberRangeForm {
    pub(super) fn wire(self) -> SetNumberRange {
        let Self { company_prefix, extension_digit, next, last } = self;
        SetNumberRange { company_prefix, extension_digit, next, last }
    }
}

impl OpenForm {
    pub(super) fn wire(self) -> OpenUnit {
        let Self { handling_unit, kind, location } = self;
        OpenUnit { handling_unit, kind, location }
    }
}

impl PackForm {
    pub(super) fn wire(self) -> Pack {
        let (quantity, goods) = (self.quantity.wire(), self.goods.map(WhichForm::wire));
        Pack { handling_unit: self.handling_unit, sku: self.sku, quantity, unit: self.unit, goods }
    }
}

impl UnpackForm {
    pub(super) fn wire(self) -> Unpack {
        let quantity = self.quantity.as_ref().and_then(Number::wire);
        let goods = self.goods.map(WhichForm::wire);
        Unpack { handling_unit: self.handling_unit, sku: self.sku, quantity, unit: self.unit, goods }
    }
}

impl NestForm {
    pub(super) fn wire(self) -> Nest {
        Nest { handling_unit: self.handling_unit, parent: self.parent }
    }
}

impl MoveUnitForm {
    pub(super) fn wire(self) -> MoveUnit {
        MoveUnit { handling_unit: self.handling_unit, to_location: self.to_location }
    }
}

impl ShipForm {
    pub(super) fn wire(self) -> ShipUnit {
        let Self { handling_unit, channel, use_buffer, needed_on, partner, reservation_ids } = self;
        ShipUnit { handling_unit, channel, use_buffer, needed_on, partner, reservation_ids }
    }
}

impl CloseForm {
    pub(super) fn wire(self) -> CloseUnit {
        CloseUnit { handling_unit: self.handling_unit }
    }
}

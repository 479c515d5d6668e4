//! Lines about deliveries as JSON.

use proto::stock::v1::{
    AnnounceDelivery, CancelDelivery, CloseDelivery, DeclareDiscrepancy, DeliveryLine, DeliveryReference,
    DeliveryUnit, DeliveryUnitGoods, Inspection, ReceiveUnit,
};
use serde::Deserialize;

use super::verbs::{Answerable, Source, Wrong, tolerance};
use crate::cli::stock::document::{LotFactsForm, Number};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct AnnounceForm {
    delivery: String,
    source: Source,
    #[serde(default)]
    partner: String,
    #[serde(default)]
    carrier: String,
    due: String,
    #[serde(default)]
    takes_unannounced: bool,
    #[serde(default)]
    lines: Vec<LineForm>,
    #[serde(default)]
    units: Vec<UnitForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct LineForm {
    number: u32,
    sku: String,
    quantity: Number,
    #[serde(default)]
    unit: String,
    over: Option<String>,
    under: Option<String>,
    #[serde(default)]
    aql: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitForm {
    handling_unit: String,
    kind: String,
    goods: Vec<UnitGoodsForm>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct UnitGoodsForm {
    number: u32,
    quantity: Number,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    lot: String,
    lot_facts: Option<LotFactsForm>,
    #[serde(default)]
    serials: Vec<String>,
}

/// Of which delivery goods are that come.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct ReferenceForm {
    delivery: String,
    #[serde(default)]
    number: u32,
    #[serde(default)]
    cross_dock: bool,
}

/// How goods did in an inspection.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct InspectionForm {
    delivery: String,
    number: u32,
    sample: u32,
    #[serde(default)]
    defective: u32,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct ReceiveUnitForm {
    delivery: String,
    handling_unit: String,
    location: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct DeclareForm {
    delivery: String,
    number: u32,
    kind: Wrong,
    quantity: Number,
    answerable: Answerable,
    #[serde(default)]
    note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct CloseForm {
    delivery: String,
    answerable: Option<Answerable>,
    #[serde(default)]
    note: String,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::cli::stock) struct CancelForm {
    delivery: String,
}

impl AnnounceForm {
    pub(in crate::cli::stock) fn wire(self) -> AnnounceDelivery {
        let Self { delivery, source, partner, carrier, due, takes_unannounced, lines, units } = self;
        AnnounceDelivery {
            delivery,
            source: source.wire(),
            partner,
            carrier,
            due,
            takes_unannounced,
            lines: lines.into_iter().map(LineForm::wire).collect(),
            units: units.into_iter().map(UnitForm::wire).collect(),
        }
    }
}

impl LineForm {
    fn wire(self) -> DeliveryLine {
        DeliveryLine {
            number: self.number,
            sku: self.sku,
            quantity: self.quantity.wire(),
            unit: self.unit,
            over: self.over.as_deref().map(tolerance),
            under: self.under.as_deref().map(tolerance),
            aql: self.aql,
        }
    }
}

impl UnitForm {
    fn wire(self) -> DeliveryUnit {
        let Self { handling_unit, kind, goods } = self;
        DeliveryUnit { handling_unit, kind, goods: goods.into_iter().map(UnitGoodsForm::wire).collect() }
    }
}

impl UnitGoodsForm {
    fn wire(self) -> DeliveryUnitGoods {
        DeliveryUnitGoods {
            number: self.number,
            quantity: self.quantity.wire(),
            unit: self.unit,
            lot: self.lot,
            lot_facts: self.lot_facts.map(LotFactsForm::wire),
            serials: self.serials,
        }
    }
}

impl ReferenceForm {
    pub(in crate::cli::stock) fn wire(self) -> DeliveryReference {
        DeliveryReference { delivery: self.delivery, number: self.number, cross_dock: self.cross_dock }
    }
}

impl InspectionForm {
    pub(in crate::cli::stock) fn wire(self) -> Inspection {
        let Self { delivery, number, sample, defective } = self;
        Inspection { delivery, number, sample, defective }
    }
}

impl ReceiveUnitForm {
    pub(in crate::cli::stock) fn wire(self) -> ReceiveUnit {
        let Self { delivery, handling_unit, location } = self;
        ReceiveUnit { delivery, handling_unit, location }
    }
}

impl DeclareForm {
    pub(in crate::cli::stock) fn wire(self) -> DeclareDiscrepancy {
        let Self { delivery, number, kind, quantity, answerable, note } = self;
        let (kind, quantity, answerable) = (kind.wire(), quantity.wire(), answerable.wire());
        DeclareDiscrepancy { delivery, number, kind, quantity, answerable, note }
    }
}

impl CloseForm {
    pub(in crate::cli::stock) fn wire(self) -> CloseDelivery {
        let Self { delivery, answerable, note } = self;
        CloseDelivery { delivery, answerable: answerable.map_or(0, Answerable::wire), note }
    }
}

impl CancelForm {
    pub(in crate::cli::stock) fn wire(self) -> CancelDelivery {
        CancelDelivery { delivery: self.delivery }
    }
}

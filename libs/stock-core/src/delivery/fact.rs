use vocabulary::{DocumentCode, Quantity, Sku, Sscc};
use work_core::DeliveryChange;

use crate::{Entry, Fact};

/// A delivery changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeliveryFact {
    /// The document's line, from 0.
    pub line: u32,
    /// How.
    pub change: DeliveryChange,
}

/// What a line of an entry brought of a delivery, or inspected of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrived {
    /// The delivery.
    pub delivery: DocumentCode,
    /// Its line.
    pub number: u32,
    /// The item.
    pub sku: Sku,
    /// How much, in the base unit.
    pub quantity: Quantity,
    /// The announced handling unit that they came in.
    pub unit: Option<Sscc>,
    /// Whether they were there, and were inspected.
    pub is_inspection: bool,
}

impl Entry {
    /// What a line of its document brought of deliveries, in order.
    pub fn arrived_by(&self, line: u32) -> Vec<Arrived> {
        let arrived = |fact: &Fact| match fact {
            Fact::Delivery(fact) if fact.line == line => match &fact.change {
                DeliveryChange::Arrived { code, line, sku, quantity, unit } => Some(Arrived {
                    delivery: code.clone(),
                    number: *line,
                    sku: sku.clone(),
                    quantity: *quantity,
                    unit: *unit,
                    is_inspection: false,
                }),
                DeliveryChange::Inspected(inspection) => Some(Arrived {
                    delivery: inspection.code.clone(),
                    number: inspection.line,
                    sku: self.moved_by(line).next()?.sku.clone(),
                    quantity: inspection.quantity,
                    unit: None,
                    is_inspection: true,
                }),
                DeliveryChange::Announced(_) | DeliveryChange::TakenBack { .. } => None,
                DeliveryChange::Declared { .. } | DeliveryChange::InspectionTakenBack { .. } => None,
                DeliveryChange::Closed { .. } | DeliveryChange::Cancelled { .. } => None,
            },
            Fact::Delivery(_) | Fact::Moved(_) | Fact::Reserved(_) | Fact::Released(_) => None,
            Fact::LotRecorded(_) | Fact::RuleSet(_) | Fact::Locked(_) | Fact::LockPassed(_) => None,
            Fact::HandlingUnit(_) | Fact::Expectation(_) | Fact::PromiseMoved(_) => None,
            Fact::Count(_) | Fact::Order(_) | Fact::Task(_) => None,
        };
        self.facts().iter().filter_map(arrived).collect()
    }
}

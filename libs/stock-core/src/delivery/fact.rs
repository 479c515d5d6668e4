use vocabulary::{DocumentCode, Quantity, Sku, Sscc};
use work_core::{DeliveryChange, Disposal};

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
    /// What happened to them.
    pub how: ArrivedHow,
}

/// What a line did with goods of a delivery.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ArrivedHow {
    /// They came.
    Came,
    /// They were there, and were inspected.
    Inspected,
    /// They got what becomes of them for good.
    Disposed(Disposal),
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
                    how: ArrivedHow::Came,
                }),
                DeliveryChange::Inspected(inspection) => Some(Arrived {
                    delivery: inspection.code.clone(),
                    number: inspection.line,
                    sku: self.moved_by(line).next()?.sku.clone(),
                    quantity: inspection.quantity,
                    unit: None,
                    how: ArrivedHow::Inspected,
                }),
                DeliveryChange::Disposed { disposal, .. } => Some(Arrived {
                    delivery: disposal.code.clone(),
                    number: disposal.line,
                    sku: self.moved_by(line).next()?.sku.clone(),
                    quantity: disposal.quantity,
                    unit: None,
                    how: ArrivedHow::Disposed(disposal.clone()),
                }),
                DeliveryChange::Announced(_) | DeliveryChange::TakenBack { .. } => None,
                DeliveryChange::Declared { .. } | DeliveryChange::InspectionTakenBack { .. } => None,
                DeliveryChange::Closed { .. } | DeliveryChange::Cancelled { .. } => None,
                DeliveryChange::DisposalTakenBack(_) => None,
            },
            Fact::Delivery(_) | Fact::Moved(_) | Fact::Reserved(_) | Fact::Released(_) => None,
            Fact::LotRecorded(_) | Fact::RuleSet(_) | Fact::Locked(_) | Fact::LockPassed(_) => None,
            Fact::HandlingUnit(_) | Fact::Expectation(_) | Fact::PromiseMoved(_) => None,
            Fact::Count(_) | Fact::Order(_) | Fact::Task(_) | Fact::Production(_) => None,
        };
        self.facts().iter().filter_map(arrived).collect()
    }
}

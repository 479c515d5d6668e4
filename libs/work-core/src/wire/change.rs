use proto::events::v1 as wire;
use proto::events::v1::delivery_changed::Change;
use vocabulary::{DocumentCode, Sku, Sscc};

use super::disposal;
use super::field::{decimal, given, quantity};
use super::{WireError, announcement};
use crate::{Answerable, DeliveryChange, Discrepancy, DiscrepancyKind, Inspection};

/// A change as a message.
pub fn change_to(change: &DeliveryChange) -> wire::DeliveryChanged {
    let change = match change {
        DeliveryChange::Announced(announced) => Change::Announced(announcement::to_wire(announced)),
        DeliveryChange::Arrived { code, line, sku, quantity, unit } => {
            Change::Arrived(wire::DeliveryArrived {
                delivery: code.to_string(),
                number: *line,
                sku: sku.to_string(),
                quantity: decimal(*quantity),
                handling_unit: unit.map(|sscc| sscc.to_string()).unwrap_or_default(),
            })
        }
        DeliveryChange::TakenBack { code, line, quantity, unit } => {
            let (delivery, number, quantity) = (code.to_string(), *line, decimal(*quantity));
            let handling_unit = unit.map(|sscc| sscc.to_string()).unwrap_or_default();
            Change::TakenBack(wire::DeliveryTakenBack { delivery, number, quantity, handling_unit })
        }
        DeliveryChange::Declared { code, discrepancy } => {
            let (delivery, discrepancy) = (code.to_string(), Some(discrepancy_to(discrepancy)));
            Change::Declared(wire::DeliveryDiscrepancyDeclared { delivery, discrepancy })
        }
        DeliveryChange::Inspected(Inspection { code, line, quantity, sample, defective }) => {
            Change::Inspected(wire::DeliveryInspected {
                delivery: code.to_string(),
                number: *line,
                quantity: decimal(*quantity),
                sample: *sample,
                defective: *defective,
            })
        }
        DeliveryChange::InspectionTakenBack { code, line, quantity } => {
            let (delivery, number, quantity) = (code.to_string(), *line, decimal(*quantity));
            Change::InspectionTakenBack(wire::DeliveryInspectionTakenBack { delivery, number, quantity })
        }
        DeliveryChange::Disposed { disposal, reason } => {
            Change::Disposed(disposal::to_wire(disposal, reason))
        }
        DeliveryChange::DisposalTakenBack(disposal) => {
            Change::DisposalTakenBack(disposal::taken_back_to(disposal))
        }
        DeliveryChange::Closed { code, discrepancies } => {
            let discrepancies = discrepancies.iter().map(discrepancy_to).collect();
            Change::Closed(wire::DeliveryClosed { delivery: code.to_string(), discrepancies })
        }
        DeliveryChange::Cancelled { code } => {
            Change::Cancelled(wire::DeliveryCancelled { delivery: code.to_string() })
        }
    };
    wire::DeliveryChanged { change: Some(change) }
}

/// A message as a change.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn change_of(message: &wire::DeliveryChanged) -> Result<DeliveryChange, WireError> {
    let code = |delivery: &str| Ok::<_, WireError>(DocumentCode::parse(delivery)?);
    let change = message.change.as_ref().ok_or(WireError::Missing("change of the delivery"))?;
    Ok(match change {
        Change::Announced(announced) => {
            DeliveryChange::Announced(Box::new(announcement::of_wire(announced)?))
        }
        Change::Arrived(arrived) => DeliveryChange::Arrived {
            code: code(&arrived.delivery)?,
            line: arrived.number,
            sku: Sku::parse(&arrived.sku)?,
            quantity: quantity(arrived.quantity.as_ref())?,
            unit: given(&arrived.handling_unit, Sscc::parse)?,
        },
        Change::TakenBack(taken) => DeliveryChange::TakenBack {
            code: code(&taken.delivery)?,
            line: taken.number,
            quantity: quantity(taken.quantity.as_ref())?,
            unit: given(&taken.handling_unit, Sscc::parse)?,
        },
        Change::Declared(declared) => {
            let discrepancy = declared.discrepancy.as_ref().ok_or(WireError::Missing("discrepancy"))?;
            DeliveryChange::Declared {
                code: code(&declared.delivery)?,
                discrepancy: discrepancy_of(discrepancy)?,
            }
        }
        Change::Inspected(inspected) => DeliveryChange::Inspected(Inspection {
            code: code(&inspected.delivery)?,
            line: inspected.number,
            quantity: quantity(inspected.quantity.as_ref())?,
            sample: inspected.sample,
            defective: inspected.defective,
        }),
        Change::InspectionTakenBack(taken) => DeliveryChange::InspectionTakenBack {
            code: code(&taken.delivery)?,
            line: taken.number,
            quantity: quantity(taken.quantity.as_ref())?,
        },
        Change::Disposed(disposed) => {
            let reason = disposed.reason.clone();
            DeliveryChange::Disposed { disposal: disposal::of_wire(disposed)?, reason }
        }
        Change::DisposalTakenBack(taken) => {
            DeliveryChange::DisposalTakenBack(disposal::taken_back_of(taken)?)
        }
        Change::Closed(closed) => {
            let discrepancies = closed.discrepancies.iter().map(discrepancy_of);
            DeliveryChange::Closed {
                code: code(&closed.delivery)?,
                discrepancies: discrepancies.collect::<Result<_, _>>()?,
            }
        }
        Change::Cancelled(cancelled) => DeliveryChange::Cancelled { code: code(&cancelled.delivery)? },
    })
}

pub(super) fn discrepancy_to(discrepancy: &Discrepancy) -> wire::Discrepancy {
    let Discrepancy { line, kind, quantity, answerable, note } = discrepancy;
    wire::Discrepancy {
        number: *line,
        kind: kind_to(*kind).into(),
        quantity: decimal(*quantity),
        answerable: answerable_to(*answerable).into(),
        note: note.clone(),
    }
}

pub(super) fn discrepancy_of(discrepancy: &wire::Discrepancy) -> Result<Discrepancy, WireError> {
    Ok(Discrepancy {
        line: discrepancy.number,
        kind: kind_of(discrepancy.kind())?,
        quantity: quantity(discrepancy.quantity.as_ref())?,
        answerable: answerable_of(discrepancy.answerable())?,
        note: discrepancy.note.clone(),
    })
}

const fn kind_to(kind: DiscrepancyKind) -> wire::DiscrepancyKind {
    match kind {
        DiscrepancyKind::Short => wire::DiscrepancyKind::Short,
        DiscrepancyKind::Over => wire::DiscrepancyKind::Over,
        DiscrepancyKind::Damaged => wire::DiscrepancyKind::Damaged,
        DiscrepancyKind::Wrong => wire::DiscrepancyKind::Wrong,
        DiscrepancyKind::NotInspected => wire::DiscrepancyKind::NotInspected,
    }
}

const fn kind_of(kind: wire::DiscrepancyKind) -> Result<DiscrepancyKind, WireError> {
    match kind {
        wire::DiscrepancyKind::Short => Ok(DiscrepancyKind::Short),
        wire::DiscrepancyKind::Over => Ok(DiscrepancyKind::Over),
        wire::DiscrepancyKind::Damaged => Ok(DiscrepancyKind::Damaged),
        wire::DiscrepancyKind::Wrong => Ok(DiscrepancyKind::Wrong),
        wire::DiscrepancyKind::NotInspected => Ok(DiscrepancyKind::NotInspected),
        wire::DiscrepancyKind::Unspecified => Err(WireError::Missing("kind of discrepancy")),
    }
}

const fn answerable_to(answerable: Answerable) -> wire::Answerable {
    match answerable {
        Answerable::Supplier => wire::Answerable::Supplier,
        Answerable::Carrier => wire::Answerable::Carrier,
        Answerable::Warehouse => wire::Answerable::Warehouse,
    }
}

const fn answerable_of(answerable: wire::Answerable) -> Result<Answerable, WireError> {
    match answerable {
        wire::Answerable::Supplier => Ok(Answerable::Supplier),
        wire::Answerable::Carrier => Ok(Answerable::Carrier),
        wire::Answerable::Warehouse => Ok(Answerable::Warehouse),
        wire::Answerable::Unspecified => Err(WireError::Missing("who answers for it")),
    }
}

use proto::events::v1 as wire;
use vocabulary::DocumentCode;

use super::WireError;
use super::field::{decimal, quantity, some};
use crate::{Disposal, Disposition};

pub(super) fn to_wire(disposal: &Disposal, reason: &str) -> wire::DeliveryDisposed {
    let Disposal { code, line, quantity, disposition, waited } = disposal;
    wire::DeliveryDisposed {
        delivery: code.to_string(),
        number: *line,
        quantity: decimal(*quantity),
        disposition: disposition_to(*disposition).into(),
        waited: some(*waited),
        reason: reason.to_owned(),
    }
}

pub(super) fn of_wire(disposed: &wire::DeliveryDisposed) -> Result<Disposal, WireError> {
    Ok(Disposal {
        code: DocumentCode::parse(&disposed.delivery)?,
        line: disposed.number,
        quantity: quantity(disposed.quantity.as_ref())?,
        disposition: disposition_of(disposed.disposition())?,
        waited: quantity(disposed.waited.as_ref())?,
    })
}

pub(super) fn taken_back_to(disposal: &Disposal) -> wire::DeliveryDisposalTakenBack {
    let Disposal { code, line, quantity, disposition, waited } = disposal;
    wire::DeliveryDisposalTakenBack {
        delivery: code.to_string(),
        number: *line,
        quantity: decimal(*quantity),
        disposition: disposition_to(*disposition).into(),
        waited: some(*waited),
    }
}

pub(super) fn taken_back_of(taken: &wire::DeliveryDisposalTakenBack) -> Result<Disposal, WireError> {
    Ok(Disposal {
        code: DocumentCode::parse(&taken.delivery)?,
        line: taken.number,
        quantity: quantity(taken.quantity.as_ref())?,
        disposition: disposition_of(taken.disposition())?,
        waited: quantity(taken.waited.as_ref())?,
    })
}

pub(super) const fn disposition_to(disposition: Disposition) -> wire::Disposition {
    match disposition {
        Disposition::Restock => wire::Disposition::Restock,
        Disposition::Refurbish => wire::Disposition::Refurbish,
        Disposition::Scrap => wire::Disposition::Scrap,
        Disposition::ReturnToSupplier => wire::Disposition::ReturnToSupplier,
    }
}

pub(super) const fn disposition_of(disposition: wire::Disposition) -> Result<Disposition, WireError> {
    match disposition {
        wire::Disposition::Restock => Ok(Disposition::Restock),
        wire::Disposition::Refurbish => Ok(Disposition::Refurbish),
        wire::Disposition::Scrap => Ok(Disposition::Scrap),
        wire::Disposition::ReturnToSupplier => Ok(Disposition::ReturnToSupplier),
        wire::Disposition::Unspecified => Err(WireError::Missing("disposition")),
    }
}

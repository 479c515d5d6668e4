use proto::events::v1 as wire;
use vocabulary::{Sequence, Sscc};

use super::change::{discrepancy_of, discrepancy_to};
use super::field::{decimal, quantity, some, sscc};
use super::{WireError, announcement};
use crate::{Delivery, DeliveryState, LineProgress};

/// A delivery as a message.
pub fn delivery_to(delivery: &Delivery) -> wire::Delivery {
    let Delivery { announced, state, progress, arrived_units, discrepancies, ended_by } = delivery;
    let progress = progress.iter().map(|(number, line)| wire::DeliveryProgress {
        number: *number,
        received: decimal(line.received),
        inspected: decimal(line.inspected),
        returned: some(line.returned),
        restocked: some(line.restocked),
        refurbished: some(line.refurbished),
        scrapped: some(line.scrapped),
    });
    wire::Delivery {
        announced: Some(announcement::to_wire(announced)),
        state: state_to(*state).into(),
        progress: progress.collect(),
        arrived_units: arrived_units.iter().map(Sscc::to_string).collect(),
        discrepancies: discrepancies.iter().map(discrepancy_to).collect(),
        ended_by: ended_by.map(Sequence::get).unwrap_or_default(),
    }
}

/// A message as a delivery.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn delivery_of(message: &wire::Delivery) -> Result<Delivery, WireError> {
    let announced = message.announced.as_ref().ok_or(WireError::Missing("announcement"))?;
    let progress = message.progress.iter().map(|line| {
        let progress = LineProgress {
            received: quantity(line.received.as_ref())?,
            inspected: quantity(line.inspected.as_ref())?,
            returned: quantity(line.returned.as_ref())?,
            restocked: quantity(line.restocked.as_ref())?,
            refurbished: quantity(line.refurbished.as_ref())?,
            scrapped: quantity(line.scrapped.as_ref())?,
        };
        Ok((line.number, progress))
    });
    let arrived_units = message.arrived_units.iter().map(|text| sscc(text));
    let discrepancies = message.discrepancies.iter().map(discrepancy_of);
    Ok(Delivery {
        announced: announcement::of_wire(announced)?,
        state: state_of(message.state())?,
        progress: progress.collect::<Result<_, WireError>>()?,
        arrived_units: arrived_units.collect::<Result<_, _>>()?,
        discrepancies: discrepancies.collect::<Result<_, _>>()?,
        ended_by: (message.ended_by != 0).then(|| Sequence::new(message.ended_by)),
    })
}

pub(super) const fn state_to(state: DeliveryState) -> wire::DeliveryState {
    match state {
        DeliveryState::Announced => wire::DeliveryState::Announced,
        DeliveryState::Arriving => wire::DeliveryState::Arriving,
        DeliveryState::Closed => wire::DeliveryState::Closed,
        DeliveryState::Cancelled => wire::DeliveryState::Cancelled,
    }
}

pub(super) const fn state_of(state: wire::DeliveryState) -> Result<DeliveryState, WireError> {
    match state {
        wire::DeliveryState::Announced => Ok(DeliveryState::Announced),
        wire::DeliveryState::Arriving => Ok(DeliveryState::Arriving),
        wire::DeliveryState::Closed => Ok(DeliveryState::Closed),
        wire::DeliveryState::Cancelled => Ok(DeliveryState::Cancelled),
        wire::DeliveryState::Unspecified => Err(WireError::Missing("state of the delivery")),
    }
}

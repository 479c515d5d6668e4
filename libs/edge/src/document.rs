//! Operations as documents. The same operation gives the same bytes however often it is sent, as long as its timing stays.

use edge_core::{Device, Grant, Operation, Timing, Work};
use prost_types::Timestamp as WireTimestamp;
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Document, DocumentLine, Fulfil, Goods, Release, Reserve};
use rpc::clock;
use vocabulary::{Quantity, Timestamp};

use crate::EdgeFault;

/// The highest: what a device may take without asking must not go to somebody else meanwhile.
const PRIORITY: u32 = 9;

/// The document of an operation; `grant` is the one that it asks for or is about.
pub(crate) fn document(
    device: &Device,
    operation: &Operation,
    grant: Option<&Grant>,
) -> Result<Document, EdgeFault> {
    let lines = lines(device, operation, grant)?;
    let effective_at = match operation.timing {
        Timing::Device | Timing::DeviceAgain => Some(timestamp(operation.stamp.at)),
        Timing::Warehouse => None,
    };
    Ok(Document {
        request_id: operation.stamp.request_id.to_string(),
        effective_at,
        // The goods have moved: a clock that is behind is no reason to refuse them.
        effective_at_may_move: effective_at.is_some(),
        lines: lines.into_iter().map(|action| DocumentLine { action: Some(action) }).collect(),
        reference: reference(device, operation),
        ..Document::default()
    })
}

fn lines(device: &Device, operation: &Operation, grant: Option<&Grant>) -> Result<Vec<Action>, EdgeFault> {
    let lacks = || EdgeFault::damaged("operation", format!("{} has no grant", operation.number));
    let id = || grant.and_then(Grant::last_reservation).map(|id| id.to_string()).ok_or_else(lacks);
    match &operation.work {
        Work::Ask { quantity, expires_at } => {
            Ok(vec![reserve(device, grant.ok_or_else(lacks)?, *quantity, *expires_at)])
        }
        Work::Renew { quantity, expires_at, .. } => {
            let release = Release { reservation_id: id()?, quantity: None };
            let reserve = reserve(device, grant.ok_or_else(lacks)?, *quantity, *expires_at);
            Ok(vec![Action::Release(release), reserve])
        }
        Work::HandBack { .. } => Ok(vec![Action::Release(Release { reservation_id: id()?, quantity: None })]),
        Work::Take { quantity, serials, partner, weight, .. } => {
            let (reservation_id, quantity) = (id()?, decimal(*quantity));
            let serials = serials.iter().map(ToString::to_string).collect();
            let partner = partner.as_ref().map(ToString::to_string).unwrap_or_default();
            Ok(vec![Action::Fulfil(Fulfil {
                reservation_id,
                quantity,
                serials,
                partner,
                weight: weight.and_then(decimal),
                ..Fulfil::default()
            })])
        }
        Work::Post(posting) => Ok(posting.line().action.into_iter().collect()),
    }
}

fn reserve(device: &Device, grant: &Grant, quantity: Quantity, expires_at: Timestamp) -> Action {
    let lot = grant.spot.lot.as_ref().map(ToString::to_string);
    Action::Reserve(Reserve {
        sku: grant.spot.sku.to_string(),
        location: grant.spot.location.to_string(),
        quantity: decimal(quantity),
        goods: lot.map(|lot| Goods { lot, ..Goods::default() }),
        expires_at: Some(timestamp(expires_at)),
        priority: PRIORITY,
        holder: device.code.to_string(),
        ..Reserve::default()
    })
}

/// Who did it, as which of its operations, and when by its clock: kept by the warehouse also where the time itself is not sent.
fn reference(device: &Device, operation: &Operation) -> String {
    let at = clock::rfc3339(operation.stamp.at);
    let own = format!("edge {}#{} {at} {}", device.code, operation.number, operation.stamp.reference);
    own.trim_end().to_owned()
}

fn timestamp(time: Timestamp) -> WireTimestamp {
    let (seconds, nanos) = time.parts();
    WireTimestamp { seconds, nanos }
}

fn decimal(quantity: Quantity) -> Option<Decimal> {
    Some(Decimal { value: quantity.to_string() })
}

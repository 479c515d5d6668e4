//! Rows and what they stand for.

use edge_core::{
    Device, End, Grant, GrantState, Number, Operation, OperationState, Posting, Refusal, Spot, Stamp, Timing,
    Work,
};
use prost::Message;
use proto::stock::v1::DocumentLine;
use vocabulary::{
    LocationCode, LotCode, PartyCode, Quantity, RequestId, ReservationId, Sequence, SerialNumber, Sku,
    Timestamp, WarehouseCode,
};

use super::entity::{device, escrow, operation};
use crate::EdgeFault;

pub(super) fn number_of(number: Number) -> i64 {
    number.get().cast_signed()
}

pub(super) const fn number(number: i64) -> Number {
    Number::new(number.cast_unsigned())
}

pub(super) fn device(row: &device::Model) -> Result<Device, EdgeFault> {
    let damaged = |e| EdgeFault::damaged("device", e);
    Ok(Device {
        code: PartyCode::parse(&row.code).map_err(damaged)?,
        warehouse: WarehouseCode::parse(&row.warehouse).map_err(damaged)?,
    })
}

pub(super) fn escrow_row(grant: &Grant) -> escrow::Model {
    let state = match grant.state {
        GrantState::Asked => "asked",
        GrantState::Held(_) => "held",
        GrantState::Returning(_) => "returning",
        GrantState::Ended(End::Refused) => "refused",
        GrantState::Ended(End::HandedBack) => "handed_back",
        GrantState::Ended(End::Gone) => "gone",
    };
    escrow::Model {
        number: number_of(grant.number),
        sku: grant.spot.sku.to_string(),
        location: grant.spot.location.to_string(),
        lot: grant.spot.lot.as_ref().map(ToString::to_string).unwrap_or_default(),
        quantity: grant.quantity.to_string(),
        taken: grant.taken.to_string(),
        expires_at: grant.expires_at.micros(),
        state: state.to_owned(),
        reservation: grant.last_reservation().map(|id| id.to_string()),
    }
}

pub(super) fn grant(row: escrow::Model) -> Result<Grant, EdgeFault> {
    let damaged = |e| EdgeFault::damaged("grant", e);
    let lot = (!row.lot.is_empty()).then(|| LotCode::parse(&row.lot)).transpose().map_err(damaged)?;
    let id = || ReservationId::parse(row.reservation.as_deref().unwrap_or_default()).map_err(damaged);
    let state = match row.state.as_str() {
        "asked" => GrantState::Asked,
        "held" => GrantState::Held(id()?),
        "returning" => GrantState::Returning(id()?),
        "refused" => GrantState::Ended(End::Refused),
        "handed_back" => GrantState::Ended(End::HandedBack),
        "gone" => GrantState::Ended(End::Gone),
        other => return Err(EdgeFault::damaged("grant", other)),
    };
    let is_ended = matches!(state, GrantState::Ended(_));
    let ended_as = row.reservation.as_deref().filter(|_| is_ended).map(ReservationId::parse);
    Ok(Grant {
        number: number(row.number),
        spot: Spot {
            sku: Sku::parse(&row.sku).map_err(damaged)?,
            location: LocationCode::parse(&row.location).map_err(damaged)?,
            lot,
        },
        quantity: Quantity::parse(&row.quantity).map_err(damaged)?,
        taken: Quantity::parse(&row.taken).map_err(damaged)?,
        expires_at: Timestamp::from_micros(row.expires_at).map_err(damaged)?,
        state,
        ended_as: ended_as.transpose().map_err(damaged)?,
    })
}

/// What of a row an answer, or a person, changes.
#[derive(Debug, Default)]
pub(super) struct StateColumns {
    pub(super) state: String,
    pub(super) sequence: Option<i64>,
    pub(super) reason: Option<String>,
    pub(super) message: Option<String>,
    pub(super) note: Option<String>,
}

pub(super) fn state_columns(state: &OperationState) -> StateColumns {
    let refused = |name: &str, refusal: &Refusal| StateColumns {
        state: name.to_owned(),
        sequence: refusal.sequence.map(|sequence| sequence.get().cast_signed()),
        reason: Some(refusal.reason.clone()),
        message: Some(refusal.message.clone()),
        note: None,
    };
    match state {
        OperationState::Waiting => StateColumns { state: "waiting".to_owned(), ..StateColumns::default() },
        OperationState::Accepted { sequence } => {
            let sequence = Some(sequence.get().cast_signed());
            StateColumns { state: "accepted".to_owned(), sequence, ..StateColumns::default() }
        }
        OperationState::Refused(refusal) => refused("refused", refusal),
        OperationState::Resolved { refusal, note } => {
            StateColumns { note: Some(note.clone()), ..refused("resolved", refusal) }
        }
    }
}

pub(super) const fn timing_name(timing: Timing) -> &'static str {
    match timing {
        Timing::Device => "device",
        Timing::Warehouse => "warehouse",
        Timing::DeviceAgain => "device_again",
    }
}

pub(super) fn operation_row(operation: &Operation) -> operation::Model {
    let columns = state_columns(&operation.state);
    let (kind, serials) = match &operation.work {
        Work::Ask { .. } => ("ask", String::new()),
        Work::Renew { .. } => ("renew", String::new()),
        Work::HandBack { .. } => ("hand_back", String::new()),
        Work::Take { serials, .. } => {
            let words: Vec<_> = serials.iter().map(SerialNumber::as_str).collect();
            ("take", words.join(" "))
        }
        Work::Post(_) => ("post", String::new()),
    };
    let partner = match &operation.work {
        Work::Take { partner: Some(partner), .. } => partner.to_string(),
        Work::Take { .. } | Work::Ask { .. } | Work::Renew { .. } | Work::HandBack { .. } | Work::Post(_) => {
            String::new()
        }
    };
    let (quantity, expires_at) = match &operation.work {
        Work::Ask { quantity, expires_at } | Work::Renew { quantity, expires_at, .. } => {
            (Some(quantity.to_string()), Some(expires_at.micros()))
        }
        Work::Take { quantity, .. } => (Some(quantity.to_string()), None),
        Work::HandBack { .. } | Work::Post(_) => (None, None),
    };
    let weight = match &operation.work {
        Work::Take { weight, .. } => weight.map(|weight| weight.to_string()),
        Work::Ask { .. } | Work::Renew { .. } | Work::HandBack { .. } | Work::Post(_) => None,
    };
    let line = match &operation.work {
        Work::Post(posting) => Some(posting.line().encode_to_vec()),
        Work::Ask { .. } | Work::Renew { .. } | Work::HandBack { .. } | Work::Take { .. } => None,
    };
    operation::Model {
        number: number_of(operation.number),
        request_id: operation.stamp.request_id.uuid(),
        at: operation.stamp.at.micros(),
        reference: operation.stamp.reference.clone(),
        kind: kind.to_owned(),
        escrow: operation.work.grant().map(number_of),
        quantity,
        expires_at,
        serials,
        partner,
        weight,
        line,
        timing: timing_name(operation.timing).to_owned(),
        state: columns.state,
        sequence: columns.sequence,
        reason: columns.reason,
        message: columns.message,
        note: columns.note,
    }
}

pub(super) fn operation(row: operation::Model) -> Result<Operation, EdgeFault> {
    let damaged = |e| EdgeFault::damaged("operation", e);
    let timing = match row.timing.as_str() {
        "device" => Timing::Device,
        "warehouse" => Timing::Warehouse,
        "device_again" => Timing::DeviceAgain,
        other => return Err(EdgeFault::damaged("operation", other)),
    };
    Ok(Operation {
        number: number(row.number),
        stamp: Stamp {
            request_id: RequestId::from_uuid(row.request_id),
            at: Timestamp::from_micros(row.at).map_err(damaged)?,
            reference: row.reference.clone(),
        },
        work: work(&row)?,
        timing,
        state: state(row)?,
    })
}

fn work(row: &operation::Model) -> Result<Work, EdgeFault> {
    let damaged = |e| EdgeFault::damaged("operation", e);
    let lacks = || EdgeFault::damaged("operation", format!("{} {} lacks something", row.kind, row.number));
    let grant = || row.escrow.map(number).ok_or_else(lacks);
    let quantity = || Quantity::parse(row.quantity.as_deref().ok_or_else(lacks)?).map_err(damaged);
    let expires_at = || Timestamp::from_micros(row.expires_at.ok_or_else(lacks)?).map_err(damaged);
    match row.kind.as_str() {
        "ask" => Ok(Work::Ask { quantity: quantity()?, expires_at: expires_at()? }),
        "renew" => Ok(Work::Renew { grant: grant()?, quantity: quantity()?, expires_at: expires_at()? }),
        "hand_back" => Ok(Work::HandBack { grant: grant()? }),
        "take" => {
            let words = row.serials.split(' ').filter(|word| !word.is_empty());
            let serials = words.map(SerialNumber::parse).collect::<Result<_, _>>().map_err(damaged)?;
            let partner = (!row.partner.is_empty()).then(|| PartyCode::parse(&row.partner));
            let partner = partner.transpose().map_err(damaged)?;
            let weight = row.weight.as_deref().map(Quantity::parse).transpose().map_err(damaged)?;
            Ok(Work::Take { grant: grant()?, quantity: quantity()?, serials, partner, weight })
        }
        "post" => {
            let line = DocumentLine::decode(row.line.as_deref().ok_or_else(lacks)?);
            let line = line.map_err(|e| EdgeFault::damaged("operation", e))?;
            Ok(Work::Post(Box::new(Posting::of(line).ok_or_else(lacks)?)))
        }
        other => Err(EdgeFault::damaged("operation", other)),
    }
}

fn state(row: operation::Model) -> Result<OperationState, EdgeFault> {
    let sequence = row.sequence.map(|sequence| Sequence::new(sequence.cast_unsigned()));
    let refusal = Refusal {
        reason: row.reason.unwrap_or_default(),
        message: row.message.unwrap_or_default(),
        sequence,
    };
    match row.state.as_str() {
        "waiting" => Ok(OperationState::Waiting),
        "accepted" => Ok(OperationState::Accepted { sequence: sequence.unwrap_or_default() }),
        "refused" => Ok(OperationState::Refused(refusal)),
        "resolved" => Ok(OperationState::Resolved { refusal, note: row.note.unwrap_or_default() }),
        other => Err(EdgeFault::damaged("operation", other)),
    }
}

//! What reservations hold, for the lines that name only a reservation: a part of it must be a quantity that its item allows.

use std::collections::{BTreeSet, HashMap};

use proto::stock::v1::Document;
use proto::stock::v1::document_line::Action;
use rpc::ApiError;
use vocabulary::{Quantity, ReservationId, Sku};

use super::found;
use crate::engine::Handle;

/// Reservations of which the documents of one message may take a part.
const RESERVATIONS_MAX: usize = 10_000;

/// What an open reservation holds.
#[derive(Debug)]
pub(super) struct Reserved {
    pub(super) sku: Sku,
    /// What is left of it.
    pub(super) left: Quantity,
}

/// The open reservations of which these documents release or fulfil a part, or fulfil something that was weighed. Most documents name
/// none, and then the owner is not asked.
pub(super) async fn items(
    partition: &Handle,
    documents: &[Document],
) -> Result<HashMap<ReservationId, Reserved>, ApiError> {
    let ids: BTreeSet<ReservationId> = found::lines(documents).filter_map(part_of).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    found::check_count("reservations", ids.len(), RESERVATIONS_MAX)?;
    let find = move |state: &stock_core::State| -> HashMap<ReservationId, Reserved> {
        let reserved = |id| {
            let (sku, left) = state.reserved_item(id)?;
            Some((id, Reserved { sku: sku.clone(), left }))
        };
        ids.into_iter().filter_map(reserved).collect()
    };
    partition.look(find).await
}

fn part_of(line: &proto::stock::v1::DocumentLine) -> Option<ReservationId> {
    let (id, is_asked) = match line.action.as_ref()? {
        Action::Release(release) => (&release.reservation_id, release.quantity.is_some()),
        Action::Fulfil(fulfil) => {
            (&fulfil.reservation_id, fulfil.quantity.is_some() || fulfil.weight.is_some())
        }
        Action::Receive(_) | Action::Issue(_) | Action::Move(_) => return None,
        Action::Adjust(_) | Action::Return(_) | Action::Reserve(_) => return None,
        Action::ChangeStatus(_) | Action::TakeOwnership(_) | Action::SetRule(_) => return None,
        Action::Consume(_) | Action::Produce(_) => return None,
        Action::Reverse(_) | Action::LockStock(_) => return None,
        Action::Expect(_) | Action::CancelExpectation(_) | Action::AnnounceDelivery(_) => return None,
        Action::ReceiveUnit(_) | Action::DeclareDiscrepancy(_) => return None,
        Action::CloseDelivery(_) | Action::CancelDelivery(_) => return None,
        Action::PlaceOrder(_) | Action::AllocateOrder(_) | Action::ReleaseWave(_) => return None,
        Action::ShortPick(_) | Action::ShipOrder(_) => return None,
        Action::CloseOrder(_) | Action::CancelOrder(_) => return None,
        Action::CreateTask(_) | Action::ClaimTask(_) | Action::ClaimNextTask(_) => return None,
        Action::StartTask(_) | Action::FinishTask(_) | Action::FailTask(_) => return None,
        Action::GiveBackTask(_) | Action::CancelTask(_) => return None,
        Action::PlanCount(_) | Action::EnterCount(_) | Action::ApproveCount(_) => return None,
        Action::PostCount(_) | Action::CancelCount(_) | Action::DisposeGoods(_) => return None,
        Action::PlanProduction(_) | Action::ReleaseProduction(_) | Action::IssueComponent(_) => return None,
        Action::ReturnComponent(_) | Action::ConsumeComponent(_) => return None,
        Action::ReportProduction(_) | Action::FinishProduction(_) => return None,
        Action::CloseProduction(_) | Action::CancelProduction(_) => return None,
        Action::SetNumberRange(_) | Action::OpenUnit(_) | Action::Pack(_) | Action::Unpack(_) => return None,
        Action::MoveUnit(_) | Action::ShipUnit(_) | Action::Nest(_) | Action::CloseUnit(_) => return None,
    };
    if is_asked { ReservationId::parse(id).ok() } else { None }
}

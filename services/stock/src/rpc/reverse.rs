//! Lines that take back what an entry moved: the owner does not keep the journal, so what they name is read from it before they
//! are queued. An entry never changes, so that nothing can come in between.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use catalog_view::CatalogView;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{self as wire, Document};
use rpc::{ApiError, Reason};
use stock_core::{Line, Moved, MovementRef, decode_entry};
use vocabulary::{LotCode, Sequence, StockStatus};

use super::line::reason_of;
use super::page::store_error;
use crate::engine::Handle;
use crate::store::StoreFault;

/// What the journal has of the movements that documents name.
#[derive(Debug, Default)]
pub(super) struct Movements {
    /// Shared by all lines that name the same.
    moved: HashMap<MovementRef, Arc<[Moved]>>,
    /// Where the journal ended.
    durable: Sequence,
}

pub(super) async fn movements(partition: &Handle, documents: &[Document]) -> Result<Movements, ApiError> {
    let lines = documents.iter().flat_map(|document| &document.lines);
    let named: BTreeSet<MovementRef> = lines.filter_map(|line| named(line.action.as_ref()?)).collect();
    if named.is_empty() {
        return Ok(Movements::default());
    }
    let durable = partition.tail.durable().borrow().sequence;
    let sequences: BTreeSet<Sequence> =
        named.iter().map(|movement| movement.sequence).filter(|sequence| *sequence <= durable).collect();
    let sequences: Vec<Sequence> = sequences.into_iter().collect();
    let rows = partition.journal()?.of_sequences(&sequences).await;
    let mut moved = HashMap::new();
    for row in rows.map_err(|fault| store_error(&fault))? {
        let entry = decode_entry(&row.entry).map_err(|error| {
            store_error(&StoreFault::Damaged { what: "journal", detail: error.to_string() })
        })?;
        for movement in named.iter().filter(|movement| movement.sequence == row.sequence) {
            moved.insert(*movement, entry.moved_by(movement.line).cloned().collect());
        }
    }
    Ok(Movements { moved, durable })
}

/// What the document says about it, with all that was moved. What moved nothing is for the warehouse to refuse.
pub(super) fn parse(
    line: &wire::Reverse,
    movements: &Movements,
    catalog: &CatalogView,
) -> Result<Line, ApiError> {
    let reason = reason_of(&line.reason, "taking a movement back needs a reason")?;
    let movement = movement(line);
    if movement.sequence > movements.durable || movement.sequence == Sequence::START {
        let message = format!(
            "no entry {} is in the journal, which ends at {}: take back what a receipt has answered",
            movement.sequence, movements.durable
        );
        return Err(ApiError::invalid(Reason::MovementNotFound, "sequence", message));
    }
    let moved = movements.moved.get(&movement).cloned().unwrap_or_default();
    moved.iter().try_for_each(|moved| check_hold(moved, catalog))?;
    Ok(Line::Reverse { movement, moved, reason })
}

/// What was taken out of use by its date or by a recall is not set free by taking that back, and no goods come back past a recall.
fn check_hold(moved: &Moved, catalog: &CatalogView) -> Result<(), ApiError> {
    let (back, now) = (moved.from_holding(), moved.to_holding());
    let is_held = matches!(now.status, StockStatus::Expired | StockStatus::Recalled);
    if moved.from.real().is_none() || back.status == StockStatus::Recalled {
        return Ok(());
    }
    if moved.to.real().is_some() && is_held && back.status != now.status {
        let (from, to) = (now.status, back.status);
        let message =
            format!("goods that are {from} do not become {to} by taking that back: change their status");
        let error = ApiError::invalid(Reason::IllegalTransition, "sequence", message);
        return Err(error.with("from", from).with("to", to));
    }
    let lot = back.lot.as_ref().map_or("", LotCode::as_str);
    match catalog.recall(moved.sku.as_str(), lot).filter(|_| moved.to.real().is_none()) {
        Some(recall) => {
            let message =
                format!("lot {lot} of {} is called back ({}): return the goods", recall.sku, recall.reason);
            let error = ApiError::invalid(Reason::LotRecalled, "sequence", message);
            Err(error.with("sku", &recall.sku).with("lot", lot))
        }
        None => Ok(()),
    }
}

const fn movement(line: &wire::Reverse) -> MovementRef {
    MovementRef { sequence: Sequence::new(line.sequence), line: line.line }
}

fn named(action: &Action) -> Option<MovementRef> {
    if let Action::Reverse(line) = action { Some(movement(line)) } else { None }
}

//! Lines that take back what an entry moved: the owner does not keep the journal, so what they name is read from it before they
//! are queued. An entry never changes, so that nothing can come in between.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use catalog_view::CatalogView;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{self as wire, Document};
use rpc::{ApiError, Reason};
use stock_core::{Arrived, Entry, Line, Met, Moved, MovementRef, decode_entry};
use vocabulary::{LotCode, Sequence, StockStatus};
use work_core::Progress;

use super::found;
use super::page::store_error;
use super::reason::reason_of;
use crate::engine::Handle;
use crate::store::StoreFault;

/// Entries of which the documents of one message may take movements back.
const ENTRIES_MAX: usize = 1000;

/// Entries read at once: each may be of a megabyte.
const ENTRIES_A_READ: usize = 50;

/// What the journal has of the movements that documents name.
#[derive(Debug, Default)]
pub(super) struct Movements {
    found: HashMap<MovementRef, Found>,
    /// Where the journal ended.
    durable: Sequence,
}

/// A movement, for all lines that name it.
#[derive(Debug)]
struct Found {
    moved: Arc<[Moved]>,
    /// What it met that was expected.
    met: Option<Arc<Met>>,
    /// What it brought of deliveries.
    arrived: Vec<Arrived>,
    /// What it moved for a production order.
    progressed: Option<Arc<Progress>>,
    /// Whether its goods may come back.
    may_return: Result<(), ApiError>,
}

pub(super) async fn movements(
    partition: &Handle,
    catalog: &CatalogView,
    documents: &[Document],
) -> Result<Movements, ApiError> {
    let named: BTreeSet<MovementRef> =
        found::lines(documents).filter_map(|line| named(line.action.as_ref()?)).collect();
    if named.is_empty() {
        return Ok(Movements::default());
    }
    let durable = partition.tail.durable().borrow().sequence;
    let mut sequences: Vec<Sequence> =
        named.iter().map(|movement| movement.sequence).filter(|sequence| *sequence <= durable).collect();
    sequences.dedup();
    found::check_count("entries", sequences.len(), ENTRIES_MAX)?;
    let (journal, mut found) = (partition.journal()?, HashMap::new());
    for sequences in sequences.chunks(ENTRIES_A_READ) {
        let rows = journal.of_sequences(sequences).await.map_err(|fault| store_error(&fault))?;
        for row in rows {
            let entry = decode_entry(&row.entry).map_err(|error| {
                store_error(&StoreFault::Damaged { what: "journal", detail: error.to_string() })
            })?;
            found.extend(moved_by(&entry, &named, catalog));
        }
    }
    Ok(Movements { found, durable })
}

/// What is named of an entry's movements, in one pass over it.
fn moved_by<'a>(
    entry: &'a Entry,
    named: &BTreeSet<MovementRef>,
    catalog: &'a CatalogView,
) -> impl Iterator<Item = (MovementRef, Found)> + use<'a> {
    let mut moved: BTreeMap<MovementRef, Vec<Moved>> = BTreeMap::new();
    for each in entry.moved() {
        let movement = MovementRef { sequence: entry.sequence, line: each.line };
        if named.contains(&movement) {
            moved.entry(movement).or_default().push(each.clone());
        }
    }
    moved.into_iter().map(move |(movement, moved)| {
        let may_return = moved.iter().try_for_each(|moved| check_hold(moved, catalog));
        let met = entry.met_by(movement.line).cloned().map(Arc::new);
        let arrived = entry.arrived_by(movement.line);
        let progressed = entry.progressed_by(movement.line).cloned().map(Arc::new);
        (movement, Found { moved: moved.into(), met, arrived, progressed, may_return })
    })
}

/// What the document says about it, with all that was moved. What moved nothing is for the warehouse to refuse.
pub(super) fn parse(line: &wire::Reverse, movements: &Movements) -> Result<Line, ApiError> {
    let reason = reason_of(&line.reason, "taking a movement back needs a reason")?;
    let movement = movement(line);
    if movement.sequence > movements.durable || movement.sequence == Sequence::START {
        let message = format!(
            "no entry {} is in the journal, which ends at {}: take back what a receipt has answered",
            movement.sequence, movements.durable
        );
        return Err(ApiError::invalid(Reason::MovementNotFound, "sequence", message));
    }
    let (moved, met, arrived, progressed) = match movements.found.get(&movement) {
        Some(Found { moved, met, arrived, progressed, may_return }) => {
            may_return.clone()?;
            (Arc::clone(moved), met.clone(), arrived.clone(), progressed.clone())
        }
        None => (Arc::default(), None, Vec::new(), None),
    };
    Ok(Line::Reverse { movement, moved, met, arrived, progressed, reason })
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

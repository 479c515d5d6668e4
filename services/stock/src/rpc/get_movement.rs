use prost::Message;
use proto::events::v1::fact::Fact;
use proto::events::v1::journal_entry::Outcome;
use proto::events::v1::{JournalEntry, Moved};
use proto::stock::v1::{GetMovementRequest, GetMovementResponse, MovementReference};
use rpc::{ApiError, Reason};
use stock_core::MovementRef;
use vocabulary::Sequence;

use super::StockRpc;
use super::answer::timestamp;
use super::page::store_error;
use crate::store::StoreFault;

/// What a line of an entry moved, with the links to and from reversals.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetMovementRequest,
) -> Result<GetMovementResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let movement = MovementRef { sequence: Sequence::new(request.sequence), line: request.line };
    let durable = partition.tail.durable().borrow().sequence;
    let not_found = || {
        let message = format!("nothing was moved by {movement}; the journal ends at {durable}");
        ApiError::invalid(Reason::MovementNotFound, "sequence", message)
    };
    if movement.sequence > durable || movement.sequence == Sequence::START {
        return Err(not_found());
    }
    let row = partition.journal()?.at(movement.sequence).await.map_err(|fault| store_error(&fault))?;
    let row = row.ok_or_else(not_found)?;
    let entry = JournalEntry::decode(&*row.entry)
        .map_err(|error| store_error(&StoreFault::Damaged { what: "journal", detail: error.to_string() }))?;
    let moved = moved(entry, movement.line);
    let first = moved.first().ok_or_else(not_found)?;
    let reverses = MovementReference { sequence: first.reverses_sequence, line: first.reverses_line };
    let by = partition.look(move |state| state.reversed_by(movement)).await?;
    Ok(GetMovementResponse {
        movement: Some(reference(movement)),
        effective_at: Some(timestamp(row.effective_at)),
        recorded_at: Some(timestamp(row.recorded_at)),
        reverses: (reverses.sequence > 0).then_some(reverses),
        reversed_by: by.map(reference),
        moved,
    })
}

fn moved(entry: JournalEntry, line: u32) -> Vec<Moved> {
    let Some(Outcome::Posted(posted)) = entry.outcome else { return Vec::new() };
    let facts = posted.facts.into_iter().filter(|fact| fact.line == line);
    facts
        .filter_map(|fact| if let Some(Fact::Moved(moved)) = fact.fact { Some(moved) } else { None })
        .collect()
}

const fn reference(movement: MovementRef) -> MovementReference {
    MovementReference { sequence: movement.sequence.get(), line: movement.line }
}

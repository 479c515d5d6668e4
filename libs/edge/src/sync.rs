//! Merging a ledger into its warehouse.
//!
//! Why it may be cut at any moment and repeated, with nothing lost and nothing done twice:
//! 1. An operation waits until its answer is stored. What was sent and not answered is sent again, as the same document with the
//!    same request id; the warehouse has it once and gives the same answer (L3).
//! 2. Answers of a batch come in order and are stored in one turn; the next batch is built after that. So an operation is never
//!    sent before those recorded earlier have been answered, but for those of its own batch, and these the warehouse judges in
//!    their order.
//! 3. Only one process synchronises a ledger at a time. Should two do it all the same (a copied file), 1. still holds.

use std::time::Duration;

use edge_core::{Answer, Grant, Number, Operation, OperationState, Refusal, batch};
use prost::Message;
use proto::stock::v1::document_result::Outcome;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{
    Document, DocumentError, DocumentResult, GetReservationRequest, PostDocumentsRequest, Receipt,
};
use rpc::Reason;
use rpc::client::RemoteError;
use tonic::transport::Channel;
use tonic::{Code, Request, Status};
use vocabulary::{Quantity, ReservationId, Sequence};

use crate::document::document;
use crate::store::{Turn, Which};
use crate::{EdgeFault, EdgeLedger};

/// Bytes of the documents that are sent at once: the server takes 4 MiB.
const BATCH_BYTES_MAX: usize = 1 << 20;

/// What a synchronisation did.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Synced {
    /// Operations that the warehouse posted.
    pub accepted: u64,
    /// Operations that it refused.
    pub refused: Vec<Number>,
    /// Grants that have ended, or are of less than before.
    pub changed_grants: Vec<Number>,
}

impl EdgeLedger {
    /// Sends what waits, in order, and remembers the answers; then asks what the warehouse still holds of each grant. Every call
    /// to the server may take `patience`.
    ///
    /// # Errors
    /// [`EdgeFault::Remote`] when the server cannot be reached or used: what was answered is stored, the rest waits; repeat it.
    /// [`EdgeFault::Busy`] while another process does it.
    pub async fn sync(
        &self,
        stock: &StockServiceClient<Channel>,
        patience: Duration,
    ) -> Result<Synced, EdgeFault> {
        let _claim = self.store.claim().await?;
        let mut synced = Synced::default();
        loop {
            let waiting =
                self.store.operations(Which::Waiting, edge_core::OPERATIONS_A_BATCH_MAX as u64).await?;
            let sending = waiting.get(..batch(&waiting)).unwrap_or_default();
            if sending.is_empty() {
                break;
            }
            let documents = self.documents(sending, &mut synced).await?;
            if documents.is_empty() {
                continue;
            }
            let results = self.heard(self.send(stock, documents, patience).await).await?;
            self.store_answers(sending, results, &mut synced).await?;
        }
        self.refresh(stock, patience, &mut synced).await?;
        Ok(synced)
    }

    /// The documents of as many of the operations as fit into a message; none where the first of them cannot be sent, which is
    /// refused then.
    async fn documents(
        &self,
        operations: &[Operation],
        synced: &mut Synced,
    ) -> Result<Vec<Document>, EdgeFault> {
        let turn = self.store.turn().await?;
        let (mut documents, mut bytes) = (Vec::with_capacity(operations.len()), 0);
        for operation in operations {
            let grant = turn.grant(operation.work.grant().unwrap_or(operation.number)).await?;
            if grant.as_ref().is_some_and(|grant| grant.is_ended() && grant.last_reservation().is_none()) {
                if documents.is_empty() {
                    refuse_lost(turn, operation, synced).await?;
                }
                break;
            }
            let document = document(self.device(), operation, grant.as_ref())?;
            bytes += document.encoded_len();
            if bytes > BATCH_BYTES_MAX && !documents.is_empty() {
                break;
            }
            documents.push(document);
        }
        Ok(documents)
    }

    /// Sends documents; gives an answer to each.
    async fn send(
        &self,
        stock: &StockServiceClient<Channel>,
        documents: Vec<Document>,
        patience: Duration,
    ) -> Result<Vec<DocumentResult>, RemoteError> {
        let (count, warehouse) = (documents.len(), self.device().warehouse.to_string());
        let message = PostDocumentsRequest { warehouse, documents, catalog_revision: 0 };
        let mut request = Request::new(tokio_stream::once(message));
        request.set_timeout(patience);
        let failed = |status: Status| RemoteError::from(&status);
        let mut answers = stock.clone().post_documents(request).await.map_err(failed)?.into_inner();
        let results = answers.message().await.map_err(failed)?.map(|answer| answer.results);
        let complete = results.filter(|results| results.len() == count);
        complete.ok_or_else(|| failed(Status::unavailable("the answer was cut off")))
    }

    /// Stores the answers; the first that says nothing about its document ends the synchronisation.
    async fn store_answers(
        &self,
        operations: &[Operation],
        results: Vec<DocumentResult>,
        synced: &mut Synced,
    ) -> Result<(), EdgeFault> {
        let turn = self.store.turn().await?;
        let mut ledger = turn.ledger().await?;
        let mut lost = None;
        for (sent, result) in operations.iter().zip(results) {
            let answer = match answer(result) {
                Ok(answer) => answer,
                Err(error) => {
                    lost.get_or_insert(error);
                    continue;
                }
            };
            let changes = ledger.answered(sent, answer);
            changes.iter().for_each(|change| ledger.apply(change));
            turn.store(&changes).await?;
            synced.note(&changes);
        }
        turn.end().await?;
        match lost {
            Some(error) => self.heard(Err(error)).await,
            None => Ok(()),
        }
    }

    async fn refresh(
        &self,
        stock: &StockServiceClient<Channel>,
        patience: Duration,
        synced: &mut Synced,
    ) -> Result<(), EdgeFault> {
        for grant in self.store.grants().await? {
            let Some(id) = grant.reservation() else { continue };
            let held = holds(stock, self.device().warehouse.as_str(), id, patience).await;
            let held = self.heard(held).await?;
            self.note_held(&grant, id, held, synced).await?;
        }
        Ok(())
    }

    /// What the warehouse holds of a grant, unless that was asked before what is recorded now.
    async fn note_held(
        &self,
        grant: &Grant,
        id: ReservationId,
        held: Option<Quantity>,
        synced: &mut Synced,
    ) -> Result<(), EdgeFault> {
        let turn = self.store.turn().await?;
        let now = turn.grant(grant.number).await?.and_then(|grant| grant.reservation());
        if now != Some(id) || turn.is_awaited(grant.number).await? {
            return Ok(());
        }
        let changes = turn.ledger().await?.refreshed(grant.number, held);
        if changes.is_empty() {
            return Ok(());
        }
        turn.store(&changes).await?;
        turn.end().await?;
        synced.changed_grants.push(grant.number);
        Ok(())
    }

    /// An error, with how many operations wait because of it.
    async fn heard<T>(&self, heard: Result<T, RemoteError>) -> Result<T, EdgeFault> {
        match heard {
            Ok(heard) => Ok(heard),
            Err(cause) => {
                let waiting = self.store.count(Which::Waiting).await?;
                Err(EdgeFault::Remote { cause: Box::new(cause), waiting })
            }
        }
    }
}

/// Former versions forgot by which reservation a grant had been held when it ended. What waits about it can only be seen to by a person, and
/// must not hold up what waits behind it.
async fn refuse_lost(turn: Turn, operation: &Operation, synced: &mut Synced) -> Result<(), EdgeFault> {
    let message = "the ledger, which an older version wrote, does not know by which reservation the warehouse kept these goods: \
                   look what the warehouse has, and book what left, or have it sent again";
    let reason = Reason::ReservationNotFound.to_string();
    let refusal = Refusal { reason, message: message.to_owned(), sequence: None };
    let changes = turn.ledger().await?.answered(operation, Answer::Refused(refusal));
    turn.store(&changes).await?;
    turn.end().await?;
    synced.note(&changes);
    Ok(())
}

impl Synced {
    fn note(&mut self, changes: &[edge_core::Change]) {
        for change in changes {
            match change {
                edge_core::Change::Answered(_, OperationState::Accepted { .. }) => self.accepted += 1,
                edge_core::Change::Answered(number, OperationState::Refused(_)) => self.refused.push(*number),
                edge_core::Change::Answered(..)
                | edge_core::Change::Recorded(_)
                | edge_core::Change::Granted(_)
                | edge_core::Change::Retimed(..) => {}
            }
        }
    }
}

/// What is left of a reservation; `None` when it is no more.
async fn holds(
    stock: &StockServiceClient<Channel>,
    warehouse: &str,
    id: ReservationId,
    patience: Duration,
) -> Result<Option<Quantity>, RemoteError> {
    let mut request = Request::new(GetReservationRequest {
        warehouse: warehouse.to_owned(),
        reservation_id: id.to_string(),
    });
    request.set_timeout(patience);
    match stock.clone().get_reservation(request).await {
        Ok(answer) => {
            let quantity = answer.into_inner().reservation.and_then(|reservation| reservation.quantity);
            let quantity = quantity.and_then(|decimal| Quantity::parse(&decimal.value).ok());
            quantity.map(Some).ok_or_else(|| unreadable("quantity"))
        }
        Err(status) => {
            let error = RemoteError::from(&status);
            if error.known_reason() == Some(Reason::ReservationNotFound) { Ok(None) } else { Err(error) }
        }
    }
}

/// The answer to a document; an error when it says nothing about it.
fn answer(result: DocumentResult) -> Result<Answer, RemoteError> {
    match result.outcome {
        Some(Outcome::Receipt(receipt)) => accepted(&receipt),
        Some(Outcome::Error(error)) => refused(&error),
        None => Err(unreadable("result")),
    }
}

fn accepted(receipt: &Receipt) -> Result<Answer, RemoteError> {
    let reservation = receipt.reservation_ids.first().map(|id| ReservationId::parse(id)).transpose();
    let reservation = reservation.map_err(|_| unreadable("reservation id"))?;
    Ok(Answer::Accepted { sequence: Sequence::new(receipt.sequence), reservation })
}

/// Only what is wrong with the document itself is its answer. Everything else may be otherwise the next time: a server that is
/// busy, broken, newer, or lets nobody in.
fn refused(error: &DocumentError) -> Result<Answer, RemoteError> {
    let error = RemoteError::from(error);
    let is_final = !error.reason.is_empty()
        && match error.code {
            Code::InvalidArgument
            | Code::NotFound
            | Code::AlreadyExists
            | Code::FailedPrecondition
            | Code::Aborted
            | Code::OutOfRange => true,
            Code::Ok
            | Code::Cancelled
            | Code::Unknown
            | Code::DeadlineExceeded
            | Code::PermissionDenied
            | Code::ResourceExhausted
            | Code::Unimplemented
            | Code::Internal
            | Code::Unavailable
            | Code::DataLoss
            | Code::Unauthenticated => false,
        };
    if !is_final {
        return Err(error);
    }
    let sequence = error.metadata.get("sequence").and_then(|text| text.parse().ok()).map(Sequence::new);
    Ok(Answer::Refused(Refusal { reason: error.reason, message: error.message, sequence }))
}

fn unreadable(what: &str) -> RemoteError {
    RemoteError::from(&Status::internal(format!("the server's answer has no {what} that can be read")))
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    #[test]
    fn only_what_is_wrong_with_the_document_is_its_answer() {
        for (reason, is_final) in [
            (Reason::InsufficientAvailable, true),
            (Reason::ReservationNotFound, true),
            (Reason::RequestIdReused, true),
            (Reason::EffectiveAtInFuture, true),
            (Reason::QuantityOverflow, true),
            (Reason::OwnerStarting, false),
            (Reason::QueueFull, false),
            (Reason::DeadlineExceeded, false),
            (Reason::UnknownMethod, false),
            (Reason::JournalDamaged, false),
            (Reason::Internal, false),
        ] {
            let metadata = HashMap::from([("sequence".to_owned(), "7".to_owned())]);
            let error = DocumentError {
                code: reason.code().into(),
                reason: reason.to_string(),
                metadata: metadata.into_iter().collect(),
                ..DocumentError::default()
            };
            let heard = refused(&error);
            let sequence = Some(Sequence::new(7));
            let refusal = Refusal { reason: reason.to_string(), message: String::new(), sequence };
            let expected = is_final.then_some(Answer::Refused(refusal));
            assert_eq!(heard.ok(), expected, "{reason}");
        }
        let nobody_of_ours = DocumentError { code: Code::NotFound.into(), ..DocumentError::default() };
        assert!(refused(&nobody_of_ours).is_err());
    }

    #[test]
    fn a_receipt_says_where_and_which() {
        let receipt = |ids: &[&str]| Receipt {
            sequence: 9,
            reservation_ids: ids.iter().map(|id| (*id).to_owned()).collect(),
            ..Receipt::default()
        };
        let (sequence, none) = (Sequence::new(9), None);
        let given = |id| Answer::Accepted { sequence, reservation: id };
        assert_eq!(accepted(&receipt(&[])), Ok(given(none)));
        assert_eq!(accepted(&receipt(&["9-1"])), Ok(given(ReservationId::parse("9-1").ok())));
        assert!(accepted(&receipt(&["nonsense"])).is_err());
        assert!(answer(DocumentResult::default()).is_err());
    }
}

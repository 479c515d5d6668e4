use std::pin::Pin;
use std::time::Duration;

use futures::Stream;
use proto::stock::v1::{TailJournalRequest, TailJournalResponse};
use rpc::{ApiError, Reason};
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tokio_util::sync::CancellationToken;
use tonic::Status;
use vocabulary::Sequence;

use super::journal_service::{JournalRpc, record};
use super::page::store_error;
use super::read_journal::fitting;
use super::stock_service::partition;
use crate::engine::Handle;

/// Entries read at once.
const ENTRIES: usize = 1000;
/// Answers made ahead of a caller who does not take them.
const AHEAD: usize = 4;

type TailStream = Pin<Box<dyn Stream<Item = Result<TailJournalResponse, Status>> + Send>>;

/// Entries after a sequence, then every new one.
pub(super) fn handle(service: &JournalRpc, request: TailJournalRequest) -> Result<TailStream, ApiError> {
    let partition = partition(&service.partitions, &request.warehouse)?;
    let (answers, stream) = mpsc::channel(AHEAD);
    tokio::spawn(follow(partition, Sequence::new(request.after_sequence), answers, service.cancel.clone()));
    Ok(Box::pin(ReceiverStream::new(stream)))
}

async fn follow(
    partition: Handle,
    mut after: Sequence,
    answers: mpsc::Sender<Result<TailJournalResponse, Status>>,
    cancel: CancellationToken,
) {
    let mut durable = partition.tail.durable();
    loop {
        let next = match page(&partition, after).await {
            Ok(records) if records.is_empty() => {
                tokio::select! {
                    changed = durable.changed() => if changed.is_err() { return },
                    () = answers.closed() => return,
                    () = cancel.cancelled() => {
                        let message = "the server is stopping: tail again from the last sequence";
                        let error = ApiError::unavailable(Reason::ShuttingDown, message, Duration::from_millis(500));
                        let _gone = answers.send(Err(error.into())).await;
                        return;
                    }
                }
                continue;
            }
            Ok(records) => {
                after = records.last().map_or(after, |record| Sequence::new(record.sequence));
                Ok(TailJournalResponse { records })
            }
            Err(error) => Err(error.into()),
        };
        let last = next.is_err();
        if answers.send(next).await.is_err() || last {
            return;
        }
    }
}

async fn page(partition: &Handle, after: Sequence) -> Result<Vec<proto::stock::v1::JournalRecord>, ApiError> {
    let rows = partition.tail.after(&partition.journal()?, after, ENTRIES).await;
    Ok(fitting(rows.map_err(|fault| store_error(&fault))?.into_iter().map(record)))
}

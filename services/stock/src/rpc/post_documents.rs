use std::collections::HashMap;
use std::pin::Pin;

use futures::{Stream, StreamExt};
use proto::stock::v1::{DocumentResult, PostDocumentsRequest, PostDocumentsResponse};
use rpc::{ApiError, Deadline, Reason};
use tokio::sync::{mpsc, oneshot};
use tokio_stream::wrappers::ReceiverStream;
use tonic::{Request, Status, Streaming};
use tracing::Instrument;
use vocabulary::RequestId;

use super::answer::{receipt, result};
use super::document::DocumentParser;
use super::found::Found;
use super::{StockRpc, catalog};
use crate::engine::{Answer, Handle, Session};

/// Documents of one message; more are refused.
const DOCUMENTS_MAX: usize = 1000;

/// A request on its way: what its answers will be made of.
enum Pending {
    Posted { partition: Handle, slots: Vec<Slot>, answers: oneshot::Receiver<Vec<Answer>> },
    Refused(ApiError),
}

/// One document of a message, in its place.
enum Slot {
    Posted(RequestId),
    Refused(ApiError),
}

/// Documents in order; answers in the same order. One task reads and hands over to the owners, another waits for answers;
/// between them lies a bounded number of requests, so that a caller who does not take answers is not read any further.
pub(super) fn handle(
    service: StockRpc,
    request: Request<Streaming<PostDocumentsRequest>>,
) -> Pin<Box<dyn Stream<Item = Result<PostDocumentsResponse, Status>> + Send>> {
    let deadline = rpc::deadline(&request);
    let (pending, answered) = mpsc::channel(service.limits.stream_requests_max.max(1));
    let reading = read(service, request.into_inner(), pending, deadline);
    tokio::spawn(reading.instrument(tracing::Span::current()));
    Box::pin(ReceiverStream::new(answered).then(answer))
}

async fn read(
    service: StockRpc,
    mut requests: Streaming<PostDocumentsRequest>,
    pending: mpsc::Sender<Result<Pending, Status>>,
    deadline: Deadline,
) {
    let mut sessions = HashMap::new();
    loop {
        let received = tokio::select! {
            received = requests.message() => received,
            () = service.cancel.cancelled() => Err(stopping()),
            () = pending.closed() => return,
        };
        let next = match received {
            Ok(None) => return,
            Ok(Some(request)) => {
                let posted = post(&service, &mut sessions, request, deadline).await;
                Ok(posted.unwrap_or_else(Pending::Refused))
            }
            Err(status) => Err(rpc::server::reading_failed(status)),
        };
        // What follows a request that was not taken must not overtake it: the caller sends again from there.
        let last = matches!(next, Err(_) | Ok(Pending::Refused(_)));
        if pending.send(next).await.is_err() || last {
            return;
        }
    }
}

async fn post(
    service: &StockRpc,
    sessions: &mut HashMap<String, Session>,
    request: PostDocumentsRequest,
    deadline: Deadline,
) -> Result<Pending, ApiError> {
    if request.documents.is_empty() || request.documents.len() > DOCUMENTS_MAX {
        let reason =
            if request.documents.is_empty() { Reason::NoDocuments } else { Reason::TooManyDocuments };
        let message =
            format!("the request has {} documents: give 1 to {DOCUMENTS_MAX}", request.documents.len());
        return Err(ApiError::invalid(reason, "documents", message));
    }
    catalog::reached(&service.catalog, request.catalog_revision, deadline).await?;
    let session = match sessions.get(&request.warehouse) {
        Some(session) => session.clone(),
        None => {
            let session = service.partition(&request.warehouse)?.session()?;
            sessions.insert(request.warehouse.clone(), session.clone());
            session
        }
    };
    let found = Found::of(&session.partition, &service.catalog, &request.documents).await?;
    let parser = DocumentParser::new(service, &session.partition.warehouse, found);
    let (mut slots, mut parsed) =
        (Vec::with_capacity(request.documents.len()), Vec::with_capacity(request.documents.len()));
    for (number, document) in request.documents.iter().enumerate() {
        match parser.parse(document) {
            Ok(request) => {
                slots.push(Slot::Posted(request.request_id));
                parsed.push(request);
            }
            Err(error) => slots.push(Slot::Refused(error.in_field(format_args!("documents[{number}]")))),
        }
    }
    let answers = session.post(parsed).await?;
    Ok(Pending::Posted { partition: session.partition, slots, answers })
}

async fn answer(pending: Result<Pending, Status>) -> Result<PostDocumentsResponse, Status> {
    let (partition, slots, answers) = match pending? {
        // The request itself could not be taken: there is nothing to answer document by document.
        Pending::Refused(error) => return Err(error.into()),
        Pending::Posted { partition, slots, answers } => (partition, slots, answers),
    };
    let Ok(answers) = answers.await else { return Err(partition.interrupted().into()) };
    let mut answers = answers.into_iter();
    let in_place = |(number, slot): (usize, Slot)| -> DocumentResult {
        let outcome = match slot {
            Slot::Refused(error) => Err(error),
            Slot::Posted(request_id) => {
                let answer = answers.next().ok_or_else(|| partition.interrupted());
                let answer = answer.and_then(|answer| receipt(answer, &partition.warehouse, request_id));
                answer.map_err(|error| error.in_field(format_args!("documents[{number}]")))
            }
        };
        result(outcome)
    };
    Ok(PostDocumentsResponse { results: slots.into_iter().enumerate().map(in_place).collect() })
}

fn stopping() -> Status {
    let after = std::time::Duration::from_millis(500);
    ApiError::unavailable(
        Reason::ShuttingDown,
        "the server is stopping: send the same requests to it again soon",
        after,
    )
    .into()
}

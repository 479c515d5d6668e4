//! Posts one warehouse's documents, strictly in their order, on one stream.
//!
//! 1. A message goes out only while fewer than [`WINDOW`] are unanswered. Answers come in the order of the documents, so the
//!    answered ones are always a beginning of the lane.
//! 2. When the stream breaks, or a document fails in a way that may pass, a new stream starts with the first document that has
//!    no answer. Those that were done without our hearing of it answer `remembered`.
//! 3. Therefore every document is decided once, and in the lane's order, however often the import or the server is killed.

use std::sync::Arc;

use proto::stock::v1::document_result::Outcome;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{DocumentError, DocumentResult, PostDocumentsRequest};
use rpc::client::RemoteError;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;
use tonic::transport::Channel;
use tonic::{Code, Status};

use super::attempts::Attempts;
use super::message::{Messages, Posting};
use super::plan::Plan;
use super::reject::Reject;
use crate::client::Client;
use crate::output::{Failure, Progress};

/// Most unanswered messages of a stream.
const WINDOW: usize = 8;

/// What became of the documents of a lane.
#[derive(Debug, Default)]
pub(super) struct Tally {
    /// Lines whose document is in the system.
    pub(super) imported: u64,
    /// Of these, lines whose document was there before.
    pub(super) duplicates: u64,
    /// Documents that are in the system, openings included.
    pub(super) documents: u64,
    /// Opening receipts that were refused.
    pub(super) openings_refused: u64,
    /// Lines of refused documents.
    pub(super) rejects: Vec<Reject>,
}

/// Posts lane number `lane` of the plan.
pub(super) async fn post(
    plan: Arc<Plan>,
    lane: usize,
    client: Client,
    revision: u64,
    progress: Arc<Progress>,
) -> Result<Tally, Failure> {
    let Some(lane) = plan.lanes.get(lane) else { return Ok(Tally::default()) };
    let messages = Messages::new(&plan, lane, revision);
    let mut poster =
        Poster { messages, client: client.stock(), progress, answered: 0, tally: Tally::default() };
    poster.run().await.map_err(|status| Failure::from(&status).with("warehouse", messages.warehouse()))?;
    Ok(poster.tally)
}

struct Poster<'p> {
    messages: Messages<'p>,
    client: StockServiceClient<Channel>,
    progress: Arc<Progress>,
    /// Documents that have their answer.
    answered: usize,
    tally: Tally,
}

impl Poster<'_> {
    async fn run(&mut self) -> Result<(), Status> {
        let mut attempts = Attempts::new();
        loop {
            let before = self.answered;
            let Err(failure) = self.stream().await else { return Ok(()) };
            if self.answered > before {
                attempts.progress();
            }
            attempts.wait(failure).await?;
        }
    }

    /// One stream, from the first unanswered document to the end.
    async fn stream(&mut self) -> Result<(), Status> {
        let (sender, receiver) = mpsc::channel(WINDOW);
        let mut outbox = Outbox { sender: Some(sender), next: self.answered, unanswered: 0 };
        outbox.fill(&self.messages);
        let mut answers = self.client.post_documents(ReceiverStream::new(receiver)).await?.into_inner();
        while self.answered < self.messages.documents() {
            let answer =
                answers.message().await?.ok_or_else(|| Status::unavailable("the stream ended early"))?;
            outbox.unanswered -= 1;
            outbox.fill(&self.messages);
            for result in answer.results {
                self.take(result)?;
            }
        }
        Ok(())
    }

    fn take(&mut self, result: DocumentResult) -> Result<(), Status> {
        let Some(posting) = self.messages.posting(self.answered) else {
            return Err(Status::data_loss("the server answered more documents than it was sent"));
        };
        match result.outcome {
            Some(Outcome::Receipt(receipt)) => self.tally.accept(posting, receipt.remembered),
            Some(Outcome::Error(error)) => self.refuse(posting, &error)?,
            None => return Err(Status::data_loss("the server's answer says neither yes nor no")),
        }
        self.answered += 1;
        self.progress.add(lines(posting));
        Ok(())
    }

    fn refuse(&mut self, posting: Posting<'_>, error: &DocumentError) -> Result<(), Status> {
        if !is_refusal(error) {
            return Err(Status::new(
                Code::from_i32(error.code),
                format!("{}: {}", error.reason, error.message),
            ));
        }
        match posting {
            Posting::Opening(..) => self.tally.openings_refused += 1,
            Posting::Lines(document) => {
                let rejects = document
                    .rows(self.messages.rows())
                    .map(|row| Reject::refused(row.line, &error.field, &error.reason, &error.message));
                self.tally.rejects.extend(rejects);
            }
        }
        Ok(())
    }
}

/// The messages on their way.
struct Outbox {
    /// `None` once everything is sent: it tells the server that no more is coming.
    sender: Option<mpsc::Sender<PostDocumentsRequest>>,
    /// The first document that is not sent.
    next: usize,
    unanswered: usize,
}

impl Outbox {
    fn fill(&mut self, messages: &Messages<'_>) {
        while let Some(sender) = &self.sender
            && self.unanswered < WINDOW
        {
            let (message, next) = messages.message(self.next);
            // The channel holds a whole window, so it is full only if the stream is broken, which its answers will say.
            if message.documents.is_empty() || sender.try_send(message).is_err() {
                self.sender = None;
                return;
            }
            self.next = next;
            self.unanswered += 1;
        }
    }
}

impl Tally {
    fn accept(&mut self, posting: Posting<'_>, remembered: bool) {
        self.documents += 1;
        self.imported += lines(posting);
        if remembered {
            self.duplicates += lines(posting);
        }
    }
}

/// Lines of the file.
fn lines(posting: Posting<'_>) -> u64 {
    match posting {
        Posting::Opening(..) => 0,
        Posting::Lines(document) => u64::try_from(document.rows.len()).unwrap_or(u64::MAX),
    }
}

/// Whether the document will be refused however often it is sent. Anything else is a failure of the server.
fn is_refusal(error: &DocumentError) -> bool {
    let code = Code::from_i32(error.code);
    let judged = matches!(
        code,
        Code::InvalidArgument
            | Code::NotFound
            | Code::FailedPrecondition
            | Code::AlreadyExists
            | Code::OutOfRange
    );
    judged && !RemoteError::from(error).is_retryable()
}

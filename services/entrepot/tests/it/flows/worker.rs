//! Somebody who works through flows, step by step.

use std::time::Duration;

use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Document, DocumentLine, PostDocumentRequest, Receipt};
use rpc::client::RemoteError;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Status};
use uuid::Uuid;

use super::WAREHOUSE;
use crate::crash::auditor::Answer;
use crate::crash::link::Link;
use crate::crash::random::Random;

/// How long one attempt may take.
const ATTEMPT_MAX: Duration = Duration::from_secs(20);

/// One who works.
#[derive(Debug)]
pub(super) struct Worker {
    pub(super) number: u32,
    pub(super) random: Random,
    link: Link,
    heard: watch::Sender<u64>,
    revision: u64,
    /// Documents that were answered, in order: id and sequence.
    answered: Vec<(Uuid, u64)>,
}

/// What somebody has done.
#[derive(Debug)]
pub(super) struct Done {
    pub(super) number: u32,
    pub(super) rounds: u32,
    pub(super) answered: Vec<(Uuid, u64)>,
}

impl Worker {
    pub(super) fn new(number: u32, (link, heard): (Link, watch::Sender<u64>), random: Random) -> Self {
        Self { number, random, link, heard, revision: 0, answered: Vec::new() }
    }

    /// Round after round until it is enough; one that was begun is brought to its end.
    pub(super) async fn run(mut self, revision: u64, enough: CancellationToken) -> Done {
        self.revision = revision;
        let mut rounds = 0;
        while !enough.is_cancelled() {
            self.round(rounds).await;
            rounds += 1;
        }
        Done { number: self.number, rounds, answered: self.answered }
    }

    /// A step that is accepted.
    pub(super) async fn does(&mut self, actions: Vec<Action>) -> Receipt {
        match self.insist(actions.clone()).await {
            Ok(receipt) => receipt,
            Err(error) => panic!("{actions:?}: {error:?}"),
        }
    }

    /// A mistake: it is refused for this reason.
    pub(super) async fn errs(&mut self, actions: Vec<Action>, reason: &str) {
        match self.insist(actions.clone()).await {
            Ok(receipt) => panic!("{actions:?} is accepted: {receipt:?}"),
            Err(error) => assert_eq!(error.reason, reason, "{actions:?}: {error:?}"),
        }
    }

    /// The same document until it is answered; now and then once more, which gives the same answer.
    async fn insist(&mut self, actions: Vec<Action>) -> Result<Receipt, RemoteError> {
        let id = self.random.uuid();
        let answer = self.until_answered(id, &actions).await;
        if self.random.once_in(5) {
            let again = self.until_answered(id, &actions).await;
            match (&answer, &again) {
                (Ok(first), Ok(again)) => {
                    assert_eq!((first.sequence, true), (again.sequence, again.remembered))
                }
                (Err(first), Err(again)) => {
                    assert_eq!(first.metadata.get("sequence"), again.metadata.get("sequence"))
                }
                (first, again) => panic!("{first:?} becomes {again:?}"),
            }
        }
        let sequence = match &answer {
            Ok(receipt) => receipt.sequence,
            Err(error) => error.metadata["sequence"].parse().unwrap(),
        };
        self.answered.push((id, sequence));
        answer
    }

    async fn until_answered(&mut self, id: Uuid, actions: &[Action]) -> Result<Receipt, RemoteError> {
        loop {
            let mut request = Request::new(PostDocumentRequest {
                warehouse: WAREHOUSE.to_owned(),
                document: Some(Document {
                    request_id: id.to_string(),
                    lines: actions
                        .iter()
                        .map(|action| DocumentLine { action: Some(action.clone()) })
                        .collect(),
                    ..Document::default()
                }),
                catalog_revision: self.revision,
                ..PostDocumentRequest::default()
            });
            request.set_timeout(ATTEMPT_MAX);
            let heard = self.link.stock().post_document(request).await;
            let heard = heard.map_err(|status: Status| RemoteError::from(&status));
            match heard {
                Err(error) if Answer::is_lost(&error) => self.link.lost().await,
                answer => {
                    self.link.answered();
                    self.heard.send_modify(|heard| *heard += 1);
                    return answer.map(|answer| answer.into_inner().receipt.unwrap());
                }
            }
        }
    }
}

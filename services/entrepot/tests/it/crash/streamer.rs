//! A client that posts documents on a stream and, when it breaks, goes on with the first message that has no answer.

use std::sync::Arc;

use proto::stock::v1::document_result::Outcome;
use proto::stock::v1::{DocumentResult, PostDocumentsRequest};
use rpc::client::RemoteError;
use tokio_util::sync::CancellationToken;
use tonic::Status;

use super::auditor::{Answer, Auditor};
use super::author::Author;
use super::link::Link;
use super::paper::Paper;
use crate::site::WAREHOUSES;

/// Messages of one stream.
const MESSAGES: usize = 12;

/// Posts with `PostDocuments`.
#[derive(Debug)]
pub(super) struct Streamer {
    pub(super) author: Author,
    pub(super) link: Link,
    pub(super) auditor: Arc<Auditor>,
}

impl Streamer {
    /// Until it is enough; messages that were begun are brought to their end.
    pub(super) async fn run(mut self, enough: CancellationToken) {
        while !enough.is_cancelled() {
            let messages: Vec<_> = (0..MESSAGES).map(|_| self.message()).collect();
            let mut answered = 0;
            while let Err(status) = self.stream(&messages, &mut answered).await {
                assert!(Answer::is_lost(&RemoteError::from(&status)), "{status:?}");
                self.link.lost().await;
            }
        }
    }

    fn message(&mut self) -> Vec<Arc<Paper>> {
        let warehouse = self.author.random.one_of(&WAREHOUSES);
        let documents = self.author.random.below(8) + 1;
        let papers: Vec<_> = (0..documents).map(|_| self.author.write(warehouse)).collect();
        for paper in &papers {
            self.auditor.sends(paper);
        }
        papers
    }

    async fn stream(&mut self, messages: &[Vec<Arc<Paper>>], answered: &mut usize) -> Result<(), Status> {
        let requests: Vec<_> = messages[*answered..].iter().map(|papers| self.request(papers)).collect();
        let mut answers = self.link.stock().post_documents(tokio_stream::iter(requests)).await?.into_inner();
        while *answered < messages.len() {
            let Some(answer) = answers.message().await? else {
                return Err(Status::unavailable("the stream ended early"));
            };
            let papers = &messages[*answered];
            assert_eq!(answer.results.len(), papers.len(), "an answer for every document");
            let heard: Vec<_> =
                papers.iter().zip(&answer.results).map(|(paper, result)| self.hear(paper, result)).collect();
            if heard.contains(&Heard::Nothing) {
                return Err(Status::unavailable("a document has no answer yet"));
            }
            *answered += 1;
            self.link.answered();
        }
        assert!(answers.message().await?.is_none(), "more answers than messages");
        Ok(())
    }

    fn request(&self, papers: &[Arc<Paper>]) -> PostDocumentsRequest {
        PostDocumentsRequest {
            warehouse: papers[0].warehouse.to_owned(),
            documents: papers.iter().map(|paper| paper.message()).collect(),
            catalog_revision: self.auditor.revision(),
        }
    }

    fn hear(&mut self, paper: &Paper, result: &DocumentResult) -> Heard {
        let answer = match result.outcome.as_ref().unwrap() {
            Outcome::Receipt(receipt) => Some(Answer::accepted(receipt)),
            Outcome::Error(error) if Answer::is_over(&RemoteError::from(error), paper) => {
                self.auditor.gives_up(paper, &RemoteError::from(error));
                return Heard::Answer;
            }
            Outcome::Error(error) => Answer::refused(&RemoteError::from(error)),
        };
        let Some(answer) = answer else { return Heard::Nothing };
        if self.auditor.hears(paper, &answer) {
            self.author.settle(paper, &answer);
        }
        Heard::Answer
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Heard {
    Answer,
    Nothing,
}

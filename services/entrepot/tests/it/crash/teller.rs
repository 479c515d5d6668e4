//! A client that posts one document after the other, each until it has its answer.

use std::sync::Arc;
use std::time::Duration;

use proto::stock::v1::{PostDocumentRequest, Receipt};
use rpc::client::RemoteError;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Status};

use super::auditor::{Answer, Auditor};
use super::author::Author;
use super::link::Link;
use super::paper::Paper;

/// How long one attempt may take.
const ATTEMPT_MAX: Duration = Duration::from_secs(20);

/// Posts with `PostDocument`.
#[derive(Debug)]
pub(super) struct Teller {
    pub(super) author: Author,
    pub(super) link: Link,
    pub(super) auditor: Arc<Auditor>,
    /// Documents that it has the answers to.
    pub(super) answered: Vec<Arc<Paper>>,
}

impl Teller {
    /// Until it is enough; a document that was begun is brought to its end.
    pub(super) async fn run(mut self, enough: CancellationToken) {
        while !enough.is_cancelled() {
            let paper = self.author.any();
            self.auditor.sends(&paper);
            if self.author.random.once_in(25) {
                self.walk_away(paper).await;
            } else {
                self.post(paper).await;
            }
            if self.author.random.once_in(12) {
                self.ask_again().await;
            }
        }
    }

    /// Sends a new document until it has its answer.
    pub(super) async fn post(&mut self, paper: Arc<Paper>) {
        let answer = match self.insist(&paper).await {
            Ok((answer, _)) => answer,
            Err(error) => return self.auditor.gives_up(&paper, &error),
        };
        self.auditor.hears(&paper, &answer);
        self.author.settle(&paper, &answer);
        self.answered.push(paper);
    }

    /// Sends a document, and is gone before or while it is answered: it may be posted or not, but not in halves.
    async fn walk_away(&mut self, paper: Arc<Paper>) {
        let call = self.attempt(&paper);
        let patience = self.author.random.below(60);
        let heard = tokio::select! {
            biased;
            heard = call => Some(heard),
            () = turns(patience) => None,
        };
        if let Some(Ok(receipt)) = heard {
            self.auditor.hears(&paper, &Answer::accepted(&receipt));
        }
    }

    /// A document from any time before, again: the very same answer, now remembered. And another one with its id.
    async fn ask_again(&mut self) {
        if self.answered.is_empty() {
            return;
        }
        let paper = Arc::clone(&self.answered[self.author.random.index(self.answered.len())]);
        let (answer, receipt) = self.insist(&paper).await.expect("it was answered before");
        self.auditor.hears(&paper, &answer);
        assert!(receipt.is_none_or(|receipt| receipt.remembered), "posted anew: {paper:?}");
        let forged = paper.forged();
        let error = loop {
            match self.attempt(&forged).await {
                Ok(receipt) => panic!("another document with the same id was accepted: {receipt:?}"),
                Err(error) if Answer::is_lost(&error) => self.link.lost().await,
                Err(error) => break error,
            }
        };
        assert_eq!(error.reason, "REQUEST_ID_REUSED", "{error:?}");
        assert_eq!(error.metadata["sequence"], answer.sequence.to_string(), "{error:?}");
    }

    /// An error when it will never be posted.
    async fn insist(&mut self, paper: &Paper) -> Result<(Answer, Option<Receipt>), RemoteError> {
        loop {
            match self.attempt(paper).await {
                Ok(receipt) => {
                    self.link.answered();
                    return Ok((Answer::accepted(&receipt), Some(receipt)));
                }
                Err(error) if Answer::is_over(&error, paper) => return Err(error),
                Err(error) => match Answer::refused(&error) {
                    Some(answer) => return Ok((answer, None)),
                    None => self.link.lost().await,
                },
            }
        }
    }

    fn attempt(
        &mut self,
        paper: &Paper,
    ) -> impl Future<Output = Result<Receipt, RemoteError>> + Send + use<> {
        let mut request = Request::new(PostDocumentRequest {
            warehouse: paper.warehouse.to_owned(),
            document: Some(paper.message()),
            validate_only: false,
            catalog_revision: self.auditor.revision(),
        });
        request.set_timeout(ATTEMPT_MAX);
        let mut stock = self.link.stock();
        async move {
            let heard = stock.post_document(request).await;
            let heard = heard.map_err(|status: Status| RemoteError::from(&status))?;
            Ok(heard.into_inner().receipt.unwrap())
        }
    }
}

/// Lets the others work for a while.
pub(super) async fn turns(count: u64) {
    for _ in 0..count {
        tokio::task::yield_now().await;
    }
}

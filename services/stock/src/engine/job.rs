use std::fmt;
use std::sync::Arc;

use rpc::ApiError;
use stock_core::{Document, RequestDigest, State};
use tokio::sync::oneshot;
use vocabulary::RequestId;

use super::Answer;

/// What is asked of an owner.
pub(crate) enum Job {
    /// Documents, one after the other, each on its own.
    Post {
        /// In order.
        requests: Vec<Request>,
        /// One answer a request, in order; dropped when the outcome is unknown.
        reply: oneshot::Sender<Vec<Answer>>,
    },
    /// A document that is only judged: nothing is recorded.
    Judge {
        /// The document, with its id: the id may have an answer already.
        request: Request,
        /// Its answer.
        reply: oneshot::Sender<Answer>,
    },
    /// A look at the state. What it returns runs when everything it saw is durable.
    Look(Box<dyn FnOnce(&State) -> Release + Send>),
}

/// Ids of requests from before the start.
#[derive(Debug)]
pub(crate) enum KnownIds {
    /// Some of them.
    Page(Vec<RequestId>),
    /// There are no more.
    Complete,
}

impl Job {
    /// The documents it brings; a look counts as one.
    pub(super) fn documents(&self) -> usize {
        match self {
            Self::Post { requests, .. } => requests.len().max(1),
            Self::Judge { .. } | Self::Look(_) => 1,
        }
    }

    /// The requests it brings.
    pub(super) fn requests(&self) -> &[Request] {
        match self {
            Self::Post { requests, .. } => requests,
            Self::Judge { request, .. } => std::slice::from_ref(request),
            Self::Look(_) => &[],
        }
    }

    /// About what it takes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.requests().iter().map(|request| request.bytes).sum()
    }
}

/// Sends an answer.
pub(crate) type Release = Box<dyn FnOnce() + Send>;

/// A document with its id. One that failed its checks is asked about all the same: its id may have an answer from before
/// its item was retired.
#[derive(Debug)]
pub(crate) struct Request {
    pub(crate) request_id: RequestId,
    pub(crate) digest: RequestDigest,
    /// Of the document as it was sent.
    pub(crate) bytes: usize,
    pub(crate) document: Result<Document, ApiError>,
    pub(crate) traceparent: Option<Arc<str>>,
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Post { requests, .. } => write!(f, "Post({})", requests.len()),
            Self::Judge { .. } => f.write_str("Judge"),
            Self::Look(_) => f.write_str("Look"),
        }
    }
}

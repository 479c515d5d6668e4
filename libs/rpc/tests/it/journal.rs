//! A service whose warehouse codes say what it should do.

use std::pin::Pin;
use std::time::Duration;

use futures::{Stream, StreamExt, stream};
use proto::stock::v1::journal_service_server::JournalService;
use proto::stock::v1::{
    GetJournalHeadRequest, GetJournalHeadResponse, ListJournalsRequest, ListJournalsResponse,
    ReadJournalRequest, ReadJournalResponse, TailJournalRequest, TailJournalResponse,
};
use rpc::{ApiError, Reason, deadline};
use tokio::sync::Semaphore;
use tonic::{Request, Response, Status};

/// `SLOW` waits for a permit of `go` after adding one to `entered`; `PANIC` panics; `GONE` fails with a retry delay; any other is answered with
/// the milliseconds left until the deadline as its sequence (0 for none).
#[derive(Debug)]
pub(crate) struct TestJournal {
    pub(crate) entered: Semaphore,
    pub(crate) go: Semaphore,
}

impl TestJournal {
    pub(crate) fn new() -> Self {
        Self { entered: Semaphore::new(0), go: Semaphore::new(0) }
    }

    /// Waits until a slow call has arrived.
    pub(crate) async fn entered(&self) {
        self.entered.acquire().await.unwrap().forget();
    }
}

#[tonic::async_trait]
impl JournalService for TestJournal {
    async fn get_journal_head(
        &self,
        request: Request<GetJournalHeadRequest>,
    ) -> Result<Response<GetJournalHeadResponse>, Status> {
        let remaining = deadline(&request).remaining().map_or(0, |d| u64::try_from(d.as_millis()).unwrap());
        let warehouse = request.into_inner().warehouse;
        match warehouse.as_str() {
            "SLOW" => {
                self.entered.add_permits(1);
                self.go.acquire().await.unwrap().forget();
            }
            "PANIC" => panic!("as asked"),
            "GONE" => {
                let delay = Duration::from_millis(250);
                return Err(ApiError::unavailable(
                    Reason::DatabaseUnavailable,
                    "the database is gone",
                    delay,
                )
                .into());
            }
            _ => {}
        }
        Ok(Response::new(GetJournalHeadResponse { warehouse, sequence: remaining, ..Default::default() }))
    }

    type TailJournalStream = Pin<Box<dyn Stream<Item = Result<TailJournalResponse, Status>> + Send>>;

    /// One answer, and then nothing for ever.
    async fn tail_journal(
        &self,
        _request: Request<TailJournalRequest>,
    ) -> Result<Response<Self::TailJournalStream>, Status> {
        let first = stream::iter([Ok(TailJournalResponse::default())]);
        Ok(Response::new(first.chain(stream::pending()).boxed()))
    }

    async fn read_journal(
        &self,
        _: Request<ReadJournalRequest>,
    ) -> Result<Response<ReadJournalResponse>, Status> {
        Ok(Response::new(ReadJournalResponse::default()))
    }

    async fn list_journals(
        &self,
        _: Request<ListJournalsRequest>,
    ) -> Result<Response<ListJournalsResponse>, Status> {
        Ok(Response::new(ListJournalsResponse::default()))
    }
}

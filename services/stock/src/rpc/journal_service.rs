use std::pin::Pin;

use futures::Stream;
use proto::stock::v1::journal_service_server::JournalService;
use proto::stock::v1::{
    GetJournalHeadRequest, GetJournalHeadResponse, JournalRecord, ListJournalsRequest, ListJournalsResponse,
    ReadJournalRequest, ReadJournalResponse, TailJournalRequest, TailJournalResponse,
};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status};

use super::{get_journal_head, list_journals, read_journal, tail_journal};
use crate::engine::PartitionSet;
use crate::store::Row;

/// `entrepot.stock.v1.JournalService`.
#[derive(Debug, Clone)]
pub(crate) struct JournalRpc {
    pub(super) partitions: PartitionSet,
    pub(super) cancel: CancellationToken,
}

impl JournalRpc {
    pub(crate) const fn new(partitions: PartitionSet, cancel: CancellationToken) -> Self {
        Self { partitions, cancel }
    }
}

#[tonic::async_trait]
impl JournalService for JournalRpc {
    async fn read_journal(
        &self,
        request: Request<ReadJournalRequest>,
    ) -> Result<Response<ReadJournalResponse>, Status> {
        Ok(read_journal::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    type TailJournalStream = Pin<Box<dyn Stream<Item = Result<TailJournalResponse, Status>> + Send>>;

    async fn tail_journal(
        &self,
        request: Request<TailJournalRequest>,
    ) -> Result<Response<Self::TailJournalStream>, Status> {
        Ok(tail_journal::handle(self, request.into_inner()).map(Response::new)?)
    }

    async fn get_journal_head(
        &self,
        request: Request<GetJournalHeadRequest>,
    ) -> Result<Response<GetJournalHeadResponse>, Status> {
        Ok(get_journal_head::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_journals(
        &self,
        _request: Request<ListJournalsRequest>,
    ) -> Result<Response<ListJournalsResponse>, Status> {
        Ok(Response::new(list_journals::handle(self)))
    }
}

pub(super) fn record(row: Row) -> JournalRecord {
    let hash = row.hash.as_bytes().to_vec();
    JournalRecord { sequence: row.sequence.get(), entry: row.entry, hash: hash.into() }
}

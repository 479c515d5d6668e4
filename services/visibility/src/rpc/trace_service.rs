use std::sync::Arc;

use proto::visibility::v1::trace_service_server::{TraceService, TraceServiceServer};
use proto::visibility::v1::{
    ListDuplicateSerialsRequest, ListDuplicateSerialsResponse, ListRecipientsRequest, ListRecipientsResponse,
    TraceLotRequest, TraceLotResponse,
};
use rpc::server::MESSAGE_BYTES_MAX;
use tonic::{Request, Response, Status};

use super::{list_duplicate_serials, list_recipients, trace_lot};
use crate::engine::Engine;

/// The service on top of the engine.
#[derive(Debug, Clone)]
pub(crate) struct TraceRpc {
    engine: Arc<Engine>,
}

impl TraceRpc {
    pub(crate) fn service(engine: Arc<Engine>) -> TraceServiceServer<Self> {
        TraceServiceServer::new(Self { engine }).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }
}

#[tonic::async_trait]
impl TraceService for TraceRpc {
    async fn trace_lot(
        &self,
        request: Request<TraceLotRequest>,
    ) -> Result<Response<TraceLotResponse>, Status> {
        let deadline = rpc::deadline(&request);
        Ok(trace_lot::handle(&self.engine, request.into_inner(), deadline).await.map(Response::new)?)
    }

    async fn list_recipients(
        &self,
        request: Request<ListRecipientsRequest>,
    ) -> Result<Response<ListRecipientsResponse>, Status> {
        let deadline = rpc::deadline(&request);
        Ok(list_recipients::handle(&self.engine, request.into_inner(), deadline).await.map(Response::new)?)
    }

    async fn list_duplicate_serials(
        &self,
        request: Request<ListDuplicateSerialsRequest>,
    ) -> Result<Response<ListDuplicateSerialsResponse>, Status> {
        let deadline = rpc::deadline(&request);
        let answer = list_duplicate_serials::handle(&self.engine, request.into_inner(), deadline).await;
        Ok(answer.map(Response::new)?)
    }
}

use std::pin::Pin;
use std::sync::Arc;

use futures::Stream;
use proto::visibility::v1::availability_service_server::{AvailabilityService, AvailabilityServiceServer};
use proto::visibility::v1::{
    BatchGetAtpRequest, BatchGetAtpResponse, BatchGetAvailabilityRequest, BatchGetAvailabilityResponse,
    ListAlertsRequest, ListAlertsResponse, ListAvailabilityRequest, ListAvailabilityResponse,
    ListSlicesRequest, ListSlicesResponse, RebuildViewRequest, RebuildViewResponse, WatchAvailabilityRequest,
    WatchAvailabilityResponse,
};
use rpc::server::MESSAGE_BYTES_MAX;
use tonic::{Request, Response, Status};

use super::{
    batch_get_atp, batch_get_availability, list_alerts, list_availability, list_slices, rebuild_view,
    watch_availability,
};
use crate::engine::Engine;

/// The service on top of the engine.
#[derive(Debug, Clone)]
pub(crate) struct AvailabilityRpc {
    engine: Arc<Engine>,
}

impl AvailabilityRpc {
    pub(crate) fn service(engine: Arc<Engine>) -> AvailabilityServiceServer<Self> {
        AvailabilityServiceServer::new(Self { engine }).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }
}

#[tonic::async_trait]
impl AvailabilityService for AvailabilityRpc {
    async fn batch_get_availability(
        &self,
        request: Request<BatchGetAvailabilityRequest>,
    ) -> Result<Response<BatchGetAvailabilityResponse>, Status> {
        let deadline = rpc::deadline(&request);
        Ok(batch_get_availability::handle(&self.engine, request.into_inner(), deadline)
            .await
            .map(Response::new)?)
    }

    async fn list_availability(
        &self,
        request: Request<ListAvailabilityRequest>,
    ) -> Result<Response<ListAvailabilityResponse>, Status> {
        let deadline = rpc::deadline(&request);
        Ok(list_availability::handle(&self.engine, request.into_inner(), deadline)
            .await
            .map(Response::new)?)
    }

    async fn list_slices(
        &self,
        request: Request<ListSlicesRequest>,
    ) -> Result<Response<ListSlicesResponse>, Status> {
        let deadline = rpc::deadline(&request);
        Ok(list_slices::handle(&self.engine, request.into_inner(), deadline).await.map(Response::new)?)
    }

    async fn batch_get_atp(
        &self,
        request: Request<BatchGetAtpRequest>,
    ) -> Result<Response<BatchGetAtpResponse>, Status> {
        let deadline = rpc::deadline(&request);
        Ok(batch_get_atp::handle(&self.engine, request.into_inner(), deadline).await.map(Response::new)?)
    }

    async fn list_alerts(
        &self,
        request: Request<ListAlertsRequest>,
    ) -> Result<Response<ListAlertsResponse>, Status> {
        let deadline = rpc::deadline(&request);
        Ok(list_alerts::handle(&self.engine, request.into_inner(), deadline).await.map(Response::new)?)
    }

    type WatchAvailabilityStream =
        Pin<Box<dyn Stream<Item = Result<WatchAvailabilityResponse, Status>> + Send>>;

    async fn watch_availability(
        &self,
        request: Request<WatchAvailabilityRequest>,
    ) -> Result<Response<Self::WatchAvailabilityStream>, Status> {
        let deadline = rpc::deadline(&request);
        let stream = watch_availability::handle(&self.engine, request.into_inner(), deadline).await?;
        Ok(Response::new(Box::pin(stream)))
    }

    async fn rebuild_view(
        &self,
        request: Request<RebuildViewRequest>,
    ) -> Result<Response<RebuildViewResponse>, Status> {
        let deadline = rpc::deadline(&request);
        Ok(rebuild_view::handle(&self.engine, request.into_inner(), deadline).await.map(Response::new)?)
    }
}

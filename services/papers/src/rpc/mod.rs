//! One file an RPC. This one only connects them to the wire.

mod correct_paper;
mod errors;
mod get_paper;
mod issue_paper;
mod list_papers;
mod reading;
mod render_paper;
mod wire;

use std::sync::Arc;

use proto::papers::v1::paper_service_server::{PaperService, PaperServiceServer};
use proto::papers::v1::{
    CorrectPaperRequest, CorrectPaperResponse, GetPaperRequest, GetPaperResponse, IssuePaperRequest,
    IssuePaperResponse, ListPapersRequest, ListPapersResponse, RenderPaperRequest, RenderPaperResponse,
};
use rpc::{ApiError, server};
use tonic::{Request, Response, Status};

use crate::engine::Engine;

type Answer<T> = Result<Response<T>, Status>;

/// The papers on the wire.
#[derive(Debug)]
pub(crate) struct PaperRpc(Arc<Engine>);

impl PaperRpc {
    /// As a gRPC service.
    pub(crate) fn service(engine: Arc<Engine>) -> PaperServiceServer<Self> {
        PaperServiceServer::new(Self(engine)).max_decoding_message_size(server::MESSAGE_BYTES_MAX)
    }
}

fn answer<T>(result: Result<T, ApiError>) -> Answer<T> {
    Ok(Response::new(result?))
}

#[tonic::async_trait]
impl PaperService for PaperRpc {
    async fn issue_paper(&self, request: Request<IssuePaperRequest>) -> Answer<IssuePaperResponse> {
        answer(issue_paper::issue_paper(&self.0, request.into_inner()).await)
    }

    async fn correct_paper(&self, request: Request<CorrectPaperRequest>) -> Answer<CorrectPaperResponse> {
        answer(correct_paper::correct_paper(&self.0, request.into_inner()).await)
    }

    async fn get_paper(&self, request: Request<GetPaperRequest>) -> Answer<GetPaperResponse> {
        answer(get_paper::get_paper(&self.0, request.into_inner()).await)
    }

    async fn list_papers(&self, request: Request<ListPapersRequest>) -> Answer<ListPapersResponse> {
        answer(list_papers::list_papers(&self.0, request.into_inner()).await)
    }

    async fn render_paper(&self, request: Request<RenderPaperRequest>) -> Answer<RenderPaperResponse> {
        answer(render_paper::render_paper(&self.0, request.into_inner()).await)
    }
}

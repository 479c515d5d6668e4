use std::sync::Arc;

use catalog_view::CatalogView;
use proto::stock::v1::scan_service_server::ScanService;
use proto::stock::v1::{InterpretScanRequest, InterpretScanResponse};
use scan_core::Separators;
use tonic::{Request, Response, Status};

use super::interpret_scan;
use crate::engine::PartitionSet;

/// `entrepot.stock.v1.ScanService`.
#[derive(Debug, Clone)]
pub(crate) struct ScanRpc {
    pub(super) partitions: PartitionSet,
    pub(super) catalog: CatalogView,
    pub(super) separators: Arc<Separators>,
}

impl ScanRpc {
    pub(crate) fn new(partitions: PartitionSet, catalog: CatalogView, separators: Separators) -> Self {
        Self { partitions, catalog, separators: Arc::new(separators) }
    }
}

#[tonic::async_trait]
impl ScanService for ScanRpc {
    async fn interpret_scan(
        &self,
        request: Request<InterpretScanRequest>,
    ) -> Result<Response<InterpretScanResponse>, Status> {
        Ok(interpret_scan::handle(self, &request.into_inner()).await.map(Response::new)?)
    }
}

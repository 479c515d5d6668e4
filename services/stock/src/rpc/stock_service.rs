use std::pin::Pin;

use catalog_view::CatalogView;
use futures::Stream;
use proto::stock::v1::stock_service_server::StockService;
use proto::stock::v1::{
    ChooseCountPlacesRequest, ChooseCountPlacesResponse, ExplainDocumentRequest, ExplainDocumentResponse,
    GetCountFiguresRequest, GetCountFiguresResponse, GetCountRequest, GetCountResponse, GetCountSheetRequest,
    GetCountSheetResponse, GetDeliveryRequest, GetDeliveryResponse, GetHandlingUnitRequest,
    GetHandlingUnitResponse, GetLotRequest, GetLotResponse, GetMovementRequest, GetMovementResponse,
    GetNumberRangeRequest, GetNumberRangeResponse, GetOrderRequest, GetOrderResponse, GetPickListRequest,
    GetPickListResponse, GetPositionRequest, GetPositionResponse, GetProductionOrderRequest,
    GetProductionOrderResponse, GetReservationRequest, GetReservationResponse, GetStockLockRequest,
    GetStockLockResponse, GetTaskRequest, GetTaskResponse, ListBalancesRequest, ListBalancesResponse,
    ListCountsRequest, ListCountsResponse, ListDeliveriesRequest, ListDeliveriesResponse,
    ListExpectationsRequest, ListExpectationsResponse, ListHandlingUnitsRequest, ListHandlingUnitsResponse,
    ListLotsRequest, ListLotsResponse, ListOrdersRequest, ListOrdersResponse, ListPositionsRequest,
    ListPositionsResponse, ListProductionOrdersRequest, ListProductionOrdersResponse,
    ListReservationsRequest, ListReservationsResponse, ListRulesRequest, ListRulesResponse,
    ListSerialsRequest, ListSerialsResponse, ListTasksRequest, ListTasksResponse, PostDocumentRequest,
    PostDocumentResponse, PostDocumentsRequest, PostDocumentsResponse, ReconcileStockRequest,
    ReconcileStockResponse, SuggestPutAwayRequest, SuggestPutAwayResponse,
};
use rpc::{ApiError, Reason};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status, Streaming};
use vocabulary::WarehouseCode;
use work_core::Segregation;

use super::history::History;
use super::lock::LockPassing;
use super::{
    choose_count_places, explain_document, get_count, get_count_figures, get_count_sheet, get_delivery,
    get_handling_unit, get_lot, get_movement, get_number_range, get_order, get_pick_list, get_position,
    get_production_order, get_reservation, get_stock_lock, get_task, list_balances, list_counts,
    list_deliveries, list_expectations, list_handling_units, list_lots, list_orders, list_positions,
    list_production_orders, list_reservations, list_rules, list_serials, list_tasks, post_document,
    post_documents, reconcile_stock, suggest_put_away,
};
use crate::config::Limits;
use crate::engine::{Handle, PartitionSet};

/// `entrepot.stock.v1.StockService`.
#[derive(Debug, Clone)]
pub(crate) struct StockRpc {
    pub(super) partitions: PartitionSet,
    pub(super) catalog: CatalogView,
    pub(super) limits: Limits,
    pub(super) history: History,
    pub(super) passing: LockPassing,
    pub(super) segregation: Segregation,
    pub(super) cancel: CancellationToken,
}

impl StockRpc {
    pub(crate) fn new(
        partitions: PartitionSet,
        catalog: CatalogView,
        limits: Limits,
        passing: LockPassing,
        cancel: CancellationToken,
    ) -> Self {
        let (history, segregation) = (History::default(), Segregation::default());
        Self { partitions, catalog, limits, history, passing, segregation, cancel }
    }

    /// Which goods may not lie beside which, where it is otherwise than usual.
    pub(crate) fn keeping_apart(self, segregation: Segregation) -> Self {
        Self { segregation, ..self }
    }

    /// The partition that a request names.
    pub(super) fn partition(&self, warehouse: &str) -> Result<Handle, ApiError> {
        partition(&self.partitions, warehouse)
    }
}

pub(super) fn partition(partitions: &PartitionSet, warehouse: &str) -> Result<Handle, ApiError> {
    let code = WarehouseCode::parse(warehouse);
    partitions.find(&code.map_err(|e| ApiError::invalid(Reason::BadCode, "warehouse", e.to_string()))?)
}

#[tonic::async_trait]
impl StockService for StockRpc {
    async fn post_document(
        &self,
        request: Request<PostDocumentRequest>,
    ) -> Result<Response<PostDocumentResponse>, Status> {
        Ok(post_document::handle(self, request).await.map(Response::new)?)
    }

    type PostDocumentsStream = Pin<Box<dyn Stream<Item = Result<PostDocumentsResponse, Status>> + Send>>;

    async fn post_documents(
        &self,
        request: Request<Streaming<PostDocumentsRequest>>,
    ) -> Result<Response<Self::PostDocumentsStream>, Status> {
        Ok(Response::new(post_documents::handle(self.clone(), request)))
    }

    async fn get_position(
        &self,
        request: Request<GetPositionRequest>,
    ) -> Result<Response<GetPositionResponse>, Status> {
        Ok(get_position::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_positions(
        &self,
        request: Request<ListPositionsRequest>,
    ) -> Result<Response<ListPositionsResponse>, Status> {
        Ok(list_positions::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_balances(
        &self,
        request: Request<ListBalancesRequest>,
    ) -> Result<Response<ListBalancesResponse>, Status> {
        Ok(list_balances::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_reservation(
        &self,
        request: Request<GetReservationRequest>,
    ) -> Result<Response<GetReservationResponse>, Status> {
        Ok(get_reservation::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_reservations(
        &self,
        request: Request<ListReservationsRequest>,
    ) -> Result<Response<ListReservationsResponse>, Status> {
        Ok(list_reservations::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_rules(
        &self,
        request: Request<ListRulesRequest>,
    ) -> Result<Response<ListRulesResponse>, Status> {
        Ok(list_rules::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn explain_document(
        &self,
        request: Request<ExplainDocumentRequest>,
    ) -> Result<Response<ExplainDocumentResponse>, Status> {
        Ok(explain_document::handle(self, request).await.map(Response::new)?)
    }

    async fn get_movement(
        &self,
        request: Request<GetMovementRequest>,
    ) -> Result<Response<GetMovementResponse>, Status> {
        Ok(get_movement::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_handling_unit(
        &self,
        request: Request<GetHandlingUnitRequest>,
    ) -> Result<Response<GetHandlingUnitResponse>, Status> {
        Ok(get_handling_unit::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_handling_units(
        &self,
        request: Request<ListHandlingUnitsRequest>,
    ) -> Result<Response<ListHandlingUnitsResponse>, Status> {
        Ok(list_handling_units::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_number_range(
        &self,
        request: Request<GetNumberRangeRequest>,
    ) -> Result<Response<GetNumberRangeResponse>, Status> {
        Ok(get_number_range::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_stock_lock(
        &self,
        request: Request<GetStockLockRequest>,
    ) -> Result<Response<GetStockLockResponse>, Status> {
        Ok(get_stock_lock::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_expectations(
        &self,
        request: Request<ListExpectationsRequest>,
    ) -> Result<Response<ListExpectationsResponse>, Status> {
        Ok(list_expectations::handle(self, request.into_inner()).await.map(Response::new)?)
    }
    async fn get_lot(&self, request: Request<GetLotRequest>) -> Result<Response<GetLotResponse>, Status> {
        Ok(get_lot::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_lots(
        &self,
        request: Request<ListLotsRequest>,
    ) -> Result<Response<ListLotsResponse>, Status> {
        Ok(list_lots::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_serials(
        &self,
        request: Request<ListSerialsRequest>,
    ) -> Result<Response<ListSerialsResponse>, Status> {
        Ok(list_serials::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_delivery(
        &self,
        request: Request<GetDeliveryRequest>,
    ) -> Result<Response<GetDeliveryResponse>, Status> {
        Ok(get_delivery::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_deliveries(
        &self,
        request: Request<ListDeliveriesRequest>,
    ) -> Result<Response<ListDeliveriesResponse>, Status> {
        Ok(list_deliveries::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_order(
        &self,
        request: Request<GetOrderRequest>,
    ) -> Result<Response<GetOrderResponse>, Status> {
        Ok(get_order::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_orders(
        &self,
        request: Request<ListOrdersRequest>,
    ) -> Result<Response<ListOrdersResponse>, Status> {
        Ok(list_orders::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_task(&self, request: Request<GetTaskRequest>) -> Result<Response<GetTaskResponse>, Status> {
        Ok(get_task::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_tasks(
        &self,
        request: Request<ListTasksRequest>,
    ) -> Result<Response<ListTasksResponse>, Status> {
        Ok(list_tasks::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_production_order(
        &self,
        request: Request<GetProductionOrderRequest>,
    ) -> Result<Response<GetProductionOrderResponse>, Status> {
        Ok(get_production_order::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_production_orders(
        &self,
        request: Request<ListProductionOrdersRequest>,
    ) -> Result<Response<ListProductionOrdersResponse>, Status> {
        Ok(list_production_orders::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_pick_list(
        &self,
        request: Request<GetPickListRequest>,
    ) -> Result<Response<GetPickListResponse>, Status> {
        Ok(get_pick_list::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_count(
        &self,
        request: Request<GetCountRequest>,
    ) -> Result<Response<GetCountResponse>, Status> {
        Ok(get_count::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn list_counts(
        &self,
        request: Request<ListCountsRequest>,
    ) -> Result<Response<ListCountsResponse>, Status> {
        Ok(list_counts::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_count_sheet(
        &self,
        request: Request<GetCountSheetRequest>,
    ) -> Result<Response<GetCountSheetResponse>, Status> {
        Ok(get_count_sheet::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn choose_count_places(
        &self,
        request: Request<ChooseCountPlacesRequest>,
    ) -> Result<Response<ChooseCountPlacesResponse>, Status> {
        Ok(choose_count_places::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn suggest_put_away(
        &self,
        request: Request<SuggestPutAwayRequest>,
    ) -> Result<Response<SuggestPutAwayResponse>, Status> {
        Ok(suggest_put_away::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn reconcile_stock(
        &self,
        request: Request<ReconcileStockRequest>,
    ) -> Result<Response<ReconcileStockResponse>, Status> {
        Ok(reconcile_stock::handle(self, request.into_inner()).await.map(Response::new)?)
    }

    async fn get_count_figures(
        &self,
        request: Request<GetCountFiguresRequest>,
    ) -> Result<Response<GetCountFiguresResponse>, Status> {
        Ok(get_count_figures::handle(self, request.into_inner()).await.map(Response::new)?)
    }
}

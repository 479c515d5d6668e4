//! One file an RPC. This one only connects them to the wire.

mod batch_create_items;
mod batch_create_locations;
mod batch_get_items;
mod create_bom;
mod create_coding_rule;
mod create_item;
mod create_item_class;
mod create_location;
mod create_recall;
mod create_warehouse;
mod end_recall;
mod errors;
mod explode_bom;
mod get_bom;
mod get_coding_rule;
mod get_item;
mod get_item_class;
mod get_location;
mod get_recall;
mod get_warehouse;
mod in_stock;
mod list_boms;
mod list_coding_rules;
mod list_item_classes;
mod list_items;
mod list_locations;
mod list_recalls;
mod list_warehouses;
mod page;
mod reading;
mod restore_item;
mod retire_bom;
mod retire_coding_rule;
mod retire_item;
mod retire_item_class;
mod retire_location;
mod retire_warehouse;
mod update_bom;
mod update_coding_rule;
mod update_item;
mod update_item_class;
mod update_location;
mod update_warehouse;

use proto::catalog::v1::catalog_service_server::{CatalogService, CatalogServiceServer};
use proto::catalog::v1::{
    BatchCreateItemsRequest, BatchCreateItemsResponse, BatchCreateLocationsRequest,
    BatchCreateLocationsResponse, BatchGetItemsRequest, BatchGetItemsResponse, CreateBomRequest,
    CreateBomResponse, CreateCodingRuleRequest, CreateCodingRuleResponse, CreateItemClassRequest,
    CreateItemClassResponse, CreateItemRequest, CreateItemResponse, CreateLocationRequest,
    CreateLocationResponse, CreateRecallRequest, CreateRecallResponse, CreateWarehouseRequest,
    CreateWarehouseResponse, EndRecallRequest, EndRecallResponse, ExplodeBomRequest, ExplodeBomResponse,
    GetBomRequest, GetBomResponse, GetCodingRuleRequest, GetCodingRuleResponse, GetItemClassRequest,
    GetItemClassResponse, GetItemRequest, GetItemResponse, GetLocationRequest, GetLocationResponse,
    GetRecallRequest, GetRecallResponse, GetWarehouseRequest, GetWarehouseResponse, ListBomsRequest,
    ListBomsResponse, ListCodingRulesRequest, ListCodingRulesResponse, ListItemClassesRequest,
    ListItemClassesResponse, ListItemsRequest, ListItemsResponse, ListLocationsRequest,
    ListLocationsResponse, ListRecallsRequest, ListRecallsResponse, ListWarehousesRequest,
    ListWarehousesResponse, RestoreItemRequest, RestoreItemResponse, RetireBomRequest, RetireBomResponse,
    RetireCodingRuleRequest, RetireCodingRuleResponse, RetireItemClassRequest, RetireItemClassResponse,
    RetireItemRequest, RetireItemResponse, RetireLocationRequest, RetireLocationResponse,
    RetireWarehouseRequest, RetireWarehouseResponse, UpdateBomRequest, UpdateBomResponse,
    UpdateCodingRuleRequest, UpdateCodingRuleResponse, UpdateItemClassRequest, UpdateItemClassResponse,
    UpdateItemRequest, UpdateItemResponse, UpdateLocationRequest, UpdateLocationResponse,
    UpdateWarehouseRequest, UpdateWarehouseResponse,
};
use rpc::{ApiError, server};
use tonic::{Request, Response, Status};

use crate::feed::Network;
use crate::store::Store;

type Answer<T> = Result<Response<T>, Status>;

/// The catalog on the wire.
#[derive(Debug)]
pub(crate) struct CatalogRpc(Store, Network);

impl CatalogRpc {
    /// As a gRPC service.
    pub(crate) fn service(store: Store, network: Network) -> CatalogServiceServer<Self> {
        CatalogServiceServer::new(Self(store, network)).max_decoding_message_size(server::MESSAGE_BYTES_MAX)
    }
}

fn answer<T>(result: Result<T, ApiError>) -> Answer<T> {
    Ok(Response::new(result?))
}

#[tonic::async_trait]
impl CatalogService for CatalogRpc {
    async fn create_item(&self, request: Request<CreateItemRequest>) -> Answer<CreateItemResponse> {
        answer(create_item::create_item(&self.0, request.into_inner()).await)
    }

    async fn batch_create_items(
        &self,
        request: Request<BatchCreateItemsRequest>,
    ) -> Answer<BatchCreateItemsResponse> {
        answer(batch_create_items::batch_create_items(&self.0, request.into_inner()).await)
    }

    async fn get_item(&self, request: Request<GetItemRequest>) -> Answer<GetItemResponse> {
        answer(get_item::get_item(&self.0, request.into_inner()).await)
    }

    async fn list_items(&self, request: Request<ListItemsRequest>) -> Answer<ListItemsResponse> {
        answer(list_items::list_items(&self.0, request.into_inner()).await)
    }

    async fn update_item(&self, request: Request<UpdateItemRequest>) -> Answer<UpdateItemResponse> {
        answer(update_item::update_item((&self.0, &self.1), request.into_inner()).await)
    }

    async fn retire_item(&self, request: Request<RetireItemRequest>) -> Answer<RetireItemResponse> {
        answer(retire_item::retire_item((&self.0, &self.1), request.into_inner()).await)
    }

    async fn restore_item(&self, request: Request<RestoreItemRequest>) -> Answer<RestoreItemResponse> {
        answer(restore_item::restore_item(&self.0, request.into_inner()).await)
    }

    async fn create_item_class(
        &self,
        request: Request<CreateItemClassRequest>,
    ) -> Answer<CreateItemClassResponse> {
        answer(create_item_class::create_item_class(&self.0, request.into_inner()).await)
    }

    async fn get_item_class(&self, request: Request<GetItemClassRequest>) -> Answer<GetItemClassResponse> {
        answer(get_item_class::get_item_class(&self.0, request.into_inner()).await)
    }

    async fn list_item_classes(
        &self,
        request: Request<ListItemClassesRequest>,
    ) -> Answer<ListItemClassesResponse> {
        answer(list_item_classes::list_item_classes(&self.0, request.into_inner()).await)
    }

    async fn update_item_class(
        &self,
        request: Request<UpdateItemClassRequest>,
    ) -> Answer<UpdateItemClassResponse> {
        answer(update_item_class::update_item_class(&self.0, request.into_inner()).await)
    }

    async fn retire_item_class(
        &self,
        request: Request<RetireItemClassRequest>,
    ) -> Answer<RetireItemClassResponse> {
        answer(retire_item_class::retire_item_class(&self.0, request.into_inner()).await)
    }

    async fn create_coding_rule(
        &self,
        request: Request<CreateCodingRuleRequest>,
    ) -> Answer<CreateCodingRuleResponse> {
        answer(create_coding_rule::create_coding_rule(&self.0, request.into_inner()).await)
    }

    async fn get_coding_rule(&self, request: Request<GetCodingRuleRequest>) -> Answer<GetCodingRuleResponse> {
        answer(get_coding_rule::get_coding_rule(&self.0, request.into_inner()).await)
    }

    async fn list_coding_rules(
        &self,
        request: Request<ListCodingRulesRequest>,
    ) -> Answer<ListCodingRulesResponse> {
        answer(list_coding_rules::list_coding_rules(&self.0, request.into_inner()).await)
    }

    async fn update_coding_rule(
        &self,
        request: Request<UpdateCodingRuleRequest>,
    ) -> Answer<UpdateCodingRuleResponse> {
        answer(update_coding_rule::update_coding_rule(&self.0, request.into_inner()).await)
    }

    async fn retire_coding_rule(
        &self,
        request: Request<RetireCodingRuleRequest>,
    ) -> Answer<RetireCodingRuleResponse> {
        answer(retire_coding_rule::retire_coding_rule(&self.0, request.into_inner()).await)
    }

    async fn create_warehouse(
        &self,
        request: Request<CreateWarehouseRequest>,
    ) -> Answer<CreateWarehouseResponse> {
        answer(create_warehouse::create_warehouse(&self.0, request.into_inner()).await)
    }

    async fn get_warehouse(&self, request: Request<GetWarehouseRequest>) -> Answer<GetWarehouseResponse> {
        answer(get_warehouse::get_warehouse(&self.0, request.into_inner()).await)
    }

    async fn list_warehouses(
        &self,
        request: Request<ListWarehousesRequest>,
    ) -> Answer<ListWarehousesResponse> {
        answer(list_warehouses::list_warehouses(&self.0, request.into_inner()).await)
    }

    async fn update_warehouse(
        &self,
        request: Request<UpdateWarehouseRequest>,
    ) -> Answer<UpdateWarehouseResponse> {
        answer(update_warehouse::update_warehouse(&self.0, request.into_inner()).await)
    }

    async fn retire_warehouse(
        &self,
        request: Request<RetireWarehouseRequest>,
    ) -> Answer<RetireWarehouseResponse> {
        answer(retire_warehouse::retire_warehouse(&self.0, request.into_inner()).await)
    }

    async fn create_location(
        &self,
        request: Request<CreateLocationRequest>,
    ) -> Answer<CreateLocationResponse> {
        answer(create_location::create_location(&self.0, request.into_inner()).await)
    }

    async fn batch_create_locations(
        &self,
        request: Request<BatchCreateLocationsRequest>,
    ) -> Answer<BatchCreateLocationsResponse> {
        answer(batch_create_locations::batch_create_locations(&self.0, request.into_inner()).await)
    }

    async fn get_location(&self, request: Request<GetLocationRequest>) -> Answer<GetLocationResponse> {
        answer(get_location::get_location(&self.0, request.into_inner()).await)
    }

    async fn list_locations(&self, request: Request<ListLocationsRequest>) -> Answer<ListLocationsResponse> {
        answer(list_locations::list_locations(&self.0, request.into_inner()).await)
    }

    async fn update_location(
        &self,
        request: Request<UpdateLocationRequest>,
    ) -> Answer<UpdateLocationResponse> {
        answer(update_location::update_location(&self.0, request.into_inner()).await)
    }

    async fn retire_location(
        &self,
        request: Request<RetireLocationRequest>,
    ) -> Answer<RetireLocationResponse> {
        answer(retire_location::retire_location(&self.0, request.into_inner()).await)
    }

    async fn batch_get_items(&self, request: Request<BatchGetItemsRequest>) -> Answer<BatchGetItemsResponse> {
        answer(batch_get_items::batch_get_items(&self.0, request.into_inner()).await)
    }

    async fn create_recall(&self, request: Request<CreateRecallRequest>) -> Answer<CreateRecallResponse> {
        answer(create_recall::create_recall(&self.0, request.into_inner()).await)
    }

    async fn get_recall(&self, request: Request<GetRecallRequest>) -> Answer<GetRecallResponse> {
        answer(get_recall::get_recall(&self.0, request.into_inner()).await)
    }

    async fn list_recalls(&self, request: Request<ListRecallsRequest>) -> Answer<ListRecallsResponse> {
        answer(list_recalls::list_recalls(&self.0, request.into_inner()).await)
    }

    async fn end_recall(&self, request: Request<EndRecallRequest>) -> Answer<EndRecallResponse> {
        answer(end_recall::end_recall(&self.0, request.into_inner()).await)
    }

    async fn create_bom(&self, request: Request<CreateBomRequest>) -> Answer<CreateBomResponse> {
        answer(create_bom::create_bom(&self.0, request.into_inner()).await)
    }

    async fn get_bom(&self, request: Request<GetBomRequest>) -> Answer<GetBomResponse> {
        answer(get_bom::get_bom(&self.0, request.into_inner()).await)
    }

    async fn list_boms(&self, request: Request<ListBomsRequest>) -> Answer<ListBomsResponse> {
        answer(list_boms::list_boms(&self.0, request.into_inner()).await)
    }

    async fn update_bom(&self, request: Request<UpdateBomRequest>) -> Answer<UpdateBomResponse> {
        answer(update_bom::update_bom(&self.0, request.into_inner()).await)
    }

    async fn retire_bom(&self, request: Request<RetireBomRequest>) -> Answer<RetireBomResponse> {
        answer(retire_bom::retire_bom(&self.0, request.into_inner()).await)
    }

    async fn explode_bom(&self, request: Request<ExplodeBomRequest>) -> Answer<ExplodeBomResponse> {
        answer(explode_bom::explode_bom(&self.0, request.into_inner()).await)
    }
}

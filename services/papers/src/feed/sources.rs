use std::collections::BTreeMap;
use std::time::Duration;

use proto::catalog::v1::catalog_service_client::CatalogServiceClient;
use proto::catalog::v1::{BatchGetItemsRequest, GetWarehouseRequest, Item, Warehouse};
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{
    GetCountSheetRequest, GetCountSheetResponse, GetDeliveryRequest, GetDeliveryResponse,
    GetHandlingUnitRequest, GetHandlingUnitResponse, GetOrderRequest, GetOrderResponse, GetPickListRequest,
    GetPickListResponse, ListTasksRequest, ListTasksResponse,
};
use proto::visibility::v1::trace_service_client::TraceServiceClient;
use proto::visibility::v1::{TraceLotRequest, TraceLotResponse};
use rpc::client::{MESSAGE_BYTES_MAX, RemoteError, connect_lazy};
use rpc::{ApiError, Reason};
use tonic::transport::Channel;
use tonic::{Request, Response, Status};

use crate::{PapersConfig, PapersFault};

/// How long one answer may take.
const ANSWER_WAIT: Duration = Duration::from_secs(10);
/// When it is worth asking again after nobody answered.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Items that the catalog is asked for at once.
const ITEMS_MAX: usize = 1_000;

/// The services that know what stands on papers.
#[derive(Debug, Clone)]
pub(crate) struct Sources {
    catalog: Channel,
    stock: Channel,
    /// `None` where nobody said whom to ask: then there are no certificates.
    visibility: Option<Channel>,
}

impl Sources {
    /// Whom to ask; they may still be away.
    pub(crate) fn of(config: &PapersConfig) -> Result<Self, PapersFault> {
        let connect = |name: &str, server: &String| {
            connect_lazy(server).map_err(|e| PapersFault::Config(format!("papers.{name}: {e}")))
        };
        let required = |name: &str, server: &Option<String>| match server {
            Some(server) => connect(name, server),
            None => Err(PapersFault::Config(format!(
                "papers.{name} is missing: say where the {name} service answers, or run it in the same process"
            ))),
        };
        Ok(Self {
            catalog: required("catalog", &config.catalog)?,
            stock: required("stock", &config.stock)?,
            visibility: config.visibility.as_ref().map(|server| connect("visibility", server)).transpose()?,
        })
    }

    /// A warehouse, retired ones too.
    pub(crate) async fn warehouse(&self, code: &str) -> Result<Warehouse, ApiError> {
        let mut client = CatalogServiceClient::new(self.catalog.clone());
        let request = GetWarehouseRequest { code: code.to_owned() };
        let answer = ask(request, async |request| client.get_warehouse(request).await).await;
        let answer = answer.map_err(|error| ApiError { field: "warehouse".into(), ..error })?;
        Ok(answer.warehouse.unwrap_or_default())
    }

    /// Items by SKU; those that the catalog does not have are not there.
    pub(crate) async fn items(&self, mut skus: Vec<String>) -> Result<BTreeMap<String, Item>, ApiError> {
        skus.sort_unstable();
        skus.dedup();
        let mut items = BTreeMap::new();
        for skus in skus.chunks(ITEMS_MAX) {
            let client = CatalogServiceClient::new(self.catalog.clone());
            let mut client = client.max_decoding_message_size(MESSAGE_BYTES_MAX);
            let request = BatchGetItemsRequest { skus: skus.to_vec() };
            let answer = ask(request, async |request| client.batch_get_items(request).await).await?;
            items.extend(answer.items.into_iter().map(|item| (item.sku.clone(), item)));
        }
        Ok(items)
    }

    /// A delivery of a warehouse.
    pub(crate) async fn delivery(
        &self,
        request: GetDeliveryRequest,
    ) -> Result<GetDeliveryResponse, ApiError> {
        let mut client = self.stock();
        ask(request, async |request| client.get_delivery(request).await).await
    }

    /// What a count's sheets say.
    pub(crate) async fn count_sheet(
        &self,
        request: GetCountSheetRequest,
    ) -> Result<GetCountSheetResponse, ApiError> {
        let mut client = self.stock();
        ask(request, async |request| client.get_count_sheet(request).await).await
    }

    /// An outbound order.
    pub(crate) async fn order(&self, request: GetOrderRequest) -> Result<GetOrderResponse, ApiError> {
        let mut client = self.stock();
        ask(request, async |request| client.get_order(request).await).await
    }

    /// A page of what is to be picked for a wave.
    pub(crate) async fn pick_list(
        &self,
        request: GetPickListRequest,
    ) -> Result<GetPickListResponse, ApiError> {
        let mut client = self.stock();
        ask(request, async |request| client.get_pick_list(request).await).await
    }

    /// A page of tasks.
    pub(crate) async fn tasks(&self, request: ListTasksRequest) -> Result<ListTasksResponse, ApiError> {
        let mut client = self.stock();
        ask(request, async |request| client.list_tasks(request).await).await
    }

    /// A handling unit that is there.
    pub(crate) async fn handling_unit(
        &self,
        request: GetHandlingUnitRequest,
    ) -> Result<GetHandlingUnitResponse, ApiError> {
        let mut client = self.stock();
        ask(request, async |request| client.get_handling_unit(request).await).await
    }

    /// Where a lot or a unit came from, and where it went.
    pub(crate) async fn trace(&self, request: TraceLotRequest) -> Result<TraceLotResponse, ApiError> {
        let Some(visibility) = &self.visibility else {
            let message = "nobody can be asked for traces: give papers.visibility in the configuration";
            return Err(ApiError::unavailable(Reason::ViewUnavailable, message, RETRY_AFTER));
        };
        let client = TraceServiceClient::new(visibility.clone());
        let mut client = client.max_decoding_message_size(MESSAGE_BYTES_MAX);
        ask(request, async |request| client.trace_lot(request).await).await
    }

    fn stock(&self) -> StockServiceClient<Channel> {
        StockServiceClient::new(self.stock.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }
}

async fn ask<Q, A>(
    message: Q,
    send: impl AsyncFnOnce(Request<Q>) -> Result<Response<A>, Status>,
) -> Result<A, ApiError> {
    let mut request = Request::new(message);
    request.set_timeout(ANSWER_WAIT);
    let answer = send(request).await;
    answer.map(Response::into_inner).map_err(|status| passed_on(RemoteError::from(&status)))
}

/// What another service refuses is refused for the same reason.
fn passed_on(error: RemoteError) -> ApiError {
    if let Some(reason) = error.known_reason() {
        return ApiError {
            retry_after: error.retry_after,
            ..ApiError::invalid(reason, error.field, error.message)
        };
    }
    tracing::warn!(code = ?error.code, message = %error.message, "a service does not answer what a paper is composed from");
    let message =
        "a service that the paper is composed from does not answer: repeat with the same request id";
    ApiError::unavailable(Reason::ServerUnreachable, message, RETRY_AFTER)
}

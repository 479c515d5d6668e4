//! The services that papers are composed from, as far as they are asked.

use axum::Router;
use axum::routing::post;
use prost::Message;
use proto::catalog::v1::{
    BatchGetItemsRequest, BatchGetItemsResponse, GetWarehouseRequest, GetWarehouseResponse, Item, Warehouse,
};
use proto::common::v1::Decimal;
use proto::events::v1::{
    AnnouncedLine, Answerable, CountPlace, Delivery, DeliveryAnnounced, DeliveryProgress, DeliverySource,
    DeliveryState, Discrepancy, DiscrepancyKind,
};
use proto::stock::v1::{
    CountSheetGoods, CountSheetPlace, GetCountSheetRequest, GetCountSheetResponse, GetDeliveryRequest,
    GetDeliveryResponse, GetHandlingUnitRequest, GetHandlingUnitResponse, HandlingUnit, HandlingUnitContent,
};
use proto::visibility::v1::{
    Freshness, TraceEvent, TraceEventKind, TraceKey, TraceLotRequest, TraceLotResponse, TraceNode,
};
use rpc::server::{Health, ServerConfig};
use rpc::{ApiError, Reason};
use tokio_util::sync::CancellationToken;
use tonic::Status;
use tonic::server::Grpc;
use tonic::service::Routes;
use tonic_prost::ProstCodec;

use crate::fixtures::{BOX, EMPTY, PALLET};

/// The newest sequence of every journal.
pub(crate) const SEQUENCE: u64 = 42;

/// Answers until `cancel`; gives its address.
pub(crate) async fn serve(cancel: CancellationToken) -> String {
    let routes = Router::new()
        .route("/entrepot.catalog.v1.CatalogService/GetWarehouse", post(|r| answer(r, warehouse)))
        .route("/entrepot.catalog.v1.CatalogService/BatchGetItems", post(|r| answer(r, items)))
        .route("/entrepot.stock.v1.StockService/GetDelivery", post(|r| answer(r, delivery)))
        .route("/entrepot.stock.v1.StockService/GetHandlingUnit", post(|r| answer(r, unit)))
        .route("/entrepot.stock.v1.StockService/GetCountSheet", post(|r| answer(r, count)))
        .route("/entrepot.visibility.v1.TraceService/TraceLot", post(|r| answer(r, trace)));
    let listen = ([127, 0, 0, 1], 0).into();
    let bound = rpc::server::bind(&ServerConfig { listen, ..ServerConfig::default() }).await.unwrap();
    let address = format!("http://{}", bound.address());
    let serving = bound.serve(Routes::from(routes), Health::new(), cancel);
    tokio::spawn(async move { serving.await.unwrap() });
    address
}

/// One message in, one out.
async fn answer<Q, A>(
    request: axum::extract::Request,
    answer: fn(Q) -> Result<A, ApiError>,
) -> axum::response::Response
where
    Q: Message + Default + 'static,
    A: Message + Default + 'static,
{
    let service = tower::service_fn(move |request: tonic::Request<Q>| async move {
        answer(request.into_inner()).map(tonic::Response::new).map_err(Status::from)
    });
    let mut grpc = Grpc::new(ProstCodec::<A, Q>::default());
    grpc.unary(service, request).await.map(axum::body::Body::new)
}

fn warehouse(request: GetWarehouseRequest) -> Result<GetWarehouseResponse, ApiError> {
    let (legal_entity, time_zone) = match request.code.as_str() {
        "BER" | "MUC" => ("ACME-DE", "Europe/Berlin"),
        "LAX" => ("ACME-US", "America/Los_Angeles"),
        "OLD" => ("CLOSED", "Europe/Berlin"),
        "MARS" => ("ACME-DE", "Mars/Olympus"),
        code => {
            let message = format!("there is no warehouse {code}: check the code");
            return Err(ApiError::invalid(Reason::UnknownWarehouse, "code", message));
        }
    };
    let (name, legal_entity) = (format!("Lager {}", request.code), legal_entity.to_owned());
    let time_zone = time_zone.to_owned();
    let warehouse = Warehouse { code: request.code, name, legal_entity, time_zone, ..Warehouse::default() };
    Ok(GetWarehouseResponse { warehouse: Some(warehouse) })
}

#[expect(clippy::unnecessary_wraps, reason = "one of several answers that may refuse")]
fn items(request: BatchGetItemsRequest) -> Result<BatchGetItemsResponse, ApiError> {
    let item = |sku: String| Item {
        name: format!("Möbel {sku}"),
        base_unit: "EA".into(),
        gtins: vec!["09520123456788".into()],
        sku,
        ..Item::default()
    };
    Ok(BatchGetItemsResponse {
        items: request.skus.into_iter().map(item).collect(),
        unknown_skus: Vec::new(),
    })
}

fn number(value: &str) -> Option<Decimal> {
    Some(Decimal { value: value.into() })
}

/// `PO-0` of which nothing came, `RMA-…` which are returns, and others that are closed.
fn delivery(request: GetDeliveryRequest) -> Result<GetDeliveryResponse, ApiError> {
    let key = request.delivery;
    if key == "PO-404" {
        let message = "no delivery has the key \"PO-404\": check it";
        return Err(ApiError::invalid(Reason::DeliveryNotFound, "delivery", message));
    }
    let source = if key.starts_with("RMA") { DeliverySource::Return } else { DeliverySource::Purchase };
    let line = AnnouncedLine { number: 1, sku: "CHAIR".into(), expected: number("40"), ..Default::default() };
    let received = if key == "PO-0" { "0" } else { "38.5" };
    let progress = DeliveryProgress { number: 1, received: number(received), ..DeliveryProgress::default() };
    let short = Discrepancy {
        number: 1,
        kind: DiscrepancyKind::Short.into(),
        quantity: number("1.5"),
        answerable: Answerable::Carrier.into(),
        note: "torn".into(),
    };
    let announced = DeliveryAnnounced {
        delivery: key,
        source: source.into(),
        partner: "TISCHLER".into(),
        due: "2026-11-30".into(),
        lines: vec![line],
        ..DeliveryAnnounced::default()
    };
    let delivery = Delivery {
        announced: Some(announced),
        state: DeliveryState::Closed.into(),
        progress: vec![progress],
        discrepancies: vec![short],
        ..Delivery::default()
    };
    let as_of_sequence = if request.as_of_sequence == 0 { SEQUENCE } else { request.as_of_sequence };
    Ok(GetDeliveryResponse { delivery: Some(delivery), as_of_sequence })
}

/// A pallet with a box in it, and one that is empty.
fn unit(request: GetHandlingUnitRequest) -> Result<GetHandlingUnitResponse, ApiError> {
    let goods = |sku: &str, quantity| HandlingUnitContent {
        sku: sku.into(),
        quantity: number(quantity),
        lot: "L-7".into(),
        ..HandlingUnitContent::default()
    };
    let (kind, nested, contents) = match request.handling_unit.as_str() {
        PALLET => ("PALLET", vec![BOX.to_owned()], vec![goods("CHAIR", "12")]),
        BOX => ("BOX", Vec::new(), vec![goods("LAMP", "3")]),
        EMPTY => ("BOX", Vec::new(), Vec::new()),
        other => {
            let message = format!("no handling unit {other} is there: check it");
            return Err(ApiError::invalid(Reason::HandlingUnitNotFound, "handling_unit", message));
        }
    };
    let unit = HandlingUnit {
        handling_unit: request.handling_unit,
        kind: kind.into(),
        location: "DOCK".into(),
        nested,
        contents,
        ..HandlingUnit::default()
    };
    Ok(GetHandlingUnitResponse { handling_unit: Some(unit), as_of_sequence: SEQUENCE })
}

/// `C-1` is half guided, `C-0` is all counted.
fn count(request: GetCountSheetRequest) -> Result<GetCountSheetResponse, ApiError> {
    let place = |location: &str, sku: &str, goods| CountSheetPlace {
        place: Some(CountPlace { location: location.into(), sku: sku.into() }),
        goods,
        ..CountSheetPlace::default()
    };
    let chairs =
        CountSheetGoods { sku: "CHAIR".into(), quantity: number("12"), ..CountSheetGoods::default() };
    let places = match request.count.as_str() {
        "C-0" => Vec::new(),
        "C-1" => vec![
            place("A-01", "", vec![chairs]),
            place("A-02", "LAMP", Vec::new()),
            place("A-03", "", Vec::new()),
        ],
        other => {
            let message = format!("no count has the key {other:?}: check it");
            return Err(ApiError::invalid(Reason::CountNotFound, "count", message));
        }
    };
    Ok(GetCountSheetResponse { places, as_of_sequence: SEQUENCE })
}

/// A lot that went to a customer; `NONE` of which nothing is known, and `HUGE` of which not all is.
#[expect(clippy::unnecessary_wraps, reason = "one of several answers that may refuse")]
fn trace(request: TraceLotRequest) -> Result<TraceLotResponse, ApiError> {
    let key = request.key.unwrap_or_default();
    let event = TraceEvent {
        warehouse: "BER".into(),
        kind: TraceEventKind::Issued.into(),
        partner: "C-1".into(),
        quantity: number("5"),
        ..TraceEvent::default()
    };
    Ok(TraceLotResponse {
        events: if key.lot == "NONE" { Vec::new() } else { vec![event] },
        truncated: key.lot == "HUGE",
        nodes: vec![TraceNode { key: Some(TraceKey { ..key }), level: 0 }],
        freshness: vec![Freshness {
            warehouse: "BER".into(),
            as_of_sequence: SEQUENCE,
            ..Freshness::default()
        }],
        ..TraceLotResponse::default()
    })
}

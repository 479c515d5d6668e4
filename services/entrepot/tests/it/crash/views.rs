//! What the services show against the model: positions and balances of the owner, availability of the network-wide view.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proto::common::v1::Decimal;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{GetReservationRequest, ListBalancesRequest, ListPositionsRequest};
use proto::visibility::v1::availability_service_client::AvailabilityServiceClient;
use proto::visibility::v1::{AtLeast, AvailabilityKey, BatchGetAvailabilityRequest};
use tonic::Request;
use tonic::transport::Channel;

use super::model::{Held, Model, Place};
use super::paper::AVAILABLE;
use crate::site::{LOTTED, NUMBERED, SKUS};

/// How long the view may take to show the last entry.
const VIEW_LAG_MAX: Duration = Duration::from_secs(30);
/// Open reservations that are looked at one by one.
const RESERVATIONS_MAX: usize = 50;

/// Compares all of them, as of the journal's head.
pub(super) async fn check(channel: &Channel, warehouse: &str, model: &Model, head: u64) {
    check_stock(channel, warehouse, model, head).await;
    check_reservations(channel, warehouse, model).await;
    check_availability(channel, warehouse, model, head).await;
}

async fn check_stock(channel: &Channel, warehouse: &str, model: &Model, head: u64) {
    let mut stock = StockServiceClient::new(channel.clone());
    let (warehouse, page_size) = (warehouse.to_owned(), 1000);
    let ask = ListPositionsRequest { warehouse: warehouse.clone(), page_size, ..Default::default() };
    let positions = stock.list_positions(ask).await.unwrap().into_inner();
    assert_eq!(positions.as_of_sequence, head);
    let shown: BTreeMap<_, _> = positions
        .positions
        .iter()
        .map(|shown| {
            let place =
                (shown.sku.as_str(), shown.location.as_str(), shown.lot.as_str(), shown.status.as_str());
            let is_available = shown.status == AVAILABLE;
            (place, held(&shown.on_hand, &shown.reserved, is_available.then_some(&shown.available)))
        })
        .collect();
    let places = model.places.clone();
    assert_eq!(shown, places, "positions of {warehouse}");

    let ask = ListBalancesRequest { warehouse: warehouse.clone(), page_size, ..Default::default() };
    let balances = stock.list_balances(ask).await.unwrap().into_inner();
    assert_eq!(balances.as_of_sequence, head);
    for shown in &balances.balances {
        let expected = model.total(&shown.sku, |_| true);
        assert_eq!(held(&shown.on_hand, &shown.reserved, None), expected, "{shown:?}");
        let free = model.total(&shown.sku, is_available);
        assert_eq!(units(&shown.available), free.on_hand - free.reserved, "{shown:?}");
    }
    let skus: BTreeSet<_> = model.places.keys().map(|place| place.0).collect();
    assert_eq!(balances.balances.len(), skus.len());
}

async fn check_reservations(channel: &Channel, warehouse: &str, model: &Model) {
    let mut stock = StockServiceClient::new(channel.clone());
    for (id, promise) in model.promises.iter().rev().take(RESERVATIONS_MAX) {
        let ask = GetReservationRequest { warehouse: warehouse.to_owned(), reservation_id: id.to_string() };
        let open = stock.get_reservation(ask).await.unwrap().into_inner().reservation.unwrap();
        let goods = promise.goods;
        assert_eq!((open.sku.as_str(), open.location.as_str()), (goods.sku, goods.at), "{id}");
        assert_eq!(units(&open.quantity), goods.quantity, "{id}");
        let lots: Vec<_> = open.lots.iter().map(|part| (part.lot.as_str(), units(&part.quantity))).collect();
        assert_eq!(lots, promise.lots, "{id}");
    }
}

async fn check_availability(channel: &Channel, warehouse: &str, model: &Model, head: u64) {
    let mut availability = AvailabilityServiceClient::new(channel.clone());
    let key = |sku: &str| AvailabilityKey { sku: sku.to_owned(), warehouse: warehouse.to_owned() };
    let mut ask = Request::new(BatchGetAvailabilityRequest {
        keys: skus().map(key).collect(),
        at_least: vec![AtLeast { warehouse: warehouse.to_owned(), sequence: head }],
    });
    ask.set_timeout(VIEW_LAG_MAX);
    let answer = availability.batch_get_availability(ask).await.unwrap().into_inner();
    assert_eq!(answer.freshness[0].as_of_sequence, head, "the view has what the journal has, and no more");
    assert_eq!(answer.availabilities.len(), skus().count());
    for shown in &answer.availabilities {
        let expected = model.total(&shown.sku, is_available);
        assert_eq!(held(&shown.on_hand, &shown.reserved, Some(&shown.available)), expected, "{shown:?}");
    }
}

fn skus() -> impl Iterator<Item = &'static str> {
    SKUS.into_iter().chain([LOTTED, NUMBERED])
}

fn is_available(place: &Place) -> bool {
    place.3 == AVAILABLE
}

/// What can be promised is only looked at where the goods are available.
fn held(on_hand: &Option<Decimal>, reserved: &Option<Decimal>, available: Option<&Option<Decimal>>) -> Held {
    let held = Held { on_hand: units(on_hand), reserved: units(reserved) };
    if let Some(available) = available {
        assert_eq!(units(available), held.on_hand - held.reserved);
    }
    held
}

fn units(decimal: &Option<Decimal>) -> i64 {
    decimal.as_ref().unwrap().value.parse().unwrap()
}

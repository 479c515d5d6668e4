//! What the services show against the model: positions and balances of the owner, availability of the network-wide view.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proto::common::v1::Decimal;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{
    GetHandlingUnitRequest, GetReservationRequest, HandlingUnit, ListBalancesRequest,
    ListHandlingUnitsRequest, ListPositionsRequest, ReservedPart,
};
use proto::visibility::v1::availability_service_client::AvailabilityServiceClient;
use proto::visibility::v1::{AtLeast, AvailabilityKey, BatchGetAvailabilityRequest};
use tonic::Request;
use tonic::transport::Channel;

use super::boxes::goods_of;
use super::expected;
use super::model::{Held, Model};
use super::production;
use super::promises::Part;
use super::rules;
use super::weighed;
use crate::site::{LOTTED, NUMBERED, SKUS, WEIGHED, WEIGHED_BY_LOT};

/// How long the view may take to show the last entry.
const VIEW_LAG_MAX: Duration = Duration::from_secs(30);
/// Open reservations that are looked at one by one.
const RESERVATIONS_MAX: usize = 50;

/// Compares all of them, as of the journal's head.
pub(super) async fn check(channel: &Channel, warehouse: &str, model: &Model, head: u64) {
    check_stock(channel, warehouse, model, head).await;
    check_reservations(channel, warehouse, model).await;
    rules::check(channel, warehouse, model).await;
    expected::check(channel, warehouse, model).await;
    check_availability(channel, warehouse, model, head).await;
    check_boxes(channel, warehouse, model, head).await;
    production::check(channel, warehouse, model, head).await;
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
            let is_available = model.counts(&shown.status);
            assert!(is_available || units(&shown.available) == 0, "{shown:?}");
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
        assert_eq!(units(&shown.available), model.free(&shown.sku), "{shown:?}");
    }
    let skus: BTreeSet<_> = model.places.keys().map(|place| place.0).collect();
    assert_eq!(balances.balances.len(), skus.len());
    weighed::check(model, &positions.positions, &balances.balances);
}

async fn check_reservations(channel: &Channel, warehouse: &str, model: &Model) {
    let mut stock = StockServiceClient::new(channel.clone());
    for (id, promise) in model.promises.iter().rev().take(RESERVATIONS_MAX) {
        let ask = GetReservationRequest { warehouse: warehouse.to_owned(), reservation_id: id.to_string() };
        let open = stock.get_reservation(ask).await.unwrap().into_inner().reservation.unwrap();
        let goods = promise.goods;
        assert_eq!((open.sku.as_str(), open.location.as_str()), (goods.sku, promise.parts[0].0), "{id}");
        let terms = (open.priority, open.holder.as_str(), open.channel.as_str());
        assert_eq!(terms, (promise.claim.priority, promise.claim.holder, promise.claim.channel), "{id}");
        assert_eq!(open.expires_at, None, "{id} should have ended");
        assert_eq!(units(&open.quantity), goods.quantity, "{id}");
        let part = |part: &ReservedPart| {
            let [at, lot, status] = [&part.location, &part.lot, &part.status].map(String::clone);
            (at, lot, units(&part.quantity), status)
        };
        let promised =
            |(at, lot, n, status): &Part| ((*at).to_owned(), (*lot).to_owned(), *n, (*status).to_owned());
        let parts: Vec<_> = promise.parts.iter().map(promised).collect();
        assert_eq!(open.parts.iter().map(part).collect::<Vec<_>>(), parts, "{id}");
        let serials = open.parts.iter().flat_map(|part| part.serials.first()).next().cloned();
        assert_eq!(serials, goods.serial(), "{id}");
    }
}

async fn check_availability(channel: &Channel, warehouse: &str, model: &Model, head: u64) {
    let mut availability = AvailabilityServiceClient::new(channel.clone());
    let key = |sku: &str| AvailabilityKey { sku: sku.to_owned(), warehouse: warehouse.to_owned() };
    let mut ask = Request::new(BatchGetAvailabilityRequest {
        keys: skus().map(key).collect(),
        at_least: vec![AtLeast { warehouse: warehouse.to_owned(), sequence: head }],
        ..BatchGetAvailabilityRequest::default()
    });
    ask.set_timeout(VIEW_LAG_MAX);
    let answer = availability.batch_get_availability(ask).await.unwrap().into_inner();
    assert_eq!(answer.freshness[0].as_of_sequence, head, "the view has what the journal has, and no more");
    assert_eq!(answer.availabilities.len(), skus().count());
    for shown in &answer.availabilities {
        let expected = model.total(&shown.sku, |place| model.counts(place.3));
        assert_eq!(held(&shown.on_hand, &shown.reserved, Some(&shown.available)), expected, "{shown:?}");
    }
}

/// Every handling unit, and what is in each.
async fn check_boxes(channel: &Channel, warehouse: &str, model: &Model, head: u64) {
    let mut stock = StockServiceClient::new(channel.clone());
    let mut ask =
        ListHandlingUnitsRequest { warehouse: warehouse.to_owned(), page_size: 7, ..Default::default() };
    let mut listed = Vec::new();
    loop {
        let page = stock.list_handling_units(ask.clone()).await.unwrap().into_inner();
        assert_eq!(page.as_of_sequence, head);
        listed.extend(page.handling_units);
        if page.next_page_token.is_empty() {
            break;
        }
        ask.page_token = page.next_page_token;
    }
    let numbers: Vec<u64> = listed.iter().map(|unit| unit.handling_unit.parse().unwrap()).collect();
    assert_eq!(numbers, model.boxes.open.keys().copied().collect::<Vec<_>>(), "units of {warehouse}");
    for unit in listed {
        let handling_unit = unit.handling_unit.clone();
        let ask =
            GetHandlingUnitRequest { warehouse: warehouse.to_owned(), handling_unit, as_of_sequence: head };
        let whole = stock.get_handling_unit(ask).await.unwrap().into_inner().handling_unit.unwrap();
        check_box(&whole, model);
        assert_eq!(usize::try_from(unit.contents_count).unwrap(), whole.contents.len());
        assert_eq!(HandlingUnit { contents: whole.contents.clone(), ..unit }, whole);
    }
}

fn check_box(shown: &HandlingUnit, model: &Model) {
    let number = shown.handling_unit.parse().unwrap();
    let (unit, written) = (&model.boxes.open[&number], |number| format!("{number:018}"));
    let parent = unit.parent.map_or_else(String::new, written);
    let stands = (shown.kind.as_str(), shown.location.as_str(), shown.parent.as_str());
    assert_eq!(stands, (unit.kind, model.boxes.place(number), parent.as_str()), "{shown:?}");
    assert_eq!(shown.nested, model.boxes.nested(number).map(written).collect::<Vec<_>>(), "{shown:?}");
    let contents = shown.contents.iter().map(|content| {
        let kind = (content.sku.as_str(), content.lot.as_str(), content.status.as_str());
        (kind, units(&content.quantity), content.serials.clone())
    });
    let expected = unit.contents.iter().map(|(kind, content)| {
        let goods = goods_of(*kind, "", content.quantity);
        let serials = content.serials.iter().cloned().collect::<Vec<_>>();
        ((goods.sku, goods.lot, goods.status), content.quantity, serials)
    });
    assert_eq!(contents.collect::<Vec<_>>(), expected.collect::<Vec<_>>(), "{shown:?}");
}

fn skus() -> impl Iterator<Item = &'static str> {
    SKUS.into_iter().chain([LOTTED, NUMBERED, WEIGHED, WEIGHED_BY_LOT])
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

//! Master data and opening stock.

use std::time::Duration;

use proto::catalog::v1 as pb;
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::document_result::Outcome;
use proto::stock::v1::{
    Document, DocumentLine, DocumentResult, GetJournalHeadRequest, Goods, Issue, LotFacts,
    PostDocumentsRequest, Receive, Reserve,
};
use rpc::Reason;
use tokio::time::Instant;

use super::deployment::Deployment;
use super::load::accepted;
use super::random::Random;
use crate::client::{Client, request_id_or_new};
use crate::output::Failure;

/// The warehouse of every measurement.
pub(super) const WAREHOUSE: &str = "BENCH";
/// Items of every measurement.
pub(super) const ITEMS: usize = 100_000;
/// Items of a call, and lines of an opening receipt.
const BATCH: usize = 1000;
/// Items tracked by serial number.
const UNIT_ITEMS: usize = 1000;
/// Lots of an item that has them: number and expiry.
pub(super) const LOTS: [(&str, &str); 2] = [("L1", "2040-01-31"), ("L2", "2041-01-31")];
/// How long the owner may take to know the warehouse.
const KNOWN_WITHIN: Duration = Duration::from_secs(30);
/// What every position begins with.
const OPENING: &str = "1000000";

/// The code of item number `n`.
pub(super) fn sku(n: usize) -> String {
    format!("SKU-{n:06}")
}

/// The code of item number `n` of those tracked by lot.
pub(super) fn lot_sku(n: usize) -> String {
    format!("LOT-{n:06}")
}

/// The code of the item whose units have the numbers that end in `n`.
fn unit_sku(n: usize) -> String {
    format!("UNIT-{:03}", n % UNIT_ITEMS)
}

/// The code of location number `n`.
pub(super) fn location(n: usize) -> String {
    format!("MAIN-{n:02}")
}

/// Creates [`ITEMS`] items and a warehouse with some locations, and receives every item at every location.
pub(super) async fn build(deployment: &Deployment, locations: usize) -> Result<(), Failure> {
    warehouse(deployment, locations).await?;
    let items = (0..ITEMS).map(|n| item(&sku(n), pb::Tracking::None)).collect();
    let revision = create(deployment, items).await?;
    let receipts =
        (0..locations).flat_map(|at| (0..ITEMS).map(move |n| receive(&sku(n), &location(at), None)));
    post(deployment, receipts, revision).await?;
    Ok(())
}

/// Adds items that are tracked: [`ITEMS`] by lot with what is there of each, and some by serial number.
pub(super) async fn add_tracked(deployment: &Deployment) -> Result<(), Failure> {
    let lots = (0..ITEMS).map(|n| item(&lot_sku(n), pb::Tracking::Lot));
    let units = (0..UNIT_ITEMS).map(|n| item(&unit_sku(n), pb::Tracking::Serial));
    let revision = create(deployment, lots.chain(units).collect()).await?;
    let receipts = (0..ITEMS).flat_map(|n| LOTS.map(|lot| receive(&lot_sku(n), &location(0), Some(lot))));
    post(deployment, receipts, revision).await?;
    Ok(())
}

/// Creates items. Answers the catalog's revision that has them all.
pub(super) async fn create(deployment: &Deployment, mut items: Vec<pb::Item>) -> Result<u64, Failure> {
    let (catalog, mut revision) = (deployment.catalog().await?, 0);
    while !items.is_empty() {
        let rest = items.split_off(items.len().min(BATCH));
        let create =
            pb::BatchCreateItemsRequest { request_id: request_id_or_new(None), items, ..Default::default() };
        let created =
            catalog.call(&create, async |request| catalog.catalog().batch_create_items(request).await);
        revision = created.await?.revision;
        items = rest;
    }
    Ok(revision)
}

/// Creates the warehouse with some locations, and waits until it takes documents.
pub(super) async fn warehouse(deployment: &Deployment, locations: usize) -> Result<(), Failure> {
    let catalog = deployment.catalog().await?;
    let warehouse = pb::Warehouse {
        code: WAREHOUSE.to_owned(),
        name: WAREHOUSE.to_owned(),
        legal_entity: WAREHOUSE.to_owned(),
        time_zone: "UTC".to_owned(),
        currency: "EUR".to_owned(),
        ..pb::Warehouse::default()
    };
    let request_id = request_id_or_new(None);
    let create = pb::CreateWarehouseRequest { request_id, warehouse: Some(warehouse), ..Default::default() };
    catalog.call(&create, async |request| catalog.catalog().create_warehouse(request).await).await?;
    let place = |n| pb::Location {
        warehouse: WAREHOUSE.to_owned(),
        code: location(n),
        kind: pb::LocationKind::Storage.into(),
        ..pb::Location::default()
    };
    let create = pb::BatchCreateLocationsRequest {
        request_id: request_id_or_new(None),
        locations: (0..locations).map(place).collect(),
        ..Default::default()
    };
    catalog.call(&create, async |request| catalog.catalog().batch_create_locations(request).await).await?;
    is_served(&deployment.stock()?.client().await?).await
}

/// Returns when the owner knows the warehouse, which it learns from the event log.
async fn is_served(stock: &Client) -> Result<(), Failure> {
    let head = GetJournalHeadRequest { warehouse: WAREHOUSE.to_owned() };
    let until = Instant::now() + KNOWN_WITHIN;
    loop {
        match stock.call(&head, async |request| stock.journal().get_journal_head(request).await).await {
            Err(failure)
                if failure.reason() == Reason::UnknownWarehouse.as_str() && Instant::now() < until =>
            {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
            served => return served.map(drop),
        }
    }
}

/// An item without anything special.
pub(super) fn item(sku: &str, tracking: pb::Tracking) -> pb::Item {
    pb::Item {
        sku: sku.to_owned(),
        name: sku.to_owned(),
        base_unit: "EA".to_owned(),
        tracking: tracking.into(),
        ..pb::Item::default()
    }
}

/// Posts lines, as many a document as it takes. Answers the sequence of the newest.
pub(super) async fn post(
    deployment: &Deployment,
    mut lines: impl Iterator<Item = DocumentLine> + Send + 'static,
    revision: u64,
) -> Result<u64, Failure> {
    let stock = deployment.stock()?.client().await?;
    let mut random = Random::unrepeated();
    let message = move || {
        let lines: Vec<_> = lines.by_ref().take(BATCH).collect();
        let document = Document { request_id: random.uuid().to_string(), lines, ..Document::default() };
        (!document.lines.is_empty()).then(|| PostDocumentsRequest {
            warehouse: WAREHOUSE.to_owned(),
            documents: vec![document],
            catalog_revision: revision,
        })
    };
    let messages = std::iter::from_fn(message);
    let answers = stock.stock().post_documents(tokio_stream::iter(messages)).await;
    let mut answers = answers.map_err(|e| Failure::from(&e))?.into_inner();
    let mut newest = 0;
    while let Some(answer) = answers.message().await.map_err(|e| Failure::from(&e))? {
        accepted(&answer)?;
        newest = answer.results.iter().filter_map(sequence).fold(newest, u64::max);
    }
    Ok(newest)
}

fn sequence(result: &DocumentResult) -> Option<u64> {
    match result.outcome.as_ref()? {
        Outcome::Receipt(receipt) => Some(receipt.sequence),
        Outcome::Error(_) => None,
    }
}

/// A line that brings the opening stock of an item, of a lot where it has one.
pub(super) fn receive(sku: &str, location: &str, lot: Option<(&str, &str)>) -> DocumentLine {
    let (sku, location) = (sku.to_owned(), location.to_owned());
    let quantity = Some(Decimal { value: OPENING.to_owned() });
    let goods = lot.map(|(lot, _)| Goods { lot: lot.to_owned(), ..Goods::default() });
    let lot_facts = lot.map(|(_, expiry)| LotFacts { expiry: expiry.to_owned(), ..LotFacts::default() });
    let receive = Receive { sku, location, quantity, goods, lot_facts, ..Receive::default() };
    DocumentLine { action: Some(Action::Receive(receive)) }
}

/// A document of one line: one unit of an item is promised, of the lot that expires first, wherever it is.
pub(super) fn reserve(random: &mut Random, sku: String) -> Document {
    let quantity = Some(Decimal { value: "1".to_owned() });
    one_line(random, Action::Reserve(Reserve { sku, quantity, ..Reserve::default() }))
}

/// A document of one line: a unit with a serial number of its own comes in.
pub(super) fn receive_unit(random: &mut Random, n: usize) -> Document {
    let serial = random.uuid().simple().to_string()[..20].to_owned();
    let goods = Some(Goods { serials: vec![serial], ..Goods::default() });
    let (sku, location, quantity) = (unit_sku(n), location(0), Some(Decimal { value: "1".to_owned() }));
    one_line(random, Action::Receive(Receive { sku, location, quantity, goods, ..Receive::default() }))
}

fn one_line(random: &mut Random, action: Action) -> Document {
    let lines = vec![DocumentLine { action: Some(action) }];
    Document { request_id: random.uuid().to_string(), lines, ..Document::default() }
}

/// A document of one line: one unit of an item leaves for a customer.
pub(super) fn issue(random: &mut Random, sku: String) -> Document {
    let (location, unit) = (location(0), String::new());
    let quantity = Some(Decimal { value: "1".to_owned() });
    one_line(random, Action::Issue(Issue { sku, location, quantity, unit, ..Issue::default() }))
}

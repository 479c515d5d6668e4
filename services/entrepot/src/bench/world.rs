//! Master data and opening stock.

use proto::catalog::v1 as pb;
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Document, DocumentLine, Issue, PostDocumentsRequest, Receive};

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
/// What every position begins with.
const OPENING: &str = "1000000";

/// The code of item number `n`.
pub(super) fn sku(n: usize) -> String {
    format!("SKU-{n:06}")
}

/// The code of location number `n`.
pub(super) fn location(n: usize) -> String {
    format!("MAIN-{n:02}")
}

/// Creates [`ITEMS`] items and a warehouse with some locations, and receives every item at every location.
pub(super) async fn build(deployment: &Deployment, locations: usize) -> Result<(), Failure> {
    let catalog = deployment.catalog().await?;
    warehouse(&catalog, locations).await?;
    let mut revision = 0;
    for first in (0..ITEMS).step_by(BATCH) {
        let items = (first..first + BATCH).map(|n| item(&sku(n))).collect();
        let create =
            pb::BatchCreateItemsRequest { request_id: request_id_or_new(None), items, ..Default::default() };
        let created =
            catalog.call(&create, async |request| catalog.catalog().batch_create_items(request).await);
        revision = created.await?.revision;
    }
    open(&deployment.stock()?.client().await?, locations, revision).await
}

async fn warehouse(catalog: &Client, locations: usize) -> Result<(), Failure> {
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
    Ok(())
}

fn item(sku: &str) -> pb::Item {
    pb::Item { sku: sku.to_owned(), name: sku.to_owned(), base_unit: "EA".to_owned(), ..pb::Item::default() }
}

async fn open(stock: &Client, locations: usize, revision: u64) -> Result<(), Failure> {
    let mut random = Random::unrepeated();
    let mut messages = Vec::new();
    for place in 0..locations {
        for first in (0..ITEMS).step_by(BATCH) {
            let lines = (first..first + BATCH).map(|n| receive(&sku(n), &location(place))).collect();
            let document = Document { request_id: random.uuid().to_string(), lines, ..Document::default() };
            messages.push(PostDocumentsRequest {
                warehouse: WAREHOUSE.to_owned(),
                documents: vec![document],
                catalog_revision: revision,
            });
        }
    }
    let answers = stock.stock().post_documents(tokio_stream::iter(messages)).await;
    let mut answers = answers.map_err(|e| Failure::from(&e))?.into_inner();
    while let Some(answer) = answers.message().await.map_err(|e| Failure::from(&e))? {
        accepted(&answer)?;
    }
    Ok(())
}

fn receive(sku: &str, location: &str) -> DocumentLine {
    let (sku, location, unit) = (sku.to_owned(), location.to_owned(), String::new());
    let quantity = Some(Decimal { value: OPENING.to_owned() });
    DocumentLine {
        action: Some(Action::Receive(Receive { sku, location, quantity, unit, ..Receive::default() })),
    }
}

/// A document of one line: one unit of an item leaves for a customer.
pub(super) fn issue(random: &mut Random, sku: String) -> Document {
    let (location, unit) = (location(0), String::new());
    let quantity = Some(Decimal { value: "1".to_owned() });
    let line = DocumentLine {
        action: Some(Action::Issue(Issue { sku, location, quantity, unit, ..Issue::default() })),
    };
    Document { request_id: random.uuid().to_string(), lines: vec![line], ..Document::default() }
}

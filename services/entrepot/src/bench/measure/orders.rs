use std::time::Duration;

use proto::catalog::v1::Tracking;
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    AllocateOrder, Document, DocumentLine, GetPickListRequest, PlaceOrder, PlacedLine, PostDocumentRequest,
    ReleaseWave,
};
use tokio::time::Instant;

use crate::bench::deployment::{Deployment, Parts};
use crate::bench::load::Latencies;
use crate::bench::random::Random;
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::{self, WAREHOUSE};
use crate::cli::allocate_all;
use crate::client::{Client, pages, request_id_or_new};
use crate::output::Failure;

const ITEMS: usize = 1_000;
/// Items lie at all of these but the last, where picked goods are put.
const LOCATIONS: usize = 11;
/// Orders with a line of each item.
const LONG: u32 = 20;
const LONG_MS: f64 = 200.0;
const OPEN: usize = 10_000;
/// Of each of the open orders.
const LINES: usize = 5;
const OPEN_SECONDS: f64 = 5.0;

/// How long it takes until an order of 1,000 lines can be picked, and until 10,000 orders have what they want.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (parts, name) in [(Parts::Servers, "PostgreSQL"), (Parts::Embedded, "embedded")] {
        let deployment = Deployment::start(parts, &bench.servers).await?;
        build(&deployment).await?;
        let stock = deployment.stock()?.client().await?;
        let mut taken = Latencies::default();
        for number in 0..LONG {
            taken.add(long(&deployment, &stock, number).await?);
        }
        let what = format!("order of {ITEMS} lines: allocation, wave and pick list, {name}, p99");
        rows.push(Row::new(what, taken.percentile_ms(99), "ms", Beside::limit(LONG_MS)));
        let taken = all(&deployment, &stock).await?;
        let what = format!("allocation of {OPEN} open orders of {LINES} lines, {name}");
        rows.push(Row::new(what, taken.as_secs_f64(), "s", Beside::limit(OPEN_SECONDS)));
        deployment.end().await?;
    }
    Ok(rows)
}

async fn build(deployment: &Deployment) -> Result<(), Failure> {
    world::warehouse(deployment, LOCATIONS).await?;
    let items = (0..ITEMS).map(|n| world::item(&world::sku(n), Tracking::None)).collect();
    let revision = world::create(deployment, items).await?;
    let at = |n| world::location(n % (LOCATIONS - 1));
    world::post(deployment, (0..ITEMS).map(move |n| world::receive(&world::sku(n), &at(n), None)), revision)
        .await?;
    Ok(())
}

/// From an order that is placed to its whole pick list.
async fn long(deployment: &Deployment, stock: &Client, number: u32) -> Result<Duration, Failure> {
    let (order, wave) = (format!("LONG-{number}"), format!("WAVE-{number}"));
    world::post(deployment, std::iter::once(place(order.clone(), 0..ITEMS)), 0).await?;
    let started = Instant::now();
    post(stock, Action::AllocateOrder(AllocateOrder { order: order.clone() })).await?;
    let staging_location = world::location(LOCATIONS - 1);
    let release = ReleaseWave { wave: wave.clone(), staging_location, orders: vec![order] };
    post(stock, Action::ReleaseWave(release)).await?;
    let picks = pages(None, async |page_size, page_token| {
        let (warehouse, wave) = (WAREHOUSE.to_owned(), wave.clone());
        let request = GetPickListRequest { warehouse, wave, page_size, page_token, ..Default::default() };
        let page = stock.call(&request, async |r| stock.stock().get_pick_list(r).await).await?;
        Ok((page.picks, page.next_page_token))
    });
    let (picks, taken) = (picks.await?.len(), started.elapsed());
    if picks == ITEMS { Ok(taken) } else { Err(Failure::fault(format!("{picks} picks are listed"))) }
}

/// From 10,000 orders that are placed until all are promised, as `stock order allocate --all` does it.
async fn all(deployment: &Deployment, stock: &Client) -> Result<Duration, Failure> {
    let mut random = Random::unrepeated();
    let orders = (0..OPEN).map(move |number| {
        let first = random.below(ITEMS);
        place(format!("SO-{number:05}"), (first..first + LINES).map(|n| n % ITEMS))
    });
    world::post(deployment, orders, 0).await?;
    let started = Instant::now();
    let allocated = allocate_all(stock, request(Action::AllocateOrder(AllocateOrder::default()))).await?;
    let taken = started.elapsed();
    let whole = allocated.iter().filter(|order| order.reservations == LINES).count();
    if whole == OPEN { Ok(taken) } else { Err(Failure::fault(format!("{whole} orders have what they want"))) }
}

fn place(order: String, items: impl Iterator<Item = usize>) -> DocumentLine {
    let line = |(number, item)| PlacedLine {
        number,
        sku: world::sku(item),
        quantity: Some(Decimal { value: "1".to_owned() }),
        ..PlacedLine::default()
    };
    let (customer, due) = ("C-1".to_owned(), "2040-01-31".to_owned());
    let place = PlaceOrder {
        order,
        customer,
        due,
        lines: (1..).zip(items).map(line).collect(),
        ..Default::default()
    };
    DocumentLine { action: Some(Action::PlaceOrder(place)) }
}

async fn post(stock: &Client, action: Action) -> Result<(), Failure> {
    stock.call(&request(action), async |request| stock.stock().post_document(request).await).await.map(drop)
}

fn request(action: Action) -> PostDocumentRequest {
    let (request_id, lines) = (request_id_or_new(None), vec![DocumentLine { action: Some(action) }]);
    let document = Some(Document { request_id, lines, ..Document::default() });
    PostDocumentRequest { warehouse: WAREHOUSE.to_owned(), document, ..Default::default() }
}

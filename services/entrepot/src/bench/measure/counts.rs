use std::time::Duration;

use proto::catalog::v1::Tracking;
use proto::events::v1::{CountKind, CountPlace};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    ChooseCountPlacesRequest, Document, DocumentLine, ListCountsRequest, PlanCount, PostDocumentRequest,
};
use tokio::time::Instant;

use crate::bench::deployment::{Deployment, Parts};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::{self, WAREHOUSE};
use crate::client::{Client, pages, request_id_or_new};
use crate::output::Failure;

const ITEMS: usize = 100;
const LOCATIONS: usize = 1_000;
/// Each item lies at each location.
const PLACES: usize = ITEMS * LOCATIONS;
/// Places of one count, and counts of one document, as `stock count plan` makes them.
const PLACES_A_COUNT: usize = 1_000;
const COUNTS_A_DOCUMENT: usize = 10;
const PLAN_SECONDS: f64 = 2.0;

/// How long it takes until 100,000 places are chosen and planned.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (parts, name) in [(Parts::Servers, "PostgreSQL"), (Parts::Embedded, "embedded")] {
        let deployment = Deployment::start(parts, &bench.servers).await?;
        build(&deployment).await?;
        let stock = deployment.stock()?.client().await?;
        let taken = plan(&stock).await?;
        let what = format!("plan of counts over {PLACES} places, chosen and opened, {name}");
        rows.push(Row::new(what, taken.as_secs_f64(), "s", Beside::limit(PLAN_SECONDS)));
        deployment.end().await?;
    }
    Ok(rows)
}

async fn build(deployment: &Deployment) -> Result<(), Failure> {
    world::warehouse(deployment, LOCATIONS).await?;
    let items = (0..ITEMS).map(|n| world::item(&world::sku(n), Tracking::None)).collect();
    let revision = world::create(deployment, items).await?;
    let receive = |n: usize| world::receive(&world::sku(n % ITEMS), &world::location(n / ITEMS), None);
    world::post(deployment, (0..PLACES).map(receive), revision).await?;
    Ok(())
}

async fn plan(stock: &Client) -> Result<Duration, Failure> {
    let started = Instant::now();
    let places = choose(stock).await?;
    let counts: Vec<_> = places.chunks(PLACES_A_COUNT).enumerate().map(count).collect();
    for lines in counts.chunks(COUNTS_A_DOCUMENT) {
        let (request_id, lines) = (request_id_or_new(None), lines.to_vec());
        let document = Some(Document { request_id, lines, ..Document::default() });
        let request = PostDocumentRequest { warehouse: WAREHOUSE.to_owned(), document, ..Default::default() };
        stock.call(&request, async |request| stock.stock().post_document(request).await).await?;
    }
    let taken = started.elapsed();
    let planned = listed(stock).await?;
    if planned == PLACES { Ok(taken) } else { Err(Failure::fault(format!("{planned} places are planned"))) }
}

async fn choose(stock: &Client) -> Result<Vec<CountPlace>, Failure> {
    pages(None, async |_, page_token| {
        let request = ChooseCountPlacesRequest {
            warehouse: WAREHOUSE.to_owned(),
            kind: CountKind::Class.into(),
            skus: (0..ITEMS).map(world::sku).collect(),
            page_size: 50_000,
            page_token,
            ..Default::default()
        };
        let page = stock.call(&request, async |r| stock.stock().choose_count_places(r).await).await?;
        Ok((page.places, page.next_page_token))
    })
    .await
}

fn count((number, places): (usize, &[CountPlace])) -> DocumentLine {
    let count = PlanCount {
        count: format!("Y-1.{}", number + 1),
        plan: "Y-1".to_owned(),
        kind: CountKind::Class.into(),
        places: places.to_vec(),
        ..PlanCount::default()
    };
    DocumentLine { action: Some(Action::PlanCount(count)) }
}

/// How many places all counts have together.
async fn listed(stock: &Client) -> Result<usize, Failure> {
    let counts = pages(None, async |page_size, page_token| {
        let (warehouse, filter) = (WAREHOUSE.to_owned(), "plan = \"Y-1\"".to_owned());
        let request = ListCountsRequest { warehouse, filter, page_size, page_token, as_of_sequence: 0 };
        let page = stock.call(&request, async |r| stock.stock().list_counts(r).await).await?;
        Ok((page.counts, page.next_page_token))
    });
    let places = counts.await?.into_iter().map(|count| usize::try_from(count.places).unwrap_or_default());
    Ok(places.sum())
}

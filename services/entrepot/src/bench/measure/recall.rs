use std::time::Duration;

use proto::catalog::v1::{CreateRecallRequest, Recall, Tracking};
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{DocumentLine, Goods, Issue};
use proto::visibility::v1::{
    ListRecipientsRequest, TraceDirection, TraceEventKind, TraceKey, TraceLotRequest,
};
use tokio::time::Instant;

use super::availability::complete;
use crate::bench::deployment::{Deployment, Parts, View};
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::bench::world::{self, LOTS};
use crate::client::{Client, pages, request_id_or_new};
use crate::output::Failure;

const MOVEMENTS: usize = 100_000;
/// Another one each time.
const CUSTOMERS: usize = MOVEMENTS;
const SECONDS: f64 = 1.0;

/// A lot of which 100,000 lines went to as many customers is called back: from the call until the view shows that all that is left is
/// held, and then until everybody who got of it is listed.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let mut rows = Vec::new();
    for (parts, name) in [(Parts::Servers, "PostgreSQL, Kafka, Redis"), (Parts::Embedded, "embedded")] {
        let deployment = Deployment::start(parts, &bench.servers).await?;
        let newest = build(&deployment).await?;
        let separate = match parts {
            Parts::Servers => Some(deployment.start_view(View::Redis).await?),
            Parts::Embedded => None,
        };
        let view = separate.as_ref().map_or_else(|| deployment.stock(), Ok)?.client().await?;
        complete(&view, newest).await?;
        let (held, listed) = call_back(&deployment.catalog().await?, &view).await?;
        let row = |what: &str, taken: Duration| {
            let name = format!("recall of a lot with 100,000 movements, {name}, until {what}");
            Row::new(name, taken.as_secs_f64(), "s", Beside::limit(SECONDS))
        };
        rows.push(row("what is left is held", held));
        rows.push(row("100,000 recipients are listed, too", listed));
        if let Some(view) = separate {
            view.kill().await?;
        }
        deployment.end().await?;
    }
    Ok(rows)
}

/// One item with one lot. Answers the newest sequence.
async fn build(deployment: &Deployment) -> Result<u64, Failure> {
    world::warehouse(deployment, 1).await?;
    let revision = world::create(deployment, vec![world::item(&world::sku(0), Tracking::Lot)]).await?;
    let receipt = world::receive(&world::sku(0), &world::location(0), Some(LOTS[0]));
    let issues = (0..MOVEMENTS).map(|n| issue(n % CUSTOMERS));
    world::post(deployment, std::iter::once(receipt).chain(issues), revision).await
}

fn issue(customer: usize) -> DocumentLine {
    let (lot, quantity) = (LOTS[0].0.to_owned(), Some(Decimal { value: "1".to_owned() }));
    let issue = Issue {
        sku: world::sku(0),
        location: world::location(0),
        quantity,
        goods: Some(Goods { lot, ..Goods::default() }),
        partner: format!("C-{customer:05}"),
        ..Issue::default()
    };
    DocumentLine { action: Some(Action::Issue(issue)) }
}

async fn call_back(catalog: &Client, view: &Client) -> Result<(Duration, Duration), Failure> {
    let (sku, lot) = (world::sku(0), LOTS[0].0.to_owned());
    let recall =
        Recall { sku: sku.clone(), lot: lot.clone(), reason: "bench".to_owned(), ..Recall::default() };
    let create = CreateRecallRequest {
        request_id: request_id_or_new(None),
        recall: Some(recall),
        ..CreateRecallRequest::default()
    };
    let key = TraceKey { sku, lot, ..TraceKey::default() };
    let started = Instant::now();
    catalog.call(&create, async |request| catalog.catalog().create_recall(request).await).await?;
    while !is_held(view, &key).await? {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let held = started.elapsed();
    let recipients = recipients(view, &key).await?;
    if recipients != CUSTOMERS {
        return Err(Failure::fault(format!("{recipients} recipients are listed")));
    }
    Ok((held, started.elapsed()))
}

/// Whether all of the lot that is there is held.
async fn is_held(view: &Client, key: &TraceKey) -> Result<bool, Failure> {
    let request = TraceLotRequest {
        key: Some(key.clone()),
        direction: TraceDirection::Down.into(),
        nodes_max: 1,
        ..TraceLotRequest::default()
    };
    let graph = view.call(&request, async |request| view.trace().trace_lot(request).await).await?;
    let held = graph.events.iter().filter(|event| event.kind() == TraceEventKind::Held);
    let statuses: Vec<&str> = held.map(|event| event.status.as_str()).collect();
    Ok(statuses == ["recalled"])
}

async fn recipients(view: &Client, key: &TraceKey) -> Result<usize, Failure> {
    let all = pages(None, async |page_size, page_token| {
        let key = Some(key.clone());
        let request = ListRecipientsRequest { key, page_size, page_token, ..Default::default() };
        let page = view.call(&request, async |request| view.trace().list_recipients(request).await).await?;
        Ok((page.recipients, page.next_page_token))
    });
    Ok(all.await?.len())
}

//! `entrepot stock order allocate`: of one order, or of all that are open and lack something.

use std::cmp::Reverse;
use std::collections::VecDeque;

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::document_result::Outcome;
use proto::stock::v1::{
    AllocateOrder, Document, DocumentLine, DocumentResult, ListOrdersRequest, OrderSummary,
    PostDocumentRequest, PostDocumentsRequest,
};
use serde::Serialize;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

use crate::cli::Context;
use crate::cli::stock::post;
use crate::cli::stock::verbs::Header;
use crate::client::{Client, pages, request_id_or_new};
use crate::output::{Failure, View};

/// Documents of a message.
const DOCUMENTS: usize = 100;
/// Most unanswered messages.
const WINDOW: usize = 8;

/// `… order allocate`
#[derive(Debug, Args)]
pub(crate) struct AllocateArgs {
    /// The order's key.
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    order: Option<String>,
    /// All orders that are open and lack something: the highest priority first, then what is due first.
    #[arg(long, conflicts_with_all = ["request_id", "dry_run"])]
    all: bool,
    #[command(flatten)]
    header: Header,
}

/// What became of an order.
#[derive(Debug, Serialize)]
pub(crate) struct Allocated {
    order: String,
    priority: u32,
    due: String,
    /// Promises that were made.
    pub(crate) reservations: usize,
    refused: String,
    sequence: u64,
}

impl View for Allocated {
    const COLUMNS: &'static [&'static str] =
        &["order", "priority", "due", "reservations", "refused", "sequence"];
}

pub(super) async fn run(args: AllocateArgs, context: &Context) -> Result<(), Failure> {
    match args.order {
        Some(order) => post::send(args.header.post(action(order))?, context).await,
        None => all(args.header, context).await,
    }
}

fn action(order: String) -> Action {
    Action::AllocateOrder(AllocateOrder { order })
}

/// One document an order, in one stream, so that they are judged in this order. What is left of a run that was cut is done by the next one.
async fn all(header: Header, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    context.output().many(&every(&client, header.post(action(String::new()))?).await?)
}

/// Allocates all orders that are open and lack something, with documents like this one.
pub(crate) async fn every(client: &Client, like: PostDocumentRequest) -> Result<Vec<Allocated>, Failure> {
    let PostDocumentRequest { warehouse, document: header, catalog_revision, .. } = like;
    let header = header.unwrap_or_default();
    let mut orders = lacking(client, &warehouse).await?;
    orders.sort_by(|a, b| rank(a).cmp(&rank(b)));
    let document = |order: &OrderSummary| Document {
        request_id: request_id_or_new(None),
        lines: vec![DocumentLine { action: Some(action(order.order.clone())) }],
        ..header.clone()
    };
    let message = |orders: &[OrderSummary]| PostDocumentsRequest {
        warehouse: warehouse.clone(),
        documents: orders.iter().map(document).collect(),
        catalog_revision,
    };
    let results = stream(client, orders.chunks(DOCUMENTS).map(message).collect()).await?;
    orders.into_iter().zip(results).map(|(order, result)| Allocated::of(order, result)).collect()
}

/// Open orders of which something is neither promised nor has left.
async fn lacking(client: &Client, warehouse: &str) -> Result<Vec<OrderSummary>, Failure> {
    let mut orders = Vec::new();
    for state in ["placed", "released"] {
        let listed = pages(None, async |page_size, page_token| {
            let (warehouse, filter) = (warehouse.to_owned(), format!("state = \"{state}\""));
            let request = ListOrdersRequest { warehouse, page_size, page_token, filter, as_of_sequence: 0 };
            let page = client.call(&request, async |r| client.stock().list_orders(r).await).await?;
            Ok((page.orders, page.next_page_token))
        });
        orders.extend(listed.await?.into_iter().filter(|order| order.backordered > 0));
    }
    Ok(orders)
}

fn rank(order: &OrderSummary) -> (Reverse<u32>, &str, &str) {
    (Reverse(order.priority), &order.due, &order.order)
}

/// The answers, in the order of the documents. Only so many messages are on their way at once.
async fn stream(
    client: &Client,
    messages: VecDeque<PostDocumentsRequest>,
) -> Result<Vec<DocumentResult>, Failure> {
    let (sender, receiver) = mpsc::channel(WINDOW);
    let (mut results, mut messages) = (Vec::new(), messages);
    let mut sender = Some(sender);
    for _ in 0..WINDOW {
        send(&mut sender, &mut messages);
    }
    let answers = client.stock().post_documents(ReceiverStream::new(receiver)).await;
    let mut answers = answers.map_err(|status| Failure::from(&status))?.into_inner();
    while let Some(answer) = answers.message().await.map_err(|status| Failure::from(&status))? {
        results.extend(answer.results);
        send(&mut sender, &mut messages);
    }
    Ok(results)
}

/// The next message, or the end: then the server hears that no more is coming.
fn send(
    sender: &mut Option<mpsc::Sender<PostDocumentsRequest>>,
    messages: &mut VecDeque<PostDocumentsRequest>,
) {
    // The channel holds a whole window, so it is full only when the stream is broken, which its answers say.
    let sent = messages.pop_front().zip(sender.as_ref()).map(|(message, open)| open.try_send(message));
    if !matches!(sent, Some(Ok(()))) {
        *sender = None;
    }
}

impl Allocated {
    fn of(order: OrderSummary, result: DocumentResult) -> Result<Self, Failure> {
        let OrderSummary { order, priority, due, .. } = order;
        let view = Self { order, priority, due, reservations: 0, refused: String::new(), sequence: 0 };
        match result.outcome {
            Some(Outcome::Receipt(receipt)) => {
                Ok(Self { reservations: receipt.reservation_ids.len(), sequence: receipt.sequence, ..view })
            }
            Some(Outcome::Error(error)) => Ok(Self { refused: error.reason, ..view }),
            None => Err(Failure::fault("the server's answer says neither yes nor no")),
        }
    }
}

//! `entrepot recall …`: lots that are called back.

use clap::{Args, Subcommand};
use proto::catalog::v1::{
    CreateRecallRequest, EndRecallRequest, GetRecallRequest, ListRecallsRequest, Recall,
};
use proto::visibility::v1::{
    Freshness, ListRecipientsRequest, TraceDirection, TraceEvent, TraceEventKind, TraceKey, TraceLotRequest,
    TraceLotResponse,
};
use rpc::Reason;
use serde::Serialize;

use super::Context;
use super::text::{number, rfc3339, short_name};
use crate::client::{pages, request_id_or_new};
use crate::output::{Failure, View};

/// `entrepot recall …`
#[derive(Debug, Subcommand)]
pub(crate) enum RecallCommand {
    /// Call a lot back: every warehouse holds all of it, also one that is away, when it is back.
    Start(StartArgs),
    /// End a recall: what was held stays so until its status is changed.
    End(EndArgs),
    /// List recalls.
    List(ListArgs),
    /// Where a lot is, and who got of it.
    Show(ShowArgs),
}

/// `… start`
#[derive(Debug, Args)]
pub(crate) struct StartArgs {
    /// The item.
    sku: String,
    /// The lot.
    lot: String,
    /// Why: 1 to 100 characters.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    change: Change,
}

/// `… end`
#[derive(Debug, Args)]
pub(crate) struct EndArgs {
    /// The item.
    sku: String,
    /// The lot.
    lot: String,
    #[command(flatten)]
    change: Change,
}

/// `… list`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// Comparisons joined by AND, for example `state = ACTIVE AND sku = "A-1"`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// `… show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The item.
    sku: String,
    /// The lot.
    lot: String,
}

/// Flags of every change.
#[derive(Debug, Args)]
pub(crate) struct Change {
    /// UUID of the request; the same id has one effect, however often it is sent. Made anew when absent.
    #[arg(long, value_name = "UUID")]
    request_id: Option<String>,
    /// Only check: answer as if it were done, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

/// A recall.
#[derive(Debug, Serialize)]
struct RecallView {
    sku: String,
    lot: String,
    reason: String,
    state: String,
    started_at: String,
    ended_at: String,
    etag: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    catalog_revision: Option<u64>,
}

impl View for RecallView {
    const COLUMNS: &'static [&'static str] = &["sku", "lot", "reason", "state", "started_at", "ended_at"];
}

impl RecallView {
    fn new(recall: Recall, revision: Option<u64>) -> Self {
        Self {
            state: short_name(recall.state().as_str_name(), "RECALL_STATE"),
            started_at: rfc3339(recall.started_at.as_ref()),
            ended_at: rfc3339(recall.ended_at.as_ref()),
            sku: recall.sku,
            lot: recall.lot,
            reason: recall.reason,
            etag: recall.etag,
            catalog_revision: revision,
        }
    }
}

/// What there is of a lot in a warehouse, or what somebody got of it; and until when the view knows the warehouse.
#[derive(Debug, Default, Serialize)]
struct WhereView {
    recall: String,
    warehouse: String,
    what: String,
    status: String,
    partner: String,
    reference: String,
    quantity: String,
    count: u64,
    last_at: String,
    last_sequence: u64,
}

impl View for WhereView {
    const COLUMNS: &'static [&'static str] =
        &["recall", "warehouse", "what", "status", "partner", "reference", "quantity", "count", "last_at"];
}

impl WhereView {
    /// Until when a warehouse is known: what happened there later is missing.
    fn known(recall: &str, fresh: Freshness) -> Self {
        Self {
            recall: recall.to_owned(),
            warehouse: fresh.warehouse,
            what: "known_until".to_owned(),
            last_at: rfc3339(fresh.recorded_at.as_ref()),
            last_sequence: fresh.as_of_sequence,
            ..Self::default()
        }
    }

    fn new(recall: &str, event: TraceEvent) -> Self {
        Self {
            recall: recall.to_owned(),
            what: short_name(event.kind().as_str_name(), "TRACE_EVENT_KIND").to_lowercase(),
            warehouse: event.warehouse,
            status: event.status,
            partner: event.partner,
            reference: event.reference,
            quantity: number(event.quantity),
            count: event.count,
            last_at: rfc3339(event.last_at.as_ref()),
            last_sequence: event.last_sequence,
        }
    }
}

pub(super) async fn run(command: RecallCommand, context: &Context) -> Result<(), Failure> {
    match command {
        RecallCommand::Start(args) => start(args, context).await,
        RecallCommand::End(args) => end(args, context).await,
        RecallCommand::List(args) => list(args, context).await,
        RecallCommand::Show(args) => show(args, context).await,
    }
}

async fn start(args: StartArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let StartArgs { sku, lot, reason, change } = args;
    let request = CreateRecallRequest {
        request_id: request_id_or_new(change.request_id.as_deref()),
        recall: Some(Recall { sku, lot, reason, ..Recall::default() }),
        validate_only: change.dry_run,
    };
    let answer = client.call(&request, async |r| client.catalog().create_recall(r).await).await?;
    context.output().one(&RecallView::new(answer.recall.unwrap_or_default(), Some(answer.revision)))
}

async fn end(args: EndArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = EndRecallRequest {
        request_id: request_id_or_new(args.change.request_id.as_deref()),
        sku: args.sku,
        lot: args.lot,
        validate_only: args.change.dry_run,
        ..EndRecallRequest::default()
    };
    let answer = client.call(&request, async |r| client.catalog().end_recall(r).await).await?;
    context.output().one(&RecallView::new(answer.recall.unwrap_or_default(), Some(answer.revision)))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let recalls = pages(args.limit, async |page_size, page_token| {
        let request = ListRecallsRequest { page_size, page_token, filter: args.filter.clone() };
        let page = client.call(&request, async |r| client.catalog().list_recalls(r).await).await?;
        Ok((page.recalls, page.next_page_token))
    });
    let views: Vec<_> = recalls.await?.into_iter().map(|recall| RecallView::new(recall, None)).collect();
    context.output().many(&views)
}

/// What is held comes from the lot's own trace, and who got of it from a list that has no end.
async fn show(args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let get = GetRecallRequest { sku: args.sku.clone(), lot: args.lot.clone() };
    let recall = match client.call(&get, async |r| client.catalog().get_recall(r).await).await {
        Ok(answer) => answer.recall.map(|recall| short_name(recall.state().as_str_name(), "RECALL_STATE")),
        // A lot can be looked for before it is called back.
        Err(failure) if failure.reason() == Reason::UnknownRecall.as_str() => Some("NONE".to_owned()),
        Err(failure) => return Err(failure),
    };
    let recall = recall.unwrap_or_default();
    let key = TraceKey { sku: args.sku, lot: args.lot, ..TraceKey::default() };
    let request = TraceLotRequest {
        key: Some(key.clone()),
        direction: TraceDirection::Down.into(),
        nodes_max: 1,
        ..TraceLotRequest::default()
    };
    let graph = match client.call(&request, async |r| client.trace().trace_lot(r).await).await {
        Ok(graph) => graph,
        // Called back before any came.
        Err(failure) if recall != "NONE" && failure.reason() == Reason::UnknownLot.as_str() => {
            TraceLotResponse::default()
        }
        Err(failure) => return Err(failure),
    };
    let kept = |event: &TraceEvent| matches!(event.kind(), TraceEventKind::Held | TraceEventKind::Received);
    let kept: Vec<TraceEvent> = graph.events.into_iter().filter(kept).collect();
    let recipients = pages(None, async |page_size, page_token| {
        let request =
            ListRecipientsRequest { key: Some(key.clone()), page_size, page_token, ..Default::default() };
        let page = client.call(&request, async |r| client.trace().list_recipients(r).await).await?;
        Ok((page.recipients, page.next_page_token))
    });
    let known: Vec<_> = graph.freshness.into_iter().map(|fresh| WhereView::known(&recall, fresh)).collect();
    let recipients = if known.is_empty() { Vec::new() } else { recipients.await? };
    let events = kept.into_iter().chain(recipients);
    let views: Vec<_> = events.map(|event| WhereView::new(&recall, event)).chain(known).collect();
    context.output().many(&views)
}

//! `entrepot recall …`: lots that are called back.

mod show;

use std::time::Duration;

use clap::{Args, Subcommand};
use proto::catalog::v1::{CreateRecallRequest, EndRecallRequest, ListRecallsRequest, Recall};
use proto::visibility::v1::{TraceDirection, TraceKey, TraceLotRequest};
use rpc::Reason;
use rpc::client::RemoteError;
use serde::Serialize;
use tonic::Request;

use self::show::{ShowArgs, show};
use super::Context;
use super::text::{rfc3339, short_name};
use crate::client::{Client, pages, request_id_or_new};
use crate::output::{Failure, View};

/// How long a note may take.
const NOTE_MAX: Duration = Duration::from_secs(2);

/// `entrepot recall …`
#[derive(Debug, Subcommand)]
pub(crate) enum RecallCommand {
    /// Call a lot back: every warehouse holds all of it, also one that is away, when it is back.
    Start(StartArgs),
    /// End a recall: what was held stays so until its status is changed.
    End(EndArgs),
    /// List recalls.
    List(ListArgs),
    /// Where a lot is, what was made of it, and who got of all that.
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
    let recall = answer.recall.unwrap_or_default();
    if is_unheard_of(&client, &recall).await {
        let (sku, lot) = (&recall.sku, &recall.lot);
        context.output().note(&format!("no warehouse has had lot {lot} of {sku} so far: check both"));
    }
    context.output().one(&RecallView::new(recall, Some(answer.revision)))
}

/// Whether the view knows nothing of the lot. It stays called back all the same; where there is no view nothing is said.
async fn is_unheard_of(client: &Client, recall: &Recall) -> bool {
    let key = TraceKey { sku: recall.sku.clone(), lot: recall.lot.clone(), ..TraceKey::default() };
    let request = TraceLotRequest {
        key: Some(key),
        direction: TraceDirection::Down.into(),
        nodes_max: 1,
        ..TraceLotRequest::default()
    };
    let mut request = Request::new(request);
    request.set_timeout(NOTE_MAX);
    let traced = client.trace().trace_lot(request).await;
    traced.is_err_and(|status| RemoteError::from(&status).reason == Reason::UnknownLot.as_str())
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

//! `entrepot stock count …`: somebody looks what is on a shelf, and the stock is put right.

mod forms;
mod plan;
mod verbs;
mod views;

use clap::{Args, Subcommand};
use proto::stock::v1::{GetCountFiguresRequest, GetCountRequest, GetCountSheetRequest, ListCountsRequest};

pub(super) use self::forms::{ApproveForm, CountForm, EnterForm, PlanForm};
use self::views::{FiguresView, LineView, SheetView, SummaryView};
use super::post;
use crate::cli::Context;
use crate::cli::text::time;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot stock count …`
#[derive(Debug, Subcommand)]
pub(crate) enum CountCommand {
    /// Places are to be counted.
    Plan(plan::PlanArgs),
    /// The places that are still to be counted, and what should be there if the count shows it.
    Sheet(SheetArgs),
    /// Somebody counted a place, for the first time or again: everything that was there.
    #[command(visible_alias = "recount")]
    Enter(verbs::EnterArgs),
    /// Somebody who did not count approves what differs.
    Approve(verbs::ApproveArgs),
    /// What differs is put right.
    Post(verbs::WhichArgs),
    /// It is given up; nothing is posted.
    Cancel(verbs::WhichArgs),
    /// What was counted, and what should have been there.
    Show(ShowArgs),
    /// Counts, by key.
    List(ListArgs),
    /// How right the stock was where it was counted, and what was missing.
    Figures(FiguresArgs),
}

/// `entrepot stock count sheet`
#[derive(Debug, Args)]
pub(crate) struct SheetArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The count's key.
    count: String,
}

/// `entrepot stock count show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The count's key.
    count: String,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

/// `entrepot stock count list`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Comparisons joined by AND, for example `state = "counting" AND plan = "Y26"`; also `kind` and `count`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

/// `entrepot stock count figures`
#[derive(Debug, Args)]
pub(crate) struct FiguresArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Of counts posted at or after this, RFC 3339.
    #[arg(long, value_name = "TIME")]
    from: Option<String>,
    /// And before this.
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    /// Only of the items of this class of the catalog.
    #[arg(long, value_name = "CLASS")]
    item_class: Option<String>,
    /// Only of counts with values in this currency, for example EUR.
    #[arg(long, default_value = "", hide_default_value = true)]
    currency: String,
}

pub(super) async fn run(command: CountCommand, context: &Context) -> Result<(), Failure> {
    match command {
        CountCommand::Plan(args) => plan::run(args, context).await,
        CountCommand::Sheet(args) => sheet(args, context).await,
        CountCommand::Enter(args) => post::send(args.post()?, context).await,
        CountCommand::Approve(args) => post::send(args.post()?, context).await,
        CountCommand::Post(args) => post::send(args.post()?, context).await,
        CountCommand::Cancel(args) => post::send(args.cancel()?, context).await,
        CountCommand::Show(args) => show(args, context).await,
        CountCommand::List(args) => list(args, context).await,
        CountCommand::Figures(args) => figures(args, context).await,
    }
}

async fn sheet(args: SheetArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let SheetArgs { warehouse, count } = args;
    let request = GetCountSheetRequest { warehouse, count };
    let answer = client.call(&request, async |r| client.stock().get_count_sheet(r).await).await?;
    context.output().many(&SheetView::of(answer))
}

async fn show(args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let ShowArgs { warehouse, count, as_of: as_of_sequence } = args;
    let request = GetCountRequest { warehouse, count, as_of_sequence };
    let answer = client.call(&request, async |r| client.stock().get_count(r).await).await?;
    context.output().many(&LineView::of(answer))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListCountsRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: args.filter.clone(),
            as_of_sequence: args.as_of,
        };
        let page = client.call(&request, async |r| client.stock().list_counts(r).await).await?;
        let as_of = page.as_of_sequence;
        Ok((page.counts.into_iter().map(|row| SummaryView::new(row, as_of)).collect(), page.next_page_token))
    });
    context.output().many(&rows.await?)
}

async fn figures(args: FiguresArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let skus = match &args.item_class {
        Some(class) => plan::of_class(&client, class).await?,
        None => Vec::new(),
    };
    let request = GetCountFiguresRequest {
        warehouse: args.warehouse,
        from: args.from.as_deref().map(time).transpose()?,
        until: args.until.as_deref().map(time).transpose()?,
        skus,
        currency: args.currency,
    };
    let answer = client.call(&request, async |r| client.stock().get_count_figures(r).await).await?;
    context.output().one(&FiguresView::new(answer))
}

use clap::Args;
use proto::stock::v1::{
    GetJournalHeadRequest, GetJournalHeadResponse, JournalRecord, ListJournalsRequest, ReadJournalRequest,
    TailJournalRequest,
};

use super::views::{EntryView, HeadView, JournalView};
use crate::cli::Context;
use crate::client::Client;
use crate::output::Failure;

/// Entries a request.
const PAGE: usize = 1000;

/// `entrepot journal head`
#[derive(Debug, Args)]
pub(crate) struct HeadArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
}

/// `entrepot journal read`
#[derive(Debug, Args)]
pub(crate) struct ReadArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Entries after this sequence.
    #[arg(long, default_value_t = 0, value_name = "SEQUENCE")]
    after: u64,
    /// At most this many.
    #[arg(long, default_value_t = 1000, value_name = "N")]
    limit: usize,
}

/// `entrepot journal tail`
#[derive(Debug, Args)]
pub(crate) struct TailArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Entries after this sequence; after the newest when absent.
    #[arg(long, value_name = "SEQUENCE")]
    after: Option<u64>,
    /// End after this many.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

/// A page of a journal.
pub(super) async fn fetch(
    client: &Client,
    warehouse: &str,
    after_sequence: u64,
    page_size: usize,
) -> Result<Vec<JournalRecord>, Failure> {
    let page_size = i32::try_from(page_size).unwrap_or(i32::MAX);
    let request = ReadJournalRequest { warehouse: warehouse.to_owned(), after_sequence, page_size };
    let answer = client.call(&request, async |r| client.journal().read_journal(r).await).await?;
    Ok(answer.records)
}

/// The newest entry.
pub(super) async fn fetch_head(client: &Client, warehouse: &str) -> Result<GetJournalHeadResponse, Failure> {
    let request = GetJournalHeadRequest { warehouse: warehouse.to_owned() };
    client.call(&request, async |r| client.journal().get_journal_head(r).await).await
}

/// The warehouses whose journals the server owns.
pub(super) async fn fetch_list(client: &Client) -> Result<Vec<String>, Failure> {
    let request = ListJournalsRequest {};
    Ok(client.call(&request, async |r| client.journal().list_journals(r).await).await?.warehouses)
}

pub(super) async fn head(args: HeadArgs, context: &Context) -> Result<(), Failure> {
    let head = fetch_head(&context.client().await?, &args.warehouse).await?;
    context.output().one(&HeadView::from(head))
}

pub(super) async fn list(context: &Context) -> Result<(), Failure> {
    let warehouses = fetch_list(&context.client().await?).await?;
    let views: Vec<_> = warehouses.into_iter().map(|warehouse| JournalView { warehouse }).collect();
    context.output().many(&views)
}

pub(super) async fn read(args: ReadArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let mut views: Vec<EntryView> = Vec::new();
    let mut after = args.after;
    while views.len() < args.limit {
        let wanted = args.limit.saturating_sub(views.len()).min(PAGE);
        let page = fetch(&client, &args.warehouse, after, wanted).await?;
        let Some(last) = page.last() else { break };
        after = last.sequence;
        for record in &page {
            views.push(EntryView::read(record)?);
        }
    }
    context.output().many(&views)
}

pub(super) async fn tail(args: TailArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let after_sequence = match args.after {
        Some(sequence) => sequence,
        None => fetch_head(&client, &args.warehouse).await?.sequence,
    };
    let request = TailJournalRequest { warehouse: args.warehouse, after_sequence };
    let mut batches = client.open(request, async |r| client.journal().tail_journal(r).await).await?;
    let mut out = context.output().stream();
    let mut left = args.limit.unwrap_or(usize::MAX);
    while left > 0 {
        let Some(batch) = batches.message().await.map_err(|status| Failure::from(&status))? else { break };
        for record in batch.records.iter().take(left) {
            out.push(&EntryView::read(record)?)?;
        }
        left = left.saturating_sub(batch.records.len());
    }
    out.finish()
}

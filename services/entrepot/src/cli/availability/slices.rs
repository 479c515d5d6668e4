use clap::Args;
use proto::visibility::v1::{Freshness, ListSlicesRequest, Slice};
use serde::Serialize;

use super::at_least::at_least;
use crate::cli::Context;
use crate::cli::text::number;
use crate::client::pages;
use crate::output::{Failure, View};

/// `entrepot availability slices`
#[derive(Debug, Args)]
#[group(id = "which", required = true, multiple = true, args = ["sku", "warehouse", "lot", "status", "owner"])]
pub(crate) struct SlicesArgs {
    /// The item.
    #[arg(long, short)]
    sku: Option<String>,
    /// The warehouse.
    #[arg(long, short)]
    warehouse: Option<String>,
    /// Only this lot.
    #[arg(long)]
    lot: Option<String>,
    /// Only this status, for example `quality_hold`.
    #[arg(long)]
    status: Option<String>,
    /// Only this owner's: `own`, `consignment:PARTY` or `customer:PARTY`.
    #[arg(long)]
    owner: Option<String>,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Wait until the view contains this sequence of a journal, as answered by a write: WAREHOUSE=SEQUENCE; repeatable.
    #[arg(long, value_name = "SEQUENCE")]
    at_least: Vec<String>,
}

/// Goods that are alike, in a warehouse, and how fresh that is.
#[derive(Debug, Serialize)]
struct SliceView {
    sku: String,
    warehouse: String,
    lot: String,
    status: String,
    owner: String,
    on_hand: String,
    reserved: String,
    as_of_sequence: u64,
    age_ms: i64,
}

impl View for SliceView {
    const COLUMNS: &'static [&'static str] =
        &["sku", "warehouse", "lot", "status", "owner", "on_hand", "reserved", "as_of_sequence"];
}

pub(super) async fn list(args: SlicesArgs, context: &Context) -> Result<(), Failure> {
    let warehouses: Vec<String> = args.warehouse.iter().cloned().collect();
    let at_least = at_least(&args.at_least, &warehouses)?;
    let client = context.client().await?;
    let text = |given: &Option<String>| given.clone().unwrap_or_default();
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListSlicesRequest {
            sku: text(&args.sku),
            warehouse: text(&args.warehouse),
            lot: text(&args.lot),
            status: text(&args.status),
            owner: text(&args.owner),
            page_size,
            page_token,
            at_least: at_least.clone(),
        };
        let page = client.call(&request, async |r| client.availability().list_slices(r).await).await?;
        let views = page.slices.into_iter().map(|slice| view(slice, &page.freshness)).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}

fn view(slice: Slice, freshness: &[Freshness]) -> SliceView {
    let fresh = freshness.iter().find(|fresh| fresh.warehouse == slice.warehouse);
    SliceView {
        sku: slice.sku,
        lot: slice.lot,
        status: slice.status,
        owner: slice.owner,
        on_hand: number(slice.on_hand),
        reserved: number(slice.reserved),
        as_of_sequence: fresh.map_or(0, |fresh| fresh.as_of_sequence),
        age_ms: fresh.map_or(0, |fresh| fresh.age_ms),
        warehouse: slice.warehouse,
    }
}

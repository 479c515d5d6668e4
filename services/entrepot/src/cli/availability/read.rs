use clap::Args;
use proto::visibility::v1::{AvailabilityKey, BatchGetAvailabilityRequest, ListAvailabilityRequest};

use super::at_least::at_least;
use super::views::{AvailabilityView, joined};
use crate::cli::Context;
use crate::client::pages;
use crate::output::Failure;

/// Keys a request, as the service allows.
const BATCH: usize = 1000;

/// `entrepot availability get`
#[derive(Debug, Args)]
pub(crate) struct GetArgs {
    /// The item; repeatable.
    #[arg(long, short, required = true)]
    sku: Vec<String>,
    /// The warehouse; repeatable.
    #[arg(long, short, required = true)]
    warehouse: Vec<String>,
    /// Available as this channel sees it: without what is kept for others and as a buffer.
    #[arg(long, default_value = "", hide_default_value = true)]
    channel: String,
    /// Wait until the view contains this sequence of a journal, as answered by a write: WAREHOUSE=SEQUENCE; repeatable.
    #[arg(long, value_name = "SEQUENCE")]
    at_least: Vec<String>,
}

/// `entrepot availability list`
#[derive(Debug, Args)]
#[group(id = "what", required = true, multiple = true, args = ["sku", "warehouse"])]
pub(crate) struct ListArgs {
    /// The item.
    #[arg(long, short)]
    sku: Option<String>,
    /// The warehouse.
    #[arg(long, short)]
    warehouse: Option<String>,
    /// Available as this channel sees it: without what is kept for others and as a buffer.
    #[arg(long, default_value = "", hide_default_value = true)]
    channel: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// Wait until the view contains this sequence of a journal, as answered by a write: WAREHOUSE=SEQUENCE; repeatable.
    #[arg(long, value_name = "SEQUENCE")]
    at_least: Vec<String>,
}

pub(super) async fn get(args: GetArgs, context: &Context) -> Result<(), Failure> {
    let at_least = at_least(&args.at_least, &args.warehouse)?;
    let keys = keys(&args.sku, &args.warehouse);
    let client = context.client().await?;
    let mut views = Vec::new();
    for batch in keys.chunks(BATCH) {
        let (keys, at_least, channel) = (batch.to_vec(), at_least.clone(), args.channel.clone());
        let request = BatchGetAvailabilityRequest { keys, at_least, channel };
        let answer =
            client.call(&request, async |r| client.availability().batch_get_availability(r).await).await?;
        views.extend(joined(answer.availabilities, &answer.freshness));
    }
    match views.as_slice() {
        [only] => context.output().one(only),
        several => context.output().many(several),
    }
}

pub(super) async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let warehouses: Vec<String> = args.warehouse.iter().cloned().collect();
    let at_least = at_least(&args.at_least, &warehouses)?;
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListAvailabilityRequest {
            sku: args.sku.clone().unwrap_or_default(),
            warehouse: args.warehouse.clone().unwrap_or_default(),
            page_size,
            page_token,
            at_least: at_least.clone(),
            channel: args.channel.clone(),
        };
        let page = client.call(&request, async |r| client.availability().list_availability(r).await).await?;
        let views: Vec<AvailabilityView> = joined(page.availabilities, &page.freshness).collect();
        Ok((views, page.next_page_token))
    });
    context.output().many(&rows.await?)
}

/// Every item at every warehouse.
pub(super) fn keys(skus: &[String], warehouses: &[String]) -> Vec<AvailabilityKey> {
    let key =
        |sku: &String, warehouse: &String| AvailabilityKey { sku: sku.clone(), warehouse: warehouse.clone() };
    skus.iter().flat_map(|sku| warehouses.iter().map(move |warehouse| key(sku, warehouse))).collect()
}

use std::collections::HashMap;
use std::path::PathBuf;

use catalog_core::{Record, item_csv};
use clap::Args;
use prost_types::FieldMask;
use proto::catalog::v1::{BatchCreateItemsRequest, BatchGetItemsRequest, Item, UpdateItemRequest};
use rpc::Reason;
use serde::Serialize;

use super::item_file::{self, Row};
use crate::cli::Context;
use crate::client::{Client, request_id_of};
use crate::output::{Failure, Progress, View};

/// Records a request, as the service allows.
const BATCH: usize = 1000;

/// `entrepot catalog item import`
///
/// The whole file is read and checked first: when a line is wrong, nothing is changed. Columns: sku, name, base_unit (required),
/// base_unit_decimals, unit_conversions, gtins, tracking, item_class, negative_stock_policy, catch_weight.
#[derive(Debug, Args)]
pub(crate) struct ImportArgs {
    /// The CSV file; - for stdin.
    file: PathBuf,
    /// Only check.
    #[arg(long)]
    dry_run: bool,
}

/// What an import did.
#[derive(Debug, Default, Serialize)]
struct Summary {
    rows: usize,
    created: usize,
    updated: usize,
    unchanged: usize,
    catalog_revision: u64,
}

impl View for Summary {
    const COLUMNS: &'static [&'static str] = &["rows", "created", "updated", "unchanged", "catalog_revision"];
}

/// An item that is there and differs, with the fields that do.
struct Change<'a> {
    row: &'a Row,
    etag: String,
    paths: Vec<String>,
}

/// What to do about a batch of rows.
#[derive(Default)]
struct Plan<'a> {
    create: Vec<&'a Row>,
    update: Vec<Change<'a>>,
    unchanged: usize,
}

pub(super) async fn import(args: &ImportArgs, context: &Context) -> Result<(), Failure> {
    let rows = item_file::read(&args.file)?;
    let client = context.client().await?;
    let progress = Progress::new(u64::try_from(rows.len()).unwrap_or(u64::MAX), "items");
    let mut summary = Summary { rows: rows.len(), ..Summary::default() };
    for batch in rows.chunks(BATCH) {
        let plan = plan(&client, batch).await?;
        summary.unchanged += plan.unchanged;
        summary.created += plan.create.len();
        summary.updated += plan.update.len();
        let revision = carry_out(&client, &plan, args.dry_run).await?;
        summary.catalog_revision = summary.catalog_revision.max(revision);
        progress.add(u64::try_from(batch.len()).unwrap_or(u64::MAX));
    }
    drop(progress);
    context.output().one(&summary)
}

async fn plan<'a>(client: &Client, rows: &'a [Row]) -> Result<Plan<'a>, Failure> {
    let request = BatchGetItemsRequest { skus: rows.iter().map(|row| row.item.sku.clone()).collect() };
    let answer = client.call(&request, async |r| client.catalog().batch_get_items(r).await).await?;
    let existing: HashMap<_, _> = answer.items.into_iter().map(|item| (item.sku.clone(), item)).collect();
    let mut plan = Plan::default();
    for row in rows {
        match existing.get(&row.item.sku) {
            None => plan.create.push(row),
            Some(old) => {
                let paths = differences(old, row)?;
                if paths.is_empty() {
                    plan.unchanged += 1;
                } else {
                    plan.update.push(Change { row, etag: old.etag.clone(), paths });
                }
            }
        }
    }
    Ok(plan)
}

/// The fields in which the row differs from the item as it is.
fn differences(old: &Item, row: &Row) -> Result<Vec<String>, Failure> {
    let (before, after) = (item_csv::write(old), item_csv::write(&row.item));
    let cells = item_csv::COLUMNS.iter().zip(before.iter().zip(&after));
    let changed = cells.filter(|(_, (before, after))| before != after).map(|(column, _)| *column);
    // Of a column that the file does not have it says nothing.
    changed
        .filter(|column| row.columns.contains(column))
        .map(|column| {
            if Item::CHANGEABLE.contains(&column) {
                return Ok(column.to_owned());
            }
            let message =
                format!("line {}: {column} of item {} never changes: create a new item", row.line, old.sku);
            Err(Failure::new(Reason::BadFieldMask, message).at(column).with("line", row.line))
        })
        .collect()
}

/// Returns the catalog revision after it; 0 when there was nothing to do.
async fn carry_out(client: &Client, plan: &Plan<'_>, dry_run: bool) -> Result<u64, Failure> {
    let mut revision = 0;
    if !plan.create.is_empty() {
        let items = plan.create.iter().map(|row| row.item.clone()).collect();
        let mut request =
            BatchCreateItemsRequest { request_id: String::new(), items, validate_only: dry_run };
        request.request_id = request_id_of("BatchCreateItems", &request);
        let answer = client.call(&request, async |r| client.catalog().batch_create_items(r).await).await;
        revision = answer.map_err(|failure| with_line(failure, &plan.create))?.revision;
    }
    for change in &plan.update {
        let mut request = UpdateItemRequest {
            request_id: String::new(),
            item: Some(Item { etag: change.etag.clone(), ..change.row.item.clone() }),
            update_mask: Some(FieldMask { paths: change.paths.clone() }),
            validate_only: dry_run,
        };
        request.request_id = request_id_of("UpdateItem", &request);
        let answer = client.call(&request, async |r| client.catalog().update_item(r).await).await;
        revision = answer.map_err(|failure| failure.with("line", change.row.line))?.revision;
    }
    Ok(revision)
}

/// `items[3].sku` is the fourth of the rows that were sent: says which line that is.
fn with_line(failure: Failure, rows: &[&Row]) -> Failure {
    let index =
        failure.field().strip_prefix("items[").and_then(|rest| rest.split_once(']')).map(|(index, _)| index);
    let row = index.and_then(|index| index.parse::<usize>().ok()).and_then(|index| rows.get(index));
    match row {
        Some(row) => failure.with("line", row.line),
        None => failure,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(name: &str, base_unit: &str) -> Item {
        Item { sku: "A".into(), name: name.into(), base_unit: base_unit.into(), ..Item::default() }
    }

    #[test]
    fn only_what_differs_is_changed() {
        let row = |item| Row { line: 7, item, columns: item_csv::COLUMNS.into() };
        assert_eq!(differences(&item("Oak", "EA"), &row(item("Oak", "EA"))).unwrap(), Vec::<String>::new());
        assert_eq!(differences(&item("Oak", "EA"), &row(item("Elm", "EA"))).unwrap(), ["name"]);
        let refused = differences(&item("Oak", "EA"), &row(item("Oak", "KG"))).unwrap_err();
        assert_eq!((refused.reason(), refused.field()), ("BAD_FIELD_MASK", "base_unit"));
        let some = Row { columns: ["sku", "name", "base_unit"].into(), ..row(item("Elm", "EA")) };
        let full = Item { gtins: vec!["04006381333931".into()], ..item("Oak", "EA") };
        assert_eq!(differences(&full, &some).unwrap(), ["name"], "the file says nothing of the rest");
    }
}

//! `entrepot stock reconcile`: what another system says is there, beside what is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::Args;
use proto::stock::v1::{ListBalancesRequest, ListedStock, ReconcileStockRequest, ReconciledStock};
use rpc::Reason;
use serde::{Deserialize, Serialize};

use crate::cli::Context;
use crate::cli::text::{decimal, number, short_name, time};
use crate::client::{Client, pages};
use crate::output::{Failure, View};

/// Rows of one request.
const ROWS_A_REQUEST: usize = 1000;

/// `entrepot stock reconcile`
#[derive(Debug, Args)]
pub(crate) struct ReconcileArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The other system's list: CSV with the columns sku, quantity and, where it knows them, location.
    #[arg(long, short, value_name = "FILE")]
    file: PathBuf,
    /// As of which sequence of the journal the list is; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
    /// As of which time the list is, RFC 3339: what had happened by then.
    #[arg(long, value_name = "TIME")]
    effective_as_of: Option<String>,
    /// As it was known at this time, RFC 3339.
    #[arg(long, value_name = "TIME", conflicts_with = "as_of")]
    recorded_as_of: Option<String>,
    /// Also rows that are right.
    #[arg(long)]
    all: bool,
}

/// A row of the file.
#[derive(Debug, Deserialize)]
struct FileRow {
    sku: String,
    quantity: String,
    #[serde(default)]
    location: String,
}

/// A number of the other system beside what is known here.
#[derive(Debug, Serialize)]
struct ReconciledView {
    sku: String,
    location: String,
    theirs: String,
    then: String,
    now: String,
    verdict: String,
    /// Where the other system is behind: the newest entry that it knows.
    behind_sequence: u64,
    /// Entries that explain it, for example `120:-3 121:5`.
    movements: String,
    movement_count: u32,
}

impl View for ReconciledView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "location",
        "theirs",
        "then",
        "now",
        "verdict",
        "behind_sequence",
        "movements",
        "movement_count",
    ];
}

pub(super) async fn run(args: ReconcileArgs, context: &Context) -> Result<(), Failure> {
    let mut rows = read(&args.file)?;
    let client = context.client().await?;
    rows.extend(unlisted(&client, &args, &rows).await?);
    let mut views = Vec::new();
    for some in rows.chunks(ROWS_A_REQUEST) {
        let request = ReconcileStockRequest {
            warehouse: args.warehouse.clone(),
            rows: some.to_vec(),
            as_of_sequence: args.as_of,
            effective_as_of: args.effective_as_of.as_deref().map(time).transpose()?,
            recorded_as_of: args.recorded_as_of.as_deref().map(time).transpose()?,
        };
        let answer = client.call(&request, async |r| client.stock().reconcile_stock(r).await).await?;
        views.extend(answer.rows.into_iter().map(ReconciledView::new));
    }
    views.retain(|view| args.all || view.verdict != "same");
    context.output().many(&views)
}

/// Items that are here and the list does not name: it says that nothing is there.
async fn unlisted(
    client: &Client,
    args: &ReconcileArgs,
    rows: &[ListedStock],
) -> Result<Vec<ListedStock>, Failure> {
    let listed: BTreeSet<&str> = rows.iter().map(|row| row.sku.as_str()).collect();
    let balances = pages(None, async |page_size, page_token| {
        let request = ListBalancesRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            ..ListBalancesRequest::default()
        };
        let page = client.call(&request, async |r| client.stock().list_balances(r).await).await?;
        Ok((page.balances, page.next_page_token))
    });
    let others = balances.await?.into_iter().filter(|row| !listed.contains(row.sku.as_str()));
    let nothing = |sku| ListedStock { sku, location: String::new(), quantity: decimal("0") };
    Ok(others.map(|row| nothing(row.sku)).collect())
}

fn read(file: &Path) -> Result<Vec<ListedStock>, Failure> {
    let text = std::fs::read(file).map_err(|e| Failure::file(file, &e))?;
    let text = text.strip_prefix("\u{feff}".as_bytes()).unwrap_or(&text);
    let mut rows = Vec::new();
    for row in csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text).deserialize() {
        let FileRow { sku, quantity, location } = row.map_err(|e| unreadable(file, &e))?;
        rows.push(ListedStock { sku, location, quantity: decimal(&quantity) });
    }
    Ok(rows)
}

fn unreadable(file: &Path, error: &csv::Error) -> Failure {
    let message = format!("`{}` is no list of stock: {error}", file.display());
    let line = error.position().map_or(0, csv::Position::line);
    Failure::new(Reason::BadFile, message).with("line", line)
}

impl ReconciledView {
    fn new(row: ReconciledStock) -> Self {
        let verdict = short_name(row.verdict().as_str_name(), "RECONCILIATION_VERDICT").to_lowercase();
        let ReconciledStock { listed, then, now, behind_sequence, movements, movement_count, .. } = row;
        let ListedStock { sku, location, quantity } = listed.unwrap_or_default();
        let moved = movements.into_iter().map(|m| format!("{}:{}", m.sequence, number(m.quantity)));
        Self {
            sku,
            location,
            theirs: number(quantity),
            then: number(then),
            now: number(now),
            verdict,
            behind_sequence,
            movements: moved.collect::<Vec<_>>().join(" "),
            movement_count,
        }
    }
}

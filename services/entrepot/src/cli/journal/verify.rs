use bytes::Bytes;
use clap::Args;
use proto::stock::v1::GetJournalHeadResponse;
use rpc::Reason;
use stock_core::verify::{Verifier, VerifyFault};
use vocabulary::WarehouseCode;

use super::read::{fetch, fetch_head, fetch_list};
use super::views::VerdictView;
use crate::cli::Context;
use crate::cli::text::hex;
use crate::client::Client;
use crate::output::{Exit, Failure, Progress};

/// Entries a request: larger pages than people read.
const PAGE: usize = 5000;

/// `entrepot journal verify`
#[derive(Debug, Args)]
#[group(id = "journals", required = true, multiple = false, args = ["warehouse", "all"])]
pub(crate) struct VerifyArgs {
    /// The warehouse; repeatable.
    #[arg(long, short)]
    warehouse: Vec<String>,
    /// Every journal that the server owns.
    #[arg(long)]
    all: bool,
}

pub(super) async fn verify(args: VerifyArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let warehouses = if args.all { fetch_list(&client).await? } else { args.warehouse };
    let mut verdicts = Vec::new();
    for warehouse in &warehouses {
        verdicts.push(replay(&client, warehouse).await?);
    }
    match verdicts.as_slice() {
        [only] if !args.all => context.output().one(only)?,
        several => context.output().many(several)?,
    }
    verdicts.iter().find(|verdict| !verdict.sound).map_or(Ok(()), |unsound| Err(broken(unsound)))
}

/// Reads the journal up to the head that it has now, and judges every entry.
async fn replay(client: &Client, warehouse: &str) -> Result<VerdictView, Failure> {
    let code = WarehouseCode::parse(warehouse)?;
    let head = fetch_head(client, warehouse).await?;
    let progress = Progress::new(head.sequence, "entries");
    let mut verifier = Verifier::new(code);
    let mut last = (0, Bytes::new());
    while last.0 < head.sequence {
        let page = fetch(client, warehouse, last.0, PAGE).await?;
        let page: Vec<_> = page.into_iter().take_while(|record| record.sequence <= head.sequence).collect();
        if page.is_empty() {
            return Ok(ends_early(warehouse, &head, last.0));
        }
        progress.add(u64::try_from(page.len()).unwrap_or(u64::MAX));
        for record in page {
            if let Err(fault) = verifier.push(&record.entry, &record.hash) {
                return Ok(unsound(warehouse, &fault));
            }
            last = (record.sequence, record.hash);
        }
    }
    drop(progress);
    if head.sequence > 0 && last.1 != head.hash {
        let detail = format!("the head's hash is {}, the entry's is {}", hex(&head.hash), hex(&last.1));
        return Ok(VerdictView::unsound(warehouse, head.sequence, laws::Law::OneHistory.to_string(), detail));
    }
    Ok(VerdictView::sound(warehouse, &verifier.finish()))
}

fn unsound(warehouse: &str, fault: &VerifyFault) -> VerdictView {
    VerdictView::unsound(warehouse, fault.sequence.get(), fault.law.to_string(), fault.detail.clone())
}

fn ends_early(warehouse: &str, head: &GetJournalHeadResponse, last: u64) -> VerdictView {
    let detail = format!("the journal ends at {last}, its head is at {}", head.sequence);
    VerdictView::unsound(warehouse, last + 1, laws::Law::OneHistory.to_string(), detail)
}

fn broken(verdict: &VerdictView) -> Failure {
    Failure::new(Reason::JournalDamaged, verdict.to_string())
        .with("warehouse", &verdict.warehouse)
        .with("sequence", verdict.sequence)
        .with("law", verdict.law.as_deref().unwrap_or_default())
        .exiting(Exit::Unsound)
}

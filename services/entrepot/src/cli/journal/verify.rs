use clap::Args;
use laws::Law;
use proto::stock::v1::GetJournalHeadResponse;
use rpc::Reason;
use stock_core::verify::{Verified, Verifier};
use vocabulary::WarehouseCode;

use super::live;
use super::read::{fetch, fetch_head, fetch_list};
use super::verdict::VerdictView;
use crate::cli::Context;
use crate::cli::text::hex;
use crate::client::Client;
use crate::output::{Exit, Failure, Progress};

/// Entries a request: larger pages than people read.
const PAGE: u64 = 5000;

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
        verdicts.push(match prove(&client, warehouse).await {
            Ok(verified) => VerdictView::sound(warehouse, &verified),
            Err(Stop::Unsound(verdict)) => *verdict,
            Err(Stop::Failed(failure)) => return Err(failure),
        });
    }
    match verdicts.as_slice() {
        [only] if !args.all => context.output().one(only)?,
        several => context.output().many(several)?,
    }
    verdicts.iter().find(|verdict| !verdict.sound).map_or(Ok(()), |unsound| Err(broken(unsound)))
}

/// Why a proof ends early.
enum Stop {
    /// A law is broken.
    Unsound(Box<VerdictView>),
    /// Nobody can say.
    Failed(Failure),
}

impl From<Failure> for Stop {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// 1. The journal is replayed up to the head that it has now; every entry is judged.
/// 2. All positions that the owner holds are listed; the warehouse goes on working, so every page is as of an entry of its own. They
///    are listed to the end before any is compared: so the journal grows by what is posted during one listing and no more, however
///    much slower than its writers this is.
/// 3. The replay goes on to the entry of each page, and the page must be what it says.
async fn prove(client: &Client, warehouse: &str) -> Result<Verified, Stop> {
    let head = fetch_head(client, warehouse).await?;
    let mut replay = Replay::new(client, warehouse, head.sequence)?;
    replay.advance(head.sequence).await?;
    replay.check_head(&head)?;
    for page in live::list(client, warehouse).await? {
        replay.advance(page.sequence).await?;
        replay.compare(&page)?;
    }
    Ok(replay.verifier.finish())
}

/// A journal, as far as it was judged.
struct Replay<'c> {
    client: &'c Client,
    warehouse: &'c str,
    verifier: Verifier,
    /// The newest entry, and its hash.
    sequence: u64,
    hash: Vec<u8>,
    progress: Progress,
}

impl<'c> Replay<'c> {
    fn new(client: &'c Client, warehouse: &'c str, total: u64) -> Result<Self, Failure> {
        let verifier = Verifier::new(WarehouseCode::parse(warehouse)?);
        let progress = Progress::new(total, "entries");
        Ok(Self { client, warehouse, verifier, sequence: 0, hash: Vec::new(), progress })
    }

    /// Judges the entries up to `until`, which the owner has said to be there.
    async fn advance(&mut self, until: u64) -> Result<(), Stop> {
        if until < self.sequence {
            let detail = format!("its owner answers as of it, and was at {} before", self.sequence);
            return Err(unsound(VerdictView::diverged(self.warehouse, until, detail)));
        }
        while self.sequence < until {
            let wanted = usize::try_from(PAGE.min(until - self.sequence)).unwrap_or(usize::MAX);
            let records = fetch(self.client, self.warehouse, self.sequence, wanted).await?;
            if records.is_empty() {
                let detail = format!("the journal ends at {}, its head is at {until}", self.sequence);
                return Err(self.broken(self.sequence + 1, Law::OneHistory, detail));
            }
            self.progress.add(u64::try_from(records.len()).unwrap_or(u64::MAX));
            for record in records {
                if let Err(fault) = self.verifier.push(&record.entry, &record.hash) {
                    return Err(self.broken(fault.sequence.get(), fault.law, fault.detail));
                }
                (self.sequence, self.hash) = (record.sequence, record.hash.to_vec());
            }
        }
        Ok(())
    }

    fn check_head(&self, head: &GetJournalHeadResponse) -> Result<(), Stop> {
        if head.sequence == 0 || self.hash == head.hash {
            return Ok(());
        }
        let detail = format!("the head's hash is {}, the entry's is {}", hex(&head.hash), hex(&self.hash));
        Err(self.broken(head.sequence, Law::OneHistory, detail))
    }

    fn compare(&self, page: &live::Page) -> Result<(), Stop> {
        page.compare(self.verifier.state()).map_or(Ok(()), |difference| {
            Err(unsound(VerdictView::differs(self.warehouse, page.sequence, &difference)))
        })
    }

    fn broken(&self, sequence: u64, law: Law, detail: String) -> Stop {
        unsound(VerdictView::damaged(self.warehouse, sequence, law, detail))
    }
}

fn unsound(verdict: VerdictView) -> Stop {
    Stop::Unsound(Box::new(verdict))
}

fn broken(verdict: &VerdictView) -> Failure {
    let failure = Failure::new(verdict.reason.unwrap_or(Reason::JournalDamaged), verdict.to_string())
        .with("warehouse", &verdict.warehouse)
        .with("sequence", verdict.sequence)
        .with("law", verdict.law.as_deref().unwrap_or_default())
        .exiting(Exit::Unsound);
    let position = [
        ("sku", &verdict.sku),
        ("location", &verdict.location),
        ("expected", &verdict.expected),
        ("got", &verdict.got),
    ];
    position.into_iter().fold(failure, |failure, (key, value)| match value {
        Some(value) => failure.with(key, value),
        None => failure,
    })
}

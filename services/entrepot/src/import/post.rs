//! Posts all lanes, several at once, each on its own stream.

use std::collections::BTreeMap;
use std::sync::Arc;

use proto::stock::v1::GetJournalHeadRequest;
use tokio::task::JoinSet;

use super::lane::{self, Tally};
use super::plan::Plan;
use super::report::Head;
use crate::client::Client;
use crate::output::{Failure, Progress};

/// Most warehouses that are posted to at once.
const LANES_AT_ONCE: usize = 8;

/// Posts everything and adds up what became of it. The longest lane begins first.
pub(super) async fn post_all(plan: &Arc<Plan>, client: &Client, revision: u64) -> Result<Tally, Failure> {
    let lines = u64::try_from(plan.orders.rows.len()).unwrap_or(u64::MAX);
    let progress = Arc::new(Progress::new(lines, "lines"));
    let mut waiting: Vec<usize> = (0..plan.lanes.len()).collect();
    waiting.sort_by_key(|lane| plan.lanes.get(*lane).map_or(0, |lane| lane.documents.len()));
    let mut running = JoinSet::new();
    let mut total = Tally::default();
    loop {
        while running.len() < LANES_AT_ONCE
            && let Some(lane) = waiting.pop()
        {
            running.spawn(lane::post(
                Arc::clone(plan),
                lane,
                client.clone(),
                revision,
                Arc::clone(&progress),
            ));
        }
        match running.join_next().await {
            None => return Ok(total),
            Some(Ok(tally)) => total.add(tally?),
            Some(Err(ended)) => return Err(Failure::fault(ended.to_string())),
        }
    }
}

/// Heads of the journals of the plan's warehouses.
pub(super) async fn heads(plan: &Plan, client: &Client) -> Result<BTreeMap<String, Head>, Failure> {
    let mut heads = BTreeMap::new();
    for lane in &plan.lanes {
        let warehouse = plan.warehouse(lane).code.clone();
        let ask = GetJournalHeadRequest { warehouse: warehouse.clone() };
        let head =
            client.call(&ask, async |request| client.journal().get_journal_head(request).await).await?;
        heads.insert(warehouse, Head { sequence: head.sequence, hash: hex(&head.hash) });
    }
    Ok(heads)
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.imported += other.imported;
        self.duplicates += other.duplicates;
        self.documents += other.documents;
        self.openings_refused += other.openings_refused;
        self.rejects.extend(other.rejects);
    }
}

//! From a file and a map to documents, rejects and a report.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::time::Instant;

use super::fault::ImportFault;
use super::lane::Tally;
use super::map::OrderMap;
use super::plan::Plan;
use super::reject::{self, Reject};
use super::report::Report;
use super::source::Source;
use super::{master, post};
use crate::client::Client;
use crate::output::Failure;

/// Reads the file and the map and plans everything, without a server.
pub(super) fn plan(file: &Path, map: &Path) -> Result<Plan, ImportFault> {
    let text =
        std::fs::read_to_string(map).map_err(|error| ImportFault::BadFile { path: map.to_owned(), error })?;
    let map = OrderMap::parse(&text)?;
    Plan::make(&Source::open(file)?, map)
}

/// One run of an import.
#[derive(Debug)]
pub(super) struct Run {
    /// What the report calls the file.
    pub(super) file: String,
    /// Where rejected lines are listed, if anywhere.
    pub(super) rejects: Option<PathBuf>,
    /// When it began.
    pub(super) started: Instant,
}

impl Run {
    /// Writes the rejects and reports, as if every document were accepted.
    pub(super) fn dry(&self, mut plan: Plan) -> Result<Report, Failure> {
        let imported = count(plan.orders.rows.len());
        let tally = Tally { imported, documents: count(plan.documents()), ..Tally::default() };
        let early = std::mem::take(&mut plan.orders.rejects);
        let report = self.finish(&plan, early, tally)?;
        Ok(Report { dry_run: true, ..report })
    }

    /// Posts the plan, writes the rejects and reports.
    pub(super) async fn post(&self, mut plan: Plan, client: &Client) -> Result<Report, Failure> {
        let early = std::mem::take(&mut plan.orders.rejects);
        let revision = master::ensure(&plan, client).await?;
        let plan = Arc::new(plan);
        let tally = post::post_all(&plan, client, revision).await?;
        let heads = post::heads(&plan, client).await?;
        let report = self.finish(&plan, early, tally)?;
        Ok(Report { heads, ..report })
    }

    fn finish(&self, plan: &Plan, early: Vec<Reject>, tally: Tally) -> Result<Report, Failure> {
        let mut rejects = early;
        rejects.extend(tally.rejects);
        rejects.sort_by_key(|reject| reject.line);
        if let Some(path) = &self.rejects {
            reject::write(path, &rejects).map_err(|error| Failure::file(path, &error))?;
        }
        let seconds = self.started.elapsed().as_secs_f64();
        Ok(Report {
            file: self.file.clone(),
            lines: u64::from(plan.orders.lines),
            imported: tally.imported,
            rejected: count(rejects.len()),
            duplicates: tally.duplicates,
            documents: tally.documents,
            items: count(master::used_skus(plan).len()),
            warehouses: count(plan.lanes.len()),
            openings_refused: tally.openings_refused,
            rejected_by_reason: by_reason(&rejects),
            seconds: (seconds * 1000.0).round() / 1000.0,
            lines_per_second: (f64::from(plan.orders.lines) / seconds.max(0.001)).round(),
            rejects_file: self.rejects.as_ref().map_or_else(String::new, |path| path.display().to_string()),
            dry_run: false,
            heads: BTreeMap::new(),
        })
    }
}

fn by_reason(rejects: &[Reject]) -> BTreeMap<String, u64> {
    let mut counts: BTreeMap<&str, u64> = BTreeMap::new();
    for reject in rejects {
        *counts.entry(&reject.reason).or_default() += 1;
    }
    counts.into_iter().map(|(reason, count)| (reason.to_owned(), count)).collect()
}

fn count(length: usize) -> u64 {
    u64::try_from(length).unwrap_or(u64::MAX)
}

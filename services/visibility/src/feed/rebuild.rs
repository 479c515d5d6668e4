use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use eventlog::{Batch, LogFault, Reader};
use rpc::Backoff;
use thiserror::Error;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use vocabulary::{Sequence, WarehouseCode};

use super::TOPIC;
use super::decode::{Decoded, Group, decode};
use super::follow::FeedParts;
use crate::engine::Track;
use crate::store::{Applied, CacheFault, Change, Draft, Stop};

const RETRY_FIRST: Duration = Duration::from_millis(50);
const RETRY_MAX: Duration = Duration::from_secs(2);
const WAIT: Duration = Duration::from_millis(100);
/// How long the log may end before what was read of it elsewhere: with Kafka, a reader can be told late of what is new.
const SHORT_MAX: Duration = Duration::from_secs(5);

/// Views to be built anew.
#[derive(Debug)]
pub(crate) struct RebuildRequest {
    pub(crate) warehouses: BTreeSet<WarehouseCode>,
    /// Told of the end; nobody waits for a repair.
    pub(crate) done: Option<oneshot::Sender<Result<(), RebuildFault>>>,
}

/// Why a view could not be built. The old one stays.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub(crate) enum RebuildFault {
    /// The log does not have the whole journal.
    #[error("the event log does not have the whole journal of {warehouse}: {reason}")]
    Journal { warehouse: WarehouseCode, reason: String },
    /// The cache lost what was built so far.
    #[error("the cache lost the view of {warehouse} while it was built")]
    Cache { warehouse: WarehouseCode },
}

/// The task that builds views anew, one request at a time, each in one pass over the log.
#[derive(Debug)]
pub(crate) struct Rebuilder {
    parts: FeedParts,
}

/// A view being built.
struct Site {
    track: Arc<Track>,
    draft: Draft,
    head: Sequence,
    /// Changes that the watchers have not been told of, after `told`.
    changes: Vec<Change>,
    told: Sequence,
    short_since: Option<Instant>,
}

type Sites = BTreeMap<WarehouseCode, Site>;

impl Rebuilder {
    pub(crate) fn new(parts: FeedParts) -> Self {
        Self { parts }
    }

    /// Runs until `cancel`. A draft that is left behind is forgotten by the cache after a while.
    pub(crate) async fn run(self, mut requests: mpsc::Receiver<RebuildRequest>, cancel: CancellationToken) {
        let work = async {
            while let Some(request) = requests.recv().await {
                self.answer(request).await;
            }
        };
        tokio::select! {
            () = cancel.cancelled() => {}
            () = work => {}
        }
    }

    async fn answer(&self, request: RebuildRequest) {
        let faults = self.rebuild(&request.warehouses).await;
        for warehouse in &request.warehouses {
            let failed = faults.iter().any(|(of, _)| of == warehouse);
            let ended = if failed { Err(Instant::now()) } else { Ok(()) };
            self.parts.board.track_or_new(warehouse).repaired(ended);
        }
        if let Some(done) = request.done {
            // The caller may have left.
            let _ = done.send(faults.into_iter().next().map_or(Ok(()), |(_, fault)| Err(fault)));
        }
    }

    async fn rebuild(&self, warehouses: &BTreeSet<WarehouseCode>) -> Vec<(WarehouseCode, RebuildFault)> {
        tracing::info!(?warehouses, "building views from the event log");
        let mut faults = Vec::new();
        let mut sites: Sites = warehouses.iter().map(|code| (code.clone(), self.site(code))).collect();
        self.register().await;
        let mut reader = self.open().await;
        while !sites.is_empty() {
            // Taken before the log is read: what is known to be in it now must come.
            let targets: BTreeMap<_, _> =
                sites.iter().map(|(code, site)| (code.clone(), site.track.target())).collect();
            let Some(batch) = self.next(&mut reader).await else {
                faults.extend(sites.keys().map(|code| (code.clone(), journal(code, "the topic was cut"))));
                break;
            };
            let decoded = decode(&batch.records, |key| {
                std::str::from_utf8(key).is_ok_and(|key| sites.contains_key(key))
            });
            faults.extend(self.build(&mut sites, &decoded).await);
            faults.extend(self.finish(&mut sites, &targets, &batch).await);
        }
        for (warehouse, fault) in &faults {
            tracing::error!(%warehouse, %fault, "a view could not be built: the old one stays");
        }
        faults
    }

    fn site(&self, warehouse: &WarehouseCode) -> Site {
        let track = self.parts.board.track_or_new(warehouse);
        let told = track.published();
        let draft = self.parts.cache.draft(warehouse);
        Site { track, draft, head: Sequence::START, changes: Vec::new(), told, short_since: None }
    }

    /// Applies what was read to the drafts. Sites that fail are given up.
    async fn build(&self, sites: &mut Sites, decoded: &Decoded) -> Vec<(WarehouseCode, RebuildFault)> {
        let mut faults = Vec::new();
        for broken in &decoded.broken {
            let known = broken.warehouse.as_ref().and_then(|code| sites.remove_entry(code));
            faults.extend(known.map(|(code, _)| (code.clone(), journal(&code, &broken.reason))));
        }
        for group in &decoded.groups {
            let Some(site) = sites.get_mut(&group.warehouse) else { continue };
            if let Err(fault) = self.apply(site, group).await {
                sites.remove(&group.warehouse);
                faults.push((group.warehouse.clone(), fault));
            }
        }
        faults
    }

    async fn apply(&self, site: &mut Site, group: &Group) -> Result<(), RebuildFault> {
        let warehouse = &group.warehouse;
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        loop {
            let since = site.forget_told();
            match self.parts.cache.apply_draft(&mut site.draft, &group.entries, since).await {
                Ok(applied) => return site.take(applied).map_err(|reason| journal(warehouse, &reason)),
                Err(CacheFault::Unavailable { .. }) => backoff.wait().await,
                Err(CacheFault::Damaged { .. } | CacheFault::DraftLost | CacheFault::Rejected { .. }) => {
                    return Err(RebuildFault::Cache { warehouse: warehouse.clone() });
                }
            }
        }
    }

    /// Puts the drafts in place that have reached their targets.
    async fn finish(
        &self,
        sites: &mut Sites,
        targets: &BTreeMap<WarehouseCode, Sequence>,
        batch: &Batch,
    ) -> Vec<(WarehouseCode, RebuildFault)> {
        let mut faults = Vec::new();
        let mut ended = Vec::new();
        for (code, site) in sites.iter_mut() {
            let target = targets.get(code).copied().unwrap_or_default();
            if site.head >= target {
                site.short_since = None;
                match self.swap(code, site).await {
                    Ok(false) => {}
                    Ok(true) => ended.push(code.clone()),
                    Err(fault) => {
                        ended.push(code.clone());
                        faults.push((code.clone(), fault));
                    }
                }
            } else if batch.caught_up && site.is_short_for(SHORT_MAX) {
                ended.push(code.clone());
                faults.push((
                    code.clone(),
                    journal(code, &format!("it ends at {} and not at {target}", site.head)),
                ));
            }
        }
        ended.iter().for_each(|code| drop(sites.remove(code)));
        faults
    }

    async fn swap(&self, warehouse: &WarehouseCode, site: &mut Site) -> Result<bool, RebuildFault> {
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        loop {
            match self.parts.cache.swap(warehouse, &mut site.draft).await {
                Ok(false) => return Ok(false),
                Ok(true) => break,
                Err(CacheFault::Unavailable { .. }) => backoff.wait().await,
                Err(CacheFault::Damaged { .. } | CacheFault::DraftLost | CacheFault::Rejected { .. }) => {
                    return Err(RebuildFault::Cache { warehouse: warehouse.clone() });
                }
            }
        }
        site.publish();
        self.parts.board.tick();
        self.parts.metrics.rebuilt();
        tracing::info!(%warehouse, sequence = %site.head, "the view was built anew");
        Ok(true)
    }

    async fn register(&self) {
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        while self.parts.cache.register(&self.parts.board.warehouses()).await.is_err() {
            backoff.wait().await;
        }
    }

    async fn open(&self) -> Reader {
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        loop {
            match self.parts.log.read_from_start(TOPIC.name).await {
                Ok(reader) => return reader,
                // The feed says in the log what is wrong with it.
                Err(_) => backoff.wait().await,
            }
        }
    }

    /// The next batch, however long the log is away; `None` when the reader is of no more use.
    async fn next(&self, reader: &mut Reader) -> Option<Batch> {
        let mut backoff = Backoff::new(RETRY_FIRST, RETRY_MAX);
        loop {
            match reader.next_batch(self.parts.config.batch_records_max.max(1), WAIT).await {
                Ok(batch) => return Some(batch),
                Err(LogFault::Unavailable { .. }) => backoff.wait().await,
                Err(
                    LogFault::Truncated { .. } | LogFault::UnknownTopic { .. } | LogFault::Rejected { .. },
                ) => return None,
            }
        }
    }
}

impl Site {
    /// Drops the changes that watchers were told of meanwhile, and returns where they are now.
    fn forget_told(&mut self) -> Sequence {
        self.told = self.track.published().max(self.told);
        self.changes.retain(|change| change.sequence > self.told);
        self.told
    }

    fn take(&mut self, applied: Applied) -> Result<(), String> {
        self.head = applied.head.sequence;
        self.changes.extend(applied.changes);
        match applied.stop {
            None => Ok(()),
            Some(Stop::Gap { expected, found }) => {
                Err(format!("after {expected} was expected, {found} came"))
            }
            Some(Stop::Malformed { sequence, malformed }) => Err(format!("entry {sequence}: {malformed}")),
        }
    }

    fn publish(&mut self) {
        let head = crate::core::Head { sequence: self.head, ..crate::core::Head::default() };
        let changes = std::mem::take(&mut self.changes);
        let after = self.told.min(self.head);
        self.track.publish(&mut Applied { after, changes, ..Applied::at(head) });
        self.track.see(self.head);
        self.track.renew();
    }

    fn is_short_for(&mut self, limit: Duration) -> bool {
        let now = Instant::now();
        let since = *self.short_since.get_or_insert(now);
        now.saturating_duration_since(since) >= limit
    }
}

fn journal(warehouse: &WarehouseCode, reason: &str) -> RebuildFault {
    RebuildFault::Journal { warehouse: warehouse.clone(), reason: reason.to_owned() }
}

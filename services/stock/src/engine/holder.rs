use std::sync::Arc;
use std::time::Duration;

use catalog_view::{CatalogView, RecallRecord};
use jiff::tz::TimeZone;
use stock_core::{Document, HoldCause, HoldLot, LINES_MAX, Line, State};
use tokio::sync::oneshot;
use tokio_util::sync::CancellationToken;
use vocabulary::{Date, Sequence, WarehouseCode};

use super::doubles::Doubles;
use super::hold_doubles::KnownDoubles;
use super::local_day::{LocalDay, local_day, zone};
use super::metrics::PartitionMetrics;
use super::queue::Queue;
use super::{Answer, Job, Recorded, Verdict, own};

/// Documents of one look; what is left comes with the next.
const DOCUMENTS_MAX: usize = 10_000;
/// Changes of the catalog come in bursts: at most one look in this time.
const PAUSE: Duration = Duration::from_millis(50);

/// Takes lots out of use whose date has passed at the warehouse, and those that are called back; and units that came second with
/// their number. What is due is a fact of the state (and of the master data, or of the network): a look finds it, a document holds it,
/// and then it is not due any more. So it does no harm to look twice, to be killed in between, or to have been away for a year.
///
/// It looks when the partition opens, when the warehouse's day begins, when the catalog changes, and every now and then: goods of the
/// lot may have come in a document that was checked just before, or have been set free, or taken back, since.
#[derive(Debug)]
pub(super) struct Holder {
    pub(super) warehouse: WarehouseCode,
    pub(super) catalog: CatalogView,
    pub(super) doubles: Doubles,
    pub(super) jobs: Queue,
    pub(super) metrics: PartitionMetrics,
    /// Between two looks.
    pub(super) every: Duration,
}

/// The owner has ended, and what was asked of it is not answered.
pub(super) struct Ended;

/// Lots to hold, and for what in words.
type Due = dyn Fn(&State) -> Vec<HoldLot> + Send + Sync;

impl Holder {
    /// Runs until `stop`, or until the owner has ended.
    pub(super) async fn run(self, stop: CancellationToken) {
        let work = async {
            // Before that nobody knows what is called back, nor where the warehouse is.
            self.catalog.caught_up().await;
            let mut changed = self.catalog.changed();
            let mut doubled = self.doubles.changed();
            let (mut unknown, mut known) = (String::new(), KnownDoubles::default());
            loop {
                changed.mark_unchanged();
                doubled.mark_unchanged();
                let Some(day) = self.day(&mut unknown) else { return };
                // Lots come first, and again as soon as there are others.
                let is_due = || changed.has_changed().unwrap_or(true);
                let looked = async {
                    self.look(day.date).await?;
                    self.hold_doubles(&mut known, is_due).await
                };
                if looked.await.is_err() {
                    return;
                }
                tokio::select! {
                    () = tokio::time::sleep(self.every.min(day.ends_in)) => {}
                    seen = changed.changed() => if seen.is_err() { return },
                    seen = doubled.changed() => if seen.is_err() { return },
                }
                tokio::time::sleep(PAUSE).await;
            }
        };
        tokio::select! {
            () = work => {}
            () = stop.cancelled() => {}
        }
    }

    /// The day at the warehouse. In a zone that is not known it is UTC's, and the log says so once.
    fn day(&self, unknown: &mut String) -> Option<LocalDay> {
        let name = self.catalog.warehouse(self.warehouse.as_str()).map(|record| record.time_zone.clone());
        let name = name.unwrap_or_default();
        let here = zone(&name).unwrap_or_else(|| {
            if *unknown != name {
                tracing::warn!(warehouse = %self.warehouse, time_zone = name, "the time zone is not known: days are those of UTC");
                unknown.clone_from(&name);
            }
            TimeZone::UTC
        });
        local_day(rpc::clock::now(), &here)
    }

    async fn look(&self, today: Date) -> Result<(), Ended> {
        let expired = move |state: &State| expired_before(state, today);
        self.hold(HoldCause::Expiry, Arc::new(expired)).await?;
        let recalls = self.catalog.recalls();
        if !recalls.is_empty() {
            let recalled = move |state: &State| recalled(state, &recalls);
            self.hold(HoldCause::Recall, Arc::new(recalled)).await?;
        }
        Ok(())
    }

    /// Holds what is due until nothing is.
    async fn hold(&self, cause: HoldCause, due: Arc<Due>) -> Result<(), Ended> {
        for _ in 0..DOCUMENTS_MAX {
            let seen = Arc::clone(&due);
            let (sequence, lots) = self.ask(move |state| (state.sequence(), seen(state))).await?;
            if lots.is_empty() {
                return Ok(());
            }
            let (count, status) = (lots.len(), cause.status());
            let answer = self.post(document(&self.warehouse, cause, sequence, lots)).await?;
            let Answer::Recorded(Recorded { verdict: Verdict::Accepted(_), sequence, .. }) = &answer else {
                tracing::error!(warehouse = %self.warehouse, %status, ?answer, "lots cannot be taken out of use");
                return Ok(());
            };
            self.metrics.held(status, count);
            tracing::info!(warehouse = %self.warehouse, %status, lots = count, %sequence, "lots are taken out of use");
        }
        Ok(())
    }

    pub(super) async fn ask<T: Send + 'static>(
        &self,
        look: impl FnOnce(&State) -> T + Send + 'static,
    ) -> Result<T, Ended> {
        let (reply, answer) = oneshot::channel();
        let job = Job::Look(Box::new(move |state| {
            let seen = look(state);
            Box::new(move || drop(reply.send(seen)))
        }));
        self.jobs.send(job).await.map_err(|_| Ended)?;
        answer.await.map_err(|_| Ended)
    }

    async fn post(&self, document: Document) -> Result<Answer, Ended> {
        self.post_all(vec![document]).await?.pop().ok_or(Ended)
    }

    /// An answer to each.
    pub(super) async fn post_all(&self, documents: Vec<Document>) -> Result<Vec<Answer>, Ended> {
        let requests = documents.into_iter().map(own::request).collect();
        let (reply, answers) = oneshot::channel();
        self.jobs.send(Job::Post { requests, reply }).await.map_err(|_| Ended)?;
        answers.await.map_err(|_| Ended)
    }
}

fn expired_before(state: &State, today: Date) -> Vec<HoldLot> {
    let hold = |(sku, lot, date): (&vocabulary::Sku, &vocabulary::LotCode, Date)| HoldLot {
        sku: sku.clone(),
        lot: lot.clone(),
        cause: HoldCause::Expiry,
        reason: format!("expired after {date}"),
    };
    state.lots_expired_before(today).take(LINES_MAX).map(hold).collect()
}

fn recalled(state: &State, recalls: &[Arc<RecallRecord>]) -> Vec<HoldLot> {
    let here = recalls
        .iter()
        .filter(|recall| state.can_be_held(recall.sku.as_str(), &recall.lot, HoldCause::Recall));
    let hold = |recall: &Arc<RecallRecord>| HoldLot {
        sku: recall.sku.clone(),
        lot: recall.lot.clone(),
        cause: HoldCause::Recall,
        reason: format!("recall: {}", recall.reason),
    };
    here.take(LINES_MAX).map(hold).collect()
}

/// Its id follows from what was looked at: the same look, again, is the same request. A day or a page would not do as well:
/// after a crash in between, the same page would have other content.
fn document(warehouse: &WarehouseCode, cause: HoldCause, seen: Sequence, lots: Vec<HoldLot>) -> Document {
    let status = cause.status();
    let lines = lots.into_iter().map(Line::HoldLot).collect();
    own::document(&format!("hold/{status}/{warehouse}/{seen}"), format!("hold {status}"), lines)
}

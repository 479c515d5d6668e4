use std::time::Duration;

use eventlog::{Batch, EventLog, LogFault, Reader, TopicSpec};
use prost::Message;
use proto::events::v1::CatalogChange;
use rpc::Backoff;
use tokio_util::sync::CancellationToken;

use crate::view::CatalogView;

/// Where the catalog publishes its changes: the newest of every key is kept.
pub const TOPIC: TopicSpec = TopicSpec { name: "entrepot.catalog.v1", partitions: 1, compacted: true };

const RECORDS_PER_BATCH_MAX: usize = 1000;
const WAIT_MAX: Duration = Duration::from_secs(5);
const RETRY_FIRST: Duration = Duration::from_millis(50);
const RETRY_MAX: Duration = Duration::from_secs(5);

/// Keeps `view` as the event log says, until `cancel`. When the log is gone it tries again and again, and the view stays as it was.
pub async fn follow(view: CatalogView, log: EventLog, cancel: CancellationToken) {
    let mut outage = Outage::new();
    let work = async {
        loop {
            let fault = follow_until_fault(&view, &log, &mut outage).await;
            outage.note(&fault);
            outage.backoff.wait().await;
        }
    };
    tokio::select! {
        () = cancel.cancelled() => {}
        () = work => {}
    }
}

/// Reads from the start each time: what is there already changes nothing, and the position needs no keeping.
async fn follow_until_fault(view: &CatalogView, log: &EventLog, outage: &mut Outage) -> LogFault {
    let mut reader = match open(log).await {
        Ok(reader) => reader,
        Err(fault) => return fault,
    };
    loop {
        match reader.next_batch(RECORDS_PER_BATCH_MAX, WAIT_MAX).await {
            Ok(batch) => {
                outage.over();
                take_over(view, &batch);
            }
            // The reader goes on where it was.
            Err(fault) if fault.is_retryable() => {
                outage.note(&fault);
                outage.backoff.wait().await;
            }
            Err(fault) => return fault,
        }
    }
}

async fn open(log: &EventLog) -> Result<Reader, LogFault> {
    log.ensure_topic(&TOPIC).await?;
    log.read_from_start(TOPIC.name).await
}

fn take_over(view: &CatalogView, batch: &Batch) {
    let decode = |value: &[u8]| {
        let change = CatalogChange::decode(value);
        change
            .inspect_err(|cause| tracing::error!(%cause, "a catalog change cannot be decoded: skipping it"))
            .ok()
    };
    let changes: Vec<CatalogChange> =
        batch.records.iter().filter_map(|read| decode(&read.record.value)).collect();
    view.apply_all(&changes);
    if batch.caught_up {
        view.note_caught_up();
    }
}

/// Says once that the log is gone, and once that it is back.
struct Outage {
    backoff: Backoff,
    lasts: bool,
}

impl Outage {
    fn new() -> Self {
        Self { backoff: Backoff::new(RETRY_FIRST, RETRY_MAX), lasts: false }
    }

    fn note(&mut self, fault: &LogFault) {
        if !std::mem::replace(&mut self.lasts, true) {
            tracing::warn!(%fault, topic = TOPIC.name, "cannot read catalog changes: trying again until it works");
        }
    }

    fn over(&mut self) {
        self.backoff.reset();
        if std::mem::replace(&mut self.lasts, false) {
            tracing::info!(topic = TOPIC.name, "reading catalog changes again");
        }
    }
}

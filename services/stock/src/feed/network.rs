use std::collections::BTreeMap;
use std::time::Duration;

use proto::visibility::v1::trace_service_client::TraceServiceClient;
use proto::visibility::v1::{DuplicateSerial, ListDuplicateSerialsRequest};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tonic::transport::Channel;
use tonic::{Request, Status};
use vocabulary::{Sequence, SerialNumber, Sku, WarehouseCode};

use crate::engine::{Double, Doubles};

/// Units of one answer.
const PAGE: i32 = 1_000;
/// Answers of one question; what is beyond waits until a person has dealt with some.
const PAGES_MAX: usize = 100;
/// How long one answer may take.
const ANSWER_WAIT: Duration = Duration::from_secs(10);
/// How much the clocks of two warehouses may differ.
const CLOCKS_MICROS: i64 = 5_000_000;

/// Asks the view of the whole network, every now and then, which units are in two warehouses, and tells the partitions of those that
/// came second. A warehouse cannot know it by itself, and none waits for it: a view that is away only delays a hold.
///
/// A unit that moved rightly is in two warehouses, too, while the view lacks what the first one did since. So it is told only when the
/// view has entries of the first that are newer than the arrival at the second; or, as a warehouse may have none, when the view has gone
/// on saying so for `confirm`.
#[derive(Debug)]
pub(crate) struct Network {
    pub(crate) view: Channel,
    pub(crate) every: Duration,
    pub(crate) confirm: Duration,
    pub(crate) doubles: Doubles,
}

impl Network {
    /// Runs until `stop`.
    pub(crate) async fn run(self, stop: CancellationToken) {
        tokio::select! {
            () = self.watch() => {}
            () = stop.cancelled() => {}
        }
    }

    async fn watch(self) {
        let mut seen: BTreeMap<Double, Instant> = BTreeMap::new();
        let mut is_away = false;
        loop {
            match self.ask().await {
                Ok(now) => {
                    is_away = false;
                    let at = Instant::now();
                    let since = |double: &Double| seen.get(double).copied().unwrap_or(at);
                    let is_known = |(double, is_sure): &(&Double, &bool)| {
                        **is_sure || at.duration_since(since(double)) >= self.confirm
                    };
                    self.doubles
                        .tell(now.iter().filter(is_known).map(|(double, _)| double.clone()).collect());
                    seen = now.into_keys().map(|double| (double.clone(), since(&double))).collect();
                }
                Err(status) if !is_away => {
                    is_away = true;
                    tracing::warn!(%status, "the view does not say which units are in two warehouses: asking until it does");
                }
                Err(_) => {}
            }
            tokio::time::sleep(self.every).await;
        }
    }

    /// With whether the view knows enough to be sure.
    async fn ask(&self) -> Result<BTreeMap<Double, bool>, Status> {
        let mut client = TraceServiceClient::new(self.view.clone());
        let mut found = BTreeMap::new();
        let mut page_token = String::new();
        for _ in 0..PAGES_MAX {
            let mut request = Request::new(ListDuplicateSerialsRequest { page_size: PAGE, page_token });
            request.set_timeout(ANSWER_WAIT);
            let page = client.list_duplicate_serials(request).await?.into_inner();
            found.extend(page.serials.iter().flat_map(later_arrivals));
            page_token = page.next_page_token;
            if page_token.is_empty() {
                return Ok(found);
            }
        }
        tracing::warn!(units = found.len(), "more units are in two warehouses than are asked for");
        Ok(found)
    }
}

/// All but the first holder. What cannot be read is of a newer version, and is left alone.
fn later_arrivals(unit: &DuplicateSerial) -> Vec<(Double, bool)> {
    let (Ok(sku), Ok(serial)) = (Sku::parse(&unit.sku), SerialNumber::parse(&unit.serial)) else {
        return Vec::new();
    };
    let Some((first, later)) = unit.holders.split_first() else { return Vec::new() };
    let first_known = micros(first.as_of.as_ref());
    let Ok(first) = WarehouseCode::parse(&first.warehouse) else { return Vec::new() };
    let double = |warehouse, since| Double {
        warehouse,
        sku: sku.clone(),
        serial: serial.clone(),
        since: Sequence::new(since),
        first: first.clone(),
    };
    let read = later.iter().filter_map(|holder| {
        let is_sure = first_known > micros(holder.since.as_ref()).saturating_add(CLOCKS_MICROS);
        Some((double(WarehouseCode::parse(&holder.warehouse).ok()?, holder.since_sequence), is_sure))
    });
    read.collect()
}

fn micros(time: Option<&prost_types::Timestamp>) -> i64 {
    time.map_or(0, |time| {
        time.seconds.saturating_mul(1_000_000).saturating_add(i64::from(time.nanos) / 1_000)
    })
}

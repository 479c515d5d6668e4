//! Where the partitions of a topic begin and end, asked of their leaders.

use std::sync::Arc;
use std::time::Duration;

use rdkafka::admin::AdminClient;

use super::client::{Context, blocking};
use super::fault;
use crate::fault::LogFault;

/// How long to wait for a leader when the question is whether it is there.
pub(super) const PROBE_WAIT: Duration = Duration::from_secs(1);

/// The first offset a partition still has, and the one its next record will get.
#[derive(Clone, Copy, Debug)]
pub(super) struct Watermark {
    pub(super) low: i64,
    pub(super) high: i64,
}

/// Of all partitions, by number. `wait` is for each; the first that does not answer ends it.
pub(super) async fn fetch(
    admin: Arc<AdminClient<Context>>,
    topic: String,
    partitions: u32,
    wait: Duration,
) -> Result<Vec<Watermark>, LogFault> {
    blocking(move || {
        let ask = |partition: u32| {
            let answer = admin.inner().fetch_watermarks(&topic, partition.cast_signed(), wait);
            let (low, high) = answer.map_err(|error| fault::from_kafka(&topic, &error))?;
            Ok(Watermark { low, high })
        };
        (0..partitions).map(ask).collect()
    })
    .await
}

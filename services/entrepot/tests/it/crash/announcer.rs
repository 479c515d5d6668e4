//! A client that changes the catalog now and then: it calls lots back, ends recalls, and moves warehouses.

use std::sync::Arc;
use std::time::Duration;

use proto::catalog::v1::{CreateRecallRequest, EndRecallRequest, Recall, UpdateWarehouseRequest};
use rpc::client::RemoteError;
use tokio_util::sync::CancellationToken;
use tonic::{Request, Status};
use uuid::Uuid;

use super::auditor::{Answer, Auditor};
use super::expiry::Zone;
use super::link::Link;
use super::news::Notice;
use super::random::Random;
use crate::site::{LOTTED, WAREHOUSES};

/// How long one attempt may take.
const ATTEMPT_MAX: Duration = Duration::from_secs(20);
/// Most answers to others between two changes.
const ANSWERS_MAX: u64 = 300;
/// Lots that are called back. The first one has plenty of it everywhere.
const LOTS: [&str; 5] = ["F", "B", "G", "X", "D"];

/// Changes the catalog.
#[derive(Debug)]
pub(super) struct Announcer {
    pub(super) random: Random,
    pub(super) link: Link,
    pub(super) auditor: Arc<Auditor>,
}

impl Announcer {
    /// Until it is enough; a change that was begun is brought to its end. In the end every warehouse is in
    /// the east, where all has expired that ever does.
    pub(super) async fn run(mut self, enough: CancellationToken) {
        let mut in_force: Vec<&'static str> = Vec::new();
        let mut pause = 0;
        for number in 0_usize.. {
            if enough.run_until_cancelled(self.auditor.more_answers(pause)).await.is_none() {
                break;
            }
            let lot = LOTS.get(number).copied().unwrap_or_else(|| self.random.one_of(&LOTS));
            let notice = if number % 3 == 2 {
                let zone = self.random.one_of(&Zone::ALL);
                Notice::Moves { warehouse: self.random.one_of(&WAREHOUSES), zone }
            } else if in_force.contains(&lot) {
                in_force.retain(|other| *other != lot);
                Notice::RecallEnds { lot }
            } else {
                in_force.push(lot);
                Notice::Recall { lot, reason: format!("glass {number}") }
            };
            self.announce(notice).await;
            pause = self.random.below(ANSWERS_MAX);
        }
        for warehouse in WAREHOUSES {
            self.announce(Notice::Moves { warehouse, zone: Zone::East }).await;
        }
    }

    /// Tells the catalog until it has answered: once, however often it takes.
    async fn announce(&mut self, notice: Notice) {
        let request_id = self.random.uuid();
        self.auditor.announces(notice.clone());
        loop {
            match self.attempt(request_id, notice.clone()).await {
                Ok(revision) => {
                    self.link.answered();
                    return self.auditor.announced(revision);
                }
                Err(error) if Answer::is_lost(&error) => self.link.lost().await,
                Err(error) => panic!("{notice:?} is refused: {error:?}"),
            }
        }
    }

    /// The revision of the catalog then.
    async fn attempt(&mut self, request_id: Uuid, notice: Notice) -> Result<u64, RemoteError> {
        let mut catalog = self.link.catalog();
        let (request_id, sku) = (request_id.to_string(), LOTTED.to_owned());
        let revision = match notice {
            Notice::Recall { lot, reason } => {
                let recall = Some(Recall { sku, lot: lot.to_owned(), reason, ..Recall::default() });
                let ask = CreateRecallRequest { request_id, recall, ..CreateRecallRequest::default() };
                catalog.create_recall(in_time(ask)).await.map(|answer| answer.into_inner().revision)
            }
            Notice::RecallEnds { lot } => {
                let lot = lot.to_owned();
                let ask = EndRecallRequest { request_id, sku, lot, ..EndRecallRequest::default() };
                catalog.end_recall(in_time(ask)).await.map(|answer| answer.into_inner().revision)
            }
            Notice::Moves { warehouse, zone } => {
                let update_mask = Some(prost_types::FieldMask { paths: vec!["time_zone".to_owned()] });
                let (warehouse, validate_only) = (Some(zone.warehouse(warehouse)), false);
                let ask = UpdateWarehouseRequest { request_id, warehouse, update_mask, validate_only };
                catalog.update_warehouse(in_time(ask)).await.map(|answer| answer.into_inner().revision)
            }
        };
        revision.map_err(|status: Status| RemoteError::from(&status))
    }
}

fn in_time<T>(ask: T) -> Request<T> {
    let mut ask = Request::new(ask);
    ask.set_timeout(ATTEMPT_MAX);
    ask
}

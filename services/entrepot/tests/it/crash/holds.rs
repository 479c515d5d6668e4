//! The journal's documents that hold lots: each says exactly what was to be held when somebody looked, and is still there.

use std::collections::BTreeSet;
use std::time::Duration;

use proto::stock::v1::journal_service_client::JournalServiceClient;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{ListPositionsRequest, Position, TailJournalRequest};
use sha2::{Digest, Sha256};
use stock_core::Entry;
use tokio::time::timeout;
use tonic::transport::Channel;
use uuid::{Builder, Uuid};
use vocabulary::Sequence;

use super::expiry::{CAN_EXPIRE, EXPIRED, LOTS};
use super::model::Model;
use super::news::News;
use super::recalls::{HoldFacts, RECALLED};
use crate::site::LOTTED;

/// How long a lot may stay that is to be held, when nobody posts any more.
const HOLD_MAX: Duration = Duration::from_secs(60);

/// Of one journal.
#[derive(Debug, Default)]
pub(super) struct Holds {
    /// After each entry, the lots that each cause could hold.
    holdable: Vec<[BTreeSet<&'static str>; 2]>,
    /// So many notices, at least, the owner knew when it looked last.
    known: usize,
    /// When somebody looked who held something: nothing is held twice for one look.
    looks: BTreeSet<(Cause, Sequence)>,
}

/// Why lots are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Cause {
    Recall,
    Expiry,
}

/// Lots to hold, each for a reason, in order.
type Due = Vec<(&'static str, String)>;

impl Holds {
    /// Takes note of what the warehouse has after another entry.
    pub(super) fn note(&mut self, model: &Model) {
        self.holdable.push([model.lots_to_recall().collect(), model.lots_to_expire().collect()]);
    }

    /// A document that holds lots.
    pub(super) fn check(
        &mut self,
        warehouse: &'static str,
        entry: &Entry,
        facts: &[String],
        (model, news): (&mut Model, &News),
    ) {
        let cause = if entry.reference == "hold recalled" { Cause::Recall } else { Cause::Expiry };
        let (seen, at_micros) = (self.look(warehouse, entry, cause), entry.recorded_at.micros());
        assert_eq!(entry.effective_at, entry.recorded_at, "{entry:?}");
        for known in self.known..=news.knowable(warehouse, entry.sequence) {
            for due in due(cause, news, (warehouse, known, at_micros)) {
                let here = |lot: &str| seen.contains(lot);
                let due: Due = due.into_iter().filter(|(lot, _)| here(lot)).collect();
                let mut tried = model.at(at_micros);
                if !due.is_empty() && hold(&mut tried, cause, &due).told == facts {
                    *model = tried;
                    self.known = known;
                    return;
                }
            }
        }
        panic!("{warehouse}/{}: of {seen:?}, this was not to be held: {facts:?}", entry.sequence);
    }

    /// What could be held when somebody looked: the id of the document follows from the newest entry then.
    fn look(&mut self, warehouse: &str, entry: &Entry, cause: Cause) -> BTreeSet<&'static str> {
        let (status, at) = (cause.status(), entry.sequence.get());
        let id = |seen: u64| named_id(&format!("hold/{status}/{warehouse}/{seen}"));
        let Some(seen) = (1..at).rev().find(|seen| id(*seen) == entry.request_id.uuid()) else {
            panic!("{warehouse}/{at} follows from no entry before");
        };
        assert!(self.looks.insert((cause, Sequence::new(seen))), "{warehouse}/{seen} was looked at twice");
        let [to_recall, to_expire] = &self.holdable[usize::try_from(seen - 1).unwrap()];
        if cause == Cause::Recall { to_recall.clone() } else { to_expire.clone() }
    }

    /// Nothing is left that is to be held, and of each cause there was something.
    pub(super) fn finish(&self, warehouse: &str, model: &Model, news: &News) {
        for cause in [Cause::Recall, Cause::Expiry] {
            let due = last(cause, warehouse, news);
            let is_left = |lot: &&str| due.iter().any(|(due, _)| due == lot);
            let left: Vec<_> = match cause {
                Cause::Recall => model.lots_to_recall().filter(is_left).collect(),
                Cause::Expiry => model.lots_to_expire().filter(is_left).collect(),
            };
            assert!(left.is_empty(), "{left:?} in {warehouse} are to be held, for {cause:?}");
            assert!(self.looks.iter().any(|look| look.0 == cause), "{warehouse} held nothing for {cause:?}");
        }
        // Goods that count although they are damaged do not expire.
        let is_taken = |cause, status| cause == Cause::Recall || CAN_EXPIRE.contains(status);
        let parts = model.promises.values().flat_map(|open| &open.parts);
        for (at, lot, quantity, status) in parts {
            for cause in [Cause::Recall, Cause::Expiry] {
                let is_held =
                    is_taken(cause, status) && last(cause, warehouse, news).iter().any(|(due, _)| due == lot);
                assert!(!is_held, "{quantity} of lot {lot} ({status}) are promised in {warehouse} {at}");
            }
        }
    }
}

impl Cause {
    const fn status(self) -> &'static str {
        match self {
            Self::Recall => RECALLED,
            Self::Expiry => EXPIRED,
        }
    }
}

/// What can be to be held at a time, wherever it is, by somebody who knows so many notices: the day may have been another one when he
/// looked.
fn due(cause: Cause, news: &News, (warehouse, known, at_micros): (&str, usize, i64)) -> BTreeSet<Due> {
    if cause == Cause::Recall {
        let recalls = news.recalls(known).into_iter();
        return BTreeSet::from([recalls.map(|(lot, reason)| (lot, format!("recall: {reason}"))).collect()]);
    }
    let zone = news.zone(warehouse, known);
    let days = zone.days(at_micros);
    let due = |day: String| {
        let dated = LOTS.iter().filter(|(_, date)| !date.is_empty() && **date < *day);
        let mut lots: Vec<_> = dated.map(|(lot, date)| (*date, *lot)).collect();
        lots.sort_unstable();
        lots.into_iter().map(|(date, lot)| (lot, format!("expired after {date}"))).collect()
    };
    days.into_iter().map(due).collect()
}

/// What is to be held in the end.
fn last(cause: Cause, warehouse: &str, news: &News) -> Due {
    let now = rpc::clock::now().micros();
    due(cause, news, (warehouse, news.all(), now)).pop_first().unwrap()
}

fn hold(model: &mut Model, cause: Cause, due: &Due) -> HoldFacts {
    let mut facts = HoldFacts::default();
    for (line, (lot, reason)) in (0..).zip(due) {
        facts.line = line;
        match cause {
            Cause::Recall => model.recall(lot, reason, &mut facts),
            Cause::Expiry => model.expire_lot(lot, reason, &mut facts),
        }
    }
    facts
}

/// An id of the warehouse's own: 122 bits of a SHA-256, as a UUID of version 8 (RFC 9562, appendix B.2).
fn named_id(name: &str) -> Uuid {
    let hash = Sha256::digest(name);
    Builder::from_custom_bytes(hash[..16].try_into().unwrap()).into_uuid()
}

/// Waits until everything is held that is to be.
pub(super) async fn settle(channel: &Channel, warehouse: &'static str, news: &News) {
    let mut stock = StockServiceClient::new(channel.clone());
    let mut journal = JournalServiceClient::new(channel.clone());
    loop {
        let (name, filter) = (warehouse.to_owned(), format!("sku = \"{LOTTED}\" AND on_hand > 0"));
        let ask =
            ListPositionsRequest { warehouse: name.clone(), filter, page_size: 1000, ..Default::default() };
        let listed = stock.list_positions(ask).await.unwrap().into_inner();
        if !listed.positions.iter().any(|at| is_due(at, warehouse, news)) {
            return;
        }
        let ask = TailJournalRequest { warehouse: name, after_sequence: listed.as_of_sequence };
        let mut tail = journal.tail_journal(ask).await.unwrap().into_inner();
        timeout(HOLD_MAX, tail.message()).await.expect("lots are held").unwrap().unwrap();
    }
}

fn is_due(at: &Position, warehouse: &str, news: &News) -> bool {
    let is_due = |cause| last(cause, warehouse, news).iter().any(|(lot, _)| *lot == at.lot);
    let can_expire = CAN_EXPIRE.contains(&at.status.as_str());
    (at.status != RECALLED && is_due(Cause::Recall)) || (can_expire && is_due(Cause::Expiry))
}

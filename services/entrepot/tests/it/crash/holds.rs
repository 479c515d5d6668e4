//! The journal's documents that hold lots: each says exactly what was to be held when somebody looked, and is still there.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proto::stock::v1::journal_service_client::JournalServiceClient;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{ListPositionsRequest, Position, TailJournalRequest};
use sha2::{Digest, Sha256};
use stock_core::Entry;
use tokio::time::timeout;
use tonic::transport::Channel;
use uuid::Uuid;
use vocabulary::Sequence;

use super::model::Model;
use super::news::{News, Recalls};
use super::recalls::{HoldFacts, RECALLED};
use crate::site::LOTTED;

/// How long a lot may stay that is to be held, when nobody posts any more.
const HOLD_MAX: Duration = Duration::from_secs(60);

/// Of one journal.
#[derive(Debug, Default)]
pub(super) struct Holds {
    /// Lots that a recall could hold, after each entry.
    to_recall: Vec<BTreeSet<&'static str>>,
    /// So many notices, at least, the owner knew when it looked last.
    known: usize,
    /// When somebody looked who held something: no look is answered twice.
    looks: BTreeSet<(&'static str, Sequence)>,
    /// What was held of recalls, by the reason.
    pub(super) recalled: BTreeMap<String, usize>,
}

impl Holds {
    /// Takes note of what the warehouse has after another entry.
    pub(super) fn note(&mut self, model: &Model) {
        self.to_recall.push(model.lots_to_recall().collect());
    }

    /// A document that holds recalled lots.
    pub(super) fn check_recalls(
        &mut self,
        warehouse: &'static str,
        entry: &Entry,
        facts: &[String],
        (model, news): (&mut Model, &News),
    ) {
        let seen = self.look(warehouse, entry, RECALLED);
        let before = usize::try_from(seen.get()).unwrap().checked_sub(1).expect("something was seen");
        for known in self.known..=news.knowable(warehouse, entry.sequence) {
            let mut due = news.recalls(known);
            due.retain(|lot, _| self.to_recall[before].contains(lot));
            let mut tried = model.at(entry.effective_at.micros());
            let held = recall(&mut tried, &due);
            if !due.is_empty() && held.told == facts {
                *model = tried;
                self.known = known;
                for reason in due.into_values() {
                    *self.recalled.entry(reason).or_default() += 1;
                }
                return;
            }
        }
        panic!(
            "{warehouse}/{}: of what was seen at {seen}, these were not to be held: {facts:?}",
            entry.sequence
        );
    }

    /// What was the newest entry when somebody looked: the id of the document follows from that.
    fn look(&mut self, warehouse: &str, entry: &Entry, status: &'static str) -> Sequence {
        let id = |seen: &Sequence| named_id(&format!("hold/{status}/{warehouse}/{seen}"));
        let before = (0..entry.sequence.get()).rev().map(Sequence::new);
        let Some(seen) = before.into_iter().find(|seen| id(seen) == entry.request_id.uuid()) else {
            panic!("{warehouse}/{} is no answer to a look at an entry before", entry.sequence);
        };
        assert!(self.looks.insert((status, seen)), "{warehouse}/{seen} was looked at twice");
        seen
    }

    /// Nothing is left of what is called back, and the first recall of all found something everywhere.
    pub(super) fn finish(&self, warehouse: &str, model: &Model, news: &News) {
        let recalls = news.last_recalls();
        for lot in model.lots_to_recall() {
            assert!(!recalls.contains_key(lot), "{warehouse}: lot {lot} is called back, and not held");
        }
        let parts = model.promises.values().flat_map(|open| &open.parts);
        for (at, lot, quantity, _) in parts {
            assert!(!recalls.contains_key(lot), "{warehouse}: {quantity} of lot {lot} at {at} are promised");
        }
        assert!(!self.recalled.is_empty(), "nothing was held in {warehouse}");
    }
}

fn recall(model: &mut Model, due: &Recalls) -> HoldFacts {
    let mut facts = HoldFacts::default();
    for (line, (lot, reason)) in (0..).zip(due) {
        facts.line = line;
        model.recall(lot, &format!("recall: {reason}"), &mut facts);
    }
    facts
}

/// An id of the warehouse's own: 122 bits of a SHA-256, as a UUID of version 8 (RFC 9562, appendix B.2).
fn named_id(name: &str) -> Uuid {
    let hash = Sha256::digest(name);
    uuid::Builder::from_custom_bytes(hash[..16].try_into().unwrap()).into_uuid()
}

/// Waits until everything is held that is called back.
pub(super) async fn settle(channel: &Channel, warehouse: &str, news: &News) {
    let recalls = news.last_recalls();
    let is_due = |at: &Position| {
        let on_hand = at.on_hand.as_ref().unwrap().value != "0";
        on_hand && at.status != RECALLED && recalls.contains_key(at.lot.as_str())
    };
    let mut stock = StockServiceClient::new(channel.clone());
    let mut journal = JournalServiceClient::new(channel.clone());
    loop {
        let (warehouse, filter) = (warehouse.to_owned(), format!("sku = \"{LOTTED}\""));
        let ask = ListPositionsRequest {
            warehouse: warehouse.clone(),
            filter,
            page_size: 1000,
            ..Default::default()
        };
        let listed = stock.list_positions(ask).await.unwrap().into_inner();
        if !listed.positions.iter().any(is_due) {
            return;
        }
        let ask = TailJournalRequest { warehouse, after_sequence: listed.as_of_sequence };
        let mut tail = journal.tail_journal(ask).await.unwrap().into_inner();
        timeout(HOLD_MAX, tail.message()).await.expect("lots are held").unwrap().unwrap();
    }
}

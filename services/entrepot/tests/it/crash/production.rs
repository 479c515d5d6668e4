//! Goods that are used up, and others that are made of them: orders, what their lines do in the model, and the genealogy that
//! follows.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Consume, LotFacts, Produce};
use proto::visibility::v1::trace_service_client::TraceServiceClient;
use proto::visibility::v1::{AtLeast, TraceKey, TraceLotRequest, TraceNode};
use tonic::Request;
use tonic::transport::Channel;
use vocabulary::Sequence;

use super::author::Author;
use super::expected::CODES;
use super::expiry::LOTS;
use super::model::Model;
use super::paper::{Claim, Goods, Step};
use crate::site::{LOTTED, NUMBERED, WEIGHED_BY_LOT};

/// How long the trace may take to show the last entry.
const VIEW_LAG_MAX: Duration = Duration::from_secs(30);

/// A line of an order.
#[derive(Debug, Clone)]
pub(super) struct ProductionStep {
    pub(super) goods: Goods,
    pub(super) what: Production,
    /// What is expected that it meets; empty for nothing.
    expectation: &'static str,
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Production {
    Consume,
    Produce {
        /// Until when the lot may be used; empty if nobody says so.
        expiry: &'static str,
    },
}

/// What documents used up and made of every lot and unit.
pub(super) type Genealogy = BTreeMap<(Sequence, Node), (i64, i64)>;

/// Item, and lot or serial number.
type Node = (&'static str, String);

/// From, to, sequence, how much was used up of the one and made of the other.
type Link = (Node, Node, u64, String, String);

impl Author {
    /// An order: mostly what it uses up first, sometimes only one of both.
    pub(super) fn order(&mut self, warehouse: &'static str) -> Vec<Step> {
        let (used, made) = (self.random.below(3), self.random.below(2) + 1);
        let mut steps: Vec<_> = (0..used).map(|_| self.consume(warehouse)).collect();
        steps.extend((0..made).map(|_| self.produce(warehouse)));
        if self.random.once_in(6) {
            steps.reverse();
        }
        steps
    }

    /// Of lots that are named, or chosen; loose, or out of a handling unit.
    fn consume(&mut self, warehouse: &'static str) -> Step {
        let (goods, _) = self.material(warehouse);
        let lot = if self.random.once_in(2) { "" } else { goods.lot };
        let inside =
            if self.random.once_in(6) { self.packer.inside(&mut self.random, warehouse) } else { None };
        self.production(Goods { lot, inside, ..goods }, Production::Consume)
    }

    fn produce(&mut self, warehouse: &'static str) -> Step {
        let (goods, expiry) = self.material(warehouse);
        self.production(goods, Production::Produce { expiry })
    }

    /// Often of a lot, with its expiry, or another one's.
    fn material(&mut self, warehouse: &'static str) -> (Goods, &'static str) {
        let goods = self.goods(4);
        let (lot, own) = self.random.one_of(&LOTS);
        let expiry = if self.random.once_in(8) { self.random.one_of(&LOTS).1 } else { own };
        match self.random.below(8) {
            0..4 => (Goods { sku: LOTTED, lot, ..goods }, expiry),
            4 => self.weighed(),
            5 => (Goods { sku: NUMBERED, unit: Some(self.unit_of(warehouse)), quantity: 1, ..goods }, ""),
            _ => (goods, ""),
        }
    }

    fn production(&mut self, goods: Goods, what: Production) -> Step {
        let expectation = if self.random.once_in(12) { self.random.one_of(&CODES) } else { "" };
        Step::Production(ProductionStep { goods, what, expectation })
    }
}

impl ProductionStep {
    pub(super) fn action(&self) -> Action {
        let ((sku, location, quantity), goods) = (self.goods.fields(), self.goods.which());
        let (unit, expectation) = (String::new(), self.expectation.to_owned());
        match self.what {
            Production::Consume => {
                Action::Consume(Consume { sku, location, quantity, unit, goods, expectation })
            }
            Production::Produce { expiry } => {
                let facts = LotFacts { expiry: expiry.to_owned(), ..LotFacts::default() };
                let lot_facts = (!expiry.is_empty()).then_some(facts);
                Action::Produce(Produce {
                    sku,
                    location,
                    quantity,
                    unit,
                    goods,
                    lot_facts,
                    expectation,
                    delivery: None,
                })
            }
        }
    }
}

impl Model {
    /// As an issue, or a receipt; the document remembers both.
    pub(super) fn make(
        &mut self,
        step: &ProductionStep,
        inside: Option<u64>,
        sequence: Sequence,
    ) -> Result<Vec<String>, &'static str> {
        let goods = step.goods;
        let (mut facts, is_used) = match step.what {
            Production::Consume => {
                let parts = self.leave(goods, Claim::default(), (inside, ("consumption", "~PRODUCTION")))?;
                for (lot, quantity, _) in &parts {
                    self.remember(sequence, Goods { lot, quantity: *quantity, ..goods }, true);
                }
                (parts.into_iter().map(|(_, _, fact)| fact).collect(), true)
            }
            Production::Produce { expiry } => {
                let mut facts = self.record_lot(goods, expiry, sequence)?;
                facts.push(self.put(goods, ("production", "~PRODUCTION", ""), inside)?);
                self.remember(sequence, goods, false);
                (facts, false)
            }
        };
        if !step.expectation.is_empty() {
            facts.push(self.meet(step.expectation, &goods, is_used)?);
        }
        Ok(facts)
    }

    fn remember(&mut self, sequence: Sequence, goods: Goods, is_used: bool) {
        let name = goods.serial().unwrap_or_else(|| goods.lot.to_owned());
        if !name.is_empty() {
            let (used, made) = self.genealogy.entry((sequence, (goods.sku, name))).or_default();
            *(if is_used { used } else { made }) += goods.quantity;
        }
    }

    /// Everything that a document used up went into everything that it made.
    fn links_of(&self, node: &Node) -> BTreeSet<Link> {
        let mut links = BTreeSet::new();
        for ((sequence, from), (used, _)) in &self.genealogy {
            let same = self.genealogy.iter().filter(|((other, _), _)| other == sequence);
            for ((_, to), (_, made)) in same {
                if *used > 0 && *made > 0 && (from == node || to == node) {
                    let (used, made) = (used.to_string(), made.to_string());
                    links.insert((from.clone(), to.clone(), sequence.get(), used, made));
                }
            }
        }
        links
    }
}

/// The trace of every lot, one production up and down, is what the documents of a warehouse did.
pub(super) async fn check(channel: &Channel, warehouse: &str, model: &Model, head: u64) {
    let mut trace = TraceServiceClient::new(channel.clone());
    for lot in model.lots.keys().filter(|lot| LOTS.iter().any(|(own, _)| own == *lot)) {
        let mut ask = Request::new(TraceLotRequest {
            key: Some(TraceKey { sku: LOTTED.to_owned(), lot: (*lot).to_owned(), serial: String::new() }),
            levels: 1,
            at_least: vec![AtLeast { warehouse: warehouse.to_owned(), sequence: head }],
            ..TraceLotRequest::default()
        });
        ask.set_timeout(VIEW_LAG_MAX);
        let traced = trace.trace_lot(ask).await.unwrap().into_inner();
        let here = traced.links.iter().filter(|link| link.warehouse == warehouse);
        let shown: BTreeSet<_> = here
            .map(|link| {
                let number = |decimal: &Option<Decimal>| decimal.as_ref().unwrap().value.clone();
                let node = |at: u32| node(&traced.nodes[usize::try_from(at).unwrap()]);
                let (from, to) = (node(link.from_node), node(link.to_node));
                (from, to, link.sequence, number(&link.consumed), number(&link.produced))
            })
            .collect();
        let expected = model.links_of(&(LOTTED, (*lot).to_owned()));
        // Only a storm of days makes more than one answer has room for.
        assert!(shown.is_subset(&expected), "{lot} in {warehouse}: {shown:?}, not {expected:?}");
        assert!(traced.truncated || shown == expected, "{lot} in {warehouse}: {shown:?}, not {expected:?}");
    }
}

fn node(shown: &TraceNode) -> Node {
    let key = shown.key.as_ref().unwrap();
    let sku = [LOTTED, NUMBERED, WEIGHED_BY_LOT].into_iter().find(|sku| *sku == key.sku).unwrap();
    (sku, format!("{}{}", key.lot, key.serial))
}

use rpc::{ApiError, Reason};
use rustc_hash::FxHashMap;
use vocabulary::{Sequence, WarehouseCode};

use crate::core::Node;
use crate::engine::{Engine, Fresh};
use crate::store::{EdgePage, EdgeWant};

impl Engine {
    /// Edges, and makes sure that nothing older comes back than what was seen before.
    pub(super) async fn edges(
        &self,
        wants: &[EdgeWant],
        fresh: &mut Freshest,
    ) -> Result<Vec<EdgePage>, ApiError> {
        let seen: Vec<Sequence> = wants.iter().map(|want| self.seen(&want.warehouse)).collect();
        let pages = self.cache.edges(wants).await.map_err(|fault| self.failed(&fault))?;
        for ((want, seen), page) in wants.iter().zip(seen).zip(&pages) {
            self.check_head(&want.warehouse, seen, page.head.sequence)?;
            fresh.note(self.fresh(&want.warehouse, page.head));
        }
        Ok(pages)
    }

    /// Where these may be. A warehouse that this process has never heard of has nothing in the view.
    pub(super) async fn places(&self, nodes: &[Node]) -> Result<Vec<Vec<String>>, ApiError> {
        let places = self.cache.places(nodes).await.map_err(|fault| self.failed(&fault))?;
        let known = |codes: Vec<String>| {
            codes.into_iter().filter(|code| WarehouseCode::parse(code).is_ok()).collect()
        };
        Ok(places.into_iter().map(known).collect())
    }
}

/// The oldest answer of each warehouse in an answer of many reads.
#[derive(Debug, Default)]
pub(super) struct Freshest(FxHashMap<String, Fresh>);

impl Freshest {
    pub(super) fn note(&mut self, fresh: Fresh) {
        let kept = self.0.entry(fresh.warehouse.clone()).or_insert_with(|| fresh.clone());
        if fresh.head < kept.head {
            *kept = fresh;
        }
    }

    /// By warehouse.
    pub(super) fn finish(self) -> Vec<Fresh> {
        let mut all: Vec<Fresh> = self.0.into_values().collect();
        all.sort_unstable_by(|a, b| a.warehouse.cmp(&b.warehouse));
        all
    }
}

pub(super) fn unknown(node: &Node) -> ApiError {
    match node {
        Node::Lot(sku, lot) => {
            let message = format!("no warehouse has ever had lot {lot} of {sku}: check both");
            ApiError::invalid(Reason::UnknownLot, "key.lot", message).with("sku", sku).with("lot", lot)
        }
        Node::Unit(sku, serial) => {
            let message = format!("no warehouse has ever had a unit {serial} of {sku}: check both");
            let error = ApiError::invalid(Reason::UnknownSerial, "key.serial", message);
            error.with("sku", sku).with("serial", serial)
        }
        Node::Document(_) => ApiError::internal("a document is no place to begin a trace"),
    }
}

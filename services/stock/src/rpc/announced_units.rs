//! What announced handling units hold, for the lines that name only such a unit: its goods are checked against the catalog of today, and not
//! against that of the day on which they were announced.

use std::collections::{BTreeSet, HashMap};

use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Document, ReceiveUnit};
use rpc::{ApiError, Reason};
use stock_core::{State, Tracking};
use vocabulary::{DocumentCode, Sku, Sscc};

use super::found;
use super::goods::tracking;
use super::line::LineParser;
use crate::engine::Handle;

/// Units that the documents of one message may name.
const UNITS_MAX: usize = 10_000;

/// Items in announced units, with how they were tracked then. Nothing of one that is not known: the core says why it cannot come.
pub(super) type AnnouncedUnits = HashMap<(DocumentCode, Sscc), Vec<(Sku, Tracking)>>;

/// The announced units that these documents receive. Most documents receive none, and then the owner is not asked.
pub(super) async fn units(partition: &Handle, documents: &[Document]) -> Result<AnnouncedUnits, ApiError> {
    let named: BTreeSet<_> = found::lines(documents)
        .filter_map(|line| match line.action.as_ref() {
            Some(Action::ReceiveUnit(unit)) => key(unit),
            Some(_) | None => None,
        })
        .collect();
    if named.is_empty() {
        return Ok(HashMap::new());
    }
    found::check_count("handling units", named.len(), UNITS_MAX)?;
    let look = |state: &State| named.into_iter().map(|key| (key.clone(), goods(state, &key))).collect();
    partition.look(look).await
}

fn key(unit: &ReceiveUnit) -> Option<(DocumentCode, Sscc)> {
    Some((DocumentCode::parse(&unit.delivery).ok()?, Sscc::parse(&unit.handling_unit).ok()?))
}

fn goods(state: &State, (delivery, sscc): &(DocumentCode, Sscc)) -> Vec<(Sku, Tracking)> {
    let Some(announced) = state.delivery(delivery).map(|known| &known.announced) else { return Vec::new() };
    let packed = announced.units.get(sscc).into_iter().flat_map(|unit| &unit.goods);
    let goods = packed.filter_map(|packed| {
        let sku = announced.lines.get(&packed.line)?.sku.clone();
        Some((sku, Tracking::of(packed.goods.lot.as_ref(), &packed.goods.serials)))
    });
    goods.collect()
}

impl LineParser<'_> {
    /// What is in an announced unit can still come as it was announced.
    pub(super) fn check_announced(&self, unit: &ReceiveUnit) -> Result<(), ApiError> {
        let goods = key(unit).and_then(|key| self.found.units.get(&key)).into_iter().flatten();
        for (sku, announced) in goods {
            let item = self.item(sku.as_str())?;
            if item.catch_weight.is_some() {
                let message = format!("item {sku} is weighed as it comes: receive it line by line");
                let error = ApiError::invalid(Reason::WeightMissing, "handling_unit", message);
                return Err(error.with("sku", sku));
            }
            if tracking(&item) != *announced {
                let message = format!(
                    "item {sku} was announced by {announced}, and is tracked by {} now: announce the delivery again",
                    tracking(&item)
                );
                let error = ApiError::invalid(Reason::TrackingChanged, "handling_unit", message);
                return Err(error.with("sku", sku).with("held", announced.as_str()));
            }
        }
        Ok(())
    }
}

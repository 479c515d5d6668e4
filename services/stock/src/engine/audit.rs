use std::collections::BTreeSet;

use laws::Law;
use stock_core::State;

use super::metrics::PartitionMetrics;
use crate::store::CheckpointChange;

/// Checks the laws for everything a checkpoint holds, on the live state, and sets their gauges. A law seen broken is logged
/// with the item: it is a bug, and the gauge is an alert.
pub(super) fn audit(change: &CheckpointChange, state: &State, metrics: &PartitionMetrics) {
    let rows = || change.touched.positions.iter().map(|stored| &stored.row);
    let skus: BTreeSet<_> = rows().map(|row| &row.sku).collect();
    let unbalanced = skus.into_iter().find(|sku| {
        !laws::conservation(state.inside(sku.as_str()), state.outside(sku.as_str()))
            || !state.keeps_weight(sku.as_str())
    });
    let unweighed =
        rows().find(|row| !state.weighs_what_is_there(&row.sku, row.location.as_str(), &row.holding));
    let unpacked = rows().find(|row| {
        let packed = state.packed(row.sku.as_str(), row.location.as_str(), &row.holding);
        !laws::packed_is_there(packed, row.balance.on_hand)
    });
    let oversold = rows().find(|row| {
        let balance = row.balance;
        !laws::no_oversell(balance.on_hand, balance.reserved, row.negative)
    });
    let wrong = unpacked.or(unweighed).map(|row| &row.sku);
    if let Some(sku) = unbalanced.or(wrong) {
        tracing::error!(warehouse = %state.warehouse(), %sku, law = %Law::Conservation, "a law is broken");
    }
    if let Some(row) = oversold {
        tracing::error!(warehouse = %state.warehouse(), sku = %row.sku, location = %row.location, law = %Law::NoOversell, "a law is broken");
    }
    metrics.law(Law::Conservation, unbalanced.is_none() && wrong.is_none());
    metrics.law(Law::NoOversell, oversold.is_none());
}

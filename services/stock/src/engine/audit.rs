use std::collections::BTreeSet;

use laws::Law;
use stock_core::{PositionRow, State, Touched};

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
    let oversold = oversold(&change.touched, state);
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

/// A position of which more is promised or gone than its policy allowed: now, or at any instant that is known.
fn oversold<'t>(touched: &'t Touched, state: &State) -> Option<&'t PositionRow> {
    touched.positions.iter().map(|stored| &stored.row).find(|row| !state.keeps_no_oversell(row))
}

#[cfg(test)]
mod tests {
    use laws::NegativeStock;
    use stock_core::{Action, Balance, Holding, Line, Outcome, Place, Snapshot};
    use vocabulary::{LocationCode, LotCode, Quantity, Sequence, Sku, WarehouseCode};

    use super::*;
    use crate::engine::doubles::tests::post;
    use crate::engine::own;

    fn code() -> WarehouseCode {
        WarehouseCode::parse("BER").unwrap()
    }

    /// `-5` takes five, `5` brings them.
    fn moved(state: &mut State, quantity: &str, negative: NegativeStock) -> Outcome {
        let place = |code| LocationCode::parse(code).unwrap();
        let here = Place::Real(place("MAIN"));
        let action = if quantity.starts_with('-') {
            Action::Issue { from: here, to: Place::Virtual(place("CUSTOMER")) }
        } else {
            Action::Receive { from: Place::Virtual(place("SUPPLIER")), to: here }
        };
        let quantity = Quantity::parse(quantity.trim_start_matches('-')).unwrap();
        let line = Line::Item { sku: Sku::parse("A").unwrap(), negative, quantity, goods: None, action };
        let name = format!("entry {}", state.sequence());
        post(state, &own::document(&name, "", vec![line])).outcome
    }

    #[test]
    fn what_lacks_when_the_policy_changes_raises_no_alarm() {
        use NegativeStock::{Allowed, Forbidden};
        let mut state = State::new(code());
        for (quantity, policy, is_posted) in [
            ("2", Forbidden, true),
            ("-5", Allowed, true),
            ("1", Forbidden, true),
            ("-1", Forbidden, false),
            ("4", Forbidden, true),
            ("-1", Forbidden, true),
        ] {
            let outcome = moved(&mut state, quantity, policy);
            assert_eq!(matches!(outcome, Outcome::Posted(_)), is_posted, "{quantity}: {outcome:?}");
            assert_eq!(oversold(&state.take_touched(), &state), None, "{quantity}");
        }
    }

    #[test]
    fn what_may_never_lack_raises_one() {
        let position = |lot: Option<&str>, on_hand: &str, reserved: &str| PositionRow {
            sku: Sku::parse("A").unwrap(),
            location: LocationCode::parse("MAIN").unwrap(),
            holding: Holding::of_lot(lot.map(|lot| LotCode::parse(lot).unwrap())),
            balance: Balance {
                on_hand: Quantity::parse(on_hand).unwrap(),
                reserved: Quantity::parse(reserved).unwrap(),
            },
            negative: NegativeStock::Allowed,
            weight: None,
        };
        for (row, is_sound) in [
            (position(Some("X"), "5", "5"), true),
            (position(Some("X"), "5", "6"), false),
            (position(Some("X"), "-1", "0"), false),
            (position(None, "-1", "0"), true),
            (position(None, "1", "-1"), false),
        ] {
            let snapshot = Snapshot { positions: vec![row.clone().into()], ..Snapshot::default() };
            let state = State::restore(code(), Sequence::new(1), snapshot).unwrap();
            let touched = Touched { positions: vec![row.into()], ..Touched::default() };
            assert_eq!(oversold(&touched, &state).is_none(), is_sound, "{touched:?}");
        }
    }
}

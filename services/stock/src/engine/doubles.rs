//! Units whose number another warehouse has, too.

use std::sync::Arc;

use stock_core::{Action, Document, Line, LineGoods, LineWeight, Place, State, UnitName};
use tokio::sync::watch;
use vocabulary::{Quantity, Sequence, SerialNumber, Sku, StockStatus, WarehouseCode};

use super::own;

/// A unit that came to this warehouse after one with its number had come to another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Double {
    pub(crate) warehouse: WarehouseCode,
    pub(crate) sku: Sku,
    pub(crate) serial: SerialNumber,
    /// The entry with which it came.
    pub(crate) since: Sequence,
    /// Who had the number first.
    pub(crate) first: WarehouseCode,
}

/// What is known of them at the moment; whoever asks the network tells it here.
#[derive(Debug, Clone, Default)]
pub(crate) struct Doubles(watch::Sender<Arc<Vec<Double>>>);

impl Doubles {
    pub(crate) fn tell(&self, doubles: Vec<Double>) {
        self.0.send_if_modified(|known| {
            let is_new = **known != doubles;
            if is_new {
                *known = Arc::new(doubles);
            }
            is_new
        });
    }

    pub(super) fn changed(&self) -> watch::Receiver<Arc<Vec<Double>>> {
        self.0.subscribe()
    }

    /// Those of one warehouse.
    pub(super) fn of(&self, warehouse: &WarehouseCode) -> Vec<Double> {
        let all = Arc::clone(&self.0.borrow());
        all.iter().filter(|double| double.warehouse == *warehouse).cloned().collect()
    }
}

impl Double {
    /// Puts the unit on hold, if it is here, in use, and not promised.
    pub(super) fn hold(&self, state: &State) -> Option<Line> {
        let (location, holding) = state.serial(self.sku.as_str(), &self.serial)?;
        let is_in_use = matches!(
            holding.status,
            StockStatus::Available | StockStatus::Inspection | StockStatus::Returned
        );
        let balance = state.balance_of(self.sku.as_str(), location.as_str(), holding);
        let is_promised = state.promised(self.sku.as_str(), &self.serial).is_some();
        if !is_in_use || is_promised || !balance.available().is_positive() {
            return None;
        }
        let goods = LineGoods {
            tracking: state.tracking(self.sku.as_str()),
            lot: holding.lot.clone(),
            serials: vec![self.serial.clone()],
            status: holding.status,
            owner: holding.owner.clone(),
            // It stays in its handling unit.
            unit: state.unit_of_serial(self.sku.as_str(), &self.serial).map(UnitName::Sscc),
            // It does not wait for somebody to weigh it.
            weight: state.weight_inside(self.sku.as_str()).map(|all| LineWeight::Estimated(all.unit)),
            ..LineGoods::default()
        };
        let reason = format!("{} has a unit with this number", self.first);
        Some(Line::Item {
            sku: self.sku.clone(),
            negative: state.negative(self.sku.as_str()),
            quantity: Quantity::from(1),
            goods: goods.boxed(),
            action: Action::ChangeStatus {
                at: Place::Real(location.clone()),
                to: StockStatus::QualityHold,
                reason,
            },
        })
    }

    /// Its id follows from the arrival: one that was held is not held again when a person has set it free. Refused, it is another
    /// attempt's turn.
    pub(super) fn document(&self, attempt: u32, line: Line) -> Document {
        let Self { warehouse, sku, serial, since, .. } = self;
        let name = format!("hold/duplicate/{warehouse}/{sku}/{serial}/{since}/{attempt}");
        own::document(&name, "hold duplicate serial", vec![line])
    }
}

#[cfg(test)]
pub(super) mod tests {
    use laws::NegativeStock;
    use stock_core::{Decision, Entry, Outcome, Tracking, decide};
    use vocabulary::{LocationCode, Timestamp, Weight, WeightUnit};

    use super::*;

    pub(in crate::engine) fn double(serial: &str) -> Double {
        let code = |code: &str| WarehouseCode::parse(code).unwrap();
        let (sku, serial) = (Sku::parse("S").unwrap(), SerialNumber::parse(serial).unwrap());
        Double { warehouse: code("HAM"), sku, serial, since: Sequence::new(1), first: code("BER") }
    }

    pub(in crate::engine) fn post(state: &mut State, document: &Document) -> Entry {
        let now = Timestamp::default();
        let Decision { effective_at, outcome } = decide(state, document, now);
        let entry = Entry {
            sequence: state.sequence().next(),
            warehouse: state.warehouse().clone(),
            request_id: document.request_id,
            digest: document.digest,
            effective_at,
            recorded_at: now,
            reference: document.reference.clone(),
            outcome,
        };
        state.evolve(&entry).unwrap();
        entry
    }

    /// A receipt of units with the numbers 1 to `count`.
    pub(in crate::engine) fn received(count: u32, weight: Option<LineWeight>) -> Line {
        let serials: Vec<_> = (1..=count).map(|n| SerialNumber::parse(&n.to_string()).unwrap()).collect();
        let place = |code| LocationCode::parse(code).unwrap();
        let quantity = Quantity::from(count);
        let goods = LineGoods { tracking: Tracking::Serial, serials, weight, ..LineGoods::default() };
        let action =
            Action::Receive { from: Place::Virtual(place("SUPPLIER")), to: Place::Real(place("MAIN")) };
        let (sku, negative) = (Sku::parse("S").unwrap(), NegativeStock::Forbidden);
        Line::Item { sku, negative, quantity, goods: goods.boxed(), action }
    }

    #[test]
    fn a_unit_is_held_without_a_scale() {
        let quantity = |text: &str| Quantity::parse(text).unwrap();
        let unit = WeightUnit::Kilogram;
        for (weight, part, rest) in [(None, None, None), (Some("15"), Some("5"), Some("10"))] {
            let mut state = State::new(double("1").warehouse);
            let measured = weight.map(|text| LineWeight::Measured(Weight { amount: quantity(text), unit }));
            let came = own::document("came", "", vec![received(3, measured)]);
            assert!(matches!(post(&mut state, &came).outcome, Outcome::Posted(_)));
            let double = double("2");
            let line = double.hold(&state).unwrap();
            let outcome = post(&mut state, &double.document(0, line)).outcome;
            assert!(matches!(outcome, Outcome::Posted(_)), "{outcome:?}");
            assert!(double.hold(&state).is_none(), "it is on hold");
            let at = |status| {
                let weight = state.weight_of("S", "MAIN", &stock_core::Holding::own(None, status));
                weight.map(|weight| weight.amount)
            };
            assert_eq!(at(StockStatus::QualityHold), part.map(quantity));
            assert_eq!(at(StockStatus::Available), rest.map(quantity));
        }
    }
}

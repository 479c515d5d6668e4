//! A ledger as it would be stored: all of its operations and grants.

use std::collections::BTreeMap;

use edge_core::{Change, Declined, Grant, Ledger, Number, Operation, Spot, Stamp};
use vocabulary::{LocationCode, LotCode, RequestId, Sku, Timestamp};

#[derive(Debug)]
pub(crate) struct Book {
    pub(crate) ledger: Ledger,
    pub(crate) operations: BTreeMap<Number, Operation>,
    pub(crate) grants: BTreeMap<Number, Grant>,
    requests: u32,
}

impl Book {
    pub(crate) fn new() -> Self {
        let ledger = Ledger::new([], Number::default(), 0);
        Self { ledger, operations: BTreeMap::new(), grants: BTreeMap::new(), requests: 0 }
    }

    /// Stores what was decided.
    pub(crate) fn store(&mut self, decided: Result<Vec<Change>, Declined>) -> Result<Vec<Number>, Declined> {
        let mut recorded = Vec::new();
        for change in decided? {
            self.ledger.apply(&change);
            match change {
                Change::Recorded(operation) => {
                    recorded.push(operation.number);
                    let before = self.operations.insert(operation.number, *operation);
                    assert!(before.is_none(), "a number is given once");
                }
                Change::Granted(grant) => drop(self.grants.insert(grant.number, grant)),
                Change::Answered(number, state) => self.operation(number).state = state,
                Change::Retimed(number, timing) => self.operation(number).timing = timing,
            }
        }
        Ok(recorded)
    }

    fn operation(&mut self, number: Number) -> &mut Operation {
        self.operations.get_mut(&number).unwrap()
    }

    /// A request of its own, at a second of the device's clock.
    pub(crate) fn stamp(&mut self, second: u32) -> Stamp {
        self.requests += 1;
        let request_id = RequestId::from_bytes(u128::from(self.requests).to_be_bytes());
        Stamp { request_id, at: at(second), reference: String::new() }
    }

    pub(crate) fn waiting(&self) -> Vec<Operation> {
        self.operations.values().filter(|operation| operation.is_waiting()).cloned().collect()
    }
}

pub(crate) fn at(second: u32) -> Timestamp {
    Timestamp::from_micros(i64::from(second) * 1_000_000).unwrap()
}

/// `A/MAIN`, or `A/MAIN/L1`.
pub(crate) fn spot(text: &str) -> Spot {
    let parts: Vec<_> = text.split('/').collect();
    let lot = parts.get(2).map(|lot| LotCode::parse(lot).unwrap());
    Spot { sku: Sku::parse(parts[0]).unwrap(), location: LocationCode::parse(parts[1]).unwrap(), lot }
}

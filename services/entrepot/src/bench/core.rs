//! The rules of a warehouse in this process: what they cost by themselves, without a server, a store and a network.

use laws::NegativeStock;
use stock_core::{
    Action, Decision, Document, Entry, Line, LineGoods, Outcome, Place, RequestDigest, State, decide,
};
use vocabulary::{LocationCode, Quantity, RequestId, Sku, Timestamp, WarehouseCode};

use super::world::{WAREHOUSE, location, sku};
use crate::output::Failure;

/// A warehouse of one item at one place.
#[derive(Debug)]
pub(super) struct Core {
    pub(super) state: State,
    pub(super) place: LocationCode,
    sku: Sku,
    supplier: Place,
    customer: Place,
}

impl Core {
    /// Nothing is there yet.
    pub(super) fn empty() -> Result<Self, Failure> {
        let outside = |code| LocationCode::parse(code).map(Place::Virtual);
        Ok(Self {
            state: State::new(WarehouseCode::parse(WAREHOUSE)?),
            place: LocationCode::parse(&location(0))?,
            sku: Sku::parse(&sku(0))?,
            supplier: outside("SUPPLIER")?,
            customer: outside("CUSTOMER")?,
        })
    }

    /// The item as it is asked for.
    pub(super) fn sku(&self) -> &str {
        self.sku.as_str()
    }

    /// Goods come in.
    pub(super) fn receive(&self, units: u32, goods: LineGoods) -> Line {
        let (from, to) = (self.supplier.clone(), Place::Real(self.place.clone()));
        self.line(units, goods, Action::Receive { from, to })
    }

    /// Goods leave.
    pub(super) fn issue(&self, units: u32) -> Line {
        let (from, to) = (Place::Real(self.place.clone()), self.customer.clone());
        self.line(units, LineGoods::default(), Action::Issue { from, to })
    }

    /// Goods are promised, at a place or anywhere.
    pub(super) fn reserve(&self, units: u32, goods: LineGoods, at: Option<LocationCode>) -> Line {
        self.line(units, goods, Action::Reserve { at })
    }

    fn line(&self, units: u32, goods: LineGoods, action: Action) -> Line {
        let (sku, negative) = (self.sku.clone(), NegativeStock::Forbidden);
        Line::Item { sku, negative, quantity: Quantity::from(units), goods: goods.boxed(), action }
    }

    /// Judges a document of one line that happened at a time, and applies what becomes of it, as an owner does. Whether it was accepted.
    pub(super) fn post(&mut self, at: Timestamp, line: Line) -> Result<bool, Failure> {
        let sequence = self.state.sequence().next();
        let mut id = [7; 16];
        id[..8].copy_from_slice(&sequence.get().to_be_bytes());
        let document = Document {
            request_id: RequestId::from_bytes(id),
            digest: RequestDigest::from_bytes(id),
            effective_at: Some(at),
            reference: String::new(),
            lines: vec![line],
            pass_lock: false,
            time_may_move: false,
            today: None,
        };
        let Decision { effective_at, outcome } = decide(&self.state, &document, at);
        let is_accepted = matches!(outcome, Outcome::Posted(_));
        let entry = Entry {
            sequence,
            warehouse: self.state.warehouse().clone(),
            request_id: document.request_id,
            digest: document.digest,
            effective_at,
            recorded_at: at,
            reference: document.reference,
            outcome,
        };
        self.state.evolve(&entry).map_err(|e| Failure::fault(e.to_string()))?;
        Ok(is_accepted)
    }
}

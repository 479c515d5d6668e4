//! How long a reservation takes that lets its lots be chosen: `cargo run --release -p stock-core --example fefo`. One item with
//! 10,000 lots at one place, received in another order than they expire; each reservation spans two or three of them.

use std::error::Error;
use std::io::{self, Write};
use std::time::Duration;

use laws::NegativeStock;
use stock_core::{
    Action, Decision, Document, Entry, Line, LineGoods, LotFacts, Outcome, Place, RequestDigest, State,
    Tracking, decide,
};
use vocabulary::{Date, LocationCode, LotCode, Quantity, RequestId, Sku, Timestamp, WarehouseCode};

const LOTS: u32 = 10_000;
const RESERVATIONS: u32 = 4_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut state = State::new(WarehouseCode::parse("BER")?);
    for number in 0..LOTS {
        post(&mut state, receive(number)?)?;
    }
    for (what, at) in [("at one place", Some(LocationCode::parse("MAIN")?)), ("anywhere", None)] {
        let mut taken = Vec::new();
        for _ in 0..RESERVATIONS {
            let line = reserve(at.clone())?;
            let started = now();
            post(&mut state, line)?;
            taken.push(started.elapsed());
        }
        taken.sort_unstable();
        let at = |percent: usize| taken.get(taken.len() * percent / 100).copied().unwrap_or(Duration::MAX);
        let (median, p99, slowest) = (at(50), at(99), taken.last());
        writeln!(
            io::stdout(),
            "{RESERVATIONS} reservations {what} over {LOTS} lots: median {median:?}, p99 {p99:?}, slowest {slowest:?}"
        )?;
    }
    Ok(())
}

fn receive(number: u32) -> Result<Line, Box<dyn Error>> {
    // Spread over the months: 7 and 12 have no common divisor.
    let expiry = Date::parse(&format!("20{:02}-{:02}-15", 30 + number % 7, 1 + number % 12))?;
    let facts = LotFacts { expiry: Some(expiry), ..LotFacts::default() };
    let lot = Some(LotCode::parse(&format!("LOT-{number}"))?);
    let (from, to) =
        (Place::Virtual(LocationCode::parse("SUPPLIER")?), Place::Real(LocationCode::parse("MAIN")?));
    let goods = LineGoods { tracking: Tracking::Lot, lot, facts, ..LineGoods::default() };
    line(Quantity::from(10), goods, Action::Receive { from, to })
}

fn reserve(at: Option<LocationCode>) -> Result<Line, Box<dyn Error>> {
    let goods = LineGoods { tracking: Tracking::Lot, ..LineGoods::default() };
    line(Quantity::from(12), goods, Action::Reserve { at })
}

fn line(quantity: Quantity, goods: LineGoods, action: Action) -> Result<Line, Box<dyn Error>> {
    let (sku, negative) = (Sku::parse("A-1")?, NegativeStock::Forbidden);
    Ok(Line::Item { sku, negative, quantity, goods: goods.boxed(), action })
}

/// Judges a document of one line and applies it, as an owner does.
fn post(state: &mut State, line: Line) -> Result<(), Box<dyn Error>> {
    let sequence = state.sequence().next();
    let mut id = [7; 16];
    id[..8].copy_from_slice(&sequence.get().to_be_bytes());
    let document = Document {
        request_id: RequestId::from_bytes(id),
        digest: RequestDigest::from_bytes(id),
        effective_at: None,
        reference: String::new(),
        lines: vec![line],
        pass_lock: false,
        time_may_move: false,
        today: None,
    };
    let Decision { effective_at, outcome } = decide(state, &document, Timestamp::default());
    if let Outcome::Rejected(refusal) = outcome {
        return Err(refusal.rejection.into());
    }
    let entry = Entry {
        sequence,
        warehouse: state.warehouse().clone(),
        request_id: document.request_id,
        digest: document.digest,
        effective_at,
        recorded_at: Timestamp::default(),
        reference: document.reference,
        outcome,
    };
    Ok(state.evolve(&entry)?)
}

#[expect(clippy::disallowed_methods, reason = "a program that measures needs a clock")]
fn now() -> std::time::Instant {
    std::time::Instant::now()
}

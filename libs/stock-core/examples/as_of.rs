//! What a long history costs: `cargo run --release -p stock-core --example as_of`. A million movements of one position, one in ten told
//! late; then balances as of any time, movements in the order of time, and late ones.

use std::error::Error;
use std::io::{self, Write};
use std::time::{Duration, Instant};

use laws::NegativeStock;
use stock_core::{
    Action, AsOf, Decision, Document, Entry, Holding, Line, Place, RequestDigest, Snapshot, State, decide,
};
use vocabulary::{LocationCode, Quantity, RequestId, Sequence, Sku, Timestamp, WarehouseCode};

const MOVEMENTS: i64 = 1_000_000;
const QUESTIONS: i64 = 10_000;
/// Microseconds between two movements, and how late a late one is at most.
const STEP: i64 = 1_000_000;
const LATE_MAX: i64 = 200_000;

fn main() -> Result<(), Box<dyn Error>> {
    let mut state = State::new(WarehouseCode::parse("BER")?);
    let mut taken = Vec::new();
    for n in 0..MOVEMENTS {
        let late = if n % 10 == 9 { n * 7_919 % LATE_MAX } else { 0 };
        let at = Timestamp::from_micros((n - late).max(0) * STEP)?;
        let line = if n % 3 == 2 { issue(1)? } else { receive(2)? };
        taken.push((late > 0, timed(|| post(&mut state, at, line))?));
    }
    show("movements in the order of time", taken.iter().filter(|(late, _)| !late).map(|(_, time)| *time))?;
    show("late movements", taken.iter().filter(|(late, _)| *late).map(|(_, time)| *time))?;

    let plain = Holding::default();
    let ask = |n: i64, step: i64| {
        let effective_at = Timestamp::from_micros(n * step % MOVEMENTS * STEP)?;
        let sequence = Sequence::new((n * 104_729 % MOVEMENTS).cast_unsigned());
        let as_of = AsOf { effective_at, sequence };
        timed(|| Ok(state.on_hand_as_of(("A-1", "MAIN", &plain), as_of).map(drop)?))
    };
    let asked = (0..QUESTIONS).map(|n| ask(n, 7_919)).collect::<Result<Vec<_>, _>>()?;
    show("balances as of any time, as known at any time", asked)?;

    let touched = state.take_touched();
    let bytes = touched.histories.iter().map(|row| row.movements.len()).sum::<usize>();
    let snapshot =
        Snapshot { positions: touched.positions, histories: touched.histories, ..Snapshot::default() };
    let started = now();
    let restored = State::restore(WarehouseCode::parse("BER")?, state.sequence(), snapshot)?;
    let taken = started.elapsed();
    if restored.history_digest() != state.history_digest() {
        return Err("the restored history is another".into());
    }
    writeln!(io::stdout(), "restored from {bytes} bytes in {taken:?}")?;
    Ok(())
}

fn show(what: &str, taken: impl IntoIterator<Item = Duration>) -> io::Result<()> {
    let mut taken: Vec<_> = taken.into_iter().collect();
    taken.sort_unstable();
    let at = |percent: usize| taken.get(taken.len() * percent / 100).copied().unwrap_or(Duration::MAX);
    let slowest = taken.last().copied().unwrap_or_default();
    writeln!(
        io::stdout(),
        "{} {what}: median {:?}, p99 {:?}, slowest {slowest:?}",
        taken.len(),
        at(50),
        at(99)
    )
}

fn receive(units: u32) -> Result<Line, Box<dyn Error>> {
    line(units, Action::Receive { from: outside("SUPPLIER")?, to: main_place()? })
}

fn issue(units: u32) -> Result<Line, Box<dyn Error>> {
    line(units, Action::Issue { from: main_place()?, to: outside("CUSTOMER")? })
}

fn main_place() -> Result<Place, Box<dyn Error>> {
    Ok(Place::Real(LocationCode::parse("MAIN")?))
}

fn outside(code: &str) -> Result<Place, Box<dyn Error>> {
    Ok(Place::Virtual(LocationCode::parse(code)?))
}

fn line(units: u32, action: Action) -> Result<Line, Box<dyn Error>> {
    let (sku, quantity) = (Sku::parse("A-1")?, Quantity::from(units));
    Ok(Line::Item { sku, negative: NegativeStock::Forbidden, quantity, goods: None, action })
}

/// Judges a document of one line and applies it, as an owner does. Early late movements may be refused.
fn post(state: &mut State, at: Timestamp, line: Line) -> Result<(), Box<dyn Error>> {
    let sequence = state.sequence().next();
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
    let Decision { effective_at, outcome } = decide(state, &document, at);
    let entry = Entry {
        sequence,
        warehouse: state.warehouse().clone(),
        request_id: document.request_id,
        digest: document.digest,
        effective_at,
        recorded_at: at,
        reference: document.reference,
        outcome,
    };
    Ok(state.evolve(&entry)?)
}

fn timed(work: impl FnOnce() -> Result<(), Box<dyn Error>>) -> Result<Duration, Box<dyn Error>> {
    let started = now();
    work()?;
    Ok(started.elapsed())
}

#[expect(clippy::disallowed_methods, reason = "a program that measures needs a clock")]
fn now() -> Instant {
    Instant::now()
}

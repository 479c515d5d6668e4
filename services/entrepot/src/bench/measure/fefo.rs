use stock_core::{LineGoods, LotFacts, Tracking};
use tokio::time::Instant;
use vocabulary::{Date, LotCode, Timestamp};

use crate::bench::core::Core;
use crate::bench::load::Latencies;
use crate::bench::report::{Beside, Row};
use crate::output::Failure;

const LOTS: u32 = 10_000;
const IN_EACH: u32 = 10;
const RESERVATIONS: u32 = 4_000;
/// Spans two lots or three.
const WANTED: u32 = 12;
const P99_MS: f64 = 2.0;

/// Promises of an item with 10,000 lots at one place, received in another order than they expire; the lots are chosen.
pub(super) fn measure() -> Result<Vec<Row>, Failure> {
    let mut core = Core::empty()?;
    for number in 0..LOTS {
        let line = core.receive(IN_EACH, lot(number)?);
        post(&mut core, line)?;
    }
    let mut rows = Vec::new();
    for (what, at) in [("at one place", Some(core.place.clone())), ("anywhere", None)] {
        let mut taken = Latencies::default();
        for _ in 0..RESERVATIONS {
            let goods = LineGoods { tracking: Tracking::Lot, ..LineGoods::default() };
            let line = core.reserve(WANTED, goods, at.clone());
            let started = Instant::now();
            post(&mut core, line)?;
            taken.add(started.elapsed());
        }
        let name =
            format!("reservation {what}, first to expire first of {LOTS} lots of an item, in process, p99");
        rows.push(Row::new(name, taken.percentile_ms(99), "ms", Beside::limit(P99_MS)));
    }
    Ok(rows)
}

fn post(core: &mut Core, line: stock_core::Line) -> Result<(), Failure> {
    let is_accepted = core.post(Timestamp::default(), line)?;
    if is_accepted { Ok(()) } else { Err(Failure::fault("a document was refused")) }
}

fn lot(number: u32) -> Result<LineGoods, Failure> {
    // Spread over the months: 7 and 12 have no common divisor.
    let expiry = Date::parse(&format!("20{:02}-{:02}-15", 30 + number % 7, 1 + number % 12))?;
    let facts = LotFacts { expiry: Some(expiry), ..LotFacts::default() };
    let lot = Some(LotCode::parse(&format!("LOT-{number}"))?);
    Ok(LineGoods { tracking: Tracking::Lot, lot, facts, ..LineGoods::default() })
}

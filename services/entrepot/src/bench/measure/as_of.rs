use stock_core::{AsOf, Holding, LineGoods};
use tokio::time::Instant;
use vocabulary::{Sequence, Timestamp};

use crate::bench::core::Core;
use crate::bench::load::Latencies;
use crate::bench::report::{Beside, Row};
use crate::output::Failure;

const MOVEMENTS: i64 = 1_000_000;
const QUESTIONS: i64 = 10_000;
/// Microseconds between two movements.
const STEP: i64 = 1_000_000;
/// How many movements late a late one is at most.
const LATE_MAX: i64 = 200_000;
const MS: f64 = 50.0;

/// A million movements of one position, one in ten told late; then balances as of any time, as they were known at any time.
pub(super) fn measure() -> Result<Vec<Row>, Failure> {
    let mut core = Core::empty()?;
    let (mut in_order, mut late) = (Latencies::default(), Latencies::default());
    for n in 0..MOVEMENTS {
        let delay = if n % 10 == 9 { n * 7_919 % LATE_MAX } else { 0 };
        let at = Timestamp::from_micros((n - delay).max(0) * STEP)?;
        let line = if n % 3 == 2 { core.issue(1) } else { core.receive(2, LineGoods::default()) };
        let started = Instant::now();
        // Of the first ones, some that are late are refused.
        core.post(at, line)?;
        if delay > 0 { &mut late } else { &mut in_order }.add(started.elapsed());
    }
    let mut asked = Latencies::default();
    for n in 0..QUESTIONS {
        let effective_at = Timestamp::from_micros(n * 7_919 % MOVEMENTS * STEP)?;
        let sequence = Sequence::new((n * 104_729 % MOVEMENTS).cast_unsigned());
        let (as_of, plain) = (AsOf { effective_at, sequence }, Holding::default());
        let started = Instant::now();
        let on_hand = core.state.on_hand_as_of((core.sku(), core.place.as_str(), &plain), as_of);
        asked.add(started.elapsed());
        on_hand.map_err(|e| Failure::fault(e.to_string()))?;
    }
    let each = [
        ("balance as of any time, as known at any time", &mut asked),
        ("movement in the order of time", &mut in_order),
        ("movement told late", &mut late),
    ];
    let row = |(what, taken): (&str, &mut Latencies)| {
        let name = format!("{what}, a position of 1,000,000 movements, in process, p99");
        Row::new(name, taken.percentile_ms(99), "ms", Beside::limit(MS))
    };
    Ok(each.into_iter().map(row).collect())
}

//! Counts: somebody looks what is on a shelf, and the stock is put right. A shelf is read as of an entry of the journal, so that nothing has
//! to stop: what moved since then is no difference.

mod change;
mod class;
mod counts;
mod exact;
mod figures;
mod plan;
mod record;
mod rejection;
mod sample;
mod steps;
#[cfg(test)]
mod tests;
mod tolerance;

pub use change::{CountChange, CountNotFollowing};
pub use class::{ClassLimits, UsageClass, classes};
pub use counts::{Corrected, Counts, OPEN_COUNTS_MAX, TouchedCounts};
pub use exact::Exact;
pub use figures::CountFigures;
pub use plan::{COUNT_PLACES_MAX, CountKind, CountPlace, CountPlan, CountSheets};
pub use record::{Count, CountState, CountedGoods, CountedLine, PlaceProgress, Reading};
pub use rejection::CountRejection;
pub use sample::{Confidence, Estimate, SamplePlan, WHOLE, draw, estimate, sample_size};
pub use steps::{COUNT_LINES_MAX, Counting};
pub use tolerance::CountTolerance;

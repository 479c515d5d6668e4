//! One owner per warehouse. Data flows one way:
//!
//! ```text
//! rpc ──Job──▶ queue ──▶ owner: remembered answer, or decide + evolve ──Batch──▶ committer: one append ──▶ answers
//!                                                                                     └──▶ tail ──▶ relay, readers
//! ```
//!
//! Why no answer leaves early (L4) and none is lost, although the next batch is judged while one commits:
//! 1. The owner judges in order and puts every answer, refusals and reads too, into the batch that is open.
//! 2. A batch is handed over only when the one before it has ended, and the committer answers a batch only after its append
//!    returned. So an answer leaves after every entry that was judged before it is durable.
//! 3. If an append fails, the committer ends without answering; the owner ends with it; the supervisor opens the partition
//!    anew and reads from the journal what was written. Callers whose answer was dropped are told to try again with the
//!    same request id, and get the remembered answer if it was.

mod answer;
mod audit;
mod batch;
mod committer;
mod doubles;
mod expiry;
mod filter;
mod hold_doubles;
mod holder;
mod inspector;
mod job;
mod load;
mod local_day;
mod metrics;
mod own;
mod owner;
mod partition;
mod queue;
mod remembered;
mod set;
pub(crate) mod spans;
mod tail;

pub(crate) use answer::{Answer, Made, Origin, Recorded, Verdict};
pub(crate) use doubles::{Double, Doubles};
pub(crate) use job::{Job, KnownIds, Request};
pub(crate) use load::Replayed;
pub(crate) use local_day::day_at;
pub(crate) use metrics::PartitionMetrics;
pub(crate) use own::is_own;
pub(crate) use partition::{Handle, Session};
pub(crate) use set::{PartitionSet, SetParts};
pub(crate) use tail::Tail;

//! The laws of the system. Each has one name and one predicate, used by the property tests, the journal verifier, the
//! auditor of the crash test and the production gauges. Pure: no I/O, no clock, no floats.

#![deny(clippy::float_arithmetic, clippy::arithmetic_side_effects)]

mod law;
mod predicates;

pub use law::Law;
pub use predicates::{
    NegativeStock, bounded_staleness, conservation, durable_answer, exactly_once, expectation_adds_up,
    never_negative, no_oversell, one_history, packed_is_there, quota_kept, serials_match, weight_is_there,
    within_tolerance,
};

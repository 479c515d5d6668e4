//! Expected supply and demand: what should come or go on a day, until it is met, changed or cancelled. Nothing of it is stock: a reader
//! that counts what is there need not know it.

mod draft;
mod evolve;
mod expected;
mod fact;
mod judge;
mod read;
mod rejection;

pub(crate) use draft::ExpectationDraft;
pub(crate) use evolve::Expectations;
pub use expected::{Direction, EXPECTATIONS_MAX, Expectation, ExpectationLine, ExpectedKind, SetExpectation};
pub use fact::{ExpectationChange, ExpectationFact, ExpectedBefore, Met};
pub(crate) use judge::{judge, meet, reopen};
pub use read::TouchedExpectations;
pub use rejection::ExpectationRejection;

//! Papers of every kind, in every language, as people and scanners see them.

#![expect(clippy::unwrap_used, reason = "a step of a test that fails fails the test")]

mod fixtures;
mod golden;
mod pages;
mod scans;
mod seen;

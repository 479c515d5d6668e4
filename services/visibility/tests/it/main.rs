//! The visibility service against the real servers: both caches by what they promise, and the whole service over gRPC.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a step of a test that fails fails the test")]

mod agreement;
mod alert_stores;
mod alerts;
mod atp;
mod atp_stores;
mod cable;
mod caches;
mod conformance;
mod journal;
mod outages;
mod reads;
mod rebuilds;
mod redis_faults;
mod replicas;
mod slice_stores;
mod slices;
mod test_app;
mod trace_stores;
mod traces;
mod watches;

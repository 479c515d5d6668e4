//! Clients post documents through retries while the process is killed with SIGKILL again and again. An auditor remembers every
//! answer; in the end it checks journal, views and event log against that, and against a model of its own.
//!
//! `CRASH_KILLS` says how often (a few times when it is not set), `CRASH_SEED` repeats the documents and the moments of a run.

mod announcer;
pub(crate) mod auditor;
mod author;
mod boxes;
mod carried;
mod counted;
mod delivered;
mod device;
mod events;
mod expected;
mod expiry;
mod full;
mod holds;
mod journal;
pub(crate) mod link;
mod merges;
mod model;
mod news;
mod ordered;
mod packer;
mod packing;
mod paper;
mod produced;
mod production;
mod promises;
pub(crate) mod random;
mod recalls;
mod rules;
mod storm;
mod streamer;
mod taken;
mod taking_back;
mod tasked;
mod teller;
mod views;
mod weighed;

use std::time::SystemTime;

use crate::site::{Site, on_production};
use storm::{Report, Storm};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crash_embedded() {
    run("embedded", &Site::embedded(), 20).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn crash_production() {
    on_production("crash", async |site: Site| run("production", &site, 8).await).await;
}

#[expect(clippy::print_stderr, reason = "the figures of the run, and the seed that repeats it")]
async fn run(name: &str, site: &Site, kills_unless_told: u64) {
    let kills = number("CRASH_KILLS").unwrap_or(kills_unless_told);
    let seed = number("CRASH_SEED").unwrap_or_else(any_number);
    eprintln!("crash {name}: {kills} kills, CRASH_SEED={seed}, at {}", site.name());
    let report: Report = Box::pin(Storm::new(site, seed).run(kills)).await;
    eprintln!("crash {name}: {report}");
}

pub(crate) fn number(variable: &str) -> Option<u64> {
    std::env::var(variable).ok().map(|value| value.parse().unwrap_or_else(|_| panic!("{variable}={value}")))
}

#[expect(
    clippy::disallowed_methods,
    reason = "any number will do that is another one every time; it is printed"
)]
pub(crate) fn any_number() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap();
    u64::from(since.subsec_nanos())
}

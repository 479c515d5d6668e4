//! People receive, put away, pick, ship, count, make and take back while the process is killed with SIGKILL again and again. Each of them works
//! through whole flows, makes the mistakes that people make, and insists on every step until it is answered. In the end every document stands in
//! the journal once, in the order in which it was answered, every delivery, order, count and task is in the one state that follows, and the
//! shelves are what their movements say.
//!
//! `CRASH_KILLS` and `CRASH_SEED` are as in the crash test.

mod script;
mod verdict;
mod worker;

use std::time::Duration;

use tokio::sync::watch;
use tokio::task::{JoinSet, block_in_place};
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use self::worker::{Done, Worker};
use crate::crash::link::{Life, Link};
use crate::crash::random::Random;
use crate::crash::{any_number, number};
use crate::site::{Site, on_production};
use crate::support::Server;

const WAREHOUSE: &str = "FLO";
const WORKERS: u32 = 6;
/// Most answers between two kills: a few steps of each.
const ANSWERS_MAX: u64 = 40;
/// How long no answer may come.
const SILENCE_MAX: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flows_embedded() {
    run("embedded", &Site::embedded(), 10).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn flows_production() {
    on_production("flows", async |site: Site| run("production", &site, 4).await).await;
}

#[expect(clippy::print_stderr, reason = "the figures of the run, and the seed that repeats it")]
async fn run(name: &str, site: &Site, kills_unless_told: u64) {
    let kills = number("CRASH_KILLS").unwrap_or(kills_unless_told);
    let seed = number("CRASH_SEED").unwrap_or_else(any_number);
    let mut random = Random::new(seed);
    let mut server = block_in_place(|| site.start());
    let revision = block_in_place(|| stock_up(&server));
    let (lives, life) = watch::channel(Life { address: server.grpc().to_owned() });
    let (heard, mut answers) = watch::channel(0_u64);
    let (enough, mut workers) = (CancellationToken::new(), JoinSet::new());
    for number in 0..WORKERS {
        let worker =
            Worker::new(number, (Link::new(life.clone()), heard.clone()), random.fork(number.into()));
        workers.spawn(worker.run(revision, enough.clone()));
    }
    for _ in 0..kills {
        let until = *answers.borrow() + 1 + random.below(ANSWERS_MAX);
        timeout(SILENCE_MAX, answers.wait_for(|heard| *heard >= until))
            .await
            .expect("workers get answers")
            .unwrap();
        block_in_place(|| server.kill());
        server = block_in_place(|| site.start());
        lives.send(Life { address: server.grpc().to_owned() }).unwrap();
    }
    enough.cancel();
    let done: Vec<Done> = workers.join_all().await;
    let (rounds, documents) = block_in_place(|| verdict::judge(&server, &done));
    eprintln!("flows {name}: {kills} kills, CRASH_SEED={seed}: {rounds} rounds, {documents} documents");
    assert!(block_in_place(|| server.stop_with("TERM")).success());
}

/// Each worker has an item and places of their own. Answers the catalog's revision.
fn stock_up(server: &Server) -> u64 {
    server.json(&format!("catalog warehouse create {WAREHOUSE}"));
    let mut revision = 0;
    for number in 0..WORKERS {
        for at in ["IN", "MAIN", "OUT"] {
            server.json(&format!("catalog location create -w {WAREHOUSE} {at}-{number}"));
        }
        for sku in ["PART", "THING"] {
            let created = server.json(&format!("catalog item create {sku}-{number}"));
            revision = created["catalog_revision"].as_u64().unwrap();
        }
    }
    revision
}

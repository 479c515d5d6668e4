//! A week of a busy warehouse, simulated from a seed: deliveries come late, short, over and damaged, orders are promised, picked and shipped, shelves
//! are counted while goods move, things are made, and people make mistakes. After every document an auditor compares what the documents say
//! with what the movements say, and every evening the journal is replayed.
//!
//! Beside the books the simulation knows the shelves: what is really there, which is another thing when somebody takes something without
//! saying so. A count finds it.

mod auditor;
mod counting;
mod inbound;
mod outbound;
mod world;

use std::collections::BTreeMap;

use self::world::World;

const DAYS: u32 = 7;
const STEPS_A_DAY: u32 = 150;
/// In every run; `ENTREPOT_WEEKS` says how many more.
const SEEDS: u64 = 3;

/// What must have happened at least once in each week.
const FLOWS: [&str; 17] = [
    "received",
    "received over",
    "received short",
    "inspected",
    "put away",
    "ordered",
    "backordered",
    "picked",
    "short pick",
    "shipped",
    "came back",
    "made",
    "counted",
    "counted twice",
    "wrong booking taken back",
    "lost",
    "handling unit shipped",
];
/// What people get wrong, and what they are told.
const MISTAKES: [&str; 13] = [
    "more than the tolerance",
    "closed with open lines",
    "unit taken twice",
    "shipped what is not picked",
    "order closed with open lines",
    "put in a second wave",
    "approved by who counted",
    "counted again by the same",
    "made without components",
    "taken back twice",
    "shipped a unit twice",
    "task given to two",
    "moved more than there is",
];

/// A week of one seed.
fn week(seed: u64) -> BTreeMap<&'static str, u32> {
    let mut world = World::new(seed);
    for day in 0..DAYS {
        world.begin(day);
        for _ in 0..STEPS_A_DAY {
            world.step();
        }
        world.evening();
    }
    world.happened
}

#[test]
fn the_books_agree_with_the_shelves_and_the_documents() {
    let more: u64 = std::env::var("ENTREPOT_WEEKS").ok().and_then(|n| n.parse().ok()).unwrap_or(0);
    for seed in 1..=SEEDS + more {
        let happened = week(seed);
        for what in FLOWS.iter().chain(&MISTAKES) {
            assert!(happened.contains_key(what), "seed {seed}: nobody {what}: {happened:?}");
        }
    }
}

//! What must be true of what the workers did.

use std::collections::BTreeMap;

use serde_json::Value;
use uuid::Uuid;

use super::script::{Names, PARTS_A_ROUND, THINGS_A_ROUND};
use super::worker::Done;
use super::{WAREHOUSE, WORKERS};
use crate::support::Server;

/// Rounds and documents, when all is right.
pub(super) fn judge(server: &Server, done: &[Done]) -> (u32, usize) {
    assert_eq!(server.json(&format!("journal verify -w {WAREHOUSE}"))["sound"], true);
    let journal = server.json(&format!("journal read -w {WAREHOUSE} --limit 1000000"));
    let entries = journal.as_array().unwrap();
    let mut stored: BTreeMap<Uuid, u64> = BTreeMap::new();
    for entry in entries {
        let id = Uuid::parse_str(entry["request_id"].as_str().unwrap()).unwrap();
        assert!(stored.insert(id, entry["sequence"].as_u64().unwrap()).is_none(), "twice: {entry}");
    }
    let answered: usize = done.iter().map(|done| done.answered.len()).sum();
    assert_eq!(stored.len(), answered, "each document is there once, and nothing else");
    for done in done {
        let mut before = 0;
        for (id, sequence) in &done.answered {
            assert_eq!(stored.get(id), Some(sequence), "it stands where it was said to");
            assert!(*sequence > before, "in the order in which it was answered");
            before = *sequence;
        }
    }
    assert_eq!(done.len(), usize::try_from(WORKERS).unwrap());
    done.iter().for_each(|done| ended(server, done));
    (done.iter().map(|done| done.rounds).sum(), answered)
}

/// Every document is over, and the shelves hold what is left.
fn ended(server: &Server, done: &Done) {
    let column = |command: String, column: &str| {
        let row = server.json(&command);
        let row = row.get(0).cloned().unwrap_or(row);
        row[column].as_str().map_or_else(|| row[column].to_string(), str::to_owned)
    };
    for round in 0..done.rounds {
        let Names { delivery, order, count, task, .. } = Names::new(done.number, round);
        let say = |what: &str| format!("stock {what} -w {WAREHOUSE}");
        assert_eq!(column(say(&format!("delivery show {delivery}")), "state"), "closed", "{delivery}");
        assert_eq!(column(say(&format!("order show {order}")), "state"), "closed", "{order}");
        assert_eq!(column(say(&format!("order show {order}")), "shipped"), "6", "{order}");
        assert_eq!(column(say(&format!("count show {count}")), "state"), "posted", "{count}");
        assert_eq!(column(say(&format!("task show {task}")), "state"), "done", "{task}");
    }
    let Names { part, thing, inside, shelf, outside, .. } = Names::new(done.number, 0);
    let held = |sku: &str, at: &str| -> Value {
        let position = server.json(&format!("stock get -w {WAREHOUSE} -s {sku} -l {at}"));
        Value::from(format!(
            "{}/{}",
            position["on_hand"].as_str().unwrap(),
            position["reserved"].as_str().unwrap()
        ))
    };
    assert_eq!(held(&part, &shelf), format!("{}/0", done.rounds * PARTS_A_ROUND));
    assert_eq!(held(&thing, &shelf), format!("{}/0", done.rounds * THINGS_A_ROUND));
    for at in [&inside, &outside] {
        assert_eq!(held(&part, at), "0/0");
    }
}

//! Tasks, from the command line.

use serde_json::Value;

use crate::support::Server;

fn words(row: &Value, fields: &[&str]) -> String {
    let word = |field: &&str| row[*field].as_str().map_or_else(|| row[*field].to_string(), str::to_owned);
    fields.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[test]
fn a_task_is_claimed_and_done() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 20");
    let create = "stock task create T-1 -w BER --kind replenish --from MAIN --to PICK -s A-1 -q 8";
    server.json(&format!("{create} --priority 5 --zone COLD --skill FORKLIFT --due 2027-01-31"));
    assert_eq!(server.refused(&create.replace("T-1", "T-2")).1, "TASK_EXISTS");
    assert_eq!(server.refused("stock task next -w BER --worker ANN --zone COLD").1, "NO_TASK");
    let next = server.json("stock task next -w BER --worker ANN --kind replenish --skill FORKLIFT --at MAIN");
    assert_eq!(next["tasks"], serde_json::json!(["T-1"]));
    assert_eq!(server.refused("stock task start T-1 -w BER --worker BOB").1, "TASK_NOT_HELD");
    server.json("stock task start T-1 -w BER --worker ANN");
    let done = r#"{"warehouse": "BER", "lines": [
        {"move": {"sku": "A-1", "from_location": "MAIN", "to_location": "PICK", "quantity": "6"}},
        {"finish_task": {"task": "T-1", "worker": "ANN", "quantity": "6"}},
        {"create_task": {"task": "T-3", "kind": "count", "from_location": "MAIN", "assignee": "BOB"}}]}"#;
    assert_eq!(server.piped("stock post --file -", done.as_bytes()).code, 0);
    let row = ["task", "kind", "state", "worker", "quantity", "done"];
    assert_eq!(words(&server.json("stock task show T-1 -w BER"), &row), "T-1 replenish done ANN 8 6");
    server.json("stock task claim T-3 -w BER --worker BOB");
    server.json("stock task back T-3 -w BER --worker BOB");
    server.json("stock task next -w BER --worker BOB");
    server.json("stock task fail T-3 -w BER --worker BOB --reason locked");
    let list = server.json("stock task list -w BER --filter state=\"failed\"");
    assert_eq!(words(&list[0], &["task", "state", "worker", "reason"]), "T-3 failed BOB locked");
    assert_eq!(server.refused("stock task cancel T-3 -w BER").1, "TASK_ENDED");
    let journal = server.json("journal read -w BER").to_string();
    assert!(journal.contains("\"task\":\"T-1\""), "{journal}");
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
}

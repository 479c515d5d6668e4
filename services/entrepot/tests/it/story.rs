//! From an empty directory to a verified journal.

use crate::support::Server;

#[test]
fn a_movement_travels_the_whole_way() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());

    let received = server.json("stock receive -w BER -s A-1 -l MAIN -q 2 --unit CASE --reference first");
    assert_eq!((&received["sequence"], &received["remembered"]), (&1.into(), &false.into()));
    server.json("stock move -w BER -s A-1 --from MAIN --to PICK -q 10");
    let reserved = server.json("stock reserve -w BER -s A-1 -l PICK -q 6");
    let reservation = reserved["reservation_ids"][0].as_str().unwrap();
    server.json(&format!("stock fulfil -w BER -r {reservation} -q 4"));
    server.json(&format!("stock release -w BER -r {reservation}"));
    server.json("stock return -w BER -s A-1 -l MAIN -q 1");
    server.json("stock adjust -w BER -s A-1 -l MAIN -q -2 --reason broken");
    let issued = server.json("stock issue -w BER -s A-1 -l PICK -q 1");
    let sequence = issued["sequence"].as_u64().unwrap();

    let position = server.json("stock get -w BER -s A-1 -l PICK");
    assert_eq!((&position["on_hand"], &position["reserved"]), (&"5".into(), &"0".into()));
    let balances = server.json("stock balances -w BER");
    assert_eq!((&balances[0]["on_hand"], &balances[0]["available"]), (&"18".into(), &"18".into()));
    let before = server.json("stock get -w BER -s A-1 -l MAIN --as-of 1");
    assert_eq!((&before["on_hand"], &before["as_of_sequence"]), (&"24".into(), &1.into()));

    let seen = server.json(&format!("availability get -s A-1 -w BER --at-least {sequence}"));
    assert_eq!(seen["available"], "18");
    assert!(seen["as_of_sequence"].as_u64().unwrap() >= sequence);
    assert_eq!(server.json("availability list --sku A-1")[0]["warehouse"], "BER");

    let entries = server.json("journal read -w BER");
    assert_eq!(entries.as_array().unwrap().len(), 8);
    assert_eq!(entries[0]["what"], "receipt 24 A-1 SUPPLIER -> MAIN");
    let verdict = server.json("journal verify --warehouse BER");
    assert_eq!((&verdict["sound"], verdict["sequence"].as_u64()), (&true.into(), Some(8)));
    assert_eq!(verdict["hash"], server.json("journal head -w BER")["hash"]);
}

#[test]
fn a_repeated_request_is_remembered_and_another_one_refused() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let id = "6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f";
    let post = |quantity: u32| format!("stock receive -w BER -s A-1 -l MAIN -q {quantity} --request-id {id}");
    let first = server.json(&post(5));
    let again = server.json(&post(5));
    assert_eq!((&again["sequence"], &again["remembered"]), (&first["sequence"], &true.into()));
    let (code, reason, _) = server.refused(&post(6));
    assert_eq!((code, reason.as_str()), (3, "REQUEST_ID_REUSED"));
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "5");
}

#[test]
fn a_document_from_a_file_is_all_or_nothing() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let good = br#"{"warehouse": "BER", "reference": "order 1", "effective_at": "2024-02-01T10:00:00+01:00", "lines": [
        {"receive": {"sku": "A-1", "location": "MAIN", "quantity": 7}},
        {"reserve": {"sku": "A-1", "location": "MAIN", "quantity": "2"}}]}"#;
    let posted = server.piped("stock post --file -", good);
    let receipt: serde_json::Value = serde_json::from_str(&posted.stdout).unwrap();
    assert_eq!(receipt["effective_at"], "2024-02-01T09:00:00.000000Z");
    assert_eq!(receipt["reservation_ids"], serde_json::json!(["1-1"]));

    let bad = br#"{"lines": [{"receive": {"sku": "A-1", "location": "MAIN", "quantity": "1"}},
        {"issue": {"sku": "A-1", "location": "MAIN", "quantity": "100"}}]}"#;
    let refused = server.piped("stock post --file - --warehouse BER", bad).failure();
    assert_eq!((refused.0, refused.1.as_str()), (3, "INSUFFICIENT_AVAILABLE"));
    let position = server.json("stock get -w BER -s A-1 -l MAIN");
    assert_eq!((&position["on_hand"], &position["available"]), (&"7".into(), &"5".into()));
}

#[test]
fn dry_runs_change_nothing() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    assert_eq!(server.json("stock receive -w BER -s A-1 -l MAIN -q 5 --dry-run")["sequence"], 0);
    assert_eq!(server.json("journal head -w BER")["sequence"], 0);
    server.json("catalog item create B-1 --dry-run");
    assert_eq!(server.refused("catalog item get B-1").0, 4);
}

#[test]
fn streams_end_at_their_limit() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    for _ in 0..3 {
        server.json("stock receive -w BER -s A-1 -l MAIN -q 1");
    }
    let tail = server.run("journal tail -w BER --after 1 --limit 2 --output json");
    let lines: Vec<serde_json::Value> =
        tail.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.iter().map(|line| &line["sequence"]).collect::<Vec<_>>(), [2, 3]);
    server.json("availability get -s A-1 -w BER --at-least 3");
    let watch = server.run("availability watch -w BER --after 1 --limit 2 --output csv");
    let lines: Vec<_> = watch.stdout.lines().collect();
    assert_eq!(
        lines,
        [
            "warehouse,sequence,sku,on_hand,reserved,available,inbound,in_transit,expected_demand",
            "BER,2,A-1,2,0,2,0,0,0",
            "BER,3,A-1,3,0,3,0,0,0"
        ]
    );
    let rebuilt = server.json("availability rebuild -w BER");
    assert_eq!(rebuilt[0]["as_of_sequence"], 3);
}

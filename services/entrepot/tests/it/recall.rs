//! Lots that are made, sold, traced and called back, over the command line.

use serde_json::{Value, json};

use crate::support::Server;

/// Flour of two lots in BER goes into bread; some of the bread goes out, and some flour to HAM's customers.
fn bakery(server: &Server) {
    for code in ["BER", "HAM"] {
        server.json(&format!("catalog warehouse create {code} --time-zone Europe/Berlin"));
        server.json(&format!("catalog location create --warehouse {code} MAIN --kind storage"));
    }
    server.json("catalog item create FLOUR --name Flour --tracking lot");
    server.json("catalog item create BREAD --name Bread --tracking lot");
    for (warehouse, lot) in [("BER", "F1"), ("BER", "F2"), ("HAM", "F1")] {
        server
            .json(&format!("stock receive -w {warehouse} -s FLOUR -l MAIN -q 10 --lot {lot} --partner MILL"));
    }
    server.json("stock issue -w HAM -s FLOUR -l MAIN -q 3 --lot F1 --partner C-9");
    let baked = br#"{"warehouse": "BER", "lines": [
        {"consume": {"sku": "FLOUR", "location": "MAIN", "quantity": 4, "goods": {"lot": "F1"}}},
        {"consume": {"sku": "FLOUR", "location": "MAIN", "quantity": 1, "goods": {"lot": "F2"}}},
        {"produce": {"sku": "BREAD", "location": "MAIN", "quantity": 8, "goods": {"lot": "B1"}}}]}"#;
    let posted = server.piped("stock post --file -", baked);
    assert_eq!(posted.code, 0, "{}", posted.stderr);
    server.json("stock issue -w BER -s BREAD -l MAIN -q 2 --lot B1 --partner C-1");
}

/// Waits for nothing but the journal: until it has an entry of this sequence.
fn until(server: &Server, warehouse: &str, sequence: u64) {
    let tail = server.run(&format!("journal tail -w {warehouse} --after {} --limit 1", sequence - 1));
    assert_eq!(tail.code, 0, "{}", tail.stderr);
}

#[test]
fn a_recall_holds_a_lot_everywhere_and_finds_who_got_of_it() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    bakery(&server);
    let started = server.json("recall start FLOUR F1 --reason glass");
    assert_eq!((&started["state"], &started["reason"]), (&"ACTIVE".into(), &"glass".into()));
    until(&server, "BER", 5);
    until(&server, "HAM", 3);
    for (warehouse, held) in [("BER", "6"), ("HAM", "7")] {
        let rows = server.json(&format!("stock positions -w {warehouse} --filter lot=\"F1\""));
        let now: Vec<&Value> = rows.as_array().unwrap().iter().filter(|row| row["on_hand"] != "0").collect();
        assert_eq!(now.len(), 1);
        assert_eq!((&now[0]["status"], &now[0]["on_hand"]), (&"recalled".into(), &held.into()));
    }
    server.json("availability get -s FLOUR -w BER --at-least 5");
    server.json("availability get -s FLOUR -w HAM --at-least 3");
    let shown = server.json("recall show FLOUR F1");
    let told: Vec<Value> = shown
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let of = format!("{}{}", row["warehouse"].as_str().unwrap(), row["lot"].as_str().unwrap());
            json!([of, row["what"], row["status"], row["partner"], row["quantity"]])
        })
        .collect();
    let expected = [
        json!(["BERF1", "held", "recalled", "", "6"]),
        json!(["BERF1", "received", "", "MILL", "10"]),
        json!(["HAMF1", "held", "recalled", "", "7"]),
        json!(["HAMF1", "received", "", "MILL", "10"]),
        json!(["HAMF1", "issued", "", "C-9", "3"]),
        json!(["BERB1", "held", "available", "", "6"]),
        json!(["BERB1", "issued", "", "C-1", "2"]),
        json!(["BER", "known_until", "", "", ""]),
        json!(["HAM", "known_until", "", "", ""]),
    ];
    assert_eq!(told, expected);
    assert_eq!(shown[0]["recall"], "ACTIVE");
    assert!(shown[7]["last_sequence"].as_u64().unwrap() >= 5, "{shown}");
    let unheard = server.run("recall start FLOUR F7 --reason none-came-yet");
    assert_eq!(unheard.code, 0, "{}", unheard.stderr);
    assert!(unheard.stderr.contains("no warehouse has had lot F7 of FLOUR"), "{}", unheard.stderr);
    assert_eq!(server.json("recall show FLOUR F7"), json!([]));
    assert_eq!(server.refused("recall start FLOUR F1 --reason again").1, "ALREADY_EXISTS");
    let moved = "stock status-change -w BER -s FLOUR -l MAIN -q 6 --lot F1 --status recalled --to quarantine --reason x";
    assert_eq!(server.refused(moved).1, "LOT_RECALLED");
    assert_eq!(server.json("recall end FLOUR F1")["state"], "ENDED");
    assert_eq!(server.json("recall list --filter state=ACTIVE").as_array().unwrap().len(), 1);
    server.json(moved);
    assert_eq!(server.refused("recall end FLOUR F9").1, "UNKNOWN_RECALL");
}

#[test]
fn a_trace_is_a_tree_for_people_and_a_graph_for_programs() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    bakery(&server);
    let graph = server.json("trace FLOUR F1 --down --at-least BER=4 --at-least HAM=2");
    let names: Vec<Value> =
        graph["nodes"].as_array().unwrap().iter().map(|n| json!([n["level"], n["sku"], n["lot"]])).collect();
    assert_eq!(names, [json!([0, "FLOUR", "F1"]), json!([1, "BREAD", "B1"])]);
    assert_eq!(graph["nodes"][1]["issued"], json!(["C-1 2 BER"]));
    assert_eq!(graph["links"].as_array().unwrap().len(), 1);
    assert_eq!((&graph["links"][0]["consumed"], &graph["links"][0]["produced"]), (&"4".into(), &"8".into()));
    let tree = server.run("trace BREAD B1 --up --output table");
    let expected = "made of:
BREAD lot B1
│   held available 6 BER
│   issued C-1 2 BER
├─ BER-3 4 > 8 FLOUR lot F1
│      held available 6 BER
│      received MILL 10 BER
│      held available 7 HAM
│      received MILL 10 HAM
│      issued C-9 3 HAM
└─ BER-3 1 > 8 FLOUR lot F2
       held available 9 BER
       received MILL 10 BER
";
    assert_eq!(tree.stdout, expected);
    assert_eq!(server.refused("trace FLOUR F9").1, "UNKNOWN_LOT");
    assert_eq!(server.refused("trace FLOUR F1 --levels 1001"), (2, "BAD_FIELD".into(), "levels".into()));
}

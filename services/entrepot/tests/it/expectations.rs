//! What is expected, from the command line.

use serde_json::Value;
use vocabulary::Date;

use crate::support::Server;

/// `KEY DIRECTION KIND DAY EXPECTED/MET/OPEN` of what is expected.
fn listed(server: &Server, options: &str) -> Vec<String> {
    let rows = server.json(&format!("stock expectations -w BER {options}"));
    let text = |row: &Value, field: &str| row[field].as_str().unwrap().to_owned();
    let row = |row: &Value| {
        let words = ["expectation", "direction", "supply_kind", "day"].map(|field| text(row, field));
        let amounts = ["expected", "met", "open"].map(|field| text(row, field));
        format!("{} {}", words.join(" "), amounts.join("/"))
    };
    rows.as_array().unwrap().iter().map(row).collect()
}

#[test]
fn what_is_expected_is_set_met_and_listed() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog item create E-1");
    server.json("stock expect PO-17/3 -w BER --supply purchase -s E-1 -q 40 --day 2030-03-01 --partner ACME");
    server.json("stock expect T-1 -w BER --supply transfer --dispatched -s E-1 -q 5 --day 2030-03-04");
    server.json("stock expect SO-9 -w BER --demand -s E-1 -q 12 --day 2030-03-09 --channel WEB");
    server.json("stock receive -w BER -s E-1 -l MAIN -q 30 --expectation PO-17/3");
    let reserved = server.json("stock reserve -w BER -s E-1 -q 2 --expectation SO-9");
    let id = reserved["reservation_ids"][0].as_str().unwrap();
    server.json("stock issue -w BER -s E-1 -l MAIN -q 1 --expectation SO-9");
    server.json(&format!("stock fulfil -w BER -r {id}"));
    let supply = ["PO-17/3 supply purchase 2030-03-01 40/30/10", "T-1 supply transfer 2030-03-04 5/0/5"];
    assert_eq!(listed(&server, "--sku E-1 --direction supply"), supply);
    assert_eq!(listed(&server, "--from 2030-03-02 --to 2030-03-08"), supply[1..]);
    assert_eq!(listed(&server, "--direction demand"), ["SO-9 demand  2030-03-09 12/3/9"]);

    let refused = server.refused("stock issue -w BER -s E-1 -l MAIN -q 1 --expectation PO-17/3");
    assert_eq!((refused.0, refused.1.as_str()), (3, "EXPECTATION_OF_OTHER_DIRECTION"));
    let refused = server.refused("stock receive -w BER -s E-1 -l MAIN -q 1 --expectation PO-1");
    assert_eq!(refused.1, "EXPECTATION_NOT_FOUND");
    let document = br#"{"warehouse": "BER", "lines": [
        {"expect": {"expectation": "P-2", "direction": "supply", "supply_kind": "production", "sku": "E-1",
                    "quantity": 3, "day": "2030-03-01"}},
        {"produce": {"sku": "E-1", "location": "MAIN", "quantity": "4", "expectation": "P-2"}},
        {"consume": {"sku": "E-1", "location": "MAIN", "quantity": "1", "expectation": "SO-9"}},
        {"cancel_expectation": {"expectation": "T-1"}}]}"#;
    let posted = server.piped("stock post --file -", document);
    assert_eq!(posted.code, 0, "{}", posted.stderr);
    server.json("stock expect PO-17/3 -w BER --cancel");
    assert_eq!(listed(&server, "--limit 99"), ["SO-9 demand  2030-03-09 12/4/8"]);
    let told = server.json("journal read -w BER").to_string();
    for words in ["expect 40 E-1 as PO-17/3", "met 30 of PO-17/3", "expect no more of T-1"] {
        assert!(told.contains(words), "{words}");
    }
}

#[test]
fn what_can_be_promised_is_shown_by_day() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog item create E-1");
    server.json("stock receive -w BER -s E-1 -l MAIN -q 10");
    server.json("stock expect T-1 -w BER --supply transfer --dispatched -s E-1 -q 5 --day 2067-03-02");
    let overdue = Date::from_days(Date::of(rpc::clock::now()).days() - 30).unwrap();
    server.json(&format!("stock expect P-1 -w BER --supply purchase -s E-1 -q 2 --day {overdue}"));
    let posted = server.json("stock expect SO-9 -w BER --demand -s E-1 -q 12 --day 2067-03-03");
    let sequence = &posted["sequence"];
    let asked = format!("-s E-1 -w BER --at-least {sequence}");
    let rows = server.json(&format!("availability atp {asked} --from 2067-03-01 --days 4"));
    let row = |row: &Value| {
        let words = ["day", "supply", "demand", "atp", "promisable", "overdue_supply"];
        words.map(|field| row[field].as_str().unwrap().to_owned()).join(" ")
    };
    let rows: Vec<_> = rows.as_array().unwrap().iter().map(row).collect();
    let expected =
        ["2067-03-01 0 0 12 5 2", "2067-03-02 5 0 17 5 ", "2067-03-03 0 12 5 5 ", "2067-03-04 0 0 5 5 "];
    assert_eq!(rows, expected);
    let there = server.json(&format!("availability get {asked}"));
    let columns = ["on_hand", "inbound", "in_transit", "expected_demand"];
    assert_eq!(columns.map(|field| there[field].as_str().unwrap()), ["10", "2", "5", "12"]);
}

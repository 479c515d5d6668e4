//! A number that two warehouses have.

use serde_json::Value;

use crate::site::{Site, on_production};
use crate::support::Server;

/// Waits for nothing but the journal: until it has an entry of this sequence.
fn until(server: &Server, warehouse: &str, sequence: u64) {
    let tail = server.run(&format!("journal tail -w {warehouse} --after {} --limit 1", sequence - 1));
    assert_eq!(tail.code, 0, "{}", tail.stderr);
}

/// What a warehouse has of the item, unit by unit and status by status.
fn held(server: &Server, warehouse: &str) -> Vec<String> {
    let rows = server.json(&format!("stock positions -w {warehouse} --filter sku=\"CAM\""));
    let rows = rows.as_array().unwrap().iter().filter(|row| row["on_hand"] != "0");
    let words = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    rows.map(|row| format!("{} {}", words(row, "on_hand"), words(row, "status"))).collect()
}

fn the_second_is_held(server: &Server) {
    for code in ["BER", "HAM"] {
        server.json(&format!("catalog warehouse create {code}"));
        server.json(&format!("catalog location create --warehouse {code} MAIN --kind storage"));
    }
    server.json("catalog item create CAM --name Camera --tracking serial");
    server.json("stock receive -w BER -s CAM -l MAIN -q 2 --serial 1 --serial 2");
    server.json("availability get -s CAM -w BER --at-least 1");
    server.json("stock receive -w HAM -s CAM -l MAIN -q 2 --serial 2 --serial 3");
    let (_, reason, _) = server.refused("stock receive -w HAM -s CAM -l MAIN -q 1 --serial 3");
    assert_eq!(reason, "DUPLICATE_SERIAL", "here it is refused");
    until(server, "HAM", 3);
    assert_eq!(held(server, "BER"), ["2 available"], "who had it first is left alone");
    assert_eq!(held(server, "HAM"), ["1 available", "1 quality_hold"]);

    // Whatever becomes of the first, it was there first. A person has looked at the second, and sets it free: it stays free. Another
    // arrival is held, though it says that it came long ago.
    let look = "-w BER -s CAM -l MAIN -q 1 --serial 2 --reason looked";
    server.json(&format!("stock status-change {look} --to inspection"));
    server.json(&format!("stock status-change {look} --status inspection --to available"));
    server.json("availability get -s CAM -w BER --at-least 3");
    let free = "--status quality_hold --to available --reason looked";
    server.json(&format!("stock status-change -w HAM -s CAM -l MAIN -q 1 --serial 2 {free}"));
    server.json("availability get -s CAM -w HAM --at-least 4");
    server.json("stock receive -w HAM -s CAM -l MAIN -q 1 --serial 1 --effective-at 2026-01-02T00:00:00Z");
    until(server, "HAM", 6);
    assert_eq!(held(server, "HAM"), ["2 available", "1 quality_hold"]);
    assert_eq!(held(server, "BER"), ["2 available"]);
    server.json("availability get -s CAM -w HAM --at-least 6");
    let told = server.json("availability duplicates");
    let told = told.as_array().unwrap().iter().map(|row| {
        let words = ["serial", "warehouse", "status"].map(|key| row[key].as_str().unwrap().to_owned());
        format!("{} {}", words.join(" "), row["since_sequence"])
    });
    let expected = ["1 BER available 1", "1 HAM quality_hold 5", "2 BER available 1", "2 HAM available 1"];
    assert_eq!(told.collect::<Vec<_>>(), expected);

    // One that came in a box is held in it.
    server.json("stock receive -w BER -s CAM -l MAIN -q 1 --serial 4");
    server.json("availability get -s CAM -w BER --at-least 4");
    let sscc = "106141412345678908";
    server.json(&format!("stock unit open -w HAM --kind BOX -l MAIN --sscc {sscc}"));
    server.json(&format!("stock receive -w HAM -s CAM -l MAIN -q 1 --serial 4 --handling-unit {sscc}"));
    until(server, "HAM", 9);
    let unit = server.json(&format!("stock unit show -w HAM {sscc}"));
    assert_eq!(unit["contents"][0]["status"], "quality_hold", "{unit}");
}

/// Nothing more happens where the unit was first, so that the view has to say it long enough.
const SOON: [(&str, &str); 1] = [("ENTREPOT_STOCK__LIMITS__DUPLICATE_CONFIRM_MS", "1000")];

#[test]
fn a_number_that_comes_a_second_time_is_held_embedded() {
    let site = Site::embedded();
    let server = site.start_with(&SOON);
    the_second_is_held(&server);
    let metrics = server.scrape();
    let value = |name: &str| {
        let mut lines = metrics.lines().filter(|line| line.starts_with(name) && line.contains("\"HAM\""));
        lines.next().and_then(|line| line.rsplit(' ').next()).unwrap_or_default().to_owned()
    };
    assert_eq!(value("entrepot_stock_doubles_held_total{"), "3", "{metrics}");
    assert_eq!(value("entrepot_stock_doubles{"), "3", "on hold, and the one that a person set free");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_comes_a_second_time_is_held_in_production() {
    on_production("doubles", async |site| the_second_is_held(&site.start_with(&SOON))).await;
}

//! Promises, rules and their explanations, from the command line.

use std::time::Duration;

use serde_json::Value;
use tokio::time::Instant;

use crate::support::Server;

fn with_lots(server: &Server) {
    server.json("catalog item create L-1 --tracking lot");
    server.json("catalog item create S-1 --tracking serial");
    for (at, lot, expiry) in
        [("MAIN", "A", "2031-06-01"), ("PICK", "B", "2030-01-01"), ("PICK", "C", "2033-01-01")]
    {
        server.json(&format!("stock receive -w BER -s L-1 -l {at} -q 4 --lot {lot} --expiry {expiry}"));
    }
    server.json("stock receive -w BER -s S-1 -l MAIN -q 2 --serial 7 --serial 8");
}

/// `LOCATION LOT QUANTITY` of a reservation.
fn parts(server: &Server, receipt: &Value) -> String {
    let id = receipt["reservation_ids"][0].as_str().unwrap();
    let held = server.json(&format!("stock reservation -w BER {id}"));
    let text = |part: &Value, field: &str| part[field].as_str().unwrap().to_owned();
    let part = |part: &Value| ["location", "lot", "quantity"].map(|field| text(part, field)).join(" ");
    held["parts"].as_array().unwrap().iter().map(part).collect::<Vec<_>>().join(", ")
}

#[test]
fn goods_are_promised_in_every_way() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    with_lots(&server);
    for (options, expected) in [
        ("-q 5", "PICK B 4, MAIN A 1"),
        ("-q 5 --pick lifo", "PICK C 4, PICK B 1"),
        ("-q 5 --pick shortest_path", "MAIN A 4, PICK B 1"),
        ("-q 5 --min-expiry 2031-01-01", "MAIN A 4, PICK C 1"),
        ("-q 2 --lot C", "PICK C 2"),
        (
            "-q 3 -l MAIN --expires-at 2099-01-01T00:00:00Z --priority 3 --holder C-1 --channel WEB",
            "MAIN A 3",
        ),
        ("-q 99 --allow-partial", "PICK B 4, MAIN A 4, PICK C 4"),
    ] {
        let made = server.json(&format!("stock reserve -w BER -s L-1 {options}"));
        assert_eq!(parts(&server, &made), expected, "{options}");
        let id = made["reservation_ids"][0].as_str().unwrap();
        server.json(&format!("stock release -w BER -r {id}"));
    }
    server.json("stock reserve -w BER -s S-1 -q 1 --serial 8");
    let refused = server.refused("stock issue -w BER -s S-1 -l MAIN -q 1 --serial 8");
    assert_eq!((refused.0, refused.1.as_str()), (3, "SERIAL_RESERVED"));
}

#[test]
fn rules_are_set_seen_and_explained() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    with_lots(&server);
    server.json("stock rule set quota -w BER -s L-1 --channel WEB -q 5");
    server.json("stock rule set buffer -w BER -s L-1 -q 2");
    server.json("stock rule set maximum -w BER -s L-1 --holder C-1 -q 3");
    server.json("stock rule set shelf-life -w BER --holder C-1 --days 30");
    let rules = server.json("stock rule list -w BER");
    assert_eq!(rules.as_array().unwrap().len(), 4);
    let available =
        |options: &str| server.json(&format!("stock balances -w BER {options}"))[0]["available"].clone();
    assert_eq!(available("--filter sku=\"L-1\""), "12");
    assert_eq!(available("--filter sku=\"L-1\" --channel WEB"), "10");
    assert_eq!(available("--filter sku=\"L-1\" --channel SHOP"), "5");

    // The view says the same as the warehouse.
    let head = server.json("journal head -w BER")["sequence"].as_u64().unwrap();
    for (channel, expected) in [("", "12"), (" --channel WEB", "10"), (" --channel SHOP", "5")] {
        let seen = server.json(&format!("availability get -s L-1 -w BER --at-least {head}{channel}"));
        assert_eq!(seen["available"], expected, "{channel}");
    }
    let slices = server.json("availability slices -w BER -s L-1");
    let lots = slices.as_array().unwrap().iter().map(|row| row["lot"].as_str().unwrap());
    assert_eq!(lots.collect::<Vec<_>>(), ["A", "B", "C"]);

    let set = server.json("stock rule set minimum -w BER -s L-1 -q 20");
    let alerts = server
        .json(&format!("availability alerts -w BER --kind below_minimum --at-least {}", set["sequence"]));
    let below = &alerts.as_array().unwrap()[..];
    let words = ["state", "kind", "sku", "quantity", "minimum"].map(|key| below[0][key].as_str().unwrap());
    assert_eq!((below.len(), words), (1, ["open", "below_minimum", "L-1", "12", "20"]));
    let watched = server.json("availability alerts --watch --limit 1");
    assert_eq!(watched["kind"], "below_minimum");
    counts(&server, "below_minimum", "1");
    server.json("stock rule set minimum -w BER -s L-1 -q none");
    counts(&server, "below_minimum", "0");

    let refused = server.refused("stock reserve -w BER -s L-1 -q 8 --channel SHOP");
    assert_eq!((refused.0, refused.1.as_str()), (3, "QUOTA_EXCEEDED"));
    let document = br#"{"warehouse": "BER", "lines": [
        {"reserve": {"sku": "L-1", "quantity": "3", "holder": "C-1", "needed_on": "2029-12-15", "pick": "fifo"}},
        {"reserve": {"sku": "L-1", "quantity": "8", "channel": "SHOP"}}]}"#;
    let explained = server.piped("stock explain -", document);
    let said: Value = serde_json::from_str(&explained.stdout).unwrap();
    let short = |row: &Value| {
        format!("{} {} {}", row["line"], row["what"].as_str().unwrap(), row["lot"].as_str().unwrap())
    };
    let said: Vec<_> = said.as_array().unwrap().iter().map(short).collect();
    let expected = ["0 kept ", "0 chosen A", "0 passed_over B", "0 passed_over C", "1 refused ", "1 kept "];
    assert_eq!(said[..6], expected, "{said:?}");

    server.json("stock rule set quota -w BER -s L-1 --channel WEB -q none");
    assert_eq!(available("--filter sku=\"L-1\" --channel SHOP"), "10");
    let kinds = server.json("stock rule list -w BER");
    assert_eq!(kinds.as_array().unwrap().len(), 3, "{kinds}");
}

/// Waits until the metric of open alerts of a kind says so: it follows the view.
fn counts(server: &Server, kind: &str, expected: &str) {
    let started = Instant::now();
    loop {
        let metrics = server.scrape();
        let of_kind = |line: &&str| line.starts_with("visibility_alerts_open") && line.contains(kind);
        let found = metrics.lines().find(of_kind).unwrap_or_else(|| panic!("no alerts in {metrics}"));
        if found.rsplit(' ').next() == Some(expected) {
            return;
        }
        assert!(started.elapsed() < Duration::from_secs(30), "{found}");
        std::thread::yield_now();
    }
}

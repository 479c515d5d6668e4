//! Outbound orders, from the command line.

use serde_json::Value;

use crate::support::Server;

fn words(row: &Value, fields: &[&str]) -> String {
    let word = |field: &&str| row[*field].as_str().map_or_else(|| row[*field].to_string(), str::to_owned);
    fields.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// What a command lists, by some of its columns.
fn listed(server: &Server, command: &str, fields: &[&str]) -> Vec<String> {
    let rows = server.json(command);
    rows.as_array().unwrap().iter().map(|row| words(row, fields)).collect()
}

#[test]
fn an_order_is_picked_and_shipped() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog location create DOCK -w BER");
    server.json("catalog item create B-1");
    server.json("stock receive -w BER -s A-1 -l MAIN -q 20");
    let place = "stock order place SO-1 -w BER --customer C-1 --due 2027-01-31 --carrier DHL";
    server.json(&format!("{place} --line A-1 8 --line B-1 2"));
    assert_eq!(server.refused("stock order ship SO-1 -w BER").1, "ORDER_IN_NO_WAVE");
    server.json("stock order allocate SO-1 -w BER");
    server.json("stock order wave W-1 -w BER --staging DOCK SO-1");
    let pick = ["location", "sku", "quantity", "order", "line"];
    assert_eq!(listed(&server, "stock order picklist W-1 -w BER", &pick), ["MAIN A-1 8 SO-1 1"]);
    let reservation = listed(&server, "stock order picklist W-1 -w BER", &["reservation_id"]).remove(0);
    let moved = format!("stock move -w BER -s A-1 --from MAIN --to DOCK --reservation {reservation}");
    server.json(&format!("{moved} -q 5"));
    let short = format!("stock order short SO-1 -w BER --reservation {reservation} -l MAIN -q 1");
    server.json(&format!("{short} --reason gone"));
    let line = ["state", "line", "ordered", "promised", "picked", "shipped"];
    let show = "stock order show SO-1 -w BER";
    assert_eq!(listed(&server, show, &line), ["released 1 8 8 5 0", "released 2 2 0 0 0"]);
    server.json("stock order ship SO-1 -w BER --tracking T-1");
    assert_eq!(server.refused("stock order cancel SO-1 -w BER").1, "ORDER_SHIPPED");
    assert_eq!(server.refused("stock order close SO-1 -w BER").1, "ORDER_LINE_OPEN");
    let orders = "stock order list -w BER --filter state=\"released\"";
    assert_eq!(listed(&server, orders, &["order", "carrier", "lines", "backordered"]), ["SO-1 DHL 2 1"]);
    server.json("stock order close SO-1 -w BER --without-rest");
    assert_eq!(listed(&server, show, &line), ["closed 1 8 0 0 5", "closed 2 2 0 0 0"]);
    assert_eq!(words(&server.json("stock get -w BER -s A-1 -l MAIN"), &["on_hand", "reserved"]), "15 0");
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
}

#[test]
fn all_that_lack_something_are_allocated_by_priority() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 10");
    let place = |order: &str, due: &str, more: &str| {
        server.json(&format!("stock order place {order} -w BER --customer C-1 --due {due} {more}"));
    };
    place("SO-1", "2027-01-31", "--line A-1 5");
    place("SO-2", "2027-02-28", "--line A-1 4 --priority 5");
    place("SO-3", "2027-01-30", "--line A-1 3");
    place("SO-4", "2027-01-01", "--line A-1 1 --complete");
    place("SO-5", "2027-01-29", "--line A-1 9 --complete");
    server.json("stock order allocate SO-4 -w BER");
    let row = ["order", "priority", "reservations", "refused"];
    let all = "stock order allocate --all -w BER";
    let lacking = "SO-5 0 0 INSUFFICIENT_AVAILABLE";
    assert_eq!(listed(&server, all, &row), ["SO-2 5 1 ", lacking, "SO-3 0 1 ", "SO-1 0 1 "]);
    assert_eq!(words(&server.json("stock get -w BER -s A-1 -l MAIN"), &["on_hand", "reserved"]), "10 10");
    let promised = ["order", "promised"];
    assert_eq!(listed(&server, "stock order show SO-1 -w BER", &promised), ["SO-1 2"]);
    server.json("stock receive -w BER -s A-1 -l MAIN -q 2");
    assert_eq!(listed(&server, all, &row).len(), 2);
    assert_eq!(listed(&server, "stock order show SO-1 -w BER", &promised), ["SO-1 4"]);
    let refused = server.run("stock order allocate SO-1 --all -w BER");
    assert_eq!(refused.code, 2);
}

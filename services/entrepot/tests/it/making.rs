//! A manufacturer with two regional warehouses: raw materials arrive and are inspected, production uses them up, finished goods are
//! stored and ship. What there is is right after every step, and the view says so at once.

use serde_json::Value;

use crate::support::Server;

/// Both warehouses, what is bought and what is made of it: eight legs of a plank, a table of legs, planks and glue.
fn manufacturer(server: &Server) {
    for warehouse in ["HAM", "BER"] {
        server.json(&format!("catalog warehouse create {warehouse} --time-zone Europe/Berlin"));
        for location in
            ["DOCK --kind dock", "STORE --kind storage", "WIP-1 --kind storage", "GOODS --kind pick"]
        {
            server.json(&format!("catalog location create --warehouse {warehouse} {location}"));
        }
    }
    for item in [
        "PLANK --tracking lot --decimals 1",
        "GLUE --tracking lot --decimals 3",
        "LEG --tracking lot",
        "TABLE --tracking lot",
        "SET",
        "CHIPS",
    ] {
        server.json(&format!("catalog item create {item}"));
    }
    server.json("catalog bom set LEG 1 --base 8 --component PLANK 1 --by-product CHIPS 2");
    server.json(
        "catalog bom set TABLE 1 --component LEG 4 --component PLANK 2 --component GLUE 0.125 --scrap GLUE 20",
    );
    server.json("catalog bom set SET 1 --kit --component TABLE 1 --component CHIPS 3");
}

/// What the view says that a warehouse has, as of all that it did: what is on hand, and how much of it is available.
fn there(server: &Server, warehouse: &str, sku: &str) -> String {
    let head = server.json(&format!("journal head -w {warehouse}"))["sequence"].clone();
    let got = server.json(&format!("availability get -s {sku} -w {warehouse} --at-least {head}"));
    format!("{} {}", got["on_hand"].as_str().unwrap(), got["available"].as_str().unwrap())
}

/// What is at a place, by item and lot.
fn at(server: &Server, warehouse: &str, location: &str) -> Vec<String> {
    let rows = server.json(&format!("stock positions -w {warehouse} --filter location=\"{location}\""));
    let text = |row: &Value, field: &str| row[field].as_str().unwrap_or_default().to_owned();
    let told = |row: &Value| format!("{} {} {}", text(row, "sku"), text(row, "lot"), text(row, "on_hand"));
    rows.as_array().unwrap().iter().filter(|row| row["on_hand"] != "0").map(told).collect()
}

/// An order: what it makes and takes, planned and done.
fn order(server: &Server, warehouse: &str, order: &str) -> Vec<String> {
    let rows = server.json(&format!("stock production show -w {warehouse} {order}"));
    let told = |row: &Value| {
        let text = |field: &str| row[field].as_str().unwrap().to_owned();
        [text("state"), text("what"), text("sku"), text("done"), text("planned")].join(" ")
    };
    rows.as_array().unwrap().iter().map(told).collect()
}

/// Planks come by a delivery, are inspected and put away.
fn planks_arrive(server: &Server, warehouse: &str, (delivery, lot): (&str, &str)) {
    server.json(&format!(
        "stock delivery announce {delivery} -w {warehouse} --partner MILL --due 2067-02-01 --line PLANK 24 --aql 1.0"
    ));
    server.json(&format!(
        "stock receive -w {warehouse} -s PLANK -l DOCK -q 24 --lot {lot} --delivery {delivery}"
    ));
    assert_eq!(there(server, warehouse, "PLANK"), "0 0", "they wait for an inspection");
    server.json(&format!(
        "stock status-change -w {warehouse} -s PLANK -l DOCK -q 24 --lot {lot} --status inspection --to available \
         --delivery {delivery} --delivery-line 1 --sample 24 --defective 0 --reason looked"
    ));
    assert_eq!(there(server, warehouse, "PLANK"), "24 24");
    server.json(&format!("stock move -w {warehouse} -s PLANK --from DOCK --to STORE -q 24 --lot {lot}"));
    server.json(&format!("stock delivery close {delivery} -w {warehouse}"));
    assert_eq!(at(server, warehouse, "STORE"), [format!("PLANK {lot} 24")]);
}

/// HAM makes legs: partly, with less than there is refused, a little more than planned, and what is left over goes back.
fn legs_are_made(server: &Server) {
    server.json("stock production plan WO-1 LEG 20 -w HAM --due 2067-03-01 --over 10%");
    let planned = ["announced makes LEG 0 20", "announced besides CHIPS 0 5", "announced takes PLANK 0 2.5"];
    assert_eq!(order(server, "HAM", "WO-1"), planned);
    let none = server.refused("stock production finish WO-1 8 -w HAM --from WIP-1 --to GOODS --lot L1");
    assert_eq!((none.0, none.1.as_str()), (3, "INSUFFICIENT_AVAILABLE"));
    assert_eq!(order(server, "HAM", "WO-1"), planned, "nothing changed");
    server.json("stock move -w HAM -s PLANK --from STORE --to WIP-1 -q 3 --lot P1");
    assert_eq!(at(server, "HAM", "WIP-1"), ["PLANK P1 3"], "the work in progress is a place");
    assert_eq!(there(server, "HAM", "PLANK"), "24 24");

    server.json("stock production finish WO-1 9 -w HAM --from WIP-1 --to GOODS --lot L1");
    let nine = ["arriving makes LEG 9 20", "arriving besides CHIPS 2 5", "arriving takes PLANK 1.2 2.5"];
    assert_eq!(order(server, "HAM", "WO-1"), nine);
    assert_eq!(
        (there(server, "HAM", "PLANK"), there(server, "HAM", "LEG")),
        ("22.8 22.8".into(), "9 9".into())
    );
    // What was rounded up at first is not taken again.
    server.json("stock production finish WO-1 11 -w HAM --from WIP-1 --to GOODS --lot L1");
    assert_eq!(order(server, "HAM", "WO-1"), ["arriving makes LEG 20 20", "arriving besides CHIPS 5 5"]);
    assert_eq!(at(server, "HAM", "WIP-1"), ["PLANK P1 0.5"]);
    let more = server.refused("stock production finish WO-1 3 -w HAM --from WIP-1 --to GOODS --lot L1");
    assert_eq!((more.0, more.1.as_str()), (3, "OVER_TOLERANCE"));
    assert_eq!(at(server, "HAM", "WIP-1"), ["PLANK P1 0.5"], "nothing was used up");
    server.json("stock production finish WO-1 2 -w HAM --from WIP-1 --to GOODS --lot L1");
    assert_eq!(at(server, "HAM", "WIP-1"), ["PLANK P1 0.2"]);
    server.json("stock move -w HAM -s PLANK --from WIP-1 --to STORE -q 0.2 --lot P1");
    server.json("stock production close WO-1 -w HAM");
    assert_eq!(order(server, "HAM", "WO-1"), ["closed makes LEG 22 20", "closed besides CHIPS 5 5"]);
    assert_eq!(there(server, "HAM", "PLANK"), "21.2 21.2");
    assert_eq!(at(server, "HAM", "GOODS"), ["CHIPS  5", "LEG L1 22"]);
}

/// BER makes tables of legs that came from HAM.
fn tables_are_made(server: &Server) {
    server.json("stock issue -w HAM -s LEG -l GOODS -q 20 --lot L1 --partner BER");
    server.json(
        "stock delivery announce TR-1 -w BER --source transfer --partner HAM --due 2067-03-02 --line LEG 20",
    );
    server.json("stock receive -w BER -s LEG -l STORE -q 20 --lot L1 --delivery TR-1");
    server.json("stock delivery close TR-1 -w BER");
    server.json("stock receive -w BER -s GLUE -l STORE -q 2 --lot G1 --partner CHEM");
    server.json("stock production plan WO-2 TABLE 5 -w BER --due 2067-03-03 --under 1");
    // Planned again for less: what it takes follows.
    server.json("stock production plan WO-2 TABLE 4 -w BER --due 2067-03-03 --under 1");
    let planned = [
        "announced makes TABLE 0 4",
        "announced takes GLUE 0 0.625",
        "announced takes LEG 0 16",
        "announced takes PLANK 0 8",
    ];
    assert_eq!(order(server, "BER", "WO-2"), planned);
    for (sku, lot, quantity) in [("LEG", "L1", "16"), ("PLANK", "P2", "8"), ("GLUE", "G1", "0.625")] {
        server.json(&format!("stock move -w BER -s {sku} --from STORE --to WIP-1 -q {quantity} --lot {lot}"));
    }
    server.json("stock production finish WO-2 3 -w BER --from WIP-1 --to GOODS --lot T1 --expiry 2090-01-01");
    assert_eq!((there(server, "BER", "TABLE"), there(server, "BER", "LEG")), ("3 3".into(), "8 8".into()));
    let left = server.refused("stock production cancel WO-2 -w BER");
    assert_eq!(left.1, "DELIVERY_ARRIVED");
    server.json("stock production close WO-2 -w BER");
    assert_eq!(order(server, "BER", "WO-2"), ["closed makes TABLE 3 4"]);
    assert_eq!(at(server, "BER", "WIP-1"), ["GLUE G1 0.156", "LEG L1 4", "PLANK P2 2"]);
    assert_eq!(server.json("stock expectations -w BER"), serde_json::json!([]));
}

/// A table gets another leg; a set is put together when it is ordered; both leave.
fn goods_ship(server: &Server) {
    server.json(
        "stock production assemble TABLE 1 -w BER --from GOODS --to GOODS --lot T1R --used TABLE 1 --of-lot TABLE T1 \
         --used LEG 0 --used PLANK 0 --used GLUE 0",
    );
    assert_eq!(at(server, "BER", "GOODS"), ["TABLE T1 2", "TABLE T1R 1"]);
    let kit = "stock production assemble SET 1 -w BER --from GOODS --to GOODS --of-lot TABLE T1R";
    assert_eq!(server.refused(kit).1, "INSUFFICIENT_AVAILABLE", "there are no chips");
    assert_eq!(at(server, "BER", "GOODS"), ["TABLE T1 2", "TABLE T1R 1"], "nothing changed");
    server.json(&format!("{kit} --used CHIPS 0"));
    server.json("stock issue -w BER -s TABLE -l GOODS -q 2 --lot T1 --partner C-1");
    server.json("stock issue -w BER -s SET -l GOODS -q 1 --partner C-2");
    assert_eq!((there(server, "BER", "TABLE"), there(server, "BER", "SET")), ("0 0".into(), "0 0".into()));
}

#[test]
fn a_manufacturer_buys_makes_and_ships() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    manufacturer(&server);
    planks_arrive(&server, "HAM", ("PO-1", "P1"));
    planks_arrive(&server, "BER", ("PO-2", "P2"));
    legs_are_made(&server);
    tables_are_made(&server);
    goods_ship(&server);

    let names = |graph: &Value| -> Vec<String> {
        let name = |node: &Value| {
            format!("{} {} {}", node["level"], node["sku"].as_str().unwrap(), node["lot"].as_str().unwrap())
        };
        let mut names: Vec<String> = graph["nodes"].as_array().unwrap().iter().map(name).collect();
        names.sort();
        names
    };
    let up = server.json("trace TABLE T1 --up");
    assert_eq!(names(&up), ["-1 GLUE G1", "-1 LEG L1", "-1 PLANK P2", "-2 PLANK P1", "0 TABLE T1"]);
    let reworked = server.json("trace TABLE T1R --up");
    let all = ["-1 TABLE T1", "-2 GLUE G1", "-2 LEG L1", "-2 PLANK P2", "-3 PLANK P1", "0 TABLE T1R"];
    assert_eq!(names(&reworked), all);
    let down = server.json("trace PLANK P1 --down");
    assert_eq!(names(&down), ["0 PLANK P1", "1 LEG L1", "2 TABLE T1", "3 TABLE T1R"]);
    let got = down["nodes"].as_array().unwrap().iter().find(|node| node["lot"] == "T1").unwrap();
    assert_eq!(got["issued"], serde_json::json!(["C-1 2 BER"]));
    for warehouse in ["HAM", "BER"] {
        assert_eq!(server.json(&format!("journal verify -w {warehouse}"))["sound"], true);
    }
}

#[test]
fn orders_that_cannot_be() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    manufacturer(&server);
    let make = "-w HAM --from STORE --to GOODS";
    for (words, code, reason) in [
        ("stock production plan WO-1 PLANK 1 -w HAM --due 2067-03-01".to_owned(), 3, "NO_BOM"),
        ("stock production plan WO-1 LEG 0 -w HAM --due 2067-03-01".to_owned(), 2, "QUANTITY_NOT_POSITIVE"),
        ("stock production plan WO-1 LEG 0.5 -w HAM --due 2067-03-01".to_owned(), 2, "TOO_MANY_DECIMALS"),
        ("stock production plan WO-1 LEG 1 -w HAM --due soon".to_owned(), 2, "BAD_FIELD"),
        (format!("stock production finish WO-9 1 {make} --lot L1"), 4, "DELIVERY_NOT_FOUND"),
        (format!("stock production assemble LEG 1 {make} --lot L1"), 3, "INSUFFICIENT_AVAILABLE"),
        (format!("stock production assemble LEG 1 {make} --lot L1 --used PLANK -1"), 2, "BAD_USAGE"),
        ("stock production show WO-9 -w HAM".to_owned(), 4, "DELIVERY_NOT_FOUND"),
        ("stock production close WO-9 -w HAM".to_owned(), 4, "DELIVERY_NOT_FOUND"),
    ] {
        let refused = server.refused(&words);
        assert_eq!((refused.0, refused.1.as_str()), (code, reason), "{words}");
    }
    server.json("stock production plan WO-1 LEG 8 -w HAM --due 2067-03-01");
    assert_eq!(server.refused("stock production close WO-1 -w HAM").1, "DELIVERY_DIFFERS");
    server.json("stock production cancel WO-1 -w HAM");
    assert_eq!(order(&server, "HAM", "WO-1"), ["cancelled makes LEG 0 8", "cancelled besides CHIPS 0 2"]);
    assert_eq!(server.json("stock expectations -w HAM"), serde_json::json!([]));
}

/// Straight from the store, with an inspection of what was made, and planned again as it goes.
#[test]
fn an_order_is_planned_again_and_inspected() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    manufacturer(&server);
    server.json("stock receive -w HAM -s PLANK -l STORE -q 10 --lot P1 --partner MILL");
    server.json("stock production plan WO-1 LEG 8 -w HAM --due 2067-03-01 --aql 1.0");
    let finish = "-w HAM --from STORE --to GOODS --lot L1";
    server.json(&format!("stock production finish WO-1 8 {finish}"));
    assert_eq!(order(&server, "HAM", "WO-1"), ["arriving makes LEG 8 8", "arriving besides CHIPS 2 2"]);
    assert_eq!((there(&server, "HAM", "PLANK"), there(&server, "HAM", "LEG")), ("9 9".into(), "0 0".into()));
    // For more: only what that takes more is expected.
    server.json("stock production plan WO-1 LEG 16 -w HAM --due 2067-03-01 --aql 1.0");
    assert_eq!(order(&server, "HAM", "WO-1")[2], "arriving takes PLANK 0 1");
    server.json(&format!("stock production finish WO-1 2 {finish} --used PLANK 0.7 --besides CHIPS 3"));
    let told = ["arriving makes LEG 10 16", "arriving besides CHIPS 5 4", "arriving takes PLANK 0.7 1"];
    assert_eq!(order(&server, "HAM", "WO-1"), told);
    // A bill of later days takes something else.
    server.json("catalog bom update LEG 1 --until 2067-03-31");
    server.json("catalog bom set LEG 2 --from 2067-04-01 --component GLUE 0.5");
    server.json("stock production plan WO-2 LEG 4 -w HAM --due 2067-03-31");
    assert_eq!(order(&server, "HAM", "WO-2")[2], "announced takes PLANK 0 0.5");
    server.json("stock production plan WO-2 LEG 4 -w HAM --due 2067-04-01");
    assert_eq!(order(&server, "HAM", "WO-2"), ["announced makes LEG 0 4", "announced takes GLUE 0 2"]);
    server.json("stock production cancel WO-2 -w HAM");

    assert_eq!(server.refused("stock production close WO-1 -w HAM").1, "NOT_INSPECTED");
    server.json(
        "stock status-change -w HAM -s LEG -l GOODS -q 10 --lot L1 --status inspection --to available --delivery WO-1 \
         --delivery-line 1 --sample 10 --defective 0 --reason looked",
    );
    assert_eq!(there(&server, "HAM", "LEG"), "10 10");
    assert_eq!(server.refused("stock production close WO-1 -w HAM").1, "DELIVERY_DIFFERS");
    server.json("stock production close WO-1 -w HAM --short --note enough");
    assert_eq!(order(&server, "HAM", "WO-1")[0], "closed makes LEG 10 16");
    assert_eq!(server.json("stock expectations -w HAM"), serde_json::json!([]));
}

//! Deliveries, from the command line.

use serde_json::Value;

use crate::support::Server;

const UNIT: &str = "106141412345678908";

fn words(row: &Value, fields: &[&str]) -> String {
    let word = |field: &&str| row[*field].as_str().map_or_else(|| row[*field].to_string(), str::to_owned);
    fields.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// What a command lists, by some of its columns.
fn listed(server: &Server, command: &str, fields: &[&str]) -> Vec<String> {
    let rows = server.json(command);
    rows.as_array().unwrap().iter().map(|row| words(row, fields)).collect()
}

/// `NUMBER SKU EXPECTED RECEIVED OPEN INSPECTED DISCREPANCIES` of its lines.
fn lines(server: &Server, delivery: &str) -> Vec<String> {
    let fields = ["number", "sku", "expected", "received", "open", "inspected", "discrepancies"];
    listed(server, &format!("stock delivery show -w BER {delivery}"), &fields)
}

#[test]
fn a_delivery_is_announced_taken_in_inspected_and_closed() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog item create B-1");
    server.json("stock delivery announce PO-17 -w BER --partner ACME --due 2067-03-01 --line A-1 5 --unit CASE --over 10% --aql 6.5");
    server.json("stock delivery announce PO-18 -w BER --source transfer --due 2067-03-02 --line A-1 4 --line B-1 20 --under 1");
    server.json("stock delivery announce PO-19 -w BER --due 2067-03-02 --takes-unannounced");
    let fields = ["delivery", "state", "source", "partner", "due", "lines", "discrepancies"];
    let all = [
        "PO-17 announced purchase ACME 2067-03-01 1 0",
        "PO-18 announced transfer  2067-03-02 2 0",
        "PO-19 announced purchase  2067-03-02 0 0",
    ];
    assert_eq!(listed(&server, "stock delivery list -w BER", &fields), all);

    // 60 come in two parts, and wait for an inspection.
    server.json("stock receive -w BER -s A-1 -l MAIN -q 24 --delivery PO-17");
    assert_eq!(lines(&server, "PO-17"), ["1 A-1 60 24 36 0 "]);
    let posted = server.json("stock receive -w BER -s B-1 -l MAIN -q 15 --delivery PO-18 --delivery-line 2");
    let asked = format!("-s B-1 -w BER --at-least {}", posted["sequence"]);
    let there = server.json(&format!("availability get {asked}"));
    assert_eq!(words(&there, &["on_hand", "inbound"]), "15 5");
    let days = listed(
        &server,
        &format!("availability atp {asked} --from 2067-03-01 --days 2"),
        &["day", "supply", "atp"],
    );
    assert_eq!(days, ["2067-03-01 0 15", "2067-03-02 5 20"]);

    let looked = "stock status-change -w BER -s A-1 -l MAIN -q 24 --status inspection --to available \
                  --delivery PO-17 --delivery-line 1 --defective 0 --reason looked";
    assert_eq!(server.refused(&format!("{looked} --sample 4")).1, "SAMPLE_TOO_SMALL");
    let ends = server.refused("stock delivery close PO-17 -w BER");
    assert_eq!(ends.1, "NOT_INSPECTED");
    let inspected = server.json(&format!("{looked} --sample 8"));
    let there = server.json(&format!("availability get -s A-1 -w BER --at-least {}", inspected["sequence"]));
    assert_eq!(words(&there, &["on_hand", "inbound"]), "24 40", "of PO-18 as well");
    server.json("stock delivery declare PO-17 -w BER --delivery-line 1 --kind damaged -q 2 --answerable carrier --note wet");
    assert_eq!(server.refused("stock delivery close PO-17 -w BER").1, "DELIVERY_DIFFERS");
    server.json("stock delivery close PO-17 -w BER --answerable supplier");
    assert_eq!(lines(&server, "PO-17"), ["1 A-1 60 24 0 24 2 damaged (carrier: wet), 36 short (supplier)"]);
    assert_eq!(server.refused("stock delivery cancel PO-18 -w BER").1, "DELIVERY_ARRIVED");
    server.json("stock delivery cancel PO-19 -w BER");
    let open = listed(&server, "stock delivery list -w BER --filter state=arriving", &fields);
    assert_eq!(open, ["PO-18 arriving transfer  2067-03-02 2 0"]);

    let told = server.run("journal read -w BER").stdout;
    for words in [
        "announce PO-17: 1 line from purchase on 2067-03-01",
        "announce PO-19: no lines from purchase on 2067-03-02",
        "24 of PO-17#1 came",
        "24 of PO-17#1 inspected: 0 of 8 not right",
        "2 of PO-17#1 damaged (carrier: wet)",
        "close PO-17: 36 of line 1 short (supplier)",
        "cancel PO-19",
        "delivery PO-18: arrived",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
}

#[test]
fn a_despatch_advice_comes_by_the_pallet() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog item create L-1 --tracking lot");
    let document = format!(
        r#"{{"warehouse": "BER", "lines": [{{"announce_delivery": {{"delivery": "ASN-1", "source": "purchase",
            "partner": "ACME", "due": "2067-03-01", "lines": [
                {{"number": 1, "sku": "L-1", "quantity": 30, "over": "10%", "under": "2"}},
                {{"number": 2, "sku": "A-1", "quantity": "2", "unit": "CASE"}}],
            "units": [{{"handling_unit": "{UNIT}", "kind": "PALLET", "goods": [
                {{"number": 1, "quantity": 20, "lot": "B7", "lot_facts": {{"expiry": "2068-01-31"}}}},
                {{"number": 2, "quantity": 1, "unit": "CASE"}}]}}]}}}}]}}"#
    );
    let posted = server.piped("stock post --file -", document.as_bytes());
    assert_eq!(posted.code, 0, "{}", posted.stderr);
    let units = "stock delivery units -w BER ASN-1";
    let fields = ["handling_unit", "kind", "arrived", "number", "sku", "quantity", "lot"];
    let goods = |arrived: bool| {
        let of = |rest: &str| format!("{UNIT} PALLET {arrived} {rest}");
        [of("1 L-1 20 B7"), of("2 A-1 12 ")]
    };
    assert_eq!(listed(&server, units, &fields), goods(false));
    server.json(&format!("stock delivery unit ASN-1 {UNIT} -w BER -l MAIN"));
    assert_eq!(listed(&server, units, &fields), goods(true));
    let again = server.refused(&format!("stock delivery unit ASN-1 {UNIT} -w BER -l MAIN"));
    assert_eq!(again.1, "UNIT_ARRIVED");
    let placed = listed(&server, "stock positions -w BER", &["sku", "location", "lot", "on_hand"]);
    assert_eq!(placed, ["A-1 MAIN  12", "L-1 MAIN B7 20"]);

    let rest = server.json("stock receive -w BER -s L-1 -l PICK -q 13 --lot B7 --delivery ASN-1");
    assert_eq!(
        server.refused("stock receive -w BER -s L-1 -l PICK -q 1 --lot B7 --delivery ASN-1").1,
        "OVER_TOLERANCE"
    );
    assert_eq!(lines(&server, "ASN-1"), ["1 L-1 30 33 0  ", "2 A-1 24 12 12  "]);
    server.json(&format!("stock reverse -w BER --sequence {} --line 0 --reason typo", rest["sequence"]));
    assert_eq!(lines(&server, "ASN-1")[0], "1 L-1 30 20 10  ");
    server.json("stock receive -w BER -s L-1 -l PICK -q 9 --lot B7 --delivery ASN-1");
    server.json("stock delivery close ASN-1 -w BER --answerable carrier");
    assert_eq!(
        lines(&server, "ASN-1"),
        ["1 L-1 30 29 0  1 short (carrier)", "2 A-1 24 12 0  12 short (carrier)"]
    );
    let told = server.run("journal read -w BER").stdout;
    for words in [
        "announce ASN-1: 2 lines and 1 handling unit from purchase on 2067-03-01".to_owned(),
        format!("20 of ASN-1#1 came in {UNIT}"),
        "13 of ASN-1#1 did not come".to_owned(),
    ] {
        assert!(told.contains(&words), "{words} in {told}");
    }
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
}

#[test]
fn what_came_is_promised_put_away_sent_back_and_restocked() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    for (code, kind) in [("DOCK", "dock"), ("R-1", "storage"), ("R-2", "storage")] {
        server.json(&format!("catalog location create {code} -w BER --kind {kind}"));
    }
    server.json("catalog item create B-1");
    server.json("stock rule set stored-as -w BER -s B-1 --fixed R-2");
    server.json("stock rule set stores -w BER -l R-2 --max 5");
    server.json("stock order place SO-1 -w BER --customer C-1 --due 2067-03-01 --line B-1 3");
    server.json("stock delivery announce PO-17 -w BER --partner ACME --due 2067-03-01 --line B-1 10");
    let came = server.json("stock receive -w BER -s B-1 -l DOCK -q 10 --delivery PO-17 --cross-dock");
    assert_eq!(came["reserved_quantities"], serde_json::json!(["3"]));

    let fields = ["from_location", "to_location", "quantity", "reason"];
    let asked = "stock delivery put-away PO-17 -w BER";
    let places = listed(&server, asked, &fields);
    assert_eq!(places[0], "DOCK R-2 5 fixed");
    assert_eq!(places.last().unwrap(), "DOCK  3 promised");
    server.json(&format!("{asked} --confirm"));
    assert_eq!(listed(&server, asked, &fields), ["DOCK  3 promised"]);

    let back =
        "stock delivery return-to-supplier PO-17 -w BER --delivery-line 1 -s B-1 -l R-2 -q 4 --reason wrong";
    server.json(back);
    let shown = "stock delivery show -w BER PO-17";
    assert_eq!(listed(&server, shown, &["received", "returned"]), ["10 4"]);
    let dispose =
        "stock delivery dispose PO-17 -w BER --delivery-line 1 -s B-1 -l R-2 -q 1 --reason worn --as";
    assert_eq!(server.refused(&format!("{dispose} refurbish")).1, "OTHER_DISPOSITION");
    server.json(&format!("{dispose} scrap"));
    assert_eq!(listed(&server, shown, &["returned", "scrapped"]), ["4 1"]);
    assert_eq!(listed(&server, "stock count plan C-1 -w BER --after-short-picks", &["sequence"]), [""; 0]);
}

//! Bad input: each gets one clear error, and changes nothing.

use std::fmt::Write as _;

use crate::support::{Server, entrepot, run};

/// Command, exit code, reason, field.
const REFUSED: &[(&str, i32, &str, &str)] = &[
    ("stock receive -w BER -s NOPE -l MAIN -q 1", 4, "UNKNOWN_ITEM", "document.lines[0].receive.sku"),
    ("stock receive -w BER -s OLD -l MAIN -q 1", 3, "ITEM_RETIRED", "document.lines[0].receive.sku"),
    ("stock receive -w NOPE -s A-1 -l MAIN -q 1", 4, "UNKNOWN_WAREHOUSE", "warehouse"),
    ("stock receive -w BER -s A-1 -l NOPE -q 1", 4, "UNKNOWN_LOCATION", "document.lines[0].receive.location"),
    (
        "stock receive -w BER -s A-1 -l SUPPLIER -q 1",
        2,
        "LOCATION_VIRTUAL",
        "document.lines[0].receive.location",
    ),
    (
        "stock receive -w BER -s A-1 -l MAIN -q 1 --unit BOX",
        2,
        "UNKNOWN_UNIT",
        "document.lines[0].receive.unit",
    ),
    (
        "stock receive -w BER -s A-1 -l MAIN -q 1.5",
        2,
        "TOO_MANY_DECIMALS",
        "document.lines[0].receive.quantity",
    ),
    (
        "stock receive -w BER -s A-1 -l MAIN -q 0",
        2,
        "QUANTITY_NOT_POSITIVE",
        "document.lines[0].receive.quantity",
    ),
    (
        "stock receive -w BER -s A-1 -l MAIN -q -1",
        2,
        "QUANTITY_NOT_POSITIVE",
        "document.lines[0].receive.quantity",
    ),
    ("stock receive -w BER -s A-1 -l MAIN -q 1e3", 2, "BAD_QUANTITY", "document.lines[0].receive.quantity"),
    (
        "stock adjust -w BER -s A-1 -l MAIN -q 0 --reason x",
        2,
        "QUANTITY_ZERO",
        "document.lines[0].adjust.delta",
    ),
    (
        "stock move -w BER -s A-1 --from MAIN --to MAIN -q 1",
        2,
        "SAME_LOCATION",
        "document.lines[0].move.to_location",
    ),
    (
        "stock receive -w BER -s A-1 -l MAIN -q 1 --request-id 7",
        2,
        "REQUEST_ID_MALFORMED",
        "document.request_id",
    ),
    (
        "stock receive -w BER -s A-1 -l MAIN -q 1 --effective-at 2999-01-01T00:00:00Z",
        2,
        "EFFECTIVE_AT_IN_FUTURE",
        "document.effective_at",
    ),
    (
        "stock receive -w BER -s A-1 -l MAIN -q 1 --effective-at 1971-01-01T00:00:00Z",
        2,
        "EFFECTIVE_AT_TOO_OLD",
        "document.effective_at",
    ),
    ("stock receive -w BER -s A-1 -l MAIN -q 1 --effective-at yesterday", 2, "BAD_TIME", "effective_at"),
    ("stock release -w BER -r 99-0", 4, "RESERVATION_NOT_FOUND", "document.lines[0]"),
    ("stock release -w BER -r x", 2, "BAD_RESERVATION_ID", "document.lines[0].release.reservation_id"),
    ("stock positions -w BER --filter colour=1", 2, "BAD_FILTER", "filter"),
    ("stock get -w BER -s A-1 -l MAIN --as-of 999", 2, "AS_OF_IN_FUTURE", "as_of_sequence"),
    ("catalog item create A-1", 3, "ALREADY_EXISTS", "item.sku"),
    ("catalog item create X --gtin 4006381333932", 2, "BAD_CODE", "item.gtins[0]"),
    (
        "catalog item create X --unit CASE=12@4006381333932",
        2,
        "BAD_CODE",
        "item.unit_conversions[0].gtins[0]",
    ),
    ("catalog item create X --unit A=2xB --unit B=2xA", 2, "BAD_USAGE", "--unit"),
    ("catalog item create X --unit PALLET=40xCASE", 2, "BAD_USAGE", "--unit"),
    ("catalog item update A-1 --name Elm --etag stale", 3, "STALE_ETAG", "item.etag"),
    ("catalog item update A-1", 2, "BAD_USAGE", ""),
    ("catalog item get NOPE", 4, "UNKNOWN_ITEM", "sku"),
    ("catalog item list --filter colour=1", 2, "BAD_FILTER", "filter"),
    ("journal head -w NOPE", 4, "UNKNOWN_WAREHOUSE", "warehouse"),
];

#[test]
fn bad_input_is_refused_with_code_reason_and_field() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog item create OLD");
    server.json("catalog item retire OLD");
    let mut wrong = String::new();
    for (words, code, reason, field) in REFUSED {
        let got = server.refused(words);
        if (got.0, got.1.as_str(), got.2.as_str()) != (*code, *reason, *field) {
            writeln!(wrong, "{words}: {got:?}").unwrap();
        }
    }
    assert_eq!(wrong, "");
    // The one that was judged against the warehouse's state is remembered, and nothing else.
    assert_eq!(server.json("journal head -w BER")["sequence"], 1);
    assert_eq!(server.json("stock positions -w BER"), serde_json::json!([]));
}

#[test]
fn what_is_not_there_is_not_sold() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 5");
    let ran = server.run("stock issue -w BER -s A-1 -l MAIN -q 6");
    assert_eq!(ran.code, 3);
    assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
    assert!(ran.stderr.contains("[INSUFFICIENT_AVAILABLE]\n"), "{}", ran.stderr);
    assert!(ran.stderr.contains("  request_id: "), "it can be sent again: {}", ran.stderr);
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "5");
}

#[test]
fn documents_have_limits() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let document = |lines: usize, unit: &str| {
        let line =
            format!(r#"{{"receive":{{"sku":"A-1","location":"MAIN","quantity":"1","unit":"{unit}"}}}}"#);
        format!(r#"{{"warehouse":"BER","lines":[{}]}}"#, vec![line; lines].join(",")).into_bytes()
    };
    for (body, reason) in [
        (document(0, ""), "NO_LINES"),
        (document(1001, ""), "TOO_MANY_LINES"),
        (document(1000, &"X".repeat(5000)), "MESSAGE_TOO_LARGE"),
        (br#"{"warehouse":"BER","request_id":"","lines":[]}"#.to_vec(), "REQUEST_ID_MISSING"),
        (br#"{"lines":[]}"#.to_vec(), "BAD_USAGE"),
        (br#"{"warehouse":"BER","lines":[],"colour":1}"#.to_vec(), "BAD_FILE"),
        (b"{".to_vec(), "BAD_FILE"),
        (b"\xff".to_vec(), "BAD_FILE"),
    ] {
        let (code, got, _) = server.piped("stock post --file -", &body).failure();
        assert_eq!((code, got.as_str()), (2, reason));
    }
    assert_eq!(server.json("journal head -w BER")["sequence"], 0);
}

#[test]
fn no_server_is_unavailable_and_no_command_is_usage() {
    for (words, code, reason) in [
        (&["stock", "balances", "-w", "BER", "--server", "127.0.0.1:1"][..], 5, "SERVER_UNREACHABLE"),
        (&["stock", "balances", "-w", "BER", "--server", "nowhere"][..], 2, "BAD_USAGE"),
        (&["stock", "balances"][..], 2, "BAD_USAGE"),
        (&["sell"][..], 2, "BAD_USAGE"),
        (&["journal", "verify"][..], 2, "BAD_USAGE"),
    ] {
        let failure = run(entrepot(words).args(["--output", "json"])).failure();
        assert_eq!((failure.0, failure.1.as_str()), (code, reason), "{words:?}");
    }
}

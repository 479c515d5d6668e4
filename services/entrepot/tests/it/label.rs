//! Labels of what the catalog knows, and scans of what stands on them.

use std::path::Path;

use crate::support::{Server, run};

/// A warehouse with a GLN, a location in it, and an item with a GTIN.
fn with_numbers(data: &Path) -> Server {
    let server = Server::start(data);
    server.json("catalog warehouse create BER --time-zone Europe/Berlin --gln 6291041500213");
    server.json("catalog location create --warehouse BER A-01 --kind storage");
    server.json("catalog item create A-1 --name Oak --gtin 9520123456788");
    // Posting waits until the warehouse has heard of both.
    server.json("stock receive -w BER -s A-1 -l A-01 -q 1");
    server
}

/// What a scanner sends for the DataMatrix of a label in ZPL: there `_1` is function code 1.
fn sent(zpl: &str) -> String {
    let (_, field) = zpl.split_once("^BXN,6,200,,,6,_,1^FD_1").unwrap();
    let (message, _) = field.split_once("^FS").unwrap();
    format!("]d2{}", message.replace("_1", "\u{1d}"))
}

#[test]
fn what_stands_on_a_label_is_found_again() {
    let data = testkit::temp_dir();
    let server = with_numbers(data.path());
    let unit = "label pallet 376104250021234569 --gtin 9520123456788 --count 48 --lot LOT-7";
    for (label, expected) in [
        ("label item A-1", [("sku", "A-1"), ("gtin", "09520123456788")].as_slice()),
        (
            "label lot A-1 --lot LOT-7 --expires 2027-03-31",
            &[("sku", "A-1"), ("lot", "LOT-7"), ("expires_on", "2027-03-31")],
        ),
        ("label location A-01 --warehouse BER", &[("warehouse", "BER"), ("location", "A-01")]),
        ("label pallet 376104250021234569", &[("handling_unit", "376104250021234569")]),
        (unit, &[("handling_unit", "376104250021234569"), ("lot", "LOT-7"), ("quantity", "48")]),
    ] {
        let found = server.json(&format!("scan {}", sent(&server.run(label).stdout)));
        for (field, value) in expected {
            assert_eq!(found[*field], *value, "{field} of {label}: {found}");
        }
    }
}

#[test]
fn labels_are_zpl_svg_or_png() {
    let data = testkit::temp_dir();
    let server = with_numbers(data.path());
    assert!(server.run("label item A-1").stdout.starts_with("^XA\n"));
    assert!(server.run("label item A-1 --format svg").stdout.starts_with("<svg "));
    let file = data.path().join("label.png");
    let ran = server.run(&format!("label item A-1 --format png --out {}", file.display()));
    assert_eq!((ran.code, ran.stdout.as_str()), (0, ""));
    assert!(std::fs::read(&file).unwrap().starts_with(b"\x89PNG"));
}

#[test]
fn what_no_label_can_hold_is_refused() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let wrong = |code, reason: &str, field: &str| (code, reason.to_owned(), field.to_owned());
    let unit = "label pallet 376104250021234569 --gtin 9520123456788 --count";
    for (words, expected) in [
        ("label lot A-1 --lot X", wrong(2, "BAD_FIELD", "")),
        ("label lot A-1 --lot X --expires 2027-02-29", wrong(2, "BAD_TIME", "--expires")),
        ("label item A-1 --gtin 9520123456788", wrong(2, "BAD_USAGE", "--gtin")),
        ("label item NO-SUCH", wrong(4, "UNKNOWN_ITEM", "sku")),
        ("label location NO-SUCH -w BER", wrong(4, "UNKNOWN_LOCATION", "code")),
        ("label pallet 376104250021234568", wrong(2, "BAD_USAGE", "sscc")),
        (&format!("{unit} 100000000"), wrong(2, "BAD_FIELD", "--count")),
        (&format!("{unit} 48 --lot LOT#7"), wrong(2, "BAD_FIELD", "--lot")),
    ] {
        assert_eq!(server.refused(words), expected, "{words}");
    }
}

#[test]
fn a_refused_label_says_which_ai_and_where_in_its_value() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    let words = "label pallet 376104250021234569 --gtin 9520123456788 --count 48 --lot LOT#7 --output json";
    let refused: serde_json::Value = serde_json::from_str(&run(&mut server.command(words)).stderr).unwrap();
    let expected = serde_json::json!({"ai": "10", "position": "3", "problem": "bad_character"});
    assert_eq!(refused["metadata"], expected);
}

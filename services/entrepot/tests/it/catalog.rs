//! Master data that is not items.

use serde_json::Value;

use crate::support::{Server, run};

#[test]
fn every_kind_is_created_changed_listed_and_retired() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog rule create BOOKS --pattern AA-9999C --check-digit luhn --description two-letters-then-digits");
    server.json("catalog class create BOOKS --rule BOOKS");
    let (code, reason, field) = server.refused("catalog item create OAK --class BOOKS");
    assert_eq!((code, reason.as_str(), field.as_str()), (2, "CODING_RULE_BROKEN", "item.sku"));
    let revision = |change: &Value| change["catalog_revision"].as_u64().unwrap();
    let first = server.json("catalog item create AB-12344 --class BOOKS");

    let warehouse = server.json("catalog warehouse update BER --name Berlin --time-zone Europe/Berlin");
    assert_eq!((&warehouse["name"], &warehouse["currency"]), (&"Berlin".into(), &"EUR".into()));
    assert!(revision(&warehouse) > revision(&first));
    assert_eq!(server.json("catalog location update -w BER PICK --parent MAIN")["parent"], "MAIN");
    assert_eq!(server.json("catalog location update -w BER PICK --name=")["name"], "");
    assert_eq!(server.json("catalog class update BOOKS --name Books")["name"], "Books");
    assert_eq!(server.json("catalog rule update BOOKS --description x")["description"], "x");
    for (kind, key) in
        [("rule", "BOOKS"), ("class", "BOOKS"), ("warehouse", "BER"), ("location", "PICK -w BER")]
    {
        let got = server.json(&format!("catalog {kind} get {key}"));
        assert_eq!(got["state"], "ACTIVE", "{kind}");
        assert!(!server.json(&format!("catalog {kind} list")).as_array().unwrap().is_empty());
        assert_eq!(server.refused(&format!("catalog {kind} update {key}")).1, "BAD_USAGE");
        let etag = got["etag"].as_str().unwrap();
        assert_eq!(server.refused(&format!("catalog {kind} retire {key} --etag stale")).1, "STALE_ETAG");
        if kind == "location" || kind == "warehouse" {
            let retired = server.json(&format!("catalog {kind} retire {key} --etag {etag}"));
            assert_eq!(retired["state"], "RETIRED");
        }
    }
    assert_eq!(server.refused("stock receive -w BER -s A-1 -l MAIN -q 1").1, "WAREHOUSE_RETIRED");
}

#[test]
fn the_same_request_id_creates_once() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    let id = "6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f";
    let create = |name: &str| {
        let command = format!("catalog item create A-1 --name {name} --request-id {id} --output json");
        run(&mut server.command(&command))
    };
    assert_eq!(create("Oak").stdout, create("Oak").stdout);
    let other = create("Elm").failure();
    assert_eq!((other.0, other.1.as_str()), (3, "REQUEST_ID_REUSED"));
}

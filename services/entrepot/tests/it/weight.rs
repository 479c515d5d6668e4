//! Catch weight from the shell: counted, weighed, and what was lost.

use crate::support::Server;

#[test]
fn cheese_is_counted_and_weighed() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    server.json("catalog warehouse create BER");
    server.json("catalog location create -w BER MAIN");
    let item = server.json("catalog item create C-1 --catch-weight kg:3@4.5..5.5");
    assert_eq!(item["catch_weight"], "kg:3@4.5..5.5");
    let after = format!("--catalog-revision {}", item["catalog_revision"]);
    let missing = server.refused(&format!("stock receive -w BER -s C-1 -l MAIN -q 2 {after}"));
    assert_eq!(missing.1, "WEIGHT_MISSING");
    let heavy = server.refused(&format!("stock receive -w BER -s C-1 -l MAIN -q 2 --weight 11.001 {after}"));
    assert_eq!(heavy.1, "WEIGHT_IMPLAUSIBLE");
    server.json("stock receive -w BER -s C-1 -l MAIN -q 4 --weight 20.1");
    server.json("stock issue -w BER -s C-1 -l MAIN -q 1 --weight 4.95");

    let document = br#"{"warehouse": "BER", "lines": [
        {"issue": {"sku": "C-1", "location": "MAIN", "quantity": 1, "goods": {"weight": "5.05"}}},
        {"reserve": {"sku": "C-1", "location": "MAIN", "quantity": 2}}
    ]}"#;
    let posted = server.piped("stock post --file -", document);
    assert_eq!(posted.code, 0, "{}", posted.stderr);
    for command in ["stock get -w BER -s C-1 -l MAIN", "stock positions -w BER", "stock balances -w BER"] {
        let shown = server.json(command);
        let row = if shown.is_array() { &shown[0] } else { &shown };
        assert_eq!((&row["weight"], &row["weight_unit"]), (&"10.1".into(), &"kg".into()), "{command}");
    }
    server.json("stock fulfil -w BER -r 3-1 --weight 9.8");
    let entries = server.json("journal read -w BER");
    let told = entries[3]["what"].as_str().unwrap();
    assert!(told.ends_with("fulfilment 2 C-1 of 9.8 kg (difference 0.3) MAIN -> CUSTOMER"), "{told}");
    assert_eq!(server.json("stock balances -w BER")[0]["weight"], "");
    assert_eq!(server.json("journal verify --all")[0]["sound"], true);

    let only_counted = server.json("catalog item update C-1 --catch-weight none");
    assert_eq!(only_counted["catch_weight"], "none");
}

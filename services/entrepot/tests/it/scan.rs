//! What a scanner sends, as the command line answers it.

use crate::support::Server;

#[test]
fn a_scan_is_read_against_the_catalog() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    server.json("catalog warehouse create BER --time-zone Europe/Berlin --gln 6291041500213");
    server.json("catalog location create --warehouse BER A-01 --kind storage");
    let created =
        server.json("catalog item create A-1 --name Oak --gtin 9520123456788 --unit CASE=12@19520123456785");
    assert_eq!(created["gtins"][0], "09520123456788");
    // It is repeated until the warehouse has heard of the item: what it knows then, a scan knows too.
    server.json("stock receive -w BER -s A-1 -l A-01 -q 1");

    let found = server.json("scan 01095201234567881727033110LOT-7~3012 --context receiving --warehouse BER");
    assert_eq!(
        (&found["sku"], &found["lot"], &found["quantity"]),
        (&"A-1".into(), &"LOT-7".into(), &"12".into())
    );
    assert_eq!(
        (&found["expires_on"], &found["next"][0]["action"]),
        (&"2027-03-31".into(), &"receive".into())
    );
    assert_eq!(found["next"][0]["missing"], serde_json::json!(["location"]));
    let case = server.json("scan ]I119520123456785 --context receiving");
    assert_eq!((&case["quantity"], &case["unit"]), (&"1".into(), &"CASE".into()));
    assert_eq!((&case["base_quantity"], &case["base_unit"]), (&"12".into(), &"EA".into()));
    let place = server.json("scan (414)6291041500213(254)A-01 --context counting");
    assert_eq!((&place["warehouse"], &place["location"]), (&"BER".into(), &"A-01".into()));
}

#[test]
fn bad_scans_are_refused() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let wrong = |code, reason: &str, field: &str| (code, reason.to_owned(), field.to_owned());
    for (words, expected) in [
        ("scan 0109520123456789", wrong(2, "SCAN_NOT_READABLE", "text")),
        ("scan NO-SUCH -w BER", wrong(4, "SCAN_UNKNOWN_CODE", "text")),
        ("scan 9520123456788", wrong(4, "SCAN_UNKNOWN_ITEM", "text")),
        ("scan (92)BER/X", wrong(4, "SCAN_UNKNOWN_LOCATION", "text")),
    ] {
        assert_eq!(server.refused(words), expected, "{words}");
    }
}

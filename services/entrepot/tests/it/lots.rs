//! Lots and units, from the command line.

use serde_json::json;

use crate::support::Server;

#[test]
fn lots_and_units_are_read_back() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog item create L-1 --tracking lot");
    server.json("catalog item create S-1 --tracking serial");
    let receive =
        "stock receive -w BER -s L-1 -l MAIN -q 4 --lot A --supplier-lot X7 --made 2030-01-01 --origin DE";
    let received = server.json(&format!("{receive} --attribute colour=red --attribute mill=a=b"));
    server.json("stock produce -w BER -s L-1 -l MAIN -q 1 --lot B --attribute colour=");
    let lot = server.json("stock lots --warehouse BER --sku L-1 A");
    assert_eq!(lot["attributes"], json!({ "colour": "red", "mill": "a=b" }));
    let text = |field: &str| lot[field].as_str().unwrap_or_default().to_owned();
    assert_eq!(["supplier_lot", "made", "expiry", "origin"].map(text), ["X7", "2030-01-01", "", "DE"]);
    assert_eq!(lot["received_sequence"], received["sequence"]);
    let here = json!([{ "status": "available", "owner": "own", "on_hand": "4", "reserved": "0" }]);
    assert_eq!(lot["quantities"], here);
    let lots = server.json("stock lots --warehouse BER --sku L-1");
    assert_eq!((&lots[0]["lot"], &lots[1]["attributes"]), (&json!("A"), &json!({ "colour": "" })));
    assert_eq!(server.refused("stock lots -w BER -s L-1 NOPE").1, "UNKNOWN_LOT");
    let twice = "stock receive -w BER -s L-1 -l MAIN -q 1 --lot A --attribute a=1 --attribute a=2";
    assert_eq!(server.refused(twice).2, "--attribute");
    server.json("stock receive -w BER -s S-1 -l MAIN -q 2 --serial 7 --serial 8");
    server.json("stock move -w BER -s S-1 --from MAIN --to PICK -q 1 --serial 8");
    let serials = server.json("stock serials --warehouse BER --sku S-1 --location MAIN");
    assert_eq!(serials.as_array().map(Vec::len), Some(1));
    assert_eq!((&serials[0]["serial"], &serials[0]["location"]), (&json!("7"), &json!("MAIN")));
    assert_eq!(server.json("stock serials -w BER -s S-1").as_array().map(Vec::len), Some(2));
}

//! `entrepot edge`, as its users type it.

use std::path::Path;

use serde_json::Value;

use crate::support::{Ran, Server, entrepot, run, text};

/// Nobody listens there.
const NO_NETWORK: [&str; 4] = ["--server", "127.0.0.1:1", "--output", "json"];

/// A command without the network.
fn offline(ledger: &Path, words: &str) -> Ran {
    let words: Vec<_> = words.split(' ').collect();
    run(entrepot(&["edge", "--ledger", text(ledger)]).args(words).args(NO_NETWORK))
}

fn recorded(ledger: &Path, words: &str) -> Value {
    let ran = offline(ledger, words);
    assert_eq!(ran.code, 0, "{words}: {}", ran.stderr);
    serde_json::from_str(&ran.stdout).unwrap()
}

#[test]
fn a_shift_without_the_network() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let file = data.path().join("D-1.ledger");
    let edge = |words: &str| server.json(&format!("edge --ledger {} {words}", text(&file)));
    server.json("stock receive -w BER -s A-1 -l MAIN -q 10");
    assert_eq!(edge("init --device D-1 --warehouse BER")["device"], "D-1");
    let grant = edge("grant -s A-1 -l MAIN -q 6 --hours 8");
    assert_eq!((&grant["left"], &grant["state"]), (&"6".into(), &"held".into()));
    let held =
        server.json(&format!("stock reservation -w BER {}", grant["reservation_id"].as_str().unwrap()));
    assert_eq!((&held["holder"], &held["expires_at"]), (&"D-1".into(), &grant["expires_at"]));

    let taken = recorded(&file, "take -s A-1 -l MAIN -q 4 --reference order-7 --partner C-17");
    assert_eq!((&taken[0]["state"], &taken[0]["grant"]), (&"waiting".into(), &1.into()));
    let id = "6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f";
    for _ in 0..2 {
        recorded(&file, &format!("receive -s A-1 -l MAIN -q 1 --unit CASE --request-id {id}"));
    }
    recorded(&file, "return -s A-1 -l MAIN -q 2");
    recorded(&file, "move -s A-1 --from MAIN --to PICK -q 99");
    recorded(&file, "adjust -s A-1 -l MAIN -q -1 --reason broken");
    assert_eq!(recorded(&file, "status")["waiting"], 5);
    assert_eq!(recorded(&file, "grants")[0]["left"], "2");
    let (code, reason, _) = offline(&file, "sync").failure();
    assert_eq!((code, reason.as_str()), (5, "SERVER_UNREACHABLE"));

    let synced = edge("sync");
    assert_eq!((&synced["accepted"], &synced["waiting"]), (&4.into(), &0.into()), "{synced}");
    let list = recorded(&file, "list");
    assert_eq!((&list[0]["what"], &list[0]["reason"]), (&"move".into(), &"INSUFFICIENT_AVAILABLE".into()));
    let position = server.json("stock get -w BER -s A-1 -l MAIN");
    assert_eq!((&position["on_hand"], &position["available"]), (&"19".into(), &"17".into()));
    let number = list[0]["number"].as_u64().unwrap();
    let again = recorded(&file, &format!("resolve {number} --again"));
    assert_eq!(edge("sync")["needing_a_person"], 1);
    let second = again[0]["number"].as_u64().unwrap();
    assert_eq!(recorded(&file, &format!("resolve {second} --note counted"))[0]["note"], "counted");
    assert_eq!(recorded(&file, "list"), serde_json::json!([]));

    edge("settle");
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["reserved"], "0");
    assert_eq!(recorded(&file, "grants --all")[0]["state"], "handed_back");
    let references = server.json("journal read -w BER");
    let by_device =
        |entry: &&Value| entry["reference"].as_str().is_some_and(|text| text.contains("edge D-1#"));
    assert_eq!(references.as_array().unwrap().iter().filter(by_device).count(), 8);
}

#[test]
fn a_device_declines_what_it_must_not_record() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let file = data.path().join("D-1.ledger");
    let edge = |words: &str| format!("edge --ledger {} {words}", text(&file));
    assert_eq!(server.refused(&edge("status")).1, "NOT_FOUND");
    assert_eq!(server.refused("edge status").1, "BAD_USAGE");
    assert_eq!(server.refused(&edge("init --device D-1 -w NOPE")).1, "UNKNOWN_WAREHOUSE");
    server.json(&edge("init --device D-1 -w BER"));
    server.json(&edge("init --device D-1 -w BER"));
    server.json("stock receive -w BER -s A-1 -l MAIN -q 3");
    server.json(&edge("grant -s A-1 -l MAIN -q 2 --hours 1"));
    let id = "6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f";
    server.json(&edge(&format!("take -s A-1 -l MAIN -q 1 --request-id {id}")));
    for (words, code, reason, field) in [
        ("init --device D-2 -w BER", 3, "ALREADY_EXISTS", ""),
        ("take -s A-1 -l MAIN -q 2", 3, "QUOTA_EXCEEDED", ""),
        ("take -s A-1 -l MAIN -q 0", 2, "QUANTITY_NOT_POSITIVE", "quantity"),
        ("take -s A-1 -l MAIN -q 2 --serial 1", 2, "SERIAL_COUNT", "serials"),
        ("receive -s A-1 -l main -q 2", 2, "BAD_CODE", "location"),
        ("receive -s A-1 -l MAIN -q 1e3", 2, "BAD_QUANTITY", "quantity"),
        ("adjust -s A-1 -l MAIN -q 0 --reason x", 2, "QUANTITY_ZERO", "delta"),
        ("resolve 1 --note seen", 3, "NOT_REFUSED", ""),
        ("resolve 99 --note seen", 4, "NOT_FOUND", ""),
        ("settle --grant 99", 4, "NOT_FOUND", ""),
        ("grant -s A-1 -l MAIN -q 9 --hours 1", 3, "INSUFFICIENT_AVAILABLE", ""),
        (&format!("take -s A-1 -l MAIN -q 2 --request-id {id}"), 3, "REQUEST_ID_REUSED", "request_id"),
        (
            &format!("return -s A-1 -l MAIN -q 2 --reference {}", "x".repeat(41)),
            2,
            "TEXT_TOO_LONG",
            "reference",
        ),
    ] {
        let refused = server.refused(&edge(words));
        assert_eq!((refused.0, refused.1.as_str(), refused.2.as_str()), (code, reason, field), "{words}");
    }
    // The grant, the take, and the grant that the warehouse refused: it is an answer, and nothing for a person.
    let status = server.json(&edge("status"));
    assert_eq!((&status["operations"], &status["needing_a_person"]), (&3.into(), &0.into()));
}

#[test]
fn goods_of_catch_weight_are_weighed_on_the_device() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let item = server.json("catalog item create C-1 --catch-weight kg:3@4.5..5.5");
    let after = format!("--catalog-revision {}", item["catalog_revision"]);
    server.json(&format!("stock receive -w BER -s C-1 -l MAIN -q 6 --weight 30 {after}"));
    let file = data.path().join("D-1.ledger");
    let edge = |words: &str| server.json(&format!("edge --ledger {} {words}", text(&file)));
    edge("init --device D-1 --warehouse BER");
    edge("grant -s C-1 -l MAIN -q 4 --hours 8");
    let id = "6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f";
    for _ in 0..2 {
        recorded(&file, &format!("take -s C-1 -l MAIN -q 2 --weight 9.8 --request-id {id}"));
    }
    let reused = offline(&file, &format!("take -s C-1 -l MAIN -q 2 --weight 9.9 --request-id {id}"));
    assert_eq!(reused.failure().1, "REQUEST_ID_REUSED");
    let nothing = offline(&file, "take -s C-1 -l MAIN -q 1 --weight 0").failure();
    assert_eq!((nothing.1.as_str(), nothing.2.as_str()), ("QUANTITY_NOT_POSITIVE", "weight"));
    // A device does not know which goods are weighed: the warehouse says so.
    let taken = recorded(&file, "take -s C-1 -l MAIN -q 1");
    recorded(&file, "receive -s C-1 -l MAIN -q 1 --weight 5.1");
    let synced = edge("sync");
    assert_eq!((&synced["accepted"], &synced["waiting"]), (&2.into(), &0.into()), "{synced}");
    let list = recorded(&file, "list");
    assert_eq!((&list[0]["number"], &list[0]["reason"]), (&taken[0]["number"], &"WEIGHT_MISSING".into()));
    let position = server.json("stock get -w BER -s C-1 -l MAIN");
    assert_eq!((&position["on_hand"], &position["weight"]), (&"5".into(), &"25.3".into()));
    // What was taken is booked with its weight, and the list is empty.
    server.json("stock issue -w BER -s C-1 -l MAIN -q 1 --weight 4.9");
    recorded(&file, &format!("resolve {} --note weighed", taken[0]["number"]));
    assert_eq!(recorded(&file, "list"), serde_json::json!([]));
}

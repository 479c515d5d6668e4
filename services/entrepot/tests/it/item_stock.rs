//! What may not change of an item as long as a warehouse has any of it, over the command line.

use crate::support::Server;

#[test]
fn an_item_in_stock_keeps_its_tracking_and_is_not_retired() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    for code in ["BER", "MUC"] {
        server.json(&format!("catalog warehouse create {code} --time-zone Europe/Berlin"));
        server.json(&format!("catalog location create --warehouse {code} MAIN --kind storage"));
    }
    server.json("catalog item create TC --name Tin --tracking lot");
    server.json("stock receive -w MUC -s TC -l MAIN -q 5 --lot A1 --status quarantine --owner customer:ACME");
    let seen = |sequence: u64| server.json(&format!("availability get -s TC -w MUC --at-least {sequence}"));
    seen(1);
    let has_stock = |words: &str, field: &str| {
        assert_eq!(server.refused(words), (3, "ITEM_HAS_STOCK".into(), field.into()), "{words}");
    };
    has_stock("catalog item update TC --tracking serial", "item.tracking");
    has_stock("catalog item update TC --catch-weight kg", "item.catch_weight");
    has_stock("catalog item retire TC", "sku");
    has_stock("catalog item retire TC --dry-run", "sku");
    server.json("catalog item update TC --name Tins --tracking lot");
    server.json("stock issue -w MUC -s TC -l MAIN -q 5 --lot A1 --status quarantine --owner customer:ACME");
    seen(2);
    assert_eq!(server.json("catalog item update TC --tracking serial")["tracking"], "SERIAL");
    assert_eq!(server.json("catalog item retire TC")["state"], "RETIRED");
    assert_eq!(server.json("catalog item restore TC")["state"], "ACTIVE");
}

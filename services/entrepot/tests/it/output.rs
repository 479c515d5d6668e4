//! Tables, JSON, CSV.

use crate::support::Server;

#[test]
fn lists_come_in_three_forms_and_in_full() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    let csv =
        (0..1500).fold("sku,name,base_unit\n".to_owned(), |text, n| format!("{text}S-{n:04},=name {n},EA\n"));
    let imported = server.piped("catalog item import -", csv.as_bytes());
    assert_eq!(imported.code, 0, "{}", imported.stderr);

    let all = server.json("catalog item list");
    assert_eq!(all.as_array().unwrap().len(), 1501);
    assert_eq!(server.json("catalog item list --limit 7").as_array().unwrap().len(), 7);
    let filtered = server.json("catalog item list --filter sku:S-000*");
    assert_eq!(filtered.as_array().unwrap().len(), 10);

    let table = server.run("catalog item list --limit 2").stdout;
    let mut lines = table.lines();
    assert!(lines.next().unwrap().trim_start().starts_with("SKU"), "{table}");
    assert!(lines.next().unwrap().trim_start().starts_with("A-1"), "{table}");
    assert!(!table.contains('\u{1b}'), "no colours in a pipe");

    let csv = server.run("catalog item list --limit 2 --output csv").stdout;
    let mut lines = csv.lines();
    assert!(lines.next().unwrap().starts_with("sku,name,base_unit,"), "{csv}");
    assert!(lines.next().unwrap().starts_with("A-1,Oak,EA,"), "{csv}");
    assert!(lines.next().unwrap().starts_with("S-0000,'=name 0,EA,"), "{csv}");
    assert_eq!(server.json("catalog location list -w BER").as_array().unwrap().len(), 8);
}

#[test]
fn an_empty_list_is_an_empty_array() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    assert_eq!(server.json("catalog warehouse list"), serde_json::json!([]));
    assert_eq!(server.json("journal list"), serde_json::json!([]));
    assert_eq!(server.json("journal verify --all"), serde_json::json!([]));
}

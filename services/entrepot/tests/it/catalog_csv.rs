//! `entrepot catalog item import` and `export`.

use crate::support::Server;

const GOOD: &[u8] =
    b"\xef\xbb\xbfsku,name,base_unit,base_unit_decimals,unit_conversions,gtins,negative_stock_policy\r\n\
    N-1,\"Nails, \"\"long\"\"\",KG,3,BOX=5/2:0;BAG=4xBOX@16291041500210,4006381333931,allow\r\n\
    N-2,=SUM(A1),EA,,,,\r\n";

#[test]
fn a_second_import_of_the_same_file_changes_nothing() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    let import = |bytes: &[u8]| -> serde_json::Value {
        let ran = server.piped("catalog item import -", bytes);
        assert_eq!(ran.code, 0, "{}", ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    };
    let counts = |summary: &serde_json::Value| {
        ["created", "updated", "unchanged"].map(|key| summary[key].as_u64().unwrap())
    };

    assert_eq!(counts(&import(GOOD)), [2, 0, 0]);
    assert_eq!(counts(&import(GOOD)), [0, 0, 2]);
    let exported = server.run("catalog item export").stdout;
    assert_eq!(counts(&import(exported.as_bytes())), [0, 0, 2]);
    let renamed = exported.replace("SUM", "MAX");
    assert_eq!(counts(&import(renamed.as_bytes())), [0, 1, 1]);
    assert_eq!(server.json("catalog item get N-2")["name"], "=MAX(A1)");
    assert_eq!(counts(&import(exported.as_bytes())), [0, 1, 1]);
    assert_eq!(server.run("catalog item export").stdout, exported);
}

#[test]
fn a_column_that_is_left_out_changes_nothing() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    server.json("catalog item create C-1 --name Cheese --catch-weight kg:3@4.5..5.5");
    let ran = server.piped("catalog item import -", b"sku,name,base_unit\nC-1,Gouda,EA\n");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let item = server.json("catalog item get C-1");
    assert_eq!((&item["name"], &item["catch_weight"]), (&"Gouda".into(), &"kg:3@4.5..5.5".into()));
}

#[test]
fn broken_files_are_refused_with_their_line() {
    let data = testkit::temp_dir();
    let server = Server::start(data.path());
    for (file, line) in [
        (&b""[..], "1"),
        (b"sku,name\nA,Oak\n", "1"),
        (b"sku,name,base_unit\nA,Oak,EA\nB,Elm\n", "3"),
        (b"sku,name,base_unit\r\nA,Oak,EA\r\nB,\xff,EA\r\n", "3"),
        (b"sku,name,base_unit\nA,\"Oak,EA\nB,Elm,EA\n", "2"),
        (b"sku,name,base_unit\nA,Oak,ea\n", "2"),
        (b"sku,name,base_unit,unit_conversions\nA,Oak,EA,BOX=2xBAG;BAG=2xBOX\n", "2"),
    ] {
        let ran = server.piped("catalog item import -", file);
        let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
        assert_eq!(
            (ran.code, &error["reason"], &error["metadata"]["line"]),
            (2, &"BAD_CSV".into(), &line.into()),
            "{error}"
        );
    }
    assert_eq!(server.json("catalog item list"), serde_json::json!([]));
    assert_eq!(server.refused("catalog item import /nowhere.csv").1, "BAD_FILE");
}

//! Counts, from the command line.

use serde_json::Value;

use crate::support::Server;

fn words(row: &Value, fields: &[&str]) -> String {
    let word = |field: &&str| row[*field].as_str().map_or_else(|| row[*field].to_string(), str::to_owned);
    fields.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// What a command lists, by some of its columns.
fn listed(server: &Server, command: &str, fields: &[&str]) -> Vec<String> {
    let rows = server.json(command);
    rows.as_array().unwrap().iter().map(|row| words(row, fields)).collect()
}

/// `STATE LOCATION SKU COUNTED EXPECTED COUNTED_BY` of its goods.
fn lines(server: &Server, count: &str) -> Vec<String> {
    let fields = ["state", "location", "sku", "counted", "expected", "counted_by"];
    listed(server, &format!("stock count show -w BER {count}"), &fields)
}

#[test]
fn a_list_of_another_system_is_explained_by_movements() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog item create B-1");
    server.json("stock receive -w BER -s A-1 -l MAIN -q 20");
    server.json("stock receive -w BER -s B-1 -l MAIN -q 5");
    server.json("stock issue -w BER -s A-1 -l MAIN -q 4");
    let file = data.path().join("erp.csv");
    std::fs::write(&file, "\u{feff}sku,quantity,location\r\nA-1,20,\r\nA-1,16,MAIN\r\n").unwrap();
    let fields = ["sku", "location", "theirs", "now", "verdict", "behind_sequence", "movements"];
    let asked = format!("stock reconcile -w BER --file {}", file.display());
    assert_eq!(
        listed(&server, &asked, &fields),
        ["A-1  20 16 behind 1 3:-4", "B-1  0 5 behind 0 2:5"],
        "the right one is left out"
    );
    let then = listed(&server, &format!("{asked} --as-of 2 --all"), &fields);
    assert_eq!(then, ["A-1  20 16 moved 0 3:-4", "A-1 MAIN 16 16 behind 3 ", "B-1  0 5 behind 0 2:5"]);
    std::fs::write(&file, "item,count\nA-1,5\n").unwrap();
    assert_eq!(server.refused(&asked).1, "BAD_FILE");
}

#[test]
fn shelves_are_counted_while_goods_move() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("catalog item create B-1");
    server.json("stock receive -w BER -s A-1 -l MAIN -q 20");
    server.json("stock receive -w BER -s B-1 -l MAIN -q 5");
    let limits = "--within-percent 10 --approval-above 10 --currency EUR --cost A-1 2.50 --cost B-1 4";
    server.json(&format!("stock count plan C-1 -w BER --kind location --locations MAIN --guided {limits}"));
    let fields = ["location", "sku", "expected", "not_by", "read_at_sequence"];
    assert_eq!(listed(&server, "stock count sheet -w BER C-1", &fields), ["MAIN A-1 20  3", "MAIN B-1 5  3"]);

    // The shelf was read as of 3; before anybody enters that, goods leave.
    server.json("stock issue -w BER -s A-1 -l MAIN -q 4");
    let enter = "stock count enter C-1 -w BER -l MAIN --read-at-sequence 3 --seen A-1 19 --seen B-1 2";
    server.json(&format!("{enter} --by MARIA"));
    let counted = ["counting MAIN A-1 19 20 MARIA", "counting MAIN B-1 2 5 MARIA"];
    assert_eq!(lines(&server, "C-1"), counted);
    assert_eq!(server.refused("stock count post C-1 -w BER").1, "RECOUNT_NEEDED");
    assert_eq!(server.refused(&format!("{enter} --by MARIA")).1, "COUNTED_BY_SAME_PERSON");
    server.json("stock count recount C-1 -w BER -l MAIN --by PAUL --seen A-1 15 --seen B-1 2");
    assert_eq!(server.refused("stock count post C-1 -w BER").1, "COUNT_APPROVAL_NEEDED");
    assert_eq!(server.refused("stock count approve C-1 -w BER --by PAUL").1, "OWN_VARIANCE");
    server.json("stock count approve C-1 -w BER --by ANNA");
    server.json("stock count post C-1 -w BER");
    assert_eq!(words(&server.json("stock get -w BER -s A-1 -l MAIN"), &["on_hand"]), "15");
    assert_eq!(words(&server.json("stock get -w BER -s B-1 -l MAIN"), &["on_hand"]), "2");
    let figures = ["counts", "lines", "exact", "within", "missing", "missing_value", "found"];
    assert_eq!(words(&server.json("stock count figures -w BER"), &figures), "1 2 0 1 4 14.5 0");

    server.json("stock count plan C-2 -w BER --kind full");
    server.json("stock count plan C-3 -w BER --kind class --sku A-1");
    server.json("stock count plan C-4 -w BER --kind sample --seed 7");
    server.json("stock count plan C-5 -w BER --kind low-stock --low 2");
    assert_eq!(server.refused("stock count plan C-6 -w BER --kind zero-stock").0, 2, "there is none");
    server.json("stock count cancel C-2 -w BER");
    let fields = ["count", "kind", "state", "to_count"];
    let open = listed(&server, "stock count list -w BER --filter state=planned", &fields);
    assert_eq!(open, ["C-3 class planned 1", "C-4 sample planned 2", "C-5 low_stock planned 1"]);

    let told = server.run("journal read -w BER").stdout;
    for words in [
        "plan count C-1: 1 place, location",
        "count MAIN for C-1: 2 of 2 goods differ, by MARIA as of 3",
        "ANNA approves count C-1",
        "post count C-1",
        "adjustment 3 B-1 MAIN -> ADJUSTMENT",
        "cancel count C-2",
        "count C-1: own variance",
    ] {
        assert!(told.contains(words), "{words} in {told}");
    }
    assert_eq!(server.json("journal verify -w BER")["sound"], true);
}

//! `entrepot import orders` on real servers: nothing is lost, nothing is done twice, whoever is killed.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

use serde_json::Value;

use crate::support::{Server, entrepot, run, text};

/// Enough that an import takes a while, and a kill meets it in the middle.
const LINES: u64 = 40_000;

#[test]
fn the_excerpt_is_imported_once() {
    let directory = testkit::temp_dir();
    let server = Server::start(&directory.path().join("data"));
    let rejects = directory.path().join("rejects.csv");
    let excerpt = map_folder().join("uci_excerpt.csv");

    let first = import(&server, &excerpt, &rejects);
    let listed = std::fs::read_to_string(&rejects).unwrap();
    assert_eq!(
        (number(&first, "lines"), number(&first, "imported"), number(&first, "rejected")),
        (87, 48, 39)
    );
    assert_eq!((number(&first, "duplicates"), number(&first, "openings_refused")), (0, 0));
    assert_eq!(listed.lines().count(), 40);
    assert!(listed.starts_with("line,field,reason,value\n"), "{listed}");
    assert!(listed.contains("\n900010,country,WAREHOUSE_UNKNOWN,Narnia\n"), "{listed}");

    let second = import(&server, &excerpt, &rejects);
    assert_eq!((number(&second, "imported"), number(&second, "duplicates")), (48, 48));
    assert_eq!(first["heads"], second["heads"]);
    assert_eq!(std::fs::read_to_string(&rejects).unwrap(), listed);

    // The opening receipts are just as large as needed: what was only sold is gone.
    let balances = server.json("stock balances -w FR-LIL");
    let on_hand: Vec<_> =
        balances.as_array().unwrap().iter().map(|balance| balance["on_hand"].clone()).collect();
    assert_eq!(on_hand, vec!["0"; 4], "{balances}");
    assert_eq!(verdicts(&server).len(), first["heads"].as_object().unwrap().len());
}

#[test]
fn bad_maps_and_files_post_nothing() {
    let directory = testkit::temp_dir();
    let server = Server::start(&directory.path().join("data"));
    let good_map = map_folder().join("uci_retail.toml");
    let bad_map = directory.path().join("bad.toml");
    let changed = std::fs::read_to_string(&good_map).unwrap().replace("[document]", "[document]\ncolour = 1");
    std::fs::write(&bad_map, changed).unwrap();
    let excerpt = map_folder().join("uci_excerpt.csv");
    let bad_file = directory.path().join("bad.csv");
    std::fs::write(&bad_file, "a,b\n1,2\n").unwrap();
    let missing = directory.path().join("none.csv");
    for (file, map, reason) in [
        (&excerpt, &bad_map, "BAD_MAP"),
        (&bad_file, &good_map, "BAD_CSV"),
        (&missing, &good_map, "BAD_FILE"),
    ] {
        let (code, refusal, _) = server.refused(&format!("import orders {} --map {}", text(file), text(map)));
        assert_eq!((code, refusal.as_str()), (2, reason));
    }
    assert_eq!(verdicts(&server), Vec::<Value>::new());
}

#[test]
fn a_dry_run_needs_no_server() {
    let directory = testkit::temp_dir();
    let rejects = directory.path().join("rejects.csv");
    let (excerpt, map) = (map_folder().join("uci_excerpt.csv"), map_folder().join("uci_retail.toml"));
    let arguments =
        ["import", "orders", text(&excerpt), "--map", text(&map), "--rejects", text(&rejects), "--dry-run"];
    let ran = run(entrepot(&arguments).args(["--output", "json", "--server", "127.0.0.1:1"]));
    let report: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!((number(&report, "imported"), number(&report, "rejected")), (48, 39));
    assert_eq!(std::fs::read_to_string(&rejects).unwrap().lines().count(), 40);
}

#[test]
fn whoever_is_killed_the_same_state_comes_out() {
    let directory = testkit::temp_dir();
    let orders = directory.path().join("orders.csv");
    std::fs::write(&orders, many_orders(LINES)).unwrap();
    let rejects = directory.path().join("rejects.csv");

    let whole = Server::start(&directory.path().join("whole"));
    let undisturbed = import(&whole, &orders, &rejects);
    let entries = number(&undisturbed["heads"]["GB-LON"], "sequence");
    assert_eq!((number(&undisturbed, "imported"), number(&undisturbed, "rejected")), (LINES, 0));

    // The import is killed, and run again.
    let data = directory.path().join("killed");
    let killed = Server::start(&data);
    let mut first = start_import(&killed, &orders, &rejects);
    wait_for_entry(&killed, "GB-LON", 1);
    first.kill().unwrap();
    first.wait().unwrap();
    assert!(head(&killed, "GB-LON") < Some(entries), "the import was over before it was killed");
    // The server is killed under the second run, which goes on with the server after it.
    let second = start_import(&killed, &orders, &rejects);
    wait_for_entry(&killed, "GB-LON", entries / 4);
    let address = killed.grpc().trim_start_matches("http://").to_owned();
    killed.kill();
    let killed = Server::start_at(&data, &address);
    let report = finish(second);
    assert_eq!((number(&report, "imported"), number(&report, "rejected")), (LINES, 0));
    assert_eq!(digests(&killed), digests(&whole));

    let again = import(&killed, &orders, &rejects);
    assert_eq!((number(&again, "imported"), number(&again, "duplicates")), (LINES, LINES));
    assert_eq!(again["heads"], report["heads"]);
}

fn start_import(server: &Server, file: &Path, rejects: &Path) -> Child {
    let map = map_folder().join("uci_retail.toml");
    let words = format!(
        "import orders {} --map {} --rejects {} --output json",
        text(file),
        text(&map),
        text(rejects)
    );
    server.command(&words).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The last line of stdout is the report.
fn finish(import: Child) -> Value {
    let output = import.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    serde_json::from_str(text.lines().last().unwrap()).unwrap()
}

fn import(server: &Server, file: &Path, rejects: &Path) -> Value {
    finish(start_import(server, file, rejects))
}

/// Each look is a process of its own, which is wait enough between two of them.
fn wait_for_entry(server: &Server, warehouse: &str, sequence: u64) {
    let reached = |_| head(server, warehouse).is_some_and(|reached| reached >= sequence);
    assert!((0..5000).any(reached), "{warehouse} never came to entry {sequence}");
}

/// The newest entry of a journal, if there is a journal.
fn head(server: &Server, warehouse: &str) -> Option<u64> {
    let ran = server.run(&format!("journal head -w {warehouse} --output json"));
    serde_json::from_str::<Value>(&ran.stdout).ok()?["sequence"].as_u64()
}

/// Every journal; all are sound.
fn verdicts(server: &Server) -> Vec<Value> {
    server.json("journal verify --all").as_array().unwrap().clone()
}

/// What a journal says, but for the times of recording.
fn digests(server: &Server) -> Vec<[Value; 4]> {
    let fields = ["warehouse", "sequence", "content_digest", "state_digest"];
    verdicts(server).iter().map(|verdict| fields.map(|field| verdict[field].clone())).collect()
}

/// Orders of three countries: `lines` lines of a fixed pseudo-random sequence, in which a tenth are returns.
fn many_orders(lines: u64) -> String {
    let mut text = "line,invoiced_at,description,quantity,unit_price,customer,country\n".to_owned();
    let mut random = 7_u32;
    let mut next = |below: u32| {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (random >> 16) % below
    };
    for line in 1..=lines {
        let (item, units, country) =
            (next(40), next(30) + 1, ["United Kingdom", "France", "Germany"][next(3) as usize]);
        let (sign, customer, minutes) = (if next(10) == 0 { "-" } else { "" }, next(3), line / 20);
        let (hour, minute) = (minutes / 60 % 24, minutes % 60);
        writeln!(
            text,
            "{line},2011-01-03T{hour:02}:{minute:02}:00,ITEM {item},{sign}{units},1.5,{customer},{country}"
        )
        .unwrap();
    }
    text
}

fn map_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("maps")
}

fn number(report: &Value, field: &str) -> u64 {
    report[field].as_u64().unwrap_or_else(|| panic!("no number `{field}` in {report}"))
}

//! Text tables: what is set where, and what comes out of it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::environment::Environment;
use crate::{Settings, merge};

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Sample {
    listen: String,
    stock: Stock,
    log: Log,
    warehouses: Vec<String>,
    certificate_file: Option<PathBuf>,
    limits: BTreeMap<String, u32>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Stock {
    url: String,
    queue_max: u32,
    ratio: f64,
    eager: bool,
    late_max_s: Option<u64>,
    api_token: Option<String>,
}

impl Default for Stock {
    fn default() -> Self {
        Self {
            url: "sqlite://stock.db".to_owned(),
            queue_max: 1000,
            ratio: 0.5,
            eager: false,
            late_max_s: None,
            api_token: None,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Log {
    Embedded { path: PathBuf },
    Kafka { bootstrap_servers: String },
}

impl Default for Log {
    fn default() -> Self {
        Self::Embedded { path: PathBuf::from("log.db") }
    }
}

/// One case: `file` is TOML with `;` for line ends, `env` is `NAME=value` with spaces between.
struct Case {
    folder: tempfile::TempDir,
}

impl Case {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    /// The value of `key` in the result, or the error with this folder's path cut out.
    fn outcome(&self, file: &str, env: &str, flags: Value, key: &str) -> String {
        let file = self.write("entrepot.toml", &file.replace(';', "\n"));
        match load(Some(&file), env, flags) {
            Ok(sample) => {
                let value = serde_json::to_value(sample).unwrap();
                let pointer = format!("/{}", key.replace('.', "/"));
                value.pointer(&pointer).map_or_else(|| "absent".to_owned(), ToString::to_string)
            }
            Err(error) => error.replace(&format!("{}/", self.folder.path().display()), ""),
        }
    }
}

fn load(file: Option<&Path>, env: &str, flags: Value) -> Result<Sample, String> {
    let variables: Vec<(String, String)> = env
        .split_whitespace()
        .map(|pair| pair.split_once('=').unwrap())
        .map(|(n, v)| (n.into(), v.into()))
        .collect();
    let environment = Environment { prefix: "ENTREPOT_", variables: &variables };
    merge::load(file, &environment, flags).map_err(|error| error.to_string())
}

fn check(file: &str, env: &str, flags: Value, expected: &str) {
    let (key, value) = expected.split_once(" = ").unwrap_or(("", expected));
    let outcome = Case::new().outcome(file, env, flags, key);
    assert_eq!(outcome, value, "file {file:?}, env {env:?}");
}

#[test]
fn later_wins() {
    let none = || json!({});
    check("", "", none(), "stock.queue_max = 1000");
    check("[stock];queue_max = 5", "", none(), "stock.queue_max = 5");
    check("[stock];queue_max = 5", "ENTREPOT_STOCK__QUEUE_MAX=6", none(), "stock.queue_max = 6");
    let flags = json!({ "stock": { "queue_max": 7 } });
    check("[stock];queue_max = 5", "ENTREPOT_STOCK__QUEUE_MAX=6", flags, "stock.queue_max = 7");
    let not_given = json!({ "stock": { "queue_max": null } });
    check("[stock];queue_max = 5", "", not_given, "stock.queue_max = 5");
    check("[stock];queue_max = 5", "", none(), r#"stock.url = "sqlite://stock.db""#);
}

#[test]
fn texts_become_what_stands_there() {
    for (env, expected) in [
        ("ENTREPOT_STOCK__EAGER=true", "stock.eager = true"),
        ("ENTREPOT_STOCK__RATIO=0.25", "stock.ratio = 0.25"),
        ("ENTREPOT_STOCK__LATE_MAX_S=9", "stock.late_max_s = 9"),
        ("ENTREPOT_STOCK__URL=123", r#"stock.url = "123""#),
        ("ENTREPOT_LISTEN=[::1]:7700", r#"listen = "[::1]:7700""#),
        ("ENTREPOT_WAREHOUSES=BER,PAR", r#"warehouses = ["BER","PAR"]"#),
        (r#"ENTREPOT_WAREHOUSES=["BER"]"#, r#"warehouses = ["BER"]"#),
        ("ENTREPOT_LIMITS__BER=3", "limits.ber = 3"),
    ] {
        check("", env, json!({}), expected);
    }
}

#[test]
fn unknown_keys() {
    let known = "known here: url, queue_max, ratio, eager, late_max_s, api_token";
    check(
        "[stock];queue_mx = 5",
        "",
        json!({}),
        &format!("unknown key `stock.queue_mx` in the file entrepot.toml; {known}"),
    );
    check(
        "",
        "ENTREPOT_STOCK__QUEUE_MX=5",
        json!({}),
        &format!(
            "unknown key `stock.queue_mx` in the environment variable ENTREPOT_STOCK__QUEUE_MX; {known}"
        ),
    );
    check("", "", json!({ "stock": { "x": 1 } }), &format!("unknown key `stock.x` in the flags; {known}"));
    check(
        "",
        "ENTREPOT_STOK=5",
        json!({}),
        "unknown key `stok` in the environment variable ENTREPOT_STOK; \
         known here: listen, stock, log, warehouses, certificate_file, limits",
    );
    check(
        "[stock];ur_file = 'secret.txt'",
        "",
        json!({}),
        "cannot read the file secret.txt that `stock.ur_file` in the file entrepot.toml names: \
         No such file or directory (os error 2)",
    );
}

#[test]
fn variables_that_are_not_configuration() {
    for env in [
        "ENTREPOT_SERVER=http://h:7700 ENTREPOT_OUTPUT=json ENTREPOT_CONFIG=x ENTREPOT_TEST_POSTGRES=x OTHER=1",
        "ENTREPOT_SERVICE_HOST=10.0.0.1 ENTREPOT_SERVICE_PORT=7700 ENTREPOT_SERVICE_PORT_GRPC=7700",
        "ENTREPOT_PORT=tcp://10.0.0.1:7700 ENTREPOT_PORT_7700_TCP=tcp://10.0.0.1:7700",
        "ENTREPOT_PORT_7700_TCP_ADDR=10.0.0.1 ENTREPOT_STOCK_SERVICE_HOST=10.0.0.2",
    ] {
        check("", env, json!({}), "stock.queue_max = 1000");
    }
}

#[test]
fn bad_values() {
    check(
        "[stock];queue_max = 'many'",
        "",
        json!({}),
        "the value of `stock.queue_max` in the file entrepot.toml is not usable: \
         invalid type: found string \"many\", expected u32",
    );
    check(
        "",
        "ENTREPOT_STOCK__QUEUE_MAX=-1",
        json!({}),
        "the value of `stock.queue_max` in the environment variable ENTREPOT_STOCK__QUEUE_MAX is not usable: \
         invalid value signed int `-1`, expected u32",
    );
    check(
        "[stock];api_token = { a = 'hush' }",
        "",
        json!({}),
        "the value of `stock.api_token` in the file entrepot.toml is not usable: it has the wrong type or form",
    );
    check(
        "listen = 1;stock = [",
        "",
        json!({}),
        "the configuration file entrepot.toml is not valid TOML at line 2: unclosed array, expected `]`",
    );
    check(
        "",
        "ENTREPOT_STOCK__URL=a ENTREPOT_STOCK__URL__X=b",
        json!({}),
        "the value of `stock.url.x` in the environment variable ENTREPOT_STOCK__URL__X is not usable: \
         another variable sets a key above or beneath it",
    );
}

#[test]
fn another_variant_than_the_default() {
    check(
        "[log];kind = 'kafka';bootstrap_servers = 'k:9092'",
        "",
        json!({}),
        r#"log.bootstrap_servers = "k:9092""#,
    );
    let env = "ENTREPOT_LOG__KIND=kafka ENTREPOT_LOG__BOOTSTRAP_SERVERS=k:9092";
    check("", env, json!({}), r#"log.kind = "kafka""#);
    check(
        "[log];kind = 'kafka';path = 'x'",
        "",
        json!({}),
        "unknown key `log.path` in the file entrepot.toml; known here: bootstrap_servers",
    );
    check(
        "[log];kind = 'kafka'",
        "",
        json!({}),
        "the key `log.bootstrap_servers` is missing; \
         set it in the configuration file or as ENTREPOT_LOG__BOOTSTRAP_SERVERS",
    );
}

#[test]
fn secrets_come_from_files() {
    let case = Case::new();
    let secret = case.write("url.txt", "  postgres://u:p@h/d\n");
    let url = r#""postgres://u:p@h/d""#;
    assert_eq!(case.outcome("[stock];url_file = 'url.txt'", "", json!({}), "stock.url"), url);
    let env = format!("ENTREPOT_STOCK__URL_FILE={}", secret.display());
    assert_eq!(case.outcome("[stock];url = 'sqlite://x'", &env, json!({}), "stock.url"), url);
    assert_eq!(
        case.outcome("[stock];url_file = 'url.txt';url = 'a'", "", json!({}), ""),
        "both `stock.url` and `stock.url_file` are set in the file entrepot.toml; keep one of them"
    );
    assert_eq!(
        case.outcome("[stock];ul_file = 'url.txt'", "", json!({}), ""),
        "unknown key `stock.ul_file` in the file entrepot.toml; \
         known here: url, queue_max, ratio, eager, late_max_s, api_token"
    );
    // A key of its own that happens to end in `_file`.
    assert_eq!(case.outcome("certificate_file = 'c.pem'", "", json!({}), "certificate_file"), r#""c.pem""#);
}

#[test]
fn a_file_that_is_not_there() {
    let error = load(Some(Path::new("nowhere.toml")), "", json!({})).unwrap_err();
    assert_eq!(
        error,
        "cannot read the configuration file nowhere.toml: No such file or directory (os error 2)"
    );
}

#[test]
fn shown_without_secrets() {
    let stock = Stock {
        url: "postgres://u:hush@h/d".to_owned(),
        api_token: Some("hush".to_owned()),
        ..Stock::default()
    };
    let shown = Settings::show(&Sample { stock, ..Sample::default() });
    assert!(!shown.contains("hush"), "{shown}");
    assert!(shown.contains("url = \"postgres://u:***@h/d\"\n"), "{shown}");
    assert!(shown.contains("api_token = \"***\"\n"), "{shown}");
    assert!(!shown.contains("late_max_s"), "{shown}");
    // What is shown can be read again.
    toml::from_str::<Sample>(&shown).unwrap();
}

//! Files, variables, flags.

use crate::support::{entrepot, run, text};

fn show(file: &str) -> crate::support::Ran {
    let directory = testkit::temp_dir();
    let path = directory.path().join("entrepot.toml");
    std::fs::write(&path, file).unwrap();
    run(entrepot(&["config", "show", "--config", text(&path), "--output", "json"])
        .env("ENTREPOT_SERVER__LISTEN", "127.0.0.1:9"))
}

#[test]
fn unknown_keys_and_bad_values_are_refused_by_name() {
    for (file, reason, key) in [
        ("colour = 1", "UNKNOWN_CONFIG_KEY", "colour"),
        ("[stock.limits]\nqueue = 1", "UNKNOWN_CONFIG_KEY", "stock.limits.queue"),
        (
            "[catalog.database]\nurl = 1.5\nconnections_max = \"many\"",
            "BAD_CONFIG",
            "catalog.database.connections_max",
        ),
        ("[server", "BAD_CONFIG", ""),
    ] {
        let failure = show(file).failure();
        assert_eq!((failure.0, failure.1.as_str(), failure.2.as_str()), (2, reason, key), "{file}");
    }
}

#[test]
fn later_sources_win_and_secrets_are_hidden() {
    let shown = show(
        "[server]\nlisten = \"127.0.0.1:8\"\n\
         [stock.store]\nkind = \"postgres\"\nurl = \"postgres://stock:hunter2@db:5432/stock\"\n\
         [eventlog]\nkind = \"kafka\"\nbootstrap_servers = \"kafka:9092\"\n",
    );
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    assert!(!shown.stdout.contains("hunter2"), "{}", shown.stdout);
    let config: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(config["server"]["listen"], "127.0.0.1:9");
    assert_eq!(config["stock"]["store"]["kind"], "postgres");
    assert_eq!(config["eventlog"]["bootstrap_servers"], "kafka:9092");
}

#[test]
fn variables_of_the_client_are_no_configuration() {
    let variables =
        [("LEDGER", "D-1.ledger"), ("SERVER", "http://h:1"), ("TIMEOUT", "9"), ("OUTPUT", "json")];
    let mut command = entrepot(&["config", "show"]);
    for (name, value) in variables {
        command.env(format!("ENTREPOT_{name}"), value);
    }
    let shown = run(&mut command);
    assert_eq!(shown.code, 0, "{}", shown.stderr);
}

#[test]
fn warehouses_are_named_in_a_list() {
    let shown = show("[stock]\nwarehouses = [\"BER\", \"HAM\"]");
    assert_eq!(shown.code, 0, "{}", shown.stderr);
    let config: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(config["stock"]["warehouses"], serde_json::json!(["BER", "HAM"]));
    let bad = show("[stock]\nwarehouses = { name = [\"BER\"] }").failure();
    assert_eq!((bad.0, bad.1.as_str()), (2, "BAD_CONFIG"));
}

#[test]
fn roles_refuse_to_start_on_a_bad_configuration() {
    let unknown = run(entrepot(&["up", "--output", "json"]).env("ENTREPOT_COLOUR", "1")).failure();
    assert_eq!((unknown.0, unknown.1.as_str()), (2, "UNKNOWN_CONFIG_KEY"));
    let alone = run(&mut entrepot(&["serve", "catalog", "--warehouse", "BER", "--output", "json"])).failure();
    assert_eq!((alone.0, alone.1.as_str()), (2, "BAD_USAGE"));
}

#[test]
fn completions_are_scripts() {
    for shell in ["bash", "zsh", "fish"] {
        let ran = run(&mut entrepot(&["completions", shell]));
        assert_eq!(ran.code, 0);
        assert!(ran.stdout.contains("availability"), "{shell}");
    }
}

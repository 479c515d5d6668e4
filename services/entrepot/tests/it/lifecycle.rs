//! Starting, stopping, starting again.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::support::{Server, entrepot, run, text};

#[test]
fn one_line_says_ready_and_where() {
    let data = testkit::temp_dir();
    let mut process = entrepot(&["up", "--data", text(data.path()), "--listen", "127.0.0.1:0"])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(line.contains("ready") && line.contains("grpc=http://127.0.0.1:"), "{line}");
    assert!(line.contains("metrics=http://127.0.0.1:"), "{line}");
}

#[test]
fn a_second_up_on_the_same_directory_is_refused() {
    let data = testkit::temp_dir();
    let first = Server::start(data.path());
    let arguments = ["up", "--data", text(data.path()), "--listen", "127.0.0.1:0", "--output", "json"];
    let (code, reason, _) = run(&mut entrepot(&arguments)).failure();
    assert_eq!((code, reason.as_str()), (3, "DATA_IN_USE"));

    let elsewhere = testkit::temp_dir();
    let taken = first.grpc().trim_start_matches("http://").to_owned();
    let arguments = ["up", "--data", text(elsewhere.path()), "--listen", &taken, "--output", "json"];
    let (code, reason, _) = run(&mut entrepot(&arguments)).failure();
    assert_eq!((code, reason.as_str()), (5, "CANNOT_START"));
    first.kill();
    Server::start(data.path()).kill();
}

#[test]
fn signals_end_it_cleanly_even_with_open_streams() {
    for signal in ["TERM", "INT"] {
        let data = testkit::temp_dir();
        let server = Server::with_stock(data.path());
        server.json("stock receive -w BER -s A-1 -l MAIN -q 1");
        let mut tail = server
            .command("journal tail -w BER --after 0 --output json")
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = String::new();
        let mut lines = BufReader::new(tail.stdout.take().unwrap());
        lines.read_line(&mut first).unwrap();
        assert!(server.stop_with(signal).success(), "SIG{signal}");
        tail.wait().unwrap();
    }
}

#[test]
fn a_restart_keeps_everything_after_a_stop_and_after_a_kill() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 7");
    let head = server.json("journal head -w BER");
    assert!(server.stop_with("TERM").success());

    let server = Server::start(data.path());
    assert_eq!(server.json("journal head -w BER"), head);
    server.json("stock issue -w BER -s A-1 -l MAIN -q 2");
    let head = server.json("journal head -w BER");
    server.kill();

    let server = Server::start(data.path());
    assert_eq!(server.json("journal head -w BER"), head);
    assert_eq!(server.json("stock get -w BER -s A-1 -l MAIN")["on_hand"], "5");
    assert_eq!(server.json("availability get -s A-1 -w BER --at-least 2")["available"], "5");
    assert_eq!(server.json("journal verify --all")[0]["sound"], true);
}

#[test]
fn metrics_are_served() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 1");
    let answer = server.scrape();
    assert!(answer.contains("rpc_server"), "{answer}");
}

/// What was replayed after a kill must be in the next checkpoint, or the start after that would miss it.
#[test]
fn stock_survives_a_kill_a_clean_stop_and_another_start() {
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 10");
    let reserved = server.json("stock reserve -w BER -s A-1 -l MAIN -q 4");
    server.kill();

    let server = Server::start(data.path());
    server.json("catalog item create C-1 --name other");
    server.json("stock receive -w BER -s C-1 -l MAIN -q 1");
    assert!(server.stop_with("TERM").success());

    let server = Server::start(data.path());
    let position = server.json("stock get -w BER -s A-1 -l MAIN");
    assert_eq!(
        (&position["on_hand"], &position["reserved"]),
        (&"10".into(), &"4".into()),
        "{position} {reserved}"
    );
    assert!(server.stop_with("TERM").success());
}

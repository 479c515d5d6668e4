//! Starts the binary and talks to it over its own command line.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Output, Stdio};

use serde_json::Value;

/// `entrepot up`, on a free port. Killed when it is dropped.
#[derive(Debug)]
pub(crate) struct Server {
    process: Child,
    grpc: String,
    metrics: String,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// A command of the binary that no variable of the test's own environment reaches.
pub(crate) fn entrepot(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_entrepot"));
    command.args(arguments);
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ENTREPOT_") {
            command.env_remove(name);
        }
    }
    command
}

/// Runs a command to its end.
pub(crate) fn run(command: &mut Command) -> Ran {
    command.output().unwrap().into()
}

impl Server {
    /// On `data`, which outlives it: start again there to see what was kept.
    pub(crate) fn start(data: &Path) -> Self {
        Self::start_at(data, "127.0.0.1:0")
    }

    /// At an address that clients know from the server before it.
    pub(crate) fn start_at(data: &Path, listen: &str) -> Self {
        let free = "127.0.0.1:0";
        Self::spawn(&["up", "--data", text(data), "--listen", listen, "--metrics-listen", free])
    }

    /// Any command that serves until it is stopped.
    pub(crate) fn spawn(arguments: &[&str]) -> Self {
        Self::spawn_as(entrepot(arguments))
    }

    /// The same, started as `command` does it.
    pub(crate) fn spawn_as(mut command: Command) -> Self {
        let mut process = command.args(["--output", "json"]).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        Self::ready(process, &line)
    }

    /// A process that has just said `line`.
    pub(crate) fn ready(process: Child, line: &str) -> Self {
        let ready: Value = serde_json::from_str(line).unwrap();
        assert_eq!(ready["ready"], true);
        let address = |name: &str| ready[name].as_str().unwrap_or_default().to_owned();
        Self { process, grpc: address("grpc"), metrics: address("metrics") }
    }

    /// With a warehouse BER that has the locations MAIN and PICK, and the item A-1 (EA; CASE = 12 EA).
    pub(crate) fn with_stock(data: &Path) -> Self {
        let server = Self::start(data);
        server.json("catalog warehouse create BER --time-zone Europe/Berlin");
        server.json("catalog location create --warehouse BER MAIN --kind storage");
        server.json("catalog location create --warehouse BER PICK --kind pick");
        server.json("catalog item create A-1 --name Oak --unit CASE=12");
        server
    }

    /// `http://127.0.0.1:PORT`
    pub(crate) fn grpc(&self) -> &str {
        &self.grpc
    }

    /// What Prometheus reads.
    pub(crate) fn scrape(&self) -> String {
        let address = self.metrics.trim_start_matches("http://").trim_end_matches("/metrics");
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET /metrics HTTP/1.0\r\n\r\n").unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.0 200"), "{answer}");
        answer
    }

    /// A client command against this server; words are split at spaces.
    pub(crate) fn command(&self, words: &str) -> Command {
        let arguments: Vec<_> = words.split(' ').collect();
        let mut command = entrepot(&arguments);
        command.args(["--server", &self.grpc]);
        command
    }

    /// Runs a client command.
    pub(crate) fn run(&self, words: &str) -> Ran {
        run(&mut self.command(words))
    }

    /// Runs a client command that must succeed, and reads its result.
    pub(crate) fn json(&self, words: &str) -> Value {
        let ran = run(self.command(words).args(["--output", "json"]));
        assert_eq!(ran.code, 0, "{words}: {}", ran.stderr);
        serde_json::from_str(&ran.stdout).unwrap()
    }

    /// Runs a client command that must fail: exit code, reason and field.
    pub(crate) fn refused(&self, words: &str) -> (i32, String, String) {
        run(self.command(words).args(["--output", "json"])).failure()
    }

    /// Runs a client command with something on its stdin.
    pub(crate) fn piped(&self, words: &str, input: &[u8]) -> Ran {
        let mut command = self.command(words);
        let pipes = command
            .args(["--output", "json"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = pipes.spawn().unwrap();
        process.stdin.take().unwrap().write_all(input).unwrap();
        process.wait_with_output().unwrap().into()
    }

    /// Its process id.
    pub(crate) fn id(&self) -> u32 {
        self.process.id()
    }

    /// Sends a signal (`TERM`, `INT`) and waits for the end.
    pub(crate) fn stop_with(mut self, signal: &str) -> ExitStatus {
        self.signal(signal);
        self.process.wait().unwrap()
    }

    /// Sends a signal.
    pub(crate) fn signal(&self, signal: &str) {
        let status =
            Command::new("kill").args(["-s", signal, &self.process.id().to_string()]).status().unwrap();
        assert!(status.success());
    }

    /// Ends it with SIGKILL.
    pub(crate) fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _killed = self.process.kill();
        let _waited = self.process.wait();
    }
}

impl Ran {
    /// Exit code, reason and field of a failed command with `--output json`.
    pub(crate) fn failure(&self) -> (i32, String, String) {
        let error: Value = serde_json::from_str(&self.stderr).unwrap_or_else(|e| panic!("{e}: {self:?}"));
        for key in ["code", "reason", "message", "field", "metadata"] {
            assert!(error.get(key).is_some(), "no {key} in {error}");
        }
        assert_eq!(self.stdout, "", "a failed command has no result");
        let text = |key: &str| error[key].as_str().unwrap().to_owned();
        (self.code, text("reason"), text("field"))
    }
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }
}

pub(crate) fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

//! This binary, in a process of its own.

use std::process::Stdio;
use std::time::Duration;

use serde::Deserialize;
use serde::de::DeserializeOwned;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::client::Client;
use crate::output::Failure;

const START_MAX: Duration = Duration::from_secs(120);
const CALL_MAX: Duration = Duration::from_secs(300);

/// A server process; killed when it is dropped.
#[derive(Debug)]
pub(super) struct Server {
    child: Child,
    address: String,
    /// Kept open: a server that cannot write to stdout has a broken one.
    stdout: Lines<BufReader<ChildStdout>>,
}

/// The line that says that it can be used.
#[derive(Debug, Deserialize)]
struct Ready {
    grpc: String,
}

impl Server {
    /// Starts `entrepot ARGUMENTS` and waits until it is ready.
    pub(super) async fn start(arguments: &[&str]) -> Result<Self, Failure> {
        let mut server = Self::launch(arguments, String::new())?;
        let line = tokio::time::timeout(START_MAX, server.stdout.next_line()).await;
        let line = line.map_err(|_| Failure::fault("a server did not start in time"))?.map_err(broken)?;
        let line = line.ok_or_else(|| Failure::fault(format!("`entrepot {}` ended", arguments.join(" "))))?;
        let ready: Ready = parsed(&line)?;
        server.address = ready.grpc;
        Ok(server)
    }

    /// Starts `entrepot ARGUMENTS`, which say that it listens at `address`, and waits for nothing.
    pub(super) fn launch(arguments: &[&str], address: String) -> Result<Self, Failure> {
        let mut child =
            command(arguments)?.stdout(Stdio::piped()).kill_on_drop(true).spawn().map_err(broken)?;
        let stdout = child.stdout.take().ok_or_else(|| Failure::fault("the server has no stdout"))?;
        Ok(Self { child, address, stdout: BufReader::new(stdout).lines() })
    }

    /// Connects to it.
    pub(super) async fn client(&self) -> Result<Client, Failure> {
        Client::connect(&self.address, CALL_MAX).await
    }

    /// Where it listens.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Its process id.
    pub(super) fn id(&self) -> u32 {
        self.child.id().unwrap_or_default()
    }

    /// Ends it as a power cut would.
    pub(super) async fn kill(mut self) -> Result<(), Failure> {
        self.child.kill().await.map_err(broken)
    }
}

/// Runs a client command to its end and reads its result.
pub(super) async fn result_of<T: DeserializeOwned>(arguments: &[&str]) -> Result<T, Failure> {
    let ran = command(arguments)?.stderr(Stdio::inherit()).output().await.map_err(broken)?;
    if !ran.status.success() {
        return Err(Failure::fault(format!("`entrepot {}` failed", arguments.join(" "))));
    }
    parsed(&String::from_utf8_lossy(&ran.stdout))
}

/// Settings of this process must not reach the servers.
fn command(arguments: &[&str]) -> Result<Command, Failure> {
    let mut command = Command::new(std::env::current_exe().map_err(broken)?);
    command.args(arguments).args(["--output", "json"]).stdin(Stdio::null());
    for (name, _) in std::env::vars_os() {
        if name.to_string_lossy().starts_with("ENTREPOT_") {
            command.env_remove(name);
        }
    }
    Ok(command)
}

fn parsed<T: DeserializeOwned>(text: &str) -> Result<T, Failure> {
    serde_json::from_str(text).map_err(|e| Failure::fault(format!("unreadable answer {text:?}: {e}")))
}

fn broken(error: std::io::Error) -> Failure {
    Failure::fault(format!("a process of the benchmark: {error}"))
}

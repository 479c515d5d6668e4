//! A process whose log is read, and that may not be ready for long.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use tonic_health::pb::HealthCheckRequest;
use tonic_health::pb::health_check_response::ServingStatus;
use tonic_health::pb::health_client::HealthClient;

use crate::support::{Server, entrepot};

/// How long a line may take.
const LINE_MAX: Duration = Duration::from_secs(30);

/// A process that listens. Killed when it is dropped before it was ready.
#[derive(Debug)]
pub(crate) struct Watched {
    process: Option<Child>,
    stdout: Receiver<String>,
    stderr: Receiver<String>,
    grpc: String,
}

impl Watched {
    /// Waits until it listens.
    pub(crate) fn spawn(arguments: &[&str]) -> Self {
        let mut command = entrepot(arguments);
        command.args(["--output", "json"]).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut process = command.spawn().unwrap();
        let stdout = lines(process.stdout.take().unwrap());
        let stderr = lines(process.stderr.take().unwrap());
        let mut watched = Self { process: Some(process), stdout, stderr, grpc: String::new() };
        let line = watched.logs("listening");
        let address = line.split("grpc=").nth(1).unwrap().split(' ').next().unwrap();
        watched.grpc = format!("http://{address}");
        watched
    }

    /// Waits for a line of its log with these words.
    pub(crate) fn logs(&self, words: &str) -> String {
        loop {
            let line = self.stderr.recv_timeout(LINE_MAX).unwrap_or_else(|e| panic!("no {words:?}: {e}"));
            if line.contains(words) {
                return line;
            }
        }
    }

    /// Waits until it says that it is ready.
    pub(crate) fn ready(&mut self) -> Server {
        let line = self.stdout.recv_timeout(LINE_MAX).unwrap();
        Server::ready(self.process.take().unwrap(), &line)
    }

    pub(crate) fn grpc(&self) -> &str {
        &self.grpc
    }

    pub(crate) fn has_said_nothing(&self) -> bool {
        self.stdout.try_recv().is_err()
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            process.kill().unwrap();
            process.wait().unwrap();
        }
    }
}

/// The lines of a pipe, as they come: somebody has to read them, or the process waits.
fn lines(pipe: impl Read + Send + 'static) -> Receiver<String> {
    let (sender, receiver) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(pipe).lines().map_while(Result::ok) {
            // Nobody may listen any more.
            let _unheard = sender.send(line);
        }
    });
    receiver
}

/// What `grpc.health.v1` says of these services.
pub(crate) async fn health<const N: usize>(grpc: &str, services: [&str; N]) -> [ServingStatus; N] {
    let mut client = HealthClient::new(rpc::client::connect(grpc).await.unwrap());
    let mut said = [ServingStatus::Unknown; N];
    for (service, said) in services.into_iter().zip(&mut said) {
        let request = HealthCheckRequest { service: service.to_owned() };
        *said = client.check(request).await.unwrap().into_inner().status();
    }
    said
}

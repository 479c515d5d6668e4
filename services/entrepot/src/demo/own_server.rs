use std::path::Path;

use serde_json::json;
use tempfile::TempDir;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::output::Failure;
use crate::roles::{self, Config};

/// Every role in this process, on a free port and in a directory that goes away with it.
#[derive(Debug)]
pub(super) struct OwnServer {
    address: String,
    cancel: CancellationToken,
    ended: JoinHandle<Result<(), Failure>>,
    _directory: TempDir,
}

impl OwnServer {
    /// Starts it and waits until it can be used.
    pub(super) async fn start() -> Result<Self, Failure> {
        let directory = tempfile::Builder::new()
            .prefix("entrepot-demo-")
            .tempdir()
            .map_err(|error| Failure::file(Path::new(&std::env::temp_dir()), &error))?;
        let flags = json!({ "data": directory.path(), "server": { "listen": "127.0.0.1:0" } });
        let config = Config::load(None, flags)?.for_up();
        let cancel = CancellationToken::new();
        let (sender, ready) = oneshot::channel();
        let serving = cancel.clone();
        let ended = tokio::spawn(async move { roles::run_quietly(&config, serving, sender).await });
        match ready.await {
            Ok(address) => Ok(Self { address, cancel, ended, _directory: directory }),
            Err(_) => Err(joined(ended)
                .await
                .err()
                .unwrap_or_else(|| Failure::fault("the server ended before it was ready"))),
        }
    }

    /// Where it listens.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Stops it and removes its directory.
    pub(super) async fn stop(self) -> Result<(), Failure> {
        self.cancel.cancel();
        joined(self.ended).await
    }
}

async fn joined(ended: JoinHandle<Result<(), Failure>>) -> Result<(), Failure> {
    ended.await.unwrap_or_else(|error| Err(Failure::fault(error.to_string())))
}

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use crate::client::Client;
use crate::output::{Failure, Format, Output};

/// Where `entrepot up` listens when nobody says otherwise.
const SERVER: &str = "http://127.0.0.1:7700";

const HEADING: &str = "Everywhere";

/// Flags that every command takes.
#[derive(Debug, Args)]
pub(crate) struct Global {
    /// How results are written: table, json or csv.
    #[arg(long, global = true, env = "ENTREPOT_OUTPUT", value_enum, default_value_t = Format::Table,
          hide_possible_values = true, help_heading = HEADING, display_order = 900)]
    pub(crate) output: Format,
    /// The server to talk to [default: http://127.0.0.1:7700]
    #[arg(long, global = true, env = "ENTREPOT_SERVER", value_name = "URL", help_heading = HEADING, display_order = 901)]
    pub(crate) server: Option<String>,
    /// Seconds a request may take, retries included.
    #[arg(long, global = true, env = "ENTREPOT_TIMEOUT", default_value_t = 30, value_name = "SECONDS",
          value_parser = clap::value_parser!(u64).range(1..=3600), help_heading = HEADING, display_order = 902)]
    pub(crate) timeout: u64,
    /// Configuration file, TOML; for the roles, not for clients.
    #[arg(long, global = true, env = "ENTREPOT_CONFIG", value_name = "FILE", help_heading = HEADING, display_order = 903)]
    pub(crate) config: Option<PathBuf>,
}

/// What a command works with.
#[derive(Debug)]
pub(crate) struct Context {
    global: Global,
}

impl Context {
    pub(super) const fn new(global: Global) -> Self {
        Self { global }
    }

    /// Where results go.
    pub(crate) const fn output(&self) -> Output {
        Output::new(self.global.output)
    }

    /// The server's address, if one was given.
    pub(crate) fn server(&self) -> Option<&str> {
        self.global.server.as_deref()
    }

    /// The configuration file, if one was named.
    pub(crate) const fn config_file(&self) -> Option<&PathBuf> {
        self.global.config.as_ref()
    }

    /// Connects to the server.
    pub(crate) async fn client(&self) -> Result<Client, Failure> {
        self.client_of(self.server().unwrap_or(SERVER)).await
    }

    /// Connects to a server that this process knows better than the command line.
    pub(crate) async fn client_of(&self, server: &str) -> Result<Client, Failure> {
        Client::connect(server, Duration::from_secs(self.global.timeout)).await
    }
}

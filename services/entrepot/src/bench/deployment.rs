//! The processes of one measurement.

use std::path::PathBuf;

use tempfile::TempDir;
use tokio::time::Instant;
use uuid::Uuid;

use super::baseline::pgbench;
use super::process::Server;
use super::servers::Servers;
use super::world::WAREHOUSE;
use crate::client::Client;
use crate::output::Failure;

/// An address that the system chooses.
const FREE: &str = "127.0.0.1:0";

/// Which parts the roles stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parts {
    /// One process, SQLite.
    Embedded,
    /// A process a role, PostgreSQL and Kafka.
    Servers,
}

/// Where a view is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum View {
    Memory,
    Redis,
}

/// Running servers with a directory, schemas and topics of their own.
#[derive(Debug)]
pub(super) struct Deployment {
    parts: Parts,
    directory: TempDir,
    name: String,
    servers: Servers,
    /// Entries between two checkpoints.
    checkpoint_entries: Option<u64>,
    /// With [`Parts::Embedded`] it is the one process of all roles.
    stock: Option<Server>,
    catalog: Option<Server>,
}

impl Deployment {
    /// Starts catalog and stock; embedded, everything.
    pub(super) async fn start(parts: Parts, servers: &Servers) -> Result<Self, Failure> {
        Self::with_checkpoints(parts, servers, None).await
    }

    /// The same, with another distance between checkpoints.
    pub(super) async fn with_checkpoints(
        parts: Parts,
        servers: &Servers,
        checkpoint_entries: Option<u64>,
    ) -> Result<Self, Failure> {
        let directory = tempfile::Builder::new().prefix("entrepot-bench-").tempdir();
        let mut deployment = Self {
            parts,
            directory: directory.map_err(|e| Failure::file(&std::env::temp_dir(), &e))?,
            name: format!("bench_{}", Uuid::new_v4().simple()),
            servers: servers.clone(),
            checkpoint_entries,
            stock: None,
            catalog: None,
        };
        if parts == Parts::Servers {
            let config = deployment.config(View::Memory)?;
            deployment.catalog = Some(serve(&["catalog"], &config).await?);
        }
        deployment.start_stock().await?;
        Ok(deployment)
    }

    /// Starts the process of stock, which must not run.
    async fn start_stock(&mut self) -> Result<(), Failure> {
        let arguments = self.stock_arguments(FREE)?;
        self.stock = Some(Server::start(&words(&arguments)).await?);
        Ok(())
    }

    /// Kills the process of stock and starts it again at the same address. Answers at once: what the new one does first is what is
    /// measured, and it is ready only when all of its roles are.
    pub(super) async fn restart_stock(&mut self) -> Result<Instant, Failure> {
        let address = self.stock()?.address().to_owned();
        self.kill_stock().await?;
        let arguments = self.stock_arguments(address.trim_start_matches("http://"))?;
        let started = Instant::now();
        self.stock = Some(Server::launch(&words(&arguments), address)?);
        Ok(started)
    }

    fn stock_arguments(&self, listen: &str) -> Result<Vec<String>, Failure> {
        let config = self.config(View::Memory)?;
        let data = self.directory.path().join("data").to_string_lossy().into_owned();
        let role: &[&str] = match self.parts {
            Parts::Servers => &["serve", "stock", "--warehouse", WAREHOUSE],
            Parts::Embedded => &["up", "--data", &data, "--metrics-listen", FREE],
        };
        Ok([role, &["--config", &config, "--listen", listen]]
            .concat()
            .into_iter()
            .map(str::to_owned)
            .collect())
    }

    /// Kills the process of stock.
    async fn kill_stock(&mut self) -> Result<(), Failure> {
        match self.stock.take() {
            Some(stock) => stock.kill().await,
            None => Ok(()),
        }
    }

    /// Starts a process with a view; embedded, the one process has it already.
    pub(super) async fn start_view(&self, view: View) -> Result<Server, Failure> {
        serve(&["visibility"], &self.config(view)?).await
    }

    /// The process of stock.
    pub(super) fn stock(&self) -> Result<&Server, Failure> {
        self.stock.as_ref().ok_or_else(|| Failure::fault("stock does not run"))
    }

    /// A connection to the catalog.
    pub(super) async fn catalog(&self) -> Result<Client, Failure> {
        match &self.catalog {
            Some(catalog) => catalog.client().await,
            None => self.stock()?.client().await,
        }
    }

    /// Ends the processes and throws away what they stored.
    pub(super) async fn end(mut self) -> Result<(), Failure> {
        self.kill_stock().await?;
        if let Some(catalog) = self.catalog.take() {
            catalog.kill().await?;
            let drop =
                format!("DROP SCHEMA {0}_stock CASCADE;\nDROP SCHEMA {0}_catalog CASCADE;\n", self.name);
            pgbench::execute(self.servers.postgres()?, &drop).await?;
        }
        Ok(())
    }

    /// Writes the configuration of a process and answers its path.
    fn config(&self, view: View) -> Result<String, Failure> {
        let mut text = match self.parts {
            Parts::Embedded => String::new(),
            Parts::Servers => self.parts_of_servers(view)?,
        };
        if let Some(entries) = self.checkpoint_entries {
            text.push_str(&format!("[stock.limits]\ncheckpoint_entries = {entries}\n"));
        }
        let path: PathBuf = self.directory.path().join(format!("{view:?}.toml"));
        std::fs::write(&path, text).map_err(|e| Failure::file(&path, &e))?;
        Ok(path.to_string_lossy().into_owned())
    }

    fn parts_of_servers(&self, view: View) -> Result<String, Failure> {
        let Self { name, servers, .. } = self;
        let (postgres, kafka) = (servers.postgres()?, servers.kafka()?);
        let cache = match view {
            View::Memory => "kind = \"memory\"\n".to_owned(),
            View::Redis => {
                format!("kind = \"redis\"\nurl = \"{}\"\nprefix = \"{name}\"\n", servers.redis()?)
            }
        };
        Ok(format!(
            "[catalog.database]\nurl = \"{postgres}\"\nschema = \"{name}_catalog\"\n\
             [stock.store]\nkind = \"postgres\"\nurl = \"{postgres}\"\nschema = \"{name}_stock\"\n\
             [visibility.cache]\n{cache}\
             [eventlog]\nkind = \"kafka\"\nbootstrap_servers = \"{kafka}\"\ntopic_prefix = \"{name}.\"\n\
             [telemetry]\nlog_filter = \"error\"\n"
        ))
    }
}

fn words(arguments: &[String]) -> Vec<&str> {
    arguments.iter().map(String::as_str).collect()
}

async fn serve(role: &[&str], config: &str) -> Result<Server, Failure> {
    let arguments = [&["serve"], role, &["--config", config, "--listen", FREE]].concat();
    Server::start(&arguments).await
}

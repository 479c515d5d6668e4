//! The whole system in one process, on what it keeps its data in: embedded, or on PostgreSQL, Apache Kafka and Redis.

use eventlog::{EventLog, EventLogConfig};
use testkit::{Schema, TempDir, kafka, on_postgres, temp_dir, unique};

use crate::production;
use crate::support::{Server, entrepot, text};

/// Warehouses of [`stock_up`].
pub(crate) const WAREHOUSES: [&str; 2] = ["BER", "HAM"];
/// Locations of every warehouse.
pub(crate) const LOCATIONS: [&str; 2] = ["MAIN", "PICK"];
/// Items.
pub(crate) const SKUS: [&str; 6] = ["S-1", "S-2", "S-3", "S-4", "S-5", "S-6"];
/// An item tracked by lot.
pub(crate) const LOTTED: &str = "L-1";
/// An item tracked by serial number.
pub(crate) const NUMBERED: &str = "N-1";
/// An item of catch weight, in kg with three decimals.
pub(crate) const WEIGHED: &str = "W-1";
/// Another one, with two decimals, and tracked by lot.
pub(crate) const WEIGHED_BY_LOT: &str = "W-2";
/// Between what one of both weighs.
pub(crate) const PIECE_GRAMS: [i64; 2] = [4000, 6000];

/// Where data outlives the processes that write it.
pub(crate) enum Site {
    Embedded { data: TempDir },
    Production { _directory: TempDir, config: String, prefix: String },
}

/// Runs `test` on servers, in schemas, topics and keys of its own.
pub(crate) async fn on_production(name: &str, test: impl AsyncFnOnce(Site)) {
    on_postgres(&format!("{name}_catalog"), async move |catalog| {
        on_postgres(&format!("{name}_stock"), async move |stock| {
            test(Site::production(&catalog, &stock)).await;
        })
        .await;
    })
    .await;
}

impl Site {
    pub(crate) fn embedded() -> Self {
        Self::Embedded { data: temp_dir() }
    }

    fn production(catalog: &Schema, stock: &Schema) -> Self {
        let (directory, prefix) = (temp_dir(), unique("site"));
        let config = production::configure(directory.path(), &prefix, catalog, stock);
        Self::Production { _directory: directory, config, prefix }
    }

    /// A process with all roles; waits until it is ready.
    pub(crate) fn start(&self) -> Server {
        self.start_with(&[])
    }

    /// The same, with settings from its environment.
    pub(crate) fn start_with(&self, settings: &[(&str, &str)]) -> Server {
        let free = "127.0.0.1:0";
        let mut command = match self {
            Self::Embedded { data } => {
                entrepot(&["up", "--data", text(data.path()), "--listen", free, "--metrics-listen", free])
            }
            Self::Production { config, .. } => {
                let roles = ["serve", "catalog", "stock", "visibility"];
                entrepot(&[&roles[..], &["--config", config, "--listen", free]].concat())
            }
        };
        command.envs(settings.iter().copied());
        Server::spawn_as(command)
    }

    /// What the processes publish, read from outside.
    pub(crate) async fn event_log(&self) -> EventLog {
        let config = match self {
            Self::Embedded { data } => EventLogConfig::Embedded { path: data.path().join("events.db") },
            Self::Production { prefix, .. } => {
                EventLogConfig::Kafka { bootstrap_servers: kafka(), topic_prefix: format!("{prefix}.") }
            }
        };
        EventLog::open(&config).await.unwrap()
    }

    /// For people.
    pub(crate) fn name(&self) -> &str {
        match self {
            Self::Embedded { data } => text(data.path()),
            Self::Production { prefix, .. } => prefix,
        }
    }
}

/// Creates the master data; answers the catalog's revision. Warehouses are where it is the earliest: wherever one moves, no day begins
/// there that was over before.
pub(crate) fn stock_up(server: &Server) -> u64 {
    for warehouse in WAREHOUSES {
        server.json(&format!("catalog warehouse create {warehouse} --time-zone Etc/GMT+12"));
        for location in LOCATIONS {
            server.json(&format!("catalog location create -w {warehouse} {location}"));
        }
    }
    let create =
        |item: &str| server.json(&format!("catalog item create {item}"))["catalog_revision"].as_u64();
    for sku in SKUS {
        create(sku).unwrap();
    }
    create(&format!("{LOTTED} --tracking lot")).unwrap();
    create(&format!("{NUMBERED} --tracking serial")).unwrap();
    let [least, most] = PIECE_GRAMS.map(|grams| grams / 1000);
    create(&format!("{WEIGHED} --catch-weight kg:3@{least}..{most}")).unwrap();
    create(&format!("{WEIGHED_BY_LOT} --tracking lot --catch-weight kg:2@{least}..{most}")).unwrap()
}

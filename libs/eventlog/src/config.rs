use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// Which event log, and where it is.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum EventLogConfig {
    /// Topics in one SQLite file, for one machine and no other service.
    Embedded {
        /// The file; it is made when absent, its directory is not.
        path: PathBuf,
    },
    /// Topics of an Apache Kafka cluster.
    Kafka {
        /// `host:port`, several separated by commas.
        bootstrap_servers: String,
        /// Goes before every topic name, so that several systems share a cluster; tests use one each.
        #[serde(default)]
        topic_prefix: String,
    },
}

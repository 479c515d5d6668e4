use serde::{Deserialize, Serialize};

/// Which Redis, and how long to wait for it.
#[derive(Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct RedisConfig {
    /// `redis://[user:password@]host:port[/database]`
    pub url: String,
    /// Goes before every key, so that several systems can share a server.
    #[serde(default = "prefix")]
    pub prefix: String,
    /// How long a command may take, in milliseconds.
    #[serde(default = "timeout_ms")]
    pub timeout_ms: u64,
    /// How many batches of changes a warehouse keeps for replicas that are slower than the one that applied them.
    #[serde(default = "changes_kept")]
    pub changes_kept: u32,
}

fn prefix() -> String {
    "entrepot".into()
}

const fn timeout_ms() -> u64 {
    1000
}

const fn changes_kept() -> u32 {
    256
}

/// The URL may contain a password.
impl std::fmt::Debug for RedisConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("RedisConfig").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}

impl RedisConfig {
    /// The defaults, for this server.
    pub fn at(url: impl Into<String>) -> Self {
        Self { url: url.into(), prefix: prefix(), timeout_ms: timeout_ms(), changes_kept: changes_kept() }
    }
}

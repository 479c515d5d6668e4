use serde::{Deserialize, Serialize};

use crate::store::RedisConfig;

/// How the visibility service runs.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub struct VisibilityConfig {
    /// Where the view is kept. Default: in this process.
    pub cache: CacheConfig,
    /// Records read from the event log at once. Default 2,000.
    pub batch_records_max: usize,
    /// How long to wait for records before looking after the view, in milliseconds. Default 100.
    pub poll_ms: u64,
    /// The age from which a view counts as a violation of L8, in milliseconds. Default 5,000.
    pub age_max_ms: u64,
    /// How long a read waits at most for the view, when its caller's deadline is later, in milliseconds. Default 30,000.
    pub wait_max_ms: u64,
    /// Changes kept for watchers, per warehouse, and as many of alerts. Default 65,536.
    pub watch_changes_max: usize,
    /// Lots that expire within so many days are an alert. Default 30.
    pub expiring_days: u32,
    /// Soft reservations that end within so many seconds are an alert. Default 900.
    pub reservation_expiring_s: u64,
    /// Open alerts of a kind in a warehouse that watchers are told of: those with the least keys, which are due first. They are told when
    /// there are more, and that again when there are not. Default 50,000.
    pub alerts_open_max: usize,
    /// Rows that one list of alerts or slices looks at: then its page ends, whatever was found, and the next one goes on. Default 20,000.
    pub looks_max: usize,
    /// How often the alerts are looked at, in milliseconds: what comes and goes in between is not told. Default 1,000.
    pub alerts_every_ms: u64,
    /// Watchers at once; further ones are refused with `OVERLOADED`. Default 1,024.
    pub watchers_max: usize,
}

/// Where the view is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum CacheConfig {
    /// In this process; built from the event log at every start.
    #[default]
    Memory,
    /// In Redis, shared by every replica.
    Redis(RedisConfig),
}

impl Default for VisibilityConfig {
    fn default() -> Self {
        Self {
            cache: CacheConfig::Memory,
            batch_records_max: 2000,
            poll_ms: 100,
            age_max_ms: 5000,
            wait_max_ms: 30_000,
            watch_changes_max: 65_536,
            watchers_max: 1024,
            expiring_days: 30,
            reservation_expiring_s: 900,
            alerts_every_ms: 1000,
            alerts_open_max: 50_000,
            looks_max: 20_000,
        }
    }
}

//! What the machine does without us.

pub(super) mod pgbench;
pub(super) mod redis;
pub(super) mod sqlite;

/// Baselines that have been run in this job.
#[derive(Debug, Default)]
pub(super) struct Baselines {
    pub(super) uniform: Option<f64>,
    pub(super) one_row: Option<f64>,
}

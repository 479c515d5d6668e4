//! Shell: logs, traces, metrics.

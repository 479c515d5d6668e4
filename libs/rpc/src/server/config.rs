use std::net::{Ipv4Addr, SocketAddr};

use serde::{Deserialize, Serialize};

/// How a port is served.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ServerConfig {
    /// The address to listen on; port 0 lets the system choose. Default 127.0.0.1:7700.
    pub listen: SocketAddr,
    /// Calls in work at once, over all connections; further ones are refused with `OVERLOADED`. A stream counts until it is open.
    /// Default 8,192.
    pub concurrency_max: usize,
    /// Connections at once; further ones wait in the system's queue. Default 4,096.
    pub connections_max: usize,
    /// Open calls and streams per connection; the client waits with further ones. Default 4,096.
    pub streams_per_connection_max: u32,
    /// Deadline of a unary call whose caller sent none, in milliseconds. Default 10,000.
    pub deadline_default_ms: u64,
    /// The longest deadline of a unary call, whatever its caller sent, in milliseconds. Default 120,000.
    pub deadline_max_ms: u64,
    /// How long open calls may go on after a stop was asked for, in milliseconds; then their connections are cut. Default 10,000.
    pub shutdown_cap_ms: u64,
}

impl Default for ServerConfig {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 7700)),
            concurrency_max: 8192,
            connections_max: 4096,
            streams_per_connection_max: 4096,
            deadline_default_ms: 10_000,
            deadline_max_ms: 120_000,
            shutdown_cap_ms: 10_000,
        }
    }
}

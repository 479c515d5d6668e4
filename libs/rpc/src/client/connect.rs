use std::error::Error;
use std::time::Duration;

use thiserror::Error;
use tonic::transport::{Channel, Endpoint};

const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(10);

/// How much a peer may send ahead of what was read: large enough that a stream of small messages never waits for a window update.
const STREAM_WINDOW_BYTES: u32 = 4 * 1024 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 16 * 1024 * 1024;
const HEADER_LIST_BYTES_MAX: u32 = 32 * 1024;

/// No channel to a server.
#[derive(Debug, Error)]
pub enum ClientFault {
    /// The address is not one.
    #[error("{given:?} is not a server address: write HOST:PORT, for example 127.0.0.1:7700")]
    BadAddress {
        /// The address as given.
        given: String,
    },
    /// Nobody answers there.
    #[error("no server answers at {server} ({cause}): check the address and that the server is running")]
    Unreachable {
        /// The address as given.
        server: String,
        /// What the system said.
        cause: String,
    },
}

/// Connects to `server` (`HOST:PORT` or `http://HOST:PORT`) and waits until the connection stands. The channel reconnects by itself
/// when it is lost later.
///
/// # Errors
/// [`ClientFault`] when the address cannot be read or nobody answers within five seconds.
pub async fn connect(server: &str) -> Result<Channel, ClientFault> {
    let unreachable = |e: &tonic::transport::Error| ClientFault::Unreachable {
        server: server.into(),
        cause: root_cause(e),
    };
    endpoint(server)?.connect().await.map_err(|e| unreachable(&e))
}

/// A channel to `server` that connects with its first call.
///
/// # Errors
/// [`ClientFault::BadAddress`] when the address cannot be read.
pub fn connect_lazy(server: &str) -> Result<Channel, ClientFault> {
    Ok(endpoint(server)?.connect_lazy())
}

fn endpoint(server: &str) -> Result<Endpoint, ClientFault> {
    let bad_address = || ClientFault::BadAddress { given: server.chars().take(200).collect() };
    let address = server.strip_prefix("http://").unwrap_or(server).trim_end_matches('/');
    let has_port =
        address.rsplit_once(':').is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok());
    if !has_port || address.contains('/') {
        return Err(bad_address());
    }
    let endpoint = Endpoint::from_shared(format!("http://{address}")).map_err(|_| bad_address())?;
    Ok(endpoint
        .connect_timeout(CONNECT_TIMEOUT)
        .tcp_nodelay(true)
        .http2_keep_alive_interval(KEEPALIVE_INTERVAL)
        .keep_alive_timeout(KEEPALIVE_TIMEOUT)
        .keep_alive_while_idle(true)
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .http2_max_header_list_size(HEADER_LIST_BYTES_MAX))
}

fn root_cause(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_strictly() {
        for (address, ok) in [
            ("127.0.0.1:7700", true),
            ("http://localhost:7700/", true),
            ("[::1]:7700", true),
            ("localhost", false),
            (":7700", false),
            ("localhost:port", false),
            ("http://localhost:7700/path", false),
            ("a b:1", false),
            ("", false),
        ] {
            assert_eq!(endpoint(address).is_ok(), ok, "{address:?}");
        }
    }
}

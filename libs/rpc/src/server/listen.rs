use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use thiserror::Error;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use super::config::ServerConfig;
use super::health::Health;
use super::stack::Stack;
use crate::Backoff;

/// How much a client may send ahead of what was read, so that a stream of small messages never waits for a window update.
const STREAM_WINDOW_BYTES: u32 = 2 * 1024 * 1024;
const CONNECTION_WINDOW_BYTES: u32 = 4 * 1024 * 1024;
const HEADER_LIST_BYTES_MAX: u32 = 32 * 1024;
const KEEPALIVE_INTERVAL: Duration = Duration::from_secs(20);
const KEEPALIVE_TIMEOUT: Duration = Duration::from_secs(20);
/// A connection that says nothing at all is closed after this.
const FIRST_BYTE_TIMEOUT: Duration = Duration::from_secs(10);

/// A port that cannot be served.
#[derive(Debug, Error)]
pub enum ServerFault {
    /// The address cannot be listened on.
    #[error("cannot listen on {address} ({cause}): choose another address, or stop what uses it")]
    CannotListen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        cause: std::io::Error,
    },
    /// The descriptors for reflection cannot be read: a broken build.
    #[error("the built-in descriptors cannot be read ({cause}): build the program again")]
    BadDescriptors {
        /// What is wrong with them.
        cause: tonic_reflection::server::Error,
    },
}

/// A port that is ours and not served yet: connections wait in the system's queue.
#[derive(Debug)]
pub struct Bound {
    listener: TcpListener,
    address: SocketAddr,
    config: ServerConfig,
}

/// Takes the port. Do this before anything is started, so that a second process fails before it does harm.
///
/// # Errors
/// [`ServerFault::CannotListen`], when the address is in use or not ours.
pub async fn bind(config: &ServerConfig) -> Result<Bound, ServerFault> {
    let cannot_listen = |cause| ServerFault::CannotListen { address: config.listen, cause };
    let listener = TcpListener::bind(config.listen).await.map_err(cannot_listen)?;
    let address = listener.local_addr().map_err(cannot_listen)?;
    Ok(Bound { listener, address, config: config.clone() })
}

impl Bound {
    /// The address, with the port that the system chose.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// Serves `routes`, health and reflection until `cancel`. Then it accepts nothing more, says on health that it is stopping, and
    /// returns when the open calls are answered; after `shutdown_cap_ms` it cuts those that are left. Handlers of streams should end them on
    /// `cancel` themselves.
    ///
    /// # Errors
    /// [`ServerFault::BadDescriptors`], before anything is served.
    pub async fn serve(
        self,
        routes: Routes,
        health: Health,
        cancel: CancellationToken,
    ) -> Result<(), ServerFault> {
        let routes = with_operations(routes, &health)?;
        let stack = Arc::new(Stack::new(&self.config, routes));
        let shutdown_cap = Duration::from_millis(self.config.shutdown_cap_ms);
        let mut connections = JoinSet::new();
        self.accept(&stack, &cancel, &mut connections).await;
        health.not_serving(Health::OVERALL).await;
        let drained = async { while connections.join_next().await.is_some() {} };
        if tokio::time::timeout(shutdown_cap, drained).await.is_err() {
            tracing::warn!(
                connections = connections.len(),
                ?shutdown_cap,
                "calls were still open: cutting their connections"
            );
            connections.shutdown().await;
        }
        Ok(())
    }

    /// Accepts connections until `cancel`; the port is closed when this returns.
    async fn accept(self, stack: &Arc<Stack>, cancel: &CancellationToken, connections: &mut JoinSet<()>) {
        let limit = Arc::new(Semaphore::new(self.config.connections_max.min(Semaphore::MAX_PERMITS)));
        let http = http2(&self.config);
        let mut backoff = Backoff::new(Duration::from_millis(10), Duration::from_secs(1));
        loop {
            let next = async { (Arc::clone(&limit).acquire_owned().await, self.listener.accept().await) };
            tokio::select! {
                () = cancel.cancelled() => return,
                Some(_) = connections.join_next() => {}
                (permit, accepted) = next => match (permit, accepted) {
                    (Ok(permit), Ok((stream, _))) => {
                        backoff.reset();
                        connections.spawn(converse(http.clone(), stream, Arc::clone(stack), cancel.clone(), permit));
                    }
                    (_, Err(cause)) => {
                        // Usually out of file descriptors: wait for some to be closed.
                        tracing::warn!(%cause, "cannot accept a connection");
                        backoff.wait().await;
                    }
                    (Err(_), Ok(_)) => return,
                },
            }
        }
    }
}

fn with_operations(routes: Routes, health: &Health) -> Result<Routes, ServerFault> {
    let builder = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(proto::DESCRIPTORS)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    let bad_descriptors = |cause| ServerFault::BadDescriptors { cause };
    let v1 = builder().build_v1().map_err(bad_descriptors)?;
    let v1alpha = builder().build_v1alpha().map_err(bad_descriptors)?;
    Ok(routes.add_service(health.service()).add_service(v1).add_service(v1alpha))
}

fn http2(config: &ServerConfig) -> http2::Builder<TokioExecutor> {
    let mut builder = http2::Builder::new(TokioExecutor::new());
    builder
        .timer(TokioTimer::new())
        .initial_stream_window_size(STREAM_WINDOW_BYTES)
        .initial_connection_window_size(CONNECTION_WINDOW_BYTES)
        .max_concurrent_streams(config.streams_per_connection_max)
        .max_header_list_size(HEADER_LIST_BYTES_MAX)
        .keep_alive_interval(KEEPALIVE_INTERVAL)
        .keep_alive_timeout(KEEPALIVE_TIMEOUT);
    builder
}

/// Serves one connection until its client closes it or, after `cancel`, its last call is answered.
async fn converse(
    http: http2::Builder<TokioExecutor>,
    stream: TcpStream,
    stack: Arc<Stack>,
    cancel: CancellationToken,
    _permit: OwnedSemaphorePermit,
) {
    // Small answers must not wait for the acknowledgement of the ones before.
    if stream.set_nodelay(true).is_err() || !speaks(&stream, &cancel).await {
        return;
    }
    let service = service_fn(move |request| {
        let stack = Arc::clone(&stack);
        async move { Ok::<_, Infallible>(stack.answer(request).await) }
    });
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    let ended = tokio::select! {
        ended = &mut connection => ended,
        () = cancel.cancelled() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(cause) = ended {
        tracing::debug!(%cause, "a connection broke");
    }
}

/// Whether the client sent anything in time.
async fn speaks(stream: &TcpStream, cancel: &CancellationToken) -> bool {
    tokio::select! {
        ready = tokio::time::timeout(FIRST_BYTE_TIMEOUT, stream.readable()) => matches!(ready, Ok(Ok(()))),
        () = cancel.cancelled() => false,
    }
}

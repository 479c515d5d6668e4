//! The HTTP endpoint Prometheus reads.

use std::net::SocketAddr;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::{TelemetryFault, metrics};

/// The text format of Prometheus.
const TEXT_FORMAT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// Serves `/metrics` and `/livez` until `cancel`, in a task of its own, and says where (port 0 takes a free one).
///
/// # Errors
/// [`TelemetryFault::Listen`] when the address is taken or not ours.
pub async fn serve_metrics(
    listen: SocketAddr,
    cancel: CancellationToken,
) -> Result<SocketAddr, TelemetryFault> {
    let fault = |error: std::io::Error| TelemetryFault::Listen { listen, problem: error.to_string() };
    let listener = TcpListener::bind(listen).await.map_err(fault)?;
    let address = listener.local_addr().map_err(fault)?;
    let routes = Router::new().route("/metrics", get(render)).route("/livez", get(async || "ok\n"));
    tokio::spawn(async move {
        // Not graceful: a scraper that keeps its connection open must not keep the process from ending.
        tokio::select! {
            served = axum::serve(listener, routes).into_future() => {
                if let Err(error) = served {
                    tracing::error!(%error, "the metrics endpoint stopped");
                }
            }
            () = cancel.cancelled() => {}
        }
    });
    Ok(address)
}

async fn render() -> impl IntoResponse {
    ([(CONTENT_TYPE, TEXT_FORMAT)], metrics::render())
}

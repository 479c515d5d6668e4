use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;

use catalog_view::CatalogView;
use eventlog::EventLog;
use rpc::server::{Bound, Health};
use rpc::{Readiness, Reason};
use serde::Serialize;
use telemetry::TelemetryFault;
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;

use super::part::{Here, Part, Shared};
use super::readiness::{self, Board};
use super::signals::Signals;
use super::{Config, Role};
use crate::output::{Failure, Format, Output};

/// Time for the parts to write what they accepted, on top of the server's own cap.
const PARTS_STOP_MAX: Duration = Duration::from_secs(10);

/// The line on stdout that says that the process can be used.
#[derive(Debug, Serialize)]
struct Ready {
    ready: bool,
    roles: Vec<&'static str>,
    grpc: String,
    metrics: Option<String>,
}

/// Runs roles in this process until a signal, or until one of them fails.
///
/// 1. The ports are bound first: a second process fails before it touches anything.
/// 2. The parts start in the order catalog, stock, visibility, papers; connections made meanwhile wait in the system's queue.
/// 3. `ready` is printed when every part has become ready for the first time. Health follows what the parts say, before and after
///    that; a standby serves it from the beginning and is ready when it has taken over.
/// 4. On a signal the server takes no new calls and answers the open ones, the parts write what they accepted. Both have a cap.
pub(crate) async fn run(config: &Config, roles: &[Role], output: Output) -> Result<(), Failure> {
    let _telemetry = telemetry::init(&config.telemetry).map_err(|e| bad_telemetry(&e))?;
    let cancel = CancellationToken::new();
    let signals = Signals::listen().map_err(|e| Failure::fault(format!("cannot listen to signals: {e}")))?;
    let bound = rpc::server::bind(&config.server).await.map_err(|e| cannot_start(&e))?;
    let metrics = serve_metrics(config, &cancel).await?;
    tokio::spawn(signals.stop_on(cancel.clone()));

    let started = tokio::select! {
        started = Started::new(config, roles, &bound, &cancel) => started?,
        () = cancel.cancelled() => return Ok(()),
    };
    tracing::info!(grpc = %bound.address(), "listening");
    let ready = Ready::new(roles, bound.address(), metrics);
    let ended = started.serve(bound, cancel.clone(), || ready.print(output));
    let cap = Duration::from_millis(config.server.shutdown_cap_ms) + PARTS_STOP_MAX;
    tokio::select! {
        ended = ended => ended,
        () = async { cancel.cancelled().await; tokio::time::sleep(cap).await } => {
            Err(Failure::fault(format!("the parts did not stop within {} seconds", cap.as_secs())))
        }
    }
}

/// Runs every role until `cancel`, for a command that brings its own server: no signals, no logs, no metrics, and no line on stdout but
/// the server's address to `ready`.
pub(crate) async fn run_quietly(
    config: &Config,
    cancel: CancellationToken,
    ready: oneshot::Sender<String>,
) -> Result<(), Failure> {
    let bound = rpc::server::bind(&config.server).await.map_err(|e| cannot_start(&e))?;
    let address = here(bound.address());
    let started = Started::new(config, &Role::ALL, &bound, &cancel).await?;
    let announce = || {
        // Whoever does not listen any more has cancelled, too.
        let _unheard = ready.send(address);
        Ok(())
    };
    started.serve(bound, cancel, announce).await
}

/// The parts, running and not served yet.
struct Started {
    parts: Vec<Part>,
    health: Health,
    board: Board,
}

impl Started {
    async fn new(
        config: &Config,
        roles: &[Role],
        bound: &Bound,
        cancel: &CancellationToken,
    ) -> Result<Self, Failure> {
        let log = EventLog::open(&config.eventlog).await.map_err(|e| cannot_start(&e))?;
        let here = Here::of(roles, &here(bound.address()));
        let shared = Shared { log, view: CatalogView::empty(), here, cancel: cancel.clone() };
        let mut parts = Vec::new();
        for role in roles {
            parts.push(Part::start(*role, config, shared.clone()).await?);
        }
        if roles.iter().any(|role| matches!(role, Role::Stock | Role::Visibility)) {
            tokio::spawn(catalog_view::follow(shared.view, shared.log, shared.cancel));
        }
        let health = Health::new();
        let told = roles.iter().copied().zip(parts.iter().map(Part::readiness)).collect();
        let board = Board::new(health.clone(), told).await;
        Ok(Self { parts, health, board })
    }

    /// Serves until `cancel`, or until a part ends: one part alone is no system, so then all stop. Announces the first time that
    /// every part is ready.
    async fn serve(
        self,
        bound: Bound,
        cancel: CancellationToken,
        announce: impl FnOnce() -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        let routes = self.parts.iter().map(Part::routes).reduce(merged).unwrap_or_default();
        let mut tasks = JoinSet::new();
        for part in self.parts {
            tasks.spawn(part.stopped());
        }
        let server = bound.serve(routes, self.health, cancel.clone());
        tasks.spawn(async { server.await.map_err(|e| cannot_start(&e)) });
        let mut whole = self.board.whole();
        tokio::spawn(readiness::tell_the_log(self.board.whole()));
        tokio::spawn(self.board.follow(cancel.clone()));
        let announced = async {
            // Nobody tells any more: the process is stopping before it was ready.
            whole.wait_for(Readiness::is_ready).await.map_or(Ok(()), |_| announce())
        };
        let (ended, announced) = tokio::join!(all_ended(tasks, &cancel), stop_on_failure(announced, &cancel));
        announced.and(ended)
    }
}

/// Waits for every task; the first that ends stops the others.
async fn all_ended(
    mut tasks: JoinSet<Result<(), Failure>>,
    cancel: &CancellationToken,
) -> Result<(), Failure> {
    let mut ended = Ok(());
    while let Some(joined) = tasks.join_next().await {
        let part =
            joined.unwrap_or_else(|e| Err(Failure::fault(format!("a part of the process broke: {e}"))));
        cancel.cancel();
        ended = ended.and(part);
    }
    ended
}

async fn stop_on_failure(
    work: impl Future<Output = Result<(), Failure>>,
    cancel: &CancellationToken,
) -> Result<(), Failure> {
    let done = work.await;
    if done.is_err() {
        cancel.cancel();
    }
    done
}

/// Every set of routes answers unknown methods by itself; together they need only one answer.
fn merged(routes: Routes, more: Routes) -> Routes {
    Routes::from(routes.into_axum_router().merge(more.into_axum_router().reset_fallback()))
}

/// This process, as it finds itself.
fn here(bound: SocketAddr) -> String {
    let host = match bound.ip() {
        ip if !ip.is_unspecified() => ip,
        IpAddr::V4(_) => IpAddr::V4(Ipv4Addr::LOCALHOST),
        IpAddr::V6(_) => IpAddr::V6(Ipv6Addr::LOCALHOST),
    };
    format!("http://{}", SocketAddr::new(host, bound.port()))
}

async fn serve_metrics(config: &Config, cancel: &CancellationToken) -> Result<Option<SocketAddr>, Failure> {
    let Some(listen) = config.telemetry.metrics_listen else { return Ok(None) };
    let address = telemetry::serve_metrics(listen, cancel.clone()).await.map_err(|e| cannot_start(&e))?;
    Ok(Some(address))
}

fn bad_telemetry(fault: &TelemetryFault) -> Failure {
    match fault {
        TelemetryFault::LogFilter { .. } => {
            Failure::new(Reason::BadConfig, fault.to_string()).at("telemetry.log_filter")
        }
        TelemetryFault::SampleRatio { .. } => {
            Failure::new(Reason::BadConfig, fault.to_string()).at("telemetry.trace_sample_ratio")
        }
        TelemetryFault::Otlp { .. } => {
            Failure::new(Reason::BadConfig, fault.to_string()).at("telemetry.otlp_endpoint")
        }
        TelemetryFault::Listen { .. } => Failure::new(Reason::CannotStart, fault.to_string()),
    }
}

fn cannot_start(error: &dyn std::error::Error) -> Failure {
    Failure::new(Reason::CannotStart, error.to_string())
}

impl Ready {
    fn new(roles: &[Role], grpc: SocketAddr, metrics: Option<SocketAddr>) -> Self {
        Self {
            ready: true,
            roles: roles.iter().map(|role| role.name()).collect(),
            grpc: format!("http://{grpc}"),
            metrics: metrics.map(|address| format!("http://{address}/metrics")),
        }
    }

    fn print(&self, output: Output) -> Result<(), Failure> {
        let line = match output.format() {
            Format::Json => serde_json::to_string(self).map_err(|e| Failure::fault(e.to_string()))?,
            Format::Table | Format::Csv => {
                let metrics = self.metrics.as_ref().map_or_else(String::new, |url| format!(" metrics={url}"));
                format!("entrepot ready grpc={}{metrics} roles={}", self.grpc, self.roles.join(","))
            }
        };
        output.raw(format!("{line}\n").as_bytes())
    }
}

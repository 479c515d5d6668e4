//! The gRPC service: one file an RPC. Requests are checked here, answers are written here; the engine knows neither.

mod answer;
mod availability_service;
mod batch_get_atp;
mod batch_get_availability;
mod limit;
mod list_alerts;
mod list_availability;
mod list_duplicate_serials;
mod list_recipients;
mod list_slices;
mod rebuild_view;
mod trace_answer;
mod trace_lot;
mod trace_service;
mod watch_availability;

pub(crate) use availability_service::AvailabilityRpc;
pub(crate) use trace_service::TraceRpc;

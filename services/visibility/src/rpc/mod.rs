//! The gRPC service: one file an RPC. Requests are checked here, answers are written here; the engine knows neither.

mod answer;
mod availability_service;
mod batch_get_availability;
mod limit;
mod list_availability;
mod rebuild_view;
mod watch_availability;

pub(crate) use availability_service::AvailabilityRpc;

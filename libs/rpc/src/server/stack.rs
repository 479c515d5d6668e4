//! What every call passes, outside in. Straight-line futures instead of tower services: nothing is boxed, and the order is in sight.

use std::sync::Arc;

use bytes::Bytes;
use http::{Request, Response};
use tokio::time::Instant;
use tonic::body::Body;
use tonic::service::Routes;
use tower::Service;

use super::admission::Admission;
use super::config::ServerConfig;
use super::measure::{MeasuredBody, measured};
use super::methods;
use super::recover::recover;
use super::timely::{Deadlines, timely};
use super::trace::{parent, traced};

/// The routes of a server and the limits before them.
#[derive(Debug)]
pub(super) struct Stack {
    routes: Routes,
    admission: Admission,
    deadlines: Deadlines,
}

impl Stack {
    pub(super) fn new(config: &ServerConfig, routes: Routes) -> Self {
        // The first call must not pay for the table of methods.
        let _ = methods::at("");
        let routes = routes.prepare();
        Self { routes, admission: Admission::new(config.concurrency_max), deadlines: Deadlines::new(config) }
    }

    /// Answers one call.
    pub(super) async fn answer<B>(self: Arc<Self>, mut request: Request<B>) -> Response<MeasuredBody>
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<tonic::codegen::StdError>,
    {
        let received = Instant::now();
        let method = methods::at(request.uri().path());
        let deadline = self.deadlines.of(method, request.headers(), received);
        let parent = parent(request.headers());
        request.extensions_mut().insert(deadline);

        // The service's handler.
        let call = route(self.routes.clone(), request);
        // Panics, and refusals of tonic's own, become errors with a reason.
        let call = recover(method, call);
        // Late answers become DEADLINE_EXCEEDED.
        let call = timely(deadline, method, call);
        // Too many calls at once: OVERLOADED, at once.
        let call = self.admission.admit(method, call);
        // A span around it all, below the caller's.
        let call = traced(method, parent, call);
        // Rate, errors, duration: outermost, so that refusals count too.
        measured(method, received, call).await
    }
}

async fn route<B>(mut routes: Routes, request: Request<B>) -> Response<Body>
where
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<tonic::codegen::StdError>,
{
    // Routes are always ready, and cannot fail.
    match routes.call(request).await {
        Ok(answer) => answer,
        Err(infallible) => match infallible {},
    }
}

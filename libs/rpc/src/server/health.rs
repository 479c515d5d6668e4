use tonic_health::ServingStatus;
use tonic_health::pb::health_server::HealthServer;
use tonic_health::server::{HealthReporter, HealthService};

use crate::Readiness;

/// What the server says about itself over `grpc.health.v1.Health`: one answer for each service, and one for the whole ("").
#[derive(Debug, Clone, Default)]
pub struct Health {
    reporter: HealthReporter,
}

impl Health {
    /// The name of the server as a whole. It serves until told otherwise.
    pub const OVERALL: &'static str = "";

    /// Knows [`Health::OVERALL`] only.
    pub fn new() -> Self {
        Self::default()
    }

    /// `service` (for example `entrepot.stock.v1.StockService`) can be called.
    pub async fn serving(&self, service: &str) {
        self.reporter.set_service_status(service, ServingStatus::Serving).await;
    }

    /// `service` cannot be called now.
    pub async fn not_serving(&self, service: &str) {
        self.reporter.set_service_status(service, ServingStatus::NotServing).await;
    }

    /// `service` is as `readiness` says.
    pub async fn note(&self, service: &str, readiness: &Readiness) {
        match readiness {
            Readiness::Ready => self.serving(service).await,
            Readiness::Waiting(_) => self.not_serving(service).await,
        }
    }

    pub(super) fn service(&self) -> HealthServer<HealthService> {
        HealthServer::new(HealthService::from_health_reporter(self.reporter.clone()))
    }
}

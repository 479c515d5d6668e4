use std::time::Duration;

use proto::catalog::v1::catalog_service_client::CatalogServiceClient;
use proto::papers::v1::paper_service_client::PaperServiceClient;
use proto::stock::v1::journal_service_client::JournalServiceClient;
use proto::stock::v1::scan_service_client::ScanServiceClient;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::visibility::v1::availability_service_client::AvailabilityServiceClient;
use proto::visibility::v1::trace_service_client::TraceServiceClient;
use rpc::client::{ClientFault, MESSAGE_BYTES_MAX};
use rpc::{Backoff, Reason};
use tokio::time::Instant;
use tonic::transport::Channel;

use crate::output::Failure;

/// How long nobody may answer at the address: a server that was started just before the command gets this time.
const CONNECT_PATIENCE: Duration = Duration::from_secs(2);

/// A connection to a server. Cloning shares it.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    channel: Channel,
    timeout: Duration,
}

impl Client {
    /// Connects; every call made later has `timeout` for all its attempts together.
    pub(crate) async fn connect(server: &str, timeout: Duration) -> Result<Self, Failure> {
        let patience = Instant::now() + timeout.min(CONNECT_PATIENCE);
        let mut backoff = Backoff::new(Duration::from_millis(50), Duration::from_millis(500));
        loop {
            let fault = match rpc::client::connect(server).await {
                Ok(channel) => return Ok(Self { channel, timeout }),
                Err(fault) => fault,
            };
            let next = Instant::now() + backoff.delay();
            match fault {
                ClientFault::BadAddress { .. } => {
                    return Err(Failure::usage(fault.to_string()).at("--server"));
                }
                ClientFault::Unreachable { .. } if next >= patience => {
                    return Err(Failure::new(Reason::ServerUnreachable, fault.to_string()));
                }
                ClientFault::Unreachable { .. } => tokio::time::sleep_until(next).await,
            }
        }
    }

    /// How long a call may take.
    pub(crate) const fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Master data.
    pub(crate) fn catalog(&self) -> CatalogServiceClient<Channel> {
        CatalogServiceClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }

    /// The write path.
    pub(crate) fn stock(&self) -> StockServiceClient<Channel> {
        StockServiceClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }

    /// Journals.
    pub(crate) fn journal(&self) -> JournalServiceClient<Channel> {
        JournalServiceClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }

    /// Numbered business documents.
    pub(crate) fn papers(&self) -> PaperServiceClient<Channel> {
        PaperServiceClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }

    /// Barcodes.
    pub(crate) fn scan(&self) -> ScanServiceClient<Channel> {
        ScanServiceClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }

    /// The network-wide view.
    pub(crate) fn availability(&self) -> AvailabilityServiceClient<Channel> {
        AvailabilityServiceClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }

    /// Where lots and units came from and went to.
    pub(crate) fn trace(&self) -> TraceServiceClient<Channel> {
        TraceServiceClient::new(self.channel.clone()).max_decoding_message_size(MESSAGE_BYTES_MAX)
    }
}

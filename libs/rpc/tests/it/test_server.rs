use std::sync::Arc;

use proto::stock::v1::GetJournalHeadRequest;
use proto::stock::v1::journal_service_client::JournalServiceClient;
use proto::stock::v1::journal_service_server::JournalServiceServer;
use rpc::client::{self, RemoteError};
use rpc::server::{self, Health, ServerConfig, ServerFault};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use tonic::service::Routes;
use tonic::transport::Channel;

use crate::journal::TestJournal;

/// A server on a port of its own, and a client of it.
pub(crate) struct TestServer {
    pub(crate) journal: Arc<TestJournal>,
    pub(crate) channel: Channel,
    pub(crate) address: String,
    pub(crate) cancel: CancellationToken,
    pub(crate) serving: JoinHandle<Result<(), ServerFault>>,
}

impl TestServer {
    pub(crate) async fn start(config: ServerConfig) -> Self {
        let journal = Arc::new(TestJournal::new());
        let service = JournalServiceServer::from_arc(Arc::clone(&journal))
            .max_decoding_message_size(server::MESSAGE_BYTES_MAX);
        let bound =
            server::bind(&ServerConfig { listen: "127.0.0.1:0".parse().unwrap(), ..config }).await.unwrap();
        let address = bound.address().to_string();
        let cancel = CancellationToken::new();
        let serving = tokio::spawn(bound.serve(Routes::new(service), Health::new(), cancel.clone()));
        let channel = client::connect(&address).await.unwrap();
        Self { journal, channel, address, cancel, serving }
    }

    pub(crate) fn client(&self) -> JournalServiceClient<Channel> {
        JournalServiceClient::new(self.channel.clone())
    }

    /// Calls GetJournalHead; the sequence, or what went wrong.
    pub(crate) async fn head(&self, warehouse: &str) -> Result<u64, RemoteError> {
        let answer = self.client().get_journal_head(request(warehouse)).await;
        answer.map(|answer| answer.into_inner().sequence).map_err(|status| RemoteError::from(&status))
    }
}

pub(crate) fn request(warehouse: &str) -> GetJournalHeadRequest {
    GetJournalHeadRequest { warehouse: warehouse.into() }
}

use std::time::Duration;

use proto::catalog::v1::catalog_service_client::CatalogServiceClient;
use proto::stock::v1::stock_service_client::StockServiceClient;
use rpc::Backoff;
use rpc::client::{MESSAGE_BYTES_MAX, connect_lazy};
use tokio::sync::watch;
use tonic::transport::Channel;

/// Where the process of the moment listens: every life of it has a port of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Life {
    pub(crate) address: String,
}

/// A client's way to the process of the moment.
#[derive(Debug)]
pub(crate) struct Link {
    lives: watch::Receiver<Life>,
    backoff: Backoff,
    stock: StockServiceClient<Channel>,
}

impl Link {
    pub(crate) fn new(mut lives: watch::Receiver<Life>) -> Self {
        let stock = stock(&lives.borrow_and_update());
        Self { lives, backoff: Backoff::new(Duration::from_millis(5), Duration::from_millis(200)), stock }
    }

    /// The write path of the newest process.
    pub(crate) fn stock(&mut self) -> StockServiceClient<Channel> {
        if self.lives.has_changed().unwrap() {
            self.stock = stock(&self.lives.borrow_and_update());
            self.backoff.reset();
        }
        self.stock.clone()
    }

    /// The catalog of the newest process.
    pub(crate) fn catalog(&mut self) -> CatalogServiceClient<Channel> {
        CatalogServiceClient::new(connect_lazy(&self.lives.borrow_and_update().address).unwrap())
    }

    /// An attempt was lost: goes on with the next process, or in a while with the same.
    pub(crate) async fn lost(&mut self) {
        let mut lives = self.lives.clone();
        tokio::select! {
            changed = lives.changed() => changed.unwrap(),
            () = self.backoff.wait() => {}
        }
    }

    /// An attempt was answered.
    pub(crate) fn answered(&mut self) {
        self.backoff.reset();
    }
}

fn stock(life: &Life) -> StockServiceClient<Channel> {
    let channel = connect_lazy(&life.address).unwrap();
    StockServiceClient::new(channel).max_decoding_message_size(MESSAGE_BYTES_MAX)
}

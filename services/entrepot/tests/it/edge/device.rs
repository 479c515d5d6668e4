//! A device, its ledger and its line to the server.

use std::path::{Path, PathBuf};
use std::time::Duration;

use ::edge::{EdgeFault, EdgeLedger, Synced, Which};
use edge_core::{Number, Operation, OperationState, Posting, Spot, Stamp, Wanted, Wish};
use proto::common::v1::Decimal;
use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{Move, Receive};
use rpc::client::{MESSAGE_BYTES_MAX, connect_lazy};
use rpc::{Backoff, clock};
use testkit::FaultProxy;
use tonic::transport::Channel;
use uuid::Uuid;
use vocabulary::{LocationCode, PartyCode, Quantity, RequestId, Sku, Timestamp, WarehouseCode};

use crate::support::Server;

/// How long one call may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// Attempts to synchronise over a line that is whole.
const ATTEMPTS: u32 = 50;

#[derive(Debug)]
pub(super) struct Device {
    pub(super) ledger: EdgeLedger,
    pub(super) line: FaultProxy,
    file: PathBuf,
    stock: StockServiceClient<Channel>,
}

impl Device {
    /// For warehouse BER.
    pub(super) async fn new(directory: &Path, code: &str, server: &Server) -> Self {
        let file = directory.join(format!("{code}.ledger"));
        let warehouse = WarehouseCode::parse("BER").unwrap();
        let device = edge_core::Device { code: PartyCode::parse(code).unwrap(), warehouse };
        let ledger = EdgeLedger::init(&file, device).await.unwrap();
        let line = FaultProxy::to(server.grpc()).await;
        let stock = stock_at(&line.url());
        Self { ledger, line, file, stock }
    }

    /// As after a crash: nothing was closed, and the file is read anew.
    pub(super) async fn reopen(&mut self) {
        self.ledger = EdgeLedger::open(&self.file).await.unwrap();
    }

    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    pub(super) async fn sync(&self) -> Result<Synced, EdgeFault> {
        self.ledger.sync(&self.stock, PATIENCE).await
    }

    /// Until the server has answered everything.
    pub(super) async fn sync_until_done(&self) {
        let mut backoff = Backoff::new(Duration::from_millis(5), Duration::from_millis(500));
        for _ in 0..ATTEMPTS {
            match self.sync().await {
                Ok(_) => return,
                Err(EdgeFault::Remote { .. } | EdgeFault::Busy(_)) => backoff.wait().await,
                Err(other) => panic!("{other}"),
            }
        }
        panic!("no synchronisation within {ATTEMPTS} attempts over a whole line");
    }

    /// Asks for a grant of A-1 and gets it; gives its number.
    pub(super) async fn granted(&self, quantity: u32, expires_at: Timestamp) -> Number {
        let wish = Wish { spot: spot("A-1", "MAIN"), quantity: Quantity::from(quantity), expires_at };
        let asked = self.ledger.ask(&wish, &stamp()).await.unwrap();
        self.sync_until_done().await;
        let state = self.state(asked[0].number).await;
        assert!(matches!(state, OperationState::Accepted { .. }), "{state:?}");
        asked[0].number
    }

    pub(super) async fn take(&self, quantity: u32) -> Vec<Operation> {
        self.take_at(quantity, clock::now()).await
    }

    pub(super) async fn take_at(&self, quantity: u32, at: Timestamp) -> Vec<Operation> {
        let (quantity, serials) = (Quantity::from(quantity), Vec::new());
        let wanted = Wanted {
            spot: spot("A-1", "MAIN"),
            quantity,
            serials,
            partner: PartyCode::parse("C-17").ok(),
            weight: None,
        };
        self.ledger.take(&wanted, &stamp_at(at)).await.unwrap()
    }

    pub(super) async fn state(&self, number: Number) -> OperationState {
        self.ledger.operation(number).await.unwrap().state
    }

    /// `REASON` of each operation that needs a person.
    pub(super) async fn list(&self) -> Vec<(Number, String)> {
        let list = self.ledger.operations(Which::NeedingAPerson).await.unwrap();
        let told = list.into_iter().map(|operation| {
            let OperationState::Refused(refusal) = operation.state else {
                panic!("{operation:?} needs nobody")
            };
            (operation.number, refusal.reason)
        });
        told.collect()
    }
}

pub(super) fn stock_at(url: &str) -> StockServiceClient<Channel> {
    StockServiceClient::new(connect_lazy(url).unwrap()).max_decoding_message_size(MESSAGE_BYTES_MAX)
}

pub(super) fn stamp() -> Stamp {
    stamp_at(clock::now())
}

pub(super) fn stamp_at(at: Timestamp) -> Stamp {
    Stamp { request_id: RequestId::from_uuid(Uuid::new_v4()), at, reference: String::new() }
}

/// So many seconds from now; back when negative.
pub(super) fn in_seconds(seconds: i64) -> Timestamp {
    Timestamp::from_micros(clock::now().micros() + seconds * 1_000_000).unwrap()
}

pub(super) fn spot(sku: &str, location: &str) -> Spot {
    let location = LocationCode::parse(location).unwrap();
    Spot { sku: Sku::parse(sku).unwrap(), location, lot: None }
}

pub(super) fn decimal(value: impl ToString) -> Option<Decimal> {
    Some(Decimal { value: value.to_string() })
}

pub(super) fn receive(quantity: u32) -> Posting {
    let (sku, location, quantity) = ("A-1".to_owned(), "MAIN".to_owned(), decimal(quantity));
    Posting::Receive(Receive { sku, location, quantity, ..Receive::default() })
}

pub(super) fn put_away(quantity: u32) -> Posting {
    let (sku, quantity) = ("A-1".to_owned(), decimal(quantity));
    let (from_location, to_location) = ("MAIN".to_owned(), "PICK".to_owned());
    Posting::Move(Move { sku, from_location, to_location, quantity, ..Move::default() })
}

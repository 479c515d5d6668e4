//! Three devices do anything, their lines break anywhere, and somebody in the warehouse takes what is there meanwhile.

use std::sync::Arc;

use ::edge::EdgeFault;
use edge_core::{Declined, Posting, Wanted, Wish};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Adjust, Document, DocumentLine, Issue, PostDocumentRequest, Receive, Return};
use testkit::Way;
use tokio::sync::Barrier;
use tokio::task::JoinSet;
use vocabulary::{Quantity, RequestId};

use super::auditor::{self, Tally};
use super::device::{Device, decimal, in_seconds, put_away, receive, spot, stamp, stock_at};
use crate::crash::random::Random;
use crate::support::Server;

const DEVICES: [&str; 3] = ["D-1", "D-2", "D-3"];
/// What each device does.
const STEPS: usize = 150;
const SEED: u64 = 20_260_301;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn devices_in_a_storm_sell_what_there_is_once() {
    let seed = std::env::var("EDGE_SEED").map_or(SEED, |seed| seed.parse().unwrap());
    eprintln!("edge storm: EDGE_SEED={seed}");
    let data = testkit::temp_dir();
    let server = Server::with_stock(data.path());
    server.json("stock receive -w BER -s A-1 -l MAIN -q 400");
    let (random, together) = (Random::new(seed), Arc::new(Barrier::new(DEVICES.len() + 1)));
    let mut devices = JoinSet::new();
    for (number, code) in (0..).zip(DEVICES) {
        let device = Device::new(data.path(), code, &server).await;
        device.granted(60, in_seconds(3600)).await;
        let actor = Actor { device, random: random.fork(number), broken: 0 };
        devices.spawn(actor.act(Arc::clone(&together)));
    }
    let clerk = tokio::spawn(clerk(server.grpc().to_owned(), random.fork(99), together));
    let actors: Vec<Actor> = devices.join_all().await;
    clerk.await.unwrap();

    let mut journal = auditor::journal(&server).await;
    let mut net = Quantity::ZERO;
    let (mut accepted, mut listed, mut broken) = (0, 0, 0);
    for Actor { device, broken: here, .. } in &actors {
        broken += here;
        let Tally { accepted: here, listed: refused, net: by_it } =
            auditor::check(device, &mut journal).await;
        (accepted, listed) = (accepted + here, listed + refused);
        net = net.checked_add(by_it).unwrap();
    }
    for entry in journal.entries.values().flatten() {
        assert!(!entry.reference.starts_with("edge "), "{entry:?} is in no ledger");
        net = net.checked_add(auditor::net(entry)).unwrap();
    }
    let balance = &server.json("stock balances -w BER")[0];
    assert_eq!((&balance["on_hand"], &balance["reserved"]), (&net.to_string().into(), &"0".into()));
    let report = format!("{accepted} accepted, {listed} listed, {broken} synchronisations broken");
    eprintln!("edge storm: {report}");
    assert!(accepted > 100 && listed > 0 && broken > 10, "the storm was none: {report}");
}

/// Issues and receives at the warehouse itself.
async fn clerk(server: String, mut random: Random, together: Arc<Barrier>) {
    let mut stock = stock_at(&server);
    together.wait().await;
    for _ in 0..STEPS {
        let (sku, location, quantity) = ("A-1".to_owned(), "MAIN".to_owned(), decimal(random.quantity(6)));
        let action = if random.once_in(3) {
            Action::Receive(Receive { sku, location, quantity, ..Receive::default() })
        } else {
            Action::Issue(Issue { sku, location, quantity, ..Issue::default() })
        };
        let document = Document {
            request_id: random.uuid().to_string(),
            lines: vec![DocumentLine { action: Some(action) }],
            ..Document::default()
        };
        let (warehouse, document) = ("BER".to_owned(), Some(document));
        let request = PostDocumentRequest { warehouse, document, ..PostDocumentRequest::default() };
        // What is not there is refused, and that is that.
        let _refused = stock.post_document(request).await;
    }
}

struct Actor {
    device: Device,
    random: Random,
    broken: usize,
}

impl Actor {
    async fn act(mut self, together: Arc<Barrier>) -> Self {
        together.wait().await;
        for _ in 0..STEPS {
            self.step().await;
        }
        self.device.line.mend();
        self.device.sync_until_done().await;
        self.device.ledger.settle(None, rpc::clock::now()).await.unwrap();
        self.device.sync_until_done().await;
        self
    }

    async fn step(&mut self) {
        match self.random.below(14) {
            0 => self.ask().await,
            1..=4 => self.take().await,
            5..=7 => self.post().await,
            8 => self.tend_grants().await,
            9 => self.device.reopen().await,
            _ => self.sync().await,
        }
    }

    async fn ask(&mut self) {
        // Now and then for so short that it ends before what is taken is sent.
        let seconds = if self.random.once_in(3) { 1 } else { 3600 };
        let quantity = Quantity::from(u32::try_from(self.random.quantity(30)).unwrap());
        let wish = Wish { spot: spot("A-1", "MAIN"), quantity, expires_at: in_seconds(seconds) };
        self.device.ledger.ask(&wish, &stamp()).await.unwrap();
    }

    async fn take(&mut self) {
        let quantity = Quantity::from(u32::try_from(self.random.quantity(8)).unwrap());
        let wanted =
            Wanted { spot: spot("A-1", "MAIN"), quantity, serials: Vec::new(), partner: None, weight: None };
        let stamp = stamp();
        match self.device.ledger.take(&wanted, &stamp).await {
            Ok(taken) => {
                let again = self.device.ledger.take(&wanted, &stamp).await.unwrap();
                let ids = |operations: &[edge_core::Operation]| -> Vec<RequestId> {
                    operations.iter().map(|operation| operation.stamp.request_id).collect()
                };
                assert_eq!(ids(&taken), ids(&again), "the same request takes once");
            }
            Err(EdgeFault::Declined(Declined::QuotaExceeded { .. } | Declined::EscrowExpired { .. })) => {}
            Err(other) => panic!("{other}"),
        }
    }

    async fn post(&mut self) {
        let quantity = u32::try_from(self.random.quantity(5)).unwrap();
        let (sku, location) = ("A-1".to_owned(), "MAIN".to_owned());
        let posting = match self.random.below(4) {
            0 => receive(quantity),
            1 => put_away(quantity * 10),
            2 => {
                let (delta, reason) = (decimal(-i64::from(quantity)), "broken".to_owned());
                Posting::Adjust(Adjust { sku, location, delta, reason, ..Adjust::default() })
            }
            _ => Posting::Return(Return { sku, location, quantity: decimal(quantity), ..Return::default() }),
        };
        // A clock that is wrong by up to half a minute.
        let off = i64::try_from(self.random.below(60)).unwrap() - 30;
        let at = super::device::stamp_at(in_seconds(if self.random.once_in(4) { off } else { 0 }));
        self.device.ledger.post(&posting, &at).await.unwrap();
    }

    async fn tend_grants(&mut self) {
        if self.random.once_in(2) {
            let now = rpc::clock::now();
            self.device.ledger.renew(in_seconds(7200), in_seconds(7200), now).await.unwrap();
        } else if let Some(grant) = self.device.ledger.status().await.unwrap().grants.first() {
            self.device.ledger.settle(Some(grant.number), rpc::clock::now()).await.unwrap();
        }
    }

    /// Over a line that breaks somewhere, or not; or until the process is killed, as it were.
    async fn sync(&mut self) {
        match self.random.below(4) {
            0 => self.device.line.cut_after(Way::Requests, self.random.below(1200)),
            1 => self.device.line.cut_after(Way::Answers, self.random.below(600)),
            2 => {
                let turns = self.random.below(400);
                tokio::select! {
                    biased;
                    synced = self.device.sync() => drop(synced),
                    () = yields(turns) => {}
                }
                return self.device.reopen().await;
            }
            _ => {}
        }
        match self.device.sync().await {
            Ok(_) => {}
            Err(EdgeFault::Remote { .. } | EdgeFault::Busy(_)) => self.broken += 1,
            Err(other) => panic!("{other}"),
        }
        self.device.line.mend();
    }
}

async fn yields(turns: u64) {
    for _ in 0..turns {
        tokio::task::yield_now().await;
    }
}

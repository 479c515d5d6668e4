//! A device that takes goods from escrow and does other things without the network, and merges them while the process is killed; now and
//! then it is switched off itself.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use edge::{EdgeFault, EdgeLedger, Which};
use edge_core::{Declined, Number, Operation, Posting, Spot, Stamp, Wanted, Wish, Work};
use proto::stock::v1::DocumentLine;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use vocabulary::{LocationCode, LotCode, PartyCode, Quantity, RequestId, Sku, Timestamp, WarehouseCode};

use super::auditor::Auditor;
use super::link::Link;
use super::paper::{Claim, Goods, Step};
use super::random::Random;
use super::teller::turns;
use crate::site::{LOCATIONS, LOTTED, SKUS};

/// How long one call may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// What a device does at most before it looks for the network.
const STEPS_MAX: u64 = 24;
/// Most answers to others until then.
const ANSWERS_MAX: u64 = 20;
/// And sometimes so many, until which what was granted for a moment is over.
const LONG_AWAY: u64 = 300;
/// More than there ever is at a place.
const TOO_MANY: i64 = 1_000_000;
/// How long it may take until everything is merged.
const MERGE_MAX: Duration = Duration::from_secs(120);
/// Goods that a device may take: their item, place and lot.
const SPOTS: [(&str, &str, &str); 3] =
    [(SKUS[4], LOCATIONS[0], ""), (SKUS[3], LOCATIONS[1], ""), (LOTTED, LOCATIONS[0], "E")];
/// Who takes them.
const PARTNERS: [&str; 2] = ["C-1", "C-2"];
/// What an escrow is promised as: before everything else.
const PRIORITY: u32 = 9;
/// So long a grant lasts, in seconds; or so short that it may be over before the device is back.
const LASTS: [i64; 2] = [3600, 2];

/// A device of a warehouse.
#[derive(Debug)]
pub(super) struct Device {
    pub(super) code: &'static str,
    file: PathBuf,
    ledger: EdgeLedger,
    random: Random,
    link: Link,
    auditor: Arc<Auditor>,
    /// What it asked to be granted.
    asked: BTreeMap<Number, Goods>,
}

/// The file of a device's ledger.
pub(super) fn file(directory: &Path, code: &str) -> PathBuf {
    directory.join(format!("{code}.ledger"))
}

/// What a device asks for: goods of a spot until a time.
pub(super) fn escrow(code: &'static str, goods: Goods, expires_at: Timestamp) -> Step {
    let expires_at = Some(expires_at.parts().0);
    Step::Reserve { goods, claim: Claim { expires_at, priority: PRIORITY, holder: code, ..Claim::default() } }
}

impl Device {
    pub(super) async fn new(
        (code, warehouse): (&'static str, &str),
        directory: &Path,
        random: Random,
        (link, auditor): (Link, Arc<Auditor>),
    ) -> Self {
        let warehouse = WarehouseCode::parse(warehouse).unwrap();
        let device = edge_core::Device { code: PartyCode::parse(code).unwrap(), warehouse };
        let file = file(directory, code);
        let ledger = EdgeLedger::init(&file, device).await.unwrap();
        Self { code, file, ledger, random, link, auditor, asked: BTreeMap::new() }
    }

    /// Until it is enough; then it merges everything, and hands back what it has left. It begins with goods that there
    /// are plenty of, and with more than there are.
    pub(super) async fn run(mut self, enough: CancellationToken) {
        let (sku, at, lot) = SPOTS[0];
        let goods = Goods { lot, ..Goods::plain(sku, at, 20) };
        self.ask(goods, LASTS[0]).await;
        self.sync_until_done().await;
        self.take(Goods { quantity: 3, ..goods }).await;
        self.post(&Step::Move { goods: Goods { quantity: TOO_MANY, ..goods }, to: LOCATIONS[1] }).await;
        while !enough.is_cancelled() {
            for _ in 0..=self.random.below(STEPS_MAX) {
                self.step().await;
            }
            let others = if self.random.once_in(10) { LONG_AWAY } else { self.random.below(ANSWERS_MAX) };
            enough.run_until_cancelled(self.auditor.more_answers(others)).await;
            self.sync().await;
        }
        self.sync_until_done().await;
        let settled = self.ledger.settle(None, rpc::clock::now()).await.unwrap();
        self.note(&settled, None);
        self.sync_until_done().await;
    }

    async fn step(&mut self) {
        match self.random.below(28) {
            0..5 => {
                let (goods, seconds) = (self.goods(20), self.random.one_of(&LASTS));
                self.ask(goods, seconds).await;
            }
            5..15 => {
                let goods = self.goods(6);
                self.take(goods).await;
            }
            15..22 => {
                let step = self.done();
                self.post(&step).await;
            }
            22..24 => self.renew().await,
            24..26 => self.settle().await,
            26 => self.reopen().await,
            _ => self.see_to_the_list().await,
        }
    }

    async fn ask(&mut self, goods: Goods, seconds: i64) {
        let expires_at = Timestamp::from_parts(rpc::clock::now().parts().0 + seconds, 0).unwrap();
        let wish = Wish { spot: spot(goods), quantity: quantity(goods), expires_at };
        let stamp = self.stamp();
        let asked = self.ledger.ask(&wish, &stamp).await.unwrap();
        self.asked.insert(asked[0].number, goods);
        self.note(&asked, Some(&escrow(self.code, goods, expires_at)));
    }

    async fn take(&mut self, goods: Goods) {
        let partner = if self.random.once_in(2) { None } else { Some(self.random.one_of(&PARTNERS)) };
        let partner = partner.map(|code| PartyCode::parse(code).unwrap());
        let wanted = Wanted {
            spot: spot(goods),
            quantity: quantity(goods),
            serials: Vec::new(),
            partner,
            weight: None,
        };
        let stamp = self.stamp();
        match self.ledger.take(&wanted, &stamp).await {
            Ok(taken) => {
                self.auditor.takes(self.code, goods.quantity);
                self.note(&taken, None);
            }
            Err(EdgeFault::Declined(Declined::QuotaExceeded { .. } | Declined::EscrowExpired { .. })) => {}
            Err(other) => panic!("{other}"),
        }
    }

    /// Something that needs no grant.
    fn done(&mut self) -> Step {
        let goods = Goods { lot: "", sku: SKUS[4], ..self.goods(9) };
        match self.random.below(5) {
            0..2 => Step::Receive { goods, expiry: "" },
            2 => Step::Move { goods: Goods { at: LOCATIONS[0], ..goods }, to: LOCATIONS[1] },
            3 => Step::Adjust(Goods { quantity: -goods.quantity, ..goods }),
            _ => Step::Return(goods),
        }
    }

    async fn post(&mut self, step: &Step) {
        let posting = Posting::of(DocumentLine { action: Some(step.action()) }).expect("a device can do so");
        let stamp = self.stamp();
        let posted = self.ledger.post(&posting, &stamp).await.unwrap();
        self.note(&posted, Some(step));
    }

    async fn renew(&mut self) {
        let now = rpc::clock::now();
        let until = Timestamp::from_parts(now.parts().0 + 2 * LASTS[0], 0).unwrap();
        let renewed = self.ledger.renew(until, until, now).await.unwrap();
        self.note(&renewed, None);
    }

    async fn settle(&mut self) {
        let grants = self.ledger.status().await.unwrap().grants;
        if let Some(grant) = grants.first() {
            let settled = self.ledger.settle(Some(grant.number), rpc::clock::now()).await.unwrap();
            self.note(&settled, None);
        }
    }

    /// A person has seen to what was refused; or wants it sent again, without a grant.
    async fn see_to_the_list(&mut self) {
        let list = self.ledger.operations(Which::NeedingAPerson).await.unwrap();
        let Some(refused) = list.first() else { return };
        if self.random.once_in(2) {
            self.ledger.resolve(refused.number, "counted").await.unwrap();
            return;
        }
        let step = match &refused.work {
            Work::Take { grant, quantity, partner, .. } => {
                let partner = partner.as_ref().map_or("", PartyCode::as_str);
                let holder = PARTNERS.into_iter().find(|known| *known == partner).unwrap_or_default();
                let goods = Goods { quantity: units(*quantity), ..self.asked[grant] };
                Step::Issue { goods, claim: Claim { holder, ..Claim::default() } }
            }
            Work::Post(_) => self.auditor.step_of(refused.stamp.request_id.uuid()),
            Work::Ask { .. } | Work::Renew { .. } | Work::HandBack { .. } => {
                panic!("{refused:?} needs nobody")
            }
        };
        let id = RequestId::from_uuid(self.random.uuid());
        let again = self.ledger.again(refused.number, id).await.unwrap();
        self.note(&again, Some(&step));
    }

    /// As after a crash of the device: nothing was closed, and the file is read anew.
    async fn reopen(&mut self) {
        self.ledger = EdgeLedger::open(&self.file).await.unwrap();
    }

    /// Once; sometimes it is switched off meanwhile.
    async fn sync(&mut self) {
        let (ledger, stock) = (self.ledger.clone(), self.link.stock());
        let merging = ledger.sync(&stock, PATIENCE);
        if self.random.once_in(4) {
            let patience = self.random.below(300);
            tokio::select! {
                biased;
                merged = merging => drop(merged),
                () = turns(patience) => {}
            }
            return self.reopen().await;
        }
        self.merged(merging.await.map(|merged| merged.accepted)).await;
    }

    /// Through as many processes as it takes.
    async fn sync_until_done(&mut self) {
        let all = async {
            loop {
                let stock = self.link.stock();
                let merged = self.ledger.sync(&stock, PATIENCE).await.map(|merged| merged.accepted);
                if self.merged(merged).await {
                    return;
                }
            }
        };
        timeout(MERGE_MAX, all).await.expect("everything is answered");
    }

    /// Whether the warehouse has answered everything.
    async fn merged(&mut self, accepted: Result<u64, EdgeFault>) -> bool {
        match accepted {
            Ok(accepted) => {
                self.link.answered();
                (0..accepted).for_each(|_| self.auditor.count());
                true
            }
            Err(EdgeFault::Remote { .. } | EdgeFault::Busy(_)) => {
                self.link.lost().await;
                false
            }
            Err(other) => panic!("{other}"),
        }
    }

    fn note(&self, recorded: &[Operation], step: Option<&Step>) {
        let ids = recorded.iter().map(|operation| operation.stamp.request_id.uuid());
        let warehouse = self.ledger.device().warehouse.as_str();
        ids.for_each(|id| self.auditor.records((self.code, warehouse), id, step));
    }

    /// A clock that is behind by up to half a minute now and then.
    fn stamp(&mut self) -> Stamp {
        let behind = if self.random.once_in(4) { self.random.quantity(30) } else { 0 };
        let at = Timestamp::from_parts(rpc::clock::now().parts().0 - behind, 0).unwrap();
        Stamp { request_id: RequestId::from_uuid(self.random.uuid()), at, reference: String::new() }
    }

    fn goods(&mut self, quantity_max: u64) -> Goods {
        let (sku, at, lot) = self.random.one_of(&SPOTS);
        Goods { lot, ..Goods::plain(sku, at, self.random.quantity(quantity_max)) }
    }
}

fn spot(goods: Goods) -> Spot {
    let lot = (!goods.lot.is_empty()).then(|| LotCode::parse(goods.lot).unwrap());
    let (sku, location) = (Sku::parse(goods.sku).unwrap(), LocationCode::parse(goods.at).unwrap());
    Spot { sku, location, lot }
}

fn quantity(goods: Goods) -> Quantity {
    Quantity::from(u32::try_from(goods.quantity).unwrap())
}

pub(super) fn units(quantity: Quantity) -> i64 {
    quantity.to_string().parse().unwrap()
}

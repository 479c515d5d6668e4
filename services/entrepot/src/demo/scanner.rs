//! A scanner that works without the network, and merges what it did later.

use std::path::Path;

use edge::{EdgeFault, EdgeLedger, Which};
use edge_core::{Device, OperationState, Posting, Spot, Stamp, Wanted, Wish};
use proto::common::v1::Decimal;
use proto::stock::v1 as stock;
use proto::stock::v1::document_line::Action;
use rpc::Reason;
use vocabulary::{LocationCode, PartyCode, Quantity, RequestId, Sku, Timestamp, WarehouseCode};

use super::cast::Player;
use super::stage::{Attempt, PICK, STORE, Stage};
use crate::output::Failure;

/// The scanner's own code.
const SCANNER: &str = "SCANNER-1";
/// 2099-01-01: what is kept for the scanner is kept for the whole story.
const KEPT_UNTIL_MICROS: i64 = 4_070_908_800_000_000;

/// What the scanner did, or what was said to it.
#[derive(Debug)]
pub(super) struct Event {
    pub(super) has_network: bool,
    pub(super) what: String,
    pub(super) answer: String,
}

/// A scanner, for one item.
struct Scanner<'a, 'c> {
    stage: &'a mut Stage<'c>,
    ledger: &'a EdgeLedger,
    warehouse: &'static str,
    player: &'a Player,
}

/// Goods are kept for a scanner; it takes them without the network, nobody else gets them meanwhile, and what it did is merged later.
/// Where the story was told before, nothing is kept any more: then that is all.
pub(super) async fn play(
    stage: &mut Stage<'_>,
    warehouse: &'static str,
    player: &Player,
) -> Result<(), Failure> {
    let directory = tempfile::Builder::new().prefix("entrepot-demo-scanner-").tempdir();
    let directory = directory.map_err(|error| Failure::file(Path::new(&std::env::temp_dir()), &error))?;
    let device = Device { code: PartyCode::parse(SCANNER)?, warehouse: WarehouseCode::parse(warehouse)? };
    let ledger = EdgeLedger::init(&directory.path().join("ledger.db"), device).await.map_err(fault)?;
    let mut scanner = Scanner { stage, ledger: &ledger, warehouse, player };
    let played = scanner.play().await;
    ledger.close().await;
    played
}

impl Scanner<'_, '_> {
    async fn play(&mut self) -> Result<(), Failure> {
        let name = self.player.name;
        let kept = self.stage.cast.between(6, 12);
        let wish = Wish {
            spot: self.spot()?,
            quantity: Quantity::from(kept),
            expires_at: Timestamp::from_micros(KEPT_UNTIL_MICROS)?,
        };
        self.ledger.ask(&wish, &self.stamp("keep")?).await.map_err(fault)?;
        let what = format!("keep {kept} {name} for the scanner");
        let left = self.merge(what).await?;
        if left != Quantity::from(kept) {
            return Ok(());
        }
        self.sell_everything().await?;
        self.take("first", kept - 2, Some("RIDERS-CLUB")).await?;
        self.take("second", 2, None).await?;
        self.take("third", 1, None).await?;
        self.carry().await?;
        self.merge("send all that waits".to_owned()).await?;
        self.list().await
    }

    /// Somebody with the network wants all that is there.
    async fn sell_everything(&mut self) -> Result<(), Failure> {
        let (warehouse, watch) = (self.warehouse, (self.player, STORE));
        let there = self.stage.position(warehouse, watch).await?.on_hand.unwrap_or_default();
        let what =
            format!("issue all {} {}, of which some are kept for {SCANNER}", there.value, self.player.name);
        let issue = stock::Issue {
            sku: self.player.sku.clone(),
            location: STORE.to_owned(),
            quantity: Some(there),
            ..stock::Issue::default()
        };
        let lines = vec![Action::Issue(issue)];
        self.stage.attempt(Attempt { warehouse, what, watch, lines }).await.map(drop)
    }

    /// Goods leave from what was kept.
    async fn take(&mut self, id: &str, quantity: u32, partner: Option<&str>) -> Result<(), Failure> {
        let partner = partner.map(PartyCode::parse).transpose()?;
        let wanted = Wanted {
            spot: self.spot()?,
            quantity: Quantity::from(quantity),
            serials: Vec::new(),
            partner,
            weight: None,
        };
        let taken = self.ledger.take(&wanted, &self.stamp(id)?).await;
        self.note(format!("take {quantity} {}", self.player.name), taken.map(drop))
    }

    /// The scanner moves what the warehouse does not know of.
    async fn carry(&mut self) -> Result<(), Failure> {
        let carried = stock::Move {
            sku: self.player.sku.clone(),
            from_location: PICK.to_owned(),
            to_location: STORE.to_owned(),
            quantity: Some(Decimal { value: "5".to_owned() }),
            ..stock::Move::default()
        };
        let posted = self.ledger.post(&Posting::Move(carried), &self.stamp("carry")?).await;
        self.note(format!("move 5 {} from {PICK} to {STORE}", self.player.name), posted.map(drop))
    }

    /// Without the network: recorded, or declined on the spot.
    fn note(&mut self, what: String, recorded: Result<(), EdgeFault>) -> Result<(), Failure> {
        let answer = match recorded {
            Ok(()) => "recorded, waits".to_owned(),
            Err(declined @ EdgeFault::Declined(_)) => {
                format!("declined: {}", declined.reason().unwrap_or(Reason::Internal).as_str())
            }
            Err(other) => return Err(fault(other)),
        };
        self.stage.scanner.push(Event { has_network: false, what, answer });
        Ok(())
    }

    /// With the network: what waits is sent. Says how much may still be taken.
    async fn merge(&mut self, what: String) -> Result<Quantity, Failure> {
        let client = self.stage.client();
        let synced = self.ledger.sync(&client.stock(), client.timeout()).await.map_err(fault)?;
        let grants = self.ledger.grants().await.map_err(fault)?;
        let left = grants.iter().map(edge_core::Grant::left);
        let left = left.fold(Quantity::ZERO, |sum, left| sum.checked_add(left).unwrap_or(sum));
        let answer =
            format!("{} accepted, {} refused, {left} left to take", synced.accepted, synced.refused.len());
        self.stage.scanner.push(Event { has_network: true, what, answer });
        Ok(left)
    }

    /// What no longer fitted is not lost: a person sees to it.
    async fn list(&mut self) -> Result<(), Failure> {
        let listed = self.ledger.operations(Which::NeedingAPerson).await.map_err(fault)?;
        for operation in listed {
            let OperationState::Refused(refusal) = operation.state else { continue };
            let what = format!("for a person: operation {}", operation.number);
            let answer = format!("refused: {}", refusal.reason);
            self.stage.scanner.push(Event { has_network: true, what, answer });
        }
        Ok(())
    }

    fn spot(&self) -> Result<Spot, Failure> {
        let (sku, location) = (Sku::parse(&self.player.sku)?, LocationCode::parse(STORE)?);
        Ok(Spot { sku, location, lot: None })
    }

    fn stamp(&self, id: &str) -> Result<Stamp, Failure> {
        let request_id = RequestId::parse(&self.stage.cast.request_id(&format!("scanner {id}")))?;
        let at = Timestamp::from_micros(self.stage.next_seconds().saturating_mul(1_000_000))?;
        Ok(Stamp { request_id, at, reference: format!("demo scanner {id}") })
    }
}

fn fault(fault: EdgeFault) -> Failure {
    Failure::fault(fault.to_string())
}

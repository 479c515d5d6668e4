//! A pallet: packed, labelled, moved and shipped as a whole.

use gs1::ReferenceYear;
use labels::{Label, LogisticUnit};
use proto::stock::v1 as stock;
use proto::stock::v1::document_line::Action;
use vocabulary::Sscc;

use super::cast::Player;
use super::stage::{Attempt, PICK, STORE, Stage, decimal};
use crate::output::Failure;

/// The year of the story: what a date of two digits on a label would be read by.
const YEAR: u16 = 2024;

/// A pallet as it stands after a step.
#[derive(Debug)]
pub(super) struct Standing {
    /// How many steps were taken before it was looked at.
    pub(super) step: usize,
    /// What its label says below the bars.
    pub(super) label: String,
    /// `None` when it is no more.
    pub(super) unit: Option<stock::HandlingUnit>,
}

/// Two items go on a pallet. Its goods are not sold by the piece; the pallet is carried, and shipped.
pub(super) async fn play(
    stage: &mut Stage<'_>,
    warehouse: &'static str,
    [first, second]: [&Player; 2],
) -> Result<(), Failure> {
    stage.give_numbers(warehouse).await?;
    let watch = (first, STORE);
    let counts = [stage.cast.between(10, 30), stage.cast.between(10, 30)];
    let open =
        stock::OpenUnit { kind: "PALLET".to_owned(), location: STORE.to_owned(), ..Default::default() };
    let packs = [first, second].into_iter().zip(counts).map(|(player, count)| {
        Action::Pack(stock::Pack {
            handling_unit: "line:0".to_owned(),
            sku: player.sku.clone(),
            quantity: decimal(count),
            ..Default::default()
        })
    });
    let what = format!("pack {} {} and {} {} on a pallet", counts[0], first.name, counts[1], second.name);
    let lines = [Action::OpenUnit(open)].into_iter().chain(packs).collect();
    let receipt = stage.attempt(Attempt { warehouse, what, watch, lines }).await?;
    let opened = receipt.and_then(|receipt| receipt.handling_units.into_iter().next());
    let Some(handling_unit) = opened else { return Ok(()) };
    let sscc = Sscc::parse(&handling_unit)?;
    look(stage, warehouse, &sscc).await?;

    if let Some(all) = stage.steps.last().and_then(|step| step.position.on_hand.clone()) {
        let what = format!("issue all {} {}, as if none were packed", all.value, first.name);
        let issue = stock::Issue {
            sku: first.sku.clone(),
            location: STORE.to_owned(),
            quantity: Some(all),
            ..Default::default()
        };
        stage.attempt(Attempt { warehouse, what, watch, lines: vec![Action::Issue(issue)] }).await?;
    }

    let watch = (first, PICK);
    let (unit, to_location) = (handling_unit.clone(), PICK.to_owned());
    let carry = Action::MoveUnit(stock::MoveUnit { handling_unit: unit, to_location });
    let what = format!("move the pallet to {PICK}");
    stage.attempt(Attempt { warehouse, what, watch, lines: vec![carry] }).await?;
    look(stage, warehouse, &sscc).await?;

    let partner = "RIDERS-CLUB".to_owned();
    let what = format!("ship the pallet to {partner}");
    let ship = Action::ShipUnit(stock::ShipUnit { handling_unit, partner, ..Default::default() });
    stage.attempt(Attempt { warehouse, what, watch, lines: vec![ship] }).await?;
    look(stage, warehouse, &sscc).await
}

async fn look(stage: &mut Stage<'_>, warehouse: &'static str, sscc: &Sscc) -> Result<(), Failure> {
    let unit = LogisticUnit { sscc, gtin: None, count: None, lot: None };
    let fault = |fault: &dyn std::error::Error| Failure::fault(fault.to_string());
    let year = ReferenceYear::parse(YEAR).map_err(|e| fault(&e))?;
    let label = Label::of_logistic_unit(&unit, year).map_err(|e| fault(&e))?;
    let unit = stage.handling_unit(warehouse, sscc.as_str()).await?;
    let (step, label) = (stage.steps.len(), label.elements().to_string());
    stage.pallet.push(Standing { step, label, unit });
    Ok(())
}

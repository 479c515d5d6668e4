//! What happens.

use proto::stock::v1 as stock;
use proto::stock::v1::document_line::Action;

use super::cast::Player;
use super::stage::{Attempt, PICK, STORE, Stage, WAREHOUSES, decimal};
use super::{pallet, scanner};
use crate::output::Failure;

/// Lots of the item that has them, and until when they are good: the second expires first.
const LOTS: [(&str, &str); 2] = [("OIL-1", "2041-06-30"), ("OIL-2", "2040-01-31")];

/// Plays the whole story.
pub(super) async fn play(stage: &mut Stage<'_>) -> Result<(), Failure> {
    let players = stage.players.clone();
    let [(berlin, _), (hamburg, _)] = WAREHOUSES;
    for warehouse in [berlin, hamburg] {
        deliver(stage, warehouse, &players).await?;
    }
    for player in players.iter().take(2) {
        sell(stage, berlin, player).await?;
    }
    if let Some(player) = players.last() {
        carry_and_break(stage, hamburg, player).await?;
    }
    sell_lots_and_recall_one(stage, berlin).await?;
    if let [first, second, third, ..] = players.as_slice() {
        pallet::play(stage, hamburg, [first, second]).await?;
        scanner::play(stage, berlin, third).await?;
    }
    Ok(())
}

/// Two lots come in; a customer gets the one that expires first, and some of the other, which is then called back.
async fn sell_lots_and_recall_one(stage: &mut Stage<'_>, warehouse: &'static str) -> Result<(), Failure> {
    let player = &stage.cast.with_lots();
    let (watch, location, unit) = ((player, STORE), STORE.to_owned(), String::new());
    let quantities = [stage.cast.between(20, 40), stage.cast.between(20, 40)];
    for ((lot, expiry), quantity) in LOTS.into_iter().zip(quantities) {
        let receive = stock::Receive {
            sku: player.sku.clone(),
            location: location.clone(),
            quantity: decimal(quantity),
            unit: unit.clone(),
            goods: Some(stock::Goods { lot: lot.to_owned(), ..stock::Goods::default() }),
            lot_facts: Some(stock::LotFacts { expiry: expiry.to_owned(), ..stock::LotFacts::default() }),
            partner: "OIL-MILL".to_owned(),
            ..stock::Receive::default()
        };
        let what = format!("receive {quantity} {} of lot {lot}, good until {expiry}", player.name);
        stage.attempt(Attempt { warehouse, what, watch, lines: vec![Action::Receive(receive)] }).await?;
    }
    let [_, first_out] = quantities;
    let sold = first_out + stage.cast.between(2, 9);
    let issue = stock::Issue {
        sku: player.sku.clone(),
        location,
        quantity: decimal(sold),
        unit,
        partner: "RIDERS-CLUB".to_owned(),
        ..stock::Issue::default()
    };
    let what = format!("issue {sold} {}, first to expire first", player.name);
    stage.attempt(Attempt { warehouse, what, watch, lines: vec![Action::Issue(issue)] }).await?;
    stage.recall(warehouse, watch, LOTS[0].0).await
}

/// A delivery of everything.
async fn deliver(stage: &mut Stage<'_>, warehouse: &'static str, players: &[Player]) -> Result<(), Failure> {
    let Some(first) = players.first() else { return Ok(()) };
    let lines: Vec<Action> = players
        .iter()
        .map(|player| {
            let units = stage.cast.between(40, 120);
            Action::Receive(stock::Receive {
                sku: player.sku.clone(),
                location: STORE.to_owned(),
                quantity: decimal(units),
                unit: String::new(),
                ..stock::Receive::default()
            })
        })
        .collect();
    let what = format!("receive {} items", players.len());
    stage.attempt(Attempt { warehouse, what, watch: (first, STORE), lines }).await?;
    Ok(())
}

/// A customer reserves, another wants more than is left, the first takes the goods and sends one back.
async fn sell(stage: &mut Stage<'_>, warehouse: &'static str, player: &Player) -> Result<(), Failure> {
    let watch = (player, STORE);
    let (sku, location, unit) = (player.sku.clone(), STORE.to_owned(), String::new());
    let reserved = stage.cast.between(10, 30);
    let reserve = stock::Reserve {
        sku: sku.clone(),
        location: location.clone(),
        quantity: decimal(reserved),
        unit: unit.clone(),
        ..stock::Reserve::default()
    };
    let what = format!("reserve {reserved} {}", player.name);
    let lines = vec![Action::Reserve(reserve)];
    let receipt = stage.attempt(Attempt { warehouse, what, watch, lines }).await?;

    let wanted = stage.cast.between(121, 200);
    let issue = stock::Issue {
        sku: sku.clone(),
        location: location.clone(),
        quantity: decimal(wanted),
        unit: unit.clone(),
        ..stock::Issue::default()
    };
    let what = format!("issue {wanted} {}", player.name);
    stage.attempt(Attempt { warehouse, what, watch, lines: vec![Action::Issue(issue)] }).await?;

    let taken = reserved - stage.cast.between(1, 5);
    let reservation = receipt.and_then(|receipt| receipt.reservation_ids.into_iter().next());
    if let Some(reservation_id) = reservation {
        let fulfil = stock::Fulfil { reservation_id, quantity: decimal(taken), ..stock::Fulfil::default() };
        let what = format!("fulfil {taken} of the {reserved} reserved");
        stage.attempt(Attempt { warehouse, what, watch, lines: vec![Action::Fulfil(fulfil)] }).await?;
    }

    let back = stock::Return { sku, location, quantity: decimal(1), unit, ..stock::Return::default() };
    let what = format!("return 1 {}", player.name);
    stage.attempt(Attempt { warehouse, what, watch, lines: vec![Action::Return(back)] }).await?;
    Ok(())
}

/// Goods are carried to the pick location, where some break.
async fn carry_and_break(
    stage: &mut Stage<'_>,
    warehouse: &'static str,
    player: &Player,
) -> Result<(), Failure> {
    let watch = (player, PICK);
    let carried = stage.cast.between(10, 40);
    let carry = stock::Move {
        sku: player.sku.clone(),
        from_location: STORE.to_owned(),
        to_location: PICK.to_owned(),
        quantity: decimal(carried),
        unit: String::new(),
        ..stock::Move::default()
    };
    let what = format!("move {carried} {} to {PICK}", player.name);
    stage.attempt(Attempt { warehouse, what, watch, lines: vec![Action::Move(carry)] }).await?;

    let broken = stage.cast.between(1, 4);
    let delta = decimal(broken).map(|d| proto::common::v1::Decimal { value: format!("-{}", d.value) });
    let adjust = stock::Adjust {
        sku: player.sku.clone(),
        location: PICK.to_owned(),
        delta,
        unit: String::new(),
        reason: "fell off the trolley".to_owned(),
        ..stock::Adjust::default()
    };
    let what = format!("adjust -{broken} {}: fell off the trolley", player.name);
    stage.attempt(Attempt { warehouse, what, watch, lines: vec![Action::Adjust(adjust)] }).await?;
    Ok(())
}

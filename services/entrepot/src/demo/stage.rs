//! Where the story plays: master data, posting, and what it did to the stock.

use std::collections::BTreeMap;
use std::time::Duration;

use proto::catalog::v1 as catalog;
use proto::common::v1::Decimal;
use proto::stock::v1 as stock;
use proto::visibility::v1 as visibility;
use rpc::Reason;
use vocabulary::StockStatus;

use super::cast::{Cast, Player};
use super::pallet::Standing;
use super::scanner::Event;
use crate::client::{Client, request_id_of};
use crate::output::Failure;

/// Items of a story.
const PLAYERS: usize = 4;
/// When it happens: 2024-01-08, a Monday, at eight; a step takes ten minutes.
const BEGINS_SECONDS: i64 = 1_704_700_800;
const STEP_SECONDS: i64 = 600;

/// Where the numbers of pallets come from, where the warehouse has no range: an example of a company's prefix.
const COMPANY_PREFIX: &str = "7610425";
const EXTENSION_DIGIT: u32 = 3;

/// Refusals that are a part of the story.
const TOLD: [Reason; 2] = [Reason::InsufficientAvailable, Reason::PackedInUnit];

/// How often, and how many times, it is looked whether a lot that was called back is held.
const BETWEEN_LOOKS: Duration = Duration::from_millis(50);
const HOLD_LOOKS_MAX: u32 = 600;

/// The warehouses of the story: code, name.
pub(super) const WAREHOUSES: [(&str, &str); 2] = [("BER", "Berlin"), ("HAM", "Hamburg")];
/// Where goods are.
pub(super) const STORE: &str = "MAIN";
/// Where orders are picked from.
pub(super) const PICK: &str = "PICK";

/// The stage: a server with what the story needs.
#[derive(Debug)]
pub(super) struct Stage<'c> {
    client: &'c Client,
    pub(super) cast: Cast,
    pub(super) players: Vec<Player>,
    /// What happened so far.
    pub(super) steps: Vec<Step>,
    /// The pallet, each time that it was looked at.
    pub(super) pallet: Vec<Standing>,
    /// What happened at the scanner.
    pub(super) scanner: Vec<Event>,
    revision: u64,
    sequences: BTreeMap<&'static str, u64>,
}

/// Something that was tried.
#[derive(Debug)]
pub(super) struct Step {
    pub(super) warehouse: &'static str,
    pub(super) what: String,
    pub(super) answer: String,
    /// The item it is about, and its position afterwards.
    pub(super) position: stock::Position,
}

/// A document to try.
#[derive(Debug)]
pub(super) struct Attempt<'a> {
    pub(super) warehouse: &'static str,
    pub(super) what: String,
    /// Item and location that the step is about.
    pub(super) watch: (&'a Player, &'static str),
    pub(super) lines: Vec<stock::document_line::Action>,
}

impl<'c> Stage<'c> {
    /// Creates what is missing: two warehouses, two locations in each, a few items.
    pub(super) async fn set(client: &'c Client, seed: u64) -> Result<Self, Failure> {
        let mut cast = Cast::new(seed);
        let players = cast.players(PLAYERS);
        for (code, name) in WAREHOUSES {
            create_warehouse(client, code, name).await?;
            for (location, kind) in
                [(STORE, catalog::LocationKind::Storage), (PICK, catalog::LocationKind::Pick)]
            {
                create_location(client, code, location, kind).await?;
            }
        }
        for player in &players {
            create_item(client, player, catalog::Tracking::None).await?;
        }
        create_item(client, &cast.with_lots(), catalog::Tracking::Lot).await?;
        let [(code, name), _] = WAREHOUSES;
        let revision = current_revision(client, code, name).await?;
        let (steps, pallet, scanner, sequences) = Default::default();
        Ok(Self { client, cast, players, steps, pallet, scanner, revision, sequences })
    }

    /// Tries a document. A refusal is a part of the story; a fault ends it.
    pub(super) async fn attempt(&mut self, attempt: Attempt<'_>) -> Result<Option<stock::Receipt>, Failure> {
        let number = self.steps.len();
        let document = stock::Document {
            request_id: self.cast.request_id(&number.to_string()),
            effective_at: Some(prost_types::Timestamp { seconds: self.next_seconds(), nanos: 0 }),
            lines: attempt
                .lines
                .into_iter()
                .map(|action| stock::DocumentLine { action: Some(action) })
                .collect(),
            reference: format!("demo step {}", number + 1),
            ..stock::Document::default()
        };
        let request = stock::PostDocumentRequest {
            warehouse: attempt.warehouse.to_owned(),
            document: Some(document),
            validate_only: false,
            catalog_revision: self.revision,
        };
        let client = self.client;
        let answer = client.call(&request, async |request| client.stock().post_document(request).await).await;
        let (receipt, answer) = match answer {
            Ok(answer) => (answer.receipt, "accepted".to_owned()),
            Err(failure) if TOLD.iter().any(|told| failure.reason() == told.as_str()) => {
                (None, format!("refused: {}", failure.reason()))
            }
            Err(failure) => return Err(failure),
        };
        if let Some(receipt) = &receipt {
            self.sequences.insert(attempt.warehouse, receipt.sequence);
        }
        let position = self.position(attempt.warehouse, attempt.watch).await?;
        self.steps.push(Step { warehouse: attempt.warehouse, what: attempt.what, answer, position });
        Ok(receipt)
    }

    /// When the next step happens.
    pub(super) fn next_seconds(&self) -> i64 {
        BEGINS_SECONDS + i64::try_from(self.steps.len()).unwrap_or(0) * STEP_SECONDS
    }

    pub(super) const fn client(&self) -> &'c Client {
        self.client
    }

    /// Calls a lot back, and waits until the warehouse holds it.
    pub(super) async fn recall(
        &mut self,
        warehouse: &'static str,
        (player, location): (&Player, &str),
        lot: &str,
    ) -> Result<(), Failure> {
        let client = self.client;
        let recall = catalog::Recall {
            sku: player.sku.clone(),
            lot: lot.to_owned(),
            reason: "the cap leaks".to_owned(),
            ..Default::default()
        };
        let mut request = catalog::CreateRecallRequest { recall: Some(recall), ..Default::default() };
        request.request_id = request_id_of("CreateRecall", &request);
        unless_exists(client.call(&request, async |r| client.catalog().create_recall(r).await).await)?;
        let mut ask = stock::GetPositionRequest {
            warehouse: warehouse.to_owned(),
            sku: player.sku.clone(),
            location: location.to_owned(),
            lot: lot.to_owned(),
            status: StockStatus::Recalled.as_str().to_owned(),
            ..stock::GetPositionRequest::default()
        };
        for _ in 0..HOLD_LOOKS_MAX {
            let held = client.call(&ask, async |r| client.stock().get_position(r).await).await?;
            if held.position.and_then(|held| held.on_hand).is_some_and(|held| held.value != "0") {
                (ask.lot, ask.status) = (String::new(), String::new());
                let all = client.call(&ask, async |r| client.stock().get_position(r).await).await?;
                let (what, answer) = (format!("recall lot {lot} of {}", player.name), "held".to_owned());
                let position = all.position.unwrap_or_default();
                self.steps.push(Step { warehouse, what, answer, position });
                return Ok(());
            }
            tokio::time::sleep(BETWEEN_LOOKS).await;
        }
        Err(Failure::fault("the recalled lot is not held"))
    }

    /// As of the last accepted document, so that telling the story again shows the same.
    pub(super) async fn position(
        &self,
        warehouse: &'static str,
        (player, location): (&Player, &str),
    ) -> Result<stock::Position, Failure> {
        let ask = stock::GetPositionRequest {
            warehouse: warehouse.to_owned(),
            sku: player.sku.clone(),
            location: location.to_owned(),
            as_of_sequence: self.sequences.get(warehouse).copied().unwrap_or(0),
            ..stock::GetPositionRequest::default()
        };
        let client = self.client;
        let answer = client.call(&ask, async |request| client.stock().get_position(request).await).await?;
        Ok(answer.position.unwrap_or_default())
    }

    /// Gives a warehouse a range of numbers for handling units, if it has none: the same one whatever the story.
    pub(super) async fn give_numbers(&self, warehouse: &str) -> Result<(), Failure> {
        let client = self.client;
        let ask = stock::GetNumberRangeRequest { warehouse: warehouse.to_owned() };
        let range = client.call(&ask, async |request| client.stock().get_number_range(request).await).await?;
        if range.number_range.is_some() {
            return Ok(());
        }
        let company_prefix = COMPANY_PREFIX.to_owned();
        let set =
            stock::SetNumberRange { company_prefix, extension_digit: EXTENSION_DIGIT, next: 1, last: 0 };
        let action = Some(stock::document_line::Action::SetNumberRange(set));
        let mut document = stock::Document {
            effective_at: Some(prost_types::Timestamp { seconds: BEGINS_SECONDS, nanos: 0 }),
            lines: vec![stock::DocumentLine { action }],
            reference: "demo numbers of pallets".to_owned(),
            ..stock::Document::default()
        };
        document.request_id = request_id_of(&format!("SetNumberRange {warehouse}"), &document);
        let request = stock::PostDocumentRequest {
            warehouse: warehouse.to_owned(),
            document: Some(document),
            ..stock::PostDocumentRequest::default()
        };
        client.call(&request, async |request| client.stock().post_document(request).await).await?;
        Ok(())
    }

    /// A handling unit as of the last accepted document; `None` when it has left.
    pub(super) async fn handling_unit(
        &self,
        warehouse: &'static str,
        sscc: &str,
    ) -> Result<Option<stock::HandlingUnit>, Failure> {
        let ask = stock::GetHandlingUnitRequest {
            warehouse: warehouse.to_owned(),
            handling_unit: sscc.to_owned(),
            as_of_sequence: self.sequences.get(warehouse).copied().unwrap_or(0),
        };
        let client = self.client;
        match client.call(&ask, async |request| client.stock().get_handling_unit(request).await).await {
            Ok(answer) => Ok(answer.handling_unit),
            Err(failure) if failure.reason() == Reason::HandlingUnitNotFound.as_str() => Ok(None),
            Err(failure) => Err(failure),
        }
    }

    /// What the whole network has of the story's items, once the view has come to its last document.
    pub(super) async fn availability(&self) -> Result<Vec<visibility::Availability>, Failure> {
        let key = |player: &Player, warehouse: &str| visibility::AvailabilityKey {
            sku: player.sku.clone(),
            warehouse: warehouse.to_owned(),
        };
        let keys =
            self.players.iter().flat_map(|player| WAREHOUSES.iter().map(move |(code, _)| key(player, code)));
        let at_least = self.sequences.iter().map(|(warehouse, sequence)| visibility::AtLeast {
            warehouse: (*warehouse).to_owned(),
            sequence: *sequence,
        });
        let ask = visibility::BatchGetAvailabilityRequest {
            keys: keys.collect(),
            at_least: at_least.collect(),
            ..Default::default()
        };
        let client = self.client;
        let answer = client
            .call(&ask, async |request| client.availability().batch_get_availability(request).await)
            .await?;
        Ok(answer.availabilities)
    }
}

/// A wire decimal.
pub(super) fn decimal(units: u32) -> Option<Decimal> {
    Some(Decimal { value: units.to_string() })
}

fn warehouse(code: &str, name: &str) -> catalog::Warehouse {
    catalog::Warehouse {
        code: code.to_owned(),
        name: name.to_owned(),
        legal_entity: "Fahrradteile GmbH".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        currency: "EUR".to_owned(),
        ..Default::default()
    }
}

async fn create_warehouse(client: &Client, code: &str, name: &str) -> Result<(), Failure> {
    let mut request =
        catalog::CreateWarehouseRequest { warehouse: Some(warehouse(code, name)), ..Default::default() };
    request.request_id = request_id_of("CreateWarehouse", &request);
    unless_exists(client.call(&request, async |r| client.catalog().create_warehouse(r).await).await)
}

async fn create_location(
    client: &Client,
    warehouse: &str,
    code: &str,
    kind: catalog::LocationKind,
) -> Result<(), Failure> {
    let location = catalog::Location {
        warehouse: warehouse.to_owned(),
        code: code.to_owned(),
        kind: kind.into(),
        ..Default::default()
    };
    let mut request = catalog::CreateLocationRequest { location: Some(location), ..Default::default() };
    request.request_id = request_id_of("CreateLocation", &request);
    unless_exists(client.call(&request, async |r| client.catalog().create_location(r).await).await)
}

async fn create_item(client: &Client, player: &Player, tracking: catalog::Tracking) -> Result<(), Failure> {
    let item = catalog::Item {
        sku: player.sku.clone(),
        name: player.name.to_owned(),
        base_unit: "EA".to_owned(),
        tracking: tracking.into(),
        ..Default::default()
    };
    let mut request = catalog::CreateItemRequest { item: Some(item), ..Default::default() };
    request.request_id = request_id_of("CreateItem", &request);
    unless_exists(client.call(&request, async |r| client.catalog().create_item(r).await).await)
}

/// Asked for with a change that is only checked.
async fn current_revision(client: &Client, code: &str, name: &str) -> Result<u64, Failure> {
    let mut request = catalog::UpdateWarehouseRequest {
        warehouse: Some(warehouse(code, name)),
        update_mask: Some(prost_types::FieldMask { paths: vec!["name".to_owned()] }),
        validate_only: true,
        ..Default::default()
    };
    request.request_id = request_id_of("UpdateWarehouse", &request);
    let answer = client.call(&request, async |r| client.catalog().update_warehouse(r).await).await?;
    Ok(answer.revision)
}

fn unless_exists<T>(answer: Result<T, Failure>) -> Result<(), Failure> {
    match answer {
        Ok(_) => Ok(()),
        Err(failure) if failure.reason() == Reason::AlreadyExists.as_str() => Ok(()),
        Err(failure) => Err(failure),
    }
}

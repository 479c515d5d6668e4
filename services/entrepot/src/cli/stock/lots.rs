//! `entrepot stock lots` and `serials`, and what is told of a lot when it comes in.

use std::collections::BTreeMap;

use clap::Args;
use proto::stock::v1::{
    GetLotRequest, GetLotResponse, ListLotsRequest, ListSerialsRequest, Lot, LotFacts, LotQuantity,
    SerialUnit,
};
use serde::Serialize;

use crate::cli::Context;
use crate::cli::text::number;
use crate::client::pages;
use crate::output::{Failure, View};

/// What is known of the lot: recorded with its first receipt.
#[derive(Debug, Args)]
pub(super) struct FactsArgs {
    /// Until when the lot may be used, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    expiry: String,
    /// Until when the lot is at its best, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    best_before: String,
    /// When the lot was made, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    made: String,
    /// The supplier's own number of the lot.
    #[arg(long, value_name = "LOT", default_value = "", hide_default_value = true)]
    supplier_lot: String,
    /// Where the lot was made, ISO 3166-1 alpha-2.
    #[arg(long, value_name = "COUNTRY", default_value = "", hide_default_value = true)]
    origin: String,
    /// Anything else of the lot, at most 16 of them.
    #[arg(long = "attribute", value_name = "NAME=VALUE", value_parser = attribute)]
    attributes: Vec<(String, String)>,
}

/// `… lots`
#[derive(Debug, Args)]
pub(crate) struct LotsArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// Only this lot, with how much of it is here; all that were ever received when absent.
    lot: Option<String>,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N", conflicts_with = "lot")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, value_name = "SEQUENCE", default_value_t = 0, hide_default_value = true)]
    as_of: u64,
}

/// `… serials`
#[derive(Debug, Args)]
pub(crate) struct SerialsArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The item.
    #[arg(long, short)]
    sku: String,
    /// Only units at this location.
    #[arg(long, short, default_value = "", hide_default_value = true)]
    location: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, value_name = "SEQUENCE", default_value_t = 0, hide_default_value = true)]
    as_of: u64,
}

impl FactsArgs {
    /// `None` when nothing is told.
    pub(super) fn facts(self) -> Result<Option<LotFacts>, Failure> {
        let Self { expiry, best_before, made, supplier_lot, origin, attributes: given } = self;
        let mut attributes = BTreeMap::new();
        for (name, value) in given {
            if attributes.contains_key(&name) {
                let message = format!("the attribute {name:?} is given twice: give it once");
                return Err(Failure::usage(message).at("--attribute"));
            }
            attributes.insert(name, value);
        }
        let facts = LotFacts { supplier_lot, made, best_before, expiry, origin, attributes };
        Ok((facts != LotFacts::default()).then_some(facts))
    }
}

fn attribute(text: &str) -> Result<(String, String), String> {
    let (name, value) = text.split_once('=').ok_or("give NAME=VALUE, for example colour=red")?;
    Ok((name.to_owned(), value.to_owned()))
}

pub(super) async fn lots(args: LotsArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let LotsArgs { warehouse, sku, lot, limit, as_of } = args;
    if let Some(lot) = lot {
        let request = GetLotRequest { warehouse, sku, lot, as_of_sequence: as_of };
        let answer = client.call(&request, async |r| client.stock().get_lot(r).await).await?;
        return context.output().one(&LotHereView::new(answer));
    }
    let rows = pages(limit, async |page_size, page_token| {
        let (warehouse, sku) = (warehouse.clone(), sku.clone());
        let request = ListLotsRequest { warehouse, sku, page_size, page_token, as_of_sequence: as_of };
        let page = client.call(&request, async |r| client.stock().list_lots(r).await).await?;
        let as_of = page.as_of_sequence;
        Ok((page.lots.into_iter().map(|lot| LotView::new(lot, as_of)).collect(), page.next_page_token))
    });
    context.output().many(&rows.await?)
}

pub(super) async fn serials(args: SerialsArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListSerialsRequest {
            warehouse: args.warehouse.clone(),
            sku: args.sku.clone(),
            location: args.location.clone(),
            page_size,
            page_token,
            as_of_sequence: args.as_of,
        };
        let page = client.call(&request, async |r| client.stock().list_serials(r).await).await?;
        let as_of = page.as_of_sequence;
        Ok((
            page.serials.into_iter().map(|unit| SerialView::new(unit, as_of)).collect(),
            page.next_page_token,
        ))
    });
    context.output().many(&rows.await?)
}

/// A lot that was received.
#[derive(Debug, Serialize)]
struct LotView {
    sku: String,
    lot: String,
    supplier_lot: String,
    made: String,
    best_before: String,
    expiry: String,
    origin: String,
    attributes: BTreeMap<String, String>,
    received_sequence: u64,
    as_of_sequence: u64,
}

/// The same, with how much of it is here.
#[derive(Debug, Serialize)]
struct LotHereView {
    #[serde(flatten)]
    lot: LotView,
    quantities: Vec<QuantityView>,
}

#[derive(Debug, Serialize)]
struct QuantityView {
    status: String,
    owner: String,
    on_hand: String,
    reserved: String,
}

/// One unit.
#[derive(Debug, Serialize)]
struct SerialView {
    serial: String,
    location: String,
    lot: String,
    status: String,
    owner: String,
    as_of_sequence: u64,
}

impl View for LotView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "lot",
        "supplier_lot",
        "made",
        "best_before",
        "expiry",
        "origin",
        "attributes",
        "received_sequence",
        "as_of_sequence",
    ];
}

impl View for LotHereView {
    const COLUMNS: &'static [&'static str] = &[
        "sku",
        "lot",
        "supplier_lot",
        "made",
        "best_before",
        "expiry",
        "origin",
        "attributes",
        "received_sequence",
        "quantities",
        "as_of_sequence",
    ];
}

impl View for SerialView {
    const COLUMNS: &'static [&'static str] =
        &["serial", "location", "lot", "status", "owner", "as_of_sequence"];
}

impl LotView {
    fn new(lot: Lot, as_of_sequence: u64) -> Self {
        let Lot { sku, lot, facts, received_sequence } = lot;
        let LotFacts { supplier_lot, made, best_before, expiry, origin, attributes } =
            facts.unwrap_or_default();
        Self {
            sku,
            lot,
            supplier_lot,
            made,
            best_before,
            expiry,
            origin,
            attributes,
            received_sequence,
            as_of_sequence,
        }
    }
}

impl LotHereView {
    fn new(answer: GetLotResponse) -> Self {
        let GetLotResponse { lot, quantities, as_of_sequence } = answer;
        let lot = LotView::new(lot.unwrap_or_default(), as_of_sequence);
        let quantity = |row: LotQuantity| QuantityView {
            status: row.status,
            owner: row.owner,
            on_hand: number(row.on_hand),
            reserved: number(row.reserved),
        };
        Self { lot, quantities: quantities.into_iter().map(quantity).collect() }
    }
}

impl SerialView {
    fn new(unit: SerialUnit, as_of_sequence: u64) -> Self {
        let SerialUnit { serial, location, lot, status, owner } = unit;
        Self { serial, location, lot, status, owner, as_of_sequence }
    }
}

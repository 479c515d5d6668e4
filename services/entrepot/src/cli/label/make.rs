use labels::{Item, Label, Location, LogisticUnit, Lot};
use proto::catalog::v1::{self, GetItemRequest, GetLocationRequest, GetWarehouseRequest};
use vocabulary::{Gln, Gtin, LocationCode, Sku, Sscc, WarehouseCode};

use super::file::refused;
use super::year::{six_digits, this_year};
use super::{ItemArgs, LocationArgs, LotArgs, PalletArgs};
use crate::cli::Context;
use crate::output::Failure;

/// An item as its labels need it.
struct Found {
    sku: Sku,
    name: String,
    gtin: Option<Gtin>,
}

pub(super) async fn item(args: &ItemArgs, context: &Context) -> Result<Label, Failure> {
    let found = find(args, context).await?;
    Label::of_item(&found.item(), this_year()?).map_err(|fault| refused(&fault))
}

pub(super) async fn lot(args: &LotArgs, context: &Context) -> Result<Label, Failure> {
    let found = find(&args.item, context).await?;
    let expires_on = args.expires.as_deref().map(six_digits).transpose()?;
    let lot = Lot { item: found.item(), lot: &args.lot, expires_on: expires_on.as_deref() };
    Label::of_lot(&lot, this_year()?).map_err(|fault| refused(&fault))
}

pub(super) async fn location(args: &LocationArgs, context: &Context) -> Result<Label, Failure> {
    let client = context.client().await?;
    let request = GetLocationRequest { warehouse: args.warehouse.clone(), code: args.code.clone() };
    client.call(&request, async |r| client.catalog().get_location(r).await).await?;
    let request = GetWarehouseRequest { code: args.warehouse.clone() };
    let answer = client.call(&request, async |r| client.catalog().get_warehouse(r).await).await?;
    let gln = answer.warehouse.map(|warehouse| warehouse.gln).filter(|gln| !gln.is_empty());
    let gln = gln.map(|gln| Gln::parse(&gln)).transpose()?;
    let (warehouse, code) = (WarehouseCode::parse(&args.warehouse)?, LocationCode::parse(&args.code)?);
    let location = Location { warehouse: &warehouse, code: &code, gln: gln.as_ref() };
    Label::of_location(&location, this_year()?).map_err(|fault| refused(&fault))
}

pub(super) fn pallet(args: &PalletArgs) -> Result<Label, Failure> {
    let sscc = Sscc::parse(&args.sscc)?;
    let gtin = args.gtin.as_deref().map(Gtin::parse).transpose()?;
    let (count, lot) = (args.count, args.lot.as_deref());
    let unit = LogisticUnit { sscc: &sscc, gtin: gtin.as_ref(), count, lot };
    Label::of_logistic_unit(&unit, this_year()?).map_err(|fault| refused(&fault))
}

async fn find(args: &ItemArgs, context: &Context) -> Result<Found, Failure> {
    let client = context.client().await?;
    let request = GetItemRequest { sku: args.sku.clone() };
    let answer = client.call(&request, async |r| client.catalog().get_item(r).await).await?;
    let item = answer.item.unwrap_or_default();
    Ok(Found { sku: Sku::parse(&item.sku)?, gtin: gtin(args.gtin.as_deref(), &item)?, name: item.name })
}

/// The GTIN that was asked for, if the item has it; else its first one.
fn gtin(asked: Option<&str>, item: &v1::Item) -> Result<Option<Gtin>, Failure> {
    let own = item.gtins.iter().map(|gtin| Gtin::parse(gtin)).collect::<Result<Vec<_>, _>>()?;
    let Some(asked) = asked else { return Ok(own.into_iter().next()) };
    let asked = Gtin::parse(asked)?;
    if own.contains(&asked) {
        return Ok(Some(asked));
    }
    let message = format!("item {:?} does not have the GTIN {asked}: give it to the item first", item.sku);
    Err(Failure::usage(message).at("--gtin"))
}

impl Found {
    fn item(&self) -> Item<'_> {
        Item { sku: &self.sku, name: &self.name, gtin: self.gtin.as_ref() }
    }
}

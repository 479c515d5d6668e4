use catalog_core::{UnitText, resolve_units};
use clap::Args;
use prost_types::FieldMask;
use proto::catalog::v1::{
    CreateItemRequest, Item, NegativeStockPolicy, Tracking, UnitConversion, UpdateItemRequest,
};

use super::args::{Change, Expected, Weighing, negative_stock, tracking, unit, weighing};
use super::mask::Mask;
use super::views::ItemView;
use crate::cli::Context;
use crate::output::Failure;

/// `entrepot catalog item create`
#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    /// The item's code, for example A-100.
    sku: String,
    /// Name for people; the SKU when absent.
    #[arg(long)]
    name: Option<String>,
    /// The unit that stock is kept in.
    #[arg(long, default_value = "EA", value_name = "UNIT")]
    base_unit: String,
    /// Decimals allowed in quantities in the base unit, 0 to 9.
    #[arg(long, default_value_t = 0, value_name = "N")]
    decimals: u32,
    /// Alternative unit, CODE=FACTOR[/DIVISOR][xCODE][:DECIMALS][@GTIN+GTIN], for example CASE=12 or PALLET=40xCASE@19520123456785;
    /// repeatable.
    #[arg(long = "unit", value_parser = unit, value_name = "UNIT")]
    units: Vec<UnitText>,
    /// GTIN of one base unit, of 8, 12, 13 or 14 digits; repeatable.
    #[arg(long = "gtin")]
    gtins: Vec<String>,
    /// How single units are told apart: none, lot or serial.
    #[arg(long, value_parser = tracking, default_value = "none")]
    tracking: Tracking,
    /// Code of the item's class.
    #[arg(long, default_value = "", hide_default_value = true)]
    class: String,
    /// Whether stock may go below zero: forbid or allow.
    #[arg(long, value_parser = negative_stock, default_value = "forbid", value_name = "POLICY")]
    negative_stock: NegativeStockPolicy,
    /// How its goods are weighed, of an item of catch weight: UNIT[:DECIMALS][@MIN..MAX] with the least and the most that one base unit may
    /// weigh, for example kg, lb:2 or kg:3@4.5..5.2; none for an item that is only counted.
    #[arg(long, value_parser = weighing, default_value = "none", value_name = "WEIGHT")]
    catch_weight: Weighing,
    #[command(flatten)]
    change: Change,
}

/// `entrepot catalog item update`
#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    /// The item.
    sku: String,
    /// New name.
    #[arg(long)]
    name: Option<String>,
    /// All alternative units from now on; one empty value for none.
    #[arg(long = "unit", value_name = "UNIT")]
    units: Option<Vec<String>>,
    /// All GTINs of one base unit from now on; one empty value for none.
    #[arg(long = "gtin")]
    gtins: Option<Vec<String>>,
    /// none, lot or serial.
    #[arg(long, value_parser = tracking)]
    tracking: Option<Tracking>,
    /// Code of the class; empty for none.
    #[arg(long)]
    class: Option<String>,
    /// forbid or allow.
    #[arg(long, value_parser = negative_stock, value_name = "POLICY")]
    negative_stock: Option<NegativeStockPolicy>,
    /// How its goods are weighed, for example kg:3@4.5..5.2; none for an item that is only counted.
    #[arg(long, value_parser = weighing, value_name = "WEIGHT")]
    catch_weight: Option<Weighing>,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

pub(super) async fn create(args: CreateArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = CreateItemRequest {
        request_id: args.change.request_id(),
        validate_only: args.change.dry_run,
        item: Some(args.into_item()?),
    };
    let answer = client.call(&request, async |r| client.catalog().create_item(r).await).await?;
    context.output().one(&ItemView::new(answer.item.unwrap_or_default(), Some(answer.revision)))
}

pub(super) async fn update(args: UpdateArgs, context: &Context) -> Result<(), Failure> {
    let (request_id, validate_only) = (args.change.request_id(), args.change.dry_run);
    let (item, mask) = args.into_change()?;
    let client = context.client().await?;
    let request = UpdateItemRequest { request_id, item: Some(item), update_mask: Some(mask), validate_only };
    let answer = client.call(&request, async |r| client.catalog().update_item(r).await).await?;
    context.output().one(&ItemView::new(answer.item.unwrap_or_default(), Some(answer.revision)))
}

impl CreateArgs {
    fn into_item(self) -> Result<Item, Failure> {
        let unit_conversions = resolved(&self.units, &self.base_unit)?;
        Ok(Item {
            name: self.name.unwrap_or_else(|| self.sku.clone()),
            sku: self.sku,
            gtins: self.gtins,
            base_unit: self.base_unit,
            base_unit_decimals: self.decimals,
            unit_conversions,
            tracking: self.tracking.into(),
            item_class: self.class,
            negative_stock_policy: self.negative_stock.into(),
            catch_weight: self.catch_weight.0,
            ..Item::default()
        })
    }
}

impl UpdateArgs {
    /// The item with the new values, and which those are.
    fn into_change(self) -> Result<(Item, FieldMask), Failure> {
        let mut item = Item { sku: self.sku, etag: self.expected.etag, ..Item::default() };
        let units = self.units.as_deref().map(all_units).transpose()?;
        let gtins = self.gtins.map(|given| given.into_iter().filter(|text| !text.is_empty()).collect());
        let mut mask = Mask::default();
        mask.set("name", &mut item.name, self.name);
        mask.set("unit_conversions", &mut item.unit_conversions, units);
        mask.set("gtins", &mut item.gtins, gtins);
        mask.set("tracking", &mut item.tracking, self.tracking.map(Into::into));
        mask.set("item_class", &mut item.item_class, self.class);
        mask.set(
            "negative_stock_policy",
            &mut item.negative_stock_policy,
            self.negative_stock.map(Into::into),
        );
        mask.set("catch_weight", &mut item.catch_weight, self.catch_weight.map(|weighing| weighing.0));
        Ok((item, mask.finish()?))
    }
}

/// All units from now on. What the base unit is called is not known here.
fn all_units(given: &[String]) -> Result<Vec<UnitConversion>, Failure> {
    let units: Result<Vec<UnitText>, String> =
        given.iter().filter(|text| !text.is_empty()).map(|text| unit(text)).collect();
    resolved(&units.map_err(|e| Failure::usage(e).at("--unit"))?, "")
}

fn resolved(units: &[UnitText], base_unit: &str) -> Result<Vec<UnitConversion>, Failure> {
    resolve_units(units, base_unit).map_err(|error| Failure::usage(error.to_string()).at("--unit"))
}

//! `entrepot label …`: labels of what the catalog knows.

mod file;
mod make;
mod year;

use clap::{Args, Subcommand};

use super::Context;
use crate::output::Failure;

/// `entrepot label …`
#[derive(Debug, Subcommand)]
pub(crate) enum LabelCommand {
    /// An item: its GTIN, else its SKU.
    Item(ItemArgs),
    /// A location: the GLN of its warehouse with the location's code, else our own codes.
    Location(LocationArgs),
    /// A lot of an item that has a GTIN.
    Lot(LotArgs),
    /// A pallet or another logistic unit: its SSCC, and what it is full of.
    Pallet(PalletArgs),
}

/// `… item`
#[derive(Debug, Args)]
pub(crate) struct ItemArgs {
    /// The item.
    sku: String,
    /// Which of its GTINs; the first one when absent.
    #[arg(long)]
    gtin: Option<String>,
    #[command(flatten)]
    to: file::To,
}

/// `… location`
#[derive(Debug, Args)]
pub(crate) struct LocationArgs {
    /// The location.
    code: String,
    /// Its warehouse.
    #[arg(long, short)]
    warehouse: String,
    #[command(flatten)]
    to: file::To,
}

/// `… lot`
#[derive(Debug, Args)]
pub(crate) struct LotArgs {
    #[command(flatten)]
    item: ItemArgs,
    /// The lot.
    #[arg(long)]
    lot: String,
    /// Last day of use, YYYY-MM-DD.
    #[arg(long, value_name = "DATE")]
    expires: Option<String>,
}

/// `… pallet`
#[derive(Debug, Args)]
pub(crate) struct PalletArgs {
    /// Its number: 18 digits.
    sscc: String,
    /// The GTIN of what it is full of; needs --count.
    #[arg(long, requires = "count")]
    gtin: Option<String>,
    /// How many of them.
    #[arg(long, requires = "gtin")]
    count: Option<u64>,
    /// Their lot.
    #[arg(long, requires = "gtin")]
    lot: Option<String>,
    #[command(flatten)]
    to: file::To,
}

pub(super) async fn run(command: LabelCommand, context: &Context) -> Result<(), Failure> {
    match command {
        LabelCommand::Item(args) => file::write(&make::item(&args, context).await?, &args.to, context),
        LabelCommand::Location(args) => {
            file::write(&make::location(&args, context).await?, &args.to, context)
        }
        LabelCommand::Lot(args) => file::write(&make::lot(&args, context).await?, &args.item.to, context),
        LabelCommand::Pallet(args) => file::write(&make::pallet(&args)?, &args.to, context),
    }
}

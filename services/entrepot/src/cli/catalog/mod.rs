//! `entrepot catalog …`: master data.

mod args;
mod bom;
mod bom_view;
mod class;
mod item;
mod item_edit;
mod item_file;
mod item_import;
mod location;
mod mask;
mod rule;
mod views;
mod warehouse;

use clap::Subcommand;

use super::Context;
use crate::output::Failure;

/// `entrepot catalog …`
#[derive(Debug, Subcommand)]
pub(crate) enum CatalogCommand {
    /// The things that are stocked.
    #[command(subcommand)]
    Item(item::ItemCommand),
    /// Warehouses.
    #[command(subcommand)]
    Warehouse(warehouse::WarehouseCommand),
    /// Places in a warehouse.
    #[command(subcommand)]
    Location(location::LocationCommand),
    /// Groups of items.
    #[command(subcommand)]
    Class(class::ClassCommand),
    /// Bills of material: what items are made of.
    #[command(subcommand)]
    Bom(bom::BomCommand),
    /// How SKUs must look.
    #[command(subcommand)]
    Rule(rule::RuleCommand),
}

pub(super) async fn run(command: CatalogCommand, context: &Context) -> Result<(), Failure> {
    match command {
        CatalogCommand::Item(command) => Box::pin(item::run(command, context)).await,
        CatalogCommand::Warehouse(command) => Box::pin(warehouse::run(command, context)).await,
        CatalogCommand::Location(command) => Box::pin(location::run(command, context)).await,
        CatalogCommand::Class(command) => Box::pin(class::run(command, context)).await,
        CatalogCommand::Bom(command) => Box::pin(bom::run(command, context)).await,
        CatalogCommand::Rule(command) => Box::pin(rule::run(command, context)).await,
    }
}

//! `entrepot stock production …`: things are made by their bill of material.
//!
//! An order is a delivery out of production, which announces what it brings, and expected demand `ORDER:N` of every component; both are
//! set, met and ended in one document.

mod end;
mod make;
mod order;
mod plan;
mod show;
mod steps;

use clap::Subcommand;

use super::post;
use crate::cli::Context;
use crate::output::Failure;

/// `entrepot stock production …`
#[derive(Debug, Subcommand)]
pub(crate) enum ProductionCommand {
    /// An order: what will be made by its bill, what that takes, and what comes out besides. Of one that is open this says what it is now.
    Plan(plan::PlanArgs),
    /// Some of an order was made: what it took is used up, and what came out is there, in one document.
    Finish(Box<make::FinishArgs>),
    /// Something is made by its bill without an order: a kit that is put together for a customer.
    Assemble(Box<make::AssembleArgs>),
    /// Nothing more will be made of an order.
    Close(end::CloseArgs),
    /// Nothing will be made of an order.
    Cancel(end::CancelArgs),
    /// An order: what it makes, and what of its components is not used yet.
    Show(show::ShowArgs),
}

pub(super) async fn run(command: ProductionCommand, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = match command {
        ProductionCommand::Plan(args) => plan::plan(&client, args).await?,
        ProductionCommand::Finish(args) => make::finish(&client, *args).await?,
        ProductionCommand::Assemble(args) => make::assemble(&client, *args).await?,
        ProductionCommand::Close(args) => end::close(&client, args).await?,
        ProductionCommand::Cancel(args) => end::cancel(&client, args).await?,
        ProductionCommand::Show(args) => return show::show(&client, args, context).await,
    };
    context.output().one(&post::receipt(&client, &request).await?)
}

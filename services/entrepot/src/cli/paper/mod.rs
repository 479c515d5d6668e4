//! `entrepot paper …`: numbered business documents.

mod issuer;
mod verbs;
mod views;

use clap::Subcommand;

use super::Context;
use crate::output::Failure;

/// `entrepot paper …`
#[derive(Debug, Subcommand)]
pub(crate) enum PaperCommand {
    /// Issue a paper about a delivery, a handling unit or a lot: it gets the next number of its legal entity, kind and year.
    Issue(verbs::IssueArgs),
    /// Issue a paper about the same as another one, which is not valid any more from then on.
    Correct(verbs::CorrectArgs),
    /// One paper: its number and what it was composed from.
    Show(verbs::ShowArgs),
    /// Write a paper as PDF, HTML or JSON.
    Render(verbs::RenderArgs),
    /// Papers of a legal entity, by kind, year and number.
    List(verbs::ListArgs),
}

pub(super) async fn run(command: PaperCommand, context: &Context) -> Result<(), Failure> {
    match command {
        PaperCommand::Issue(args) => verbs::issue(args, context).await,
        PaperCommand::Correct(args) => verbs::correct(args, context).await,
        PaperCommand::Show(args) => verbs::show(args, context).await,
        PaperCommand::Render(args) => verbs::render(args, context).await,
        PaperCommand::List(args) => verbs::list(args, context).await,
    }
}

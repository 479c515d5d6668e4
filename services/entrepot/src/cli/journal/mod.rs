//! `entrepot journal …`: what happened, and the proof of it.

mod counts;
mod deliveries;
mod expectations;
mod handling_units;
mod live;
mod orders;
mod production;
mod promises;
mod read;
mod refusals;
mod tasks;
mod verdict;
mod verify;
mod views;
mod weight;

use clap::Subcommand;

use super::Context;
use crate::output::Failure;

/// `entrepot journal …`
#[derive(Debug, Subcommand)]
pub(crate) enum JournalCommand {
    /// Sequence and hash of the newest entry.
    Head(read::HeadArgs),
    /// Entries after a sequence.
    Read(read::ReadArgs),
    /// Entries after a sequence, and then every new one, until interrupted.
    Tail(read::TailArgs),
    /// The warehouses whose journals the server owns.
    List,
    /// Replay journals from the first entry, check the laws L1 to L5 and the hash chain, and compare what their owners hold with it.
    /// Exit code 6 when a law is broken.
    Verify(verify::VerifyArgs),
}

pub(super) async fn run(command: JournalCommand, context: &Context) -> Result<(), Failure> {
    match command {
        JournalCommand::Head(args) => read::head(args, context).await,
        JournalCommand::Read(args) => read::read(args, context).await,
        JournalCommand::Tail(args) => read::tail(args, context).await,
        JournalCommand::List => read::list(context).await,
        JournalCommand::Verify(args) => verify::verify(args, context).await,
    }
}

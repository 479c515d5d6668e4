//! `entrepot edge …`: a device that works without the network.

mod connected;
mod fault;
mod goods;
mod person;
mod record;
mod views;

use std::path::PathBuf;

use clap::{Args, Subcommand};
use edge::EdgeLedger;

use super::Context;
use crate::output::Failure;

/// `entrepot edge …`
#[derive(Debug, Args)]
pub(crate) struct EdgeArgs {
    /// The device's ledger, a file.
    #[arg(long, global = true, env = "ENTREPOT_LEDGER", value_name = "FILE")]
    ledger: Option<PathBuf>,
    #[command(subcommand)]
    command: EdgeCommand,
}

#[derive(Debug, Subcommand)]
enum EdgeCommand {
    /// Make the ledger of a device. Needs the network, to see that the warehouse is there.
    Init(connected::InitArgs),
    #[command(flatten)]
    OfLedger(Box<LedgerCommand>),
}

/// What is done with a ledger that is there.
#[derive(Debug, Subcommand)]
enum LedgerCommand {
    /// Have the warehouse keep goods for this device, so that it may take them without asking. Needs the network.
    Grant(connected::GrantArgs),
    /// Goods go out to a customer, from what was granted.
    Take(record::TakeArgs),
    /// Goods come in from a supplier.
    Receive(record::ReceiveArgs),
    /// Goods move inside the warehouse.
    Move(record::MoveArgs),
    /// Goods come back from a customer.
    Return(record::ReturnArgs),
    /// Correct the quantity on hand.
    Adjust(record::AdjustArgs),
    /// How many operations wait, and how many need a person.
    Status,
    /// What may be taken without asking.
    Grants(person::GrantsArgs),
    /// The operations that need a person: the warehouse refused them, and they were done all the same.
    List(person::ListArgs),
    /// Say that a person has seen to a refused operation, or send it again.
    Resolve(person::ResolveArgs),
    /// Send what waits, and remember the answers. Needs the network; may be cut and repeated at any moment.
    Sync(connected::SyncArgs),
    /// Hand back what is left of what was granted. Needs the network.
    Settle(connected::SettleArgs),
}

pub(super) async fn run(args: EdgeArgs, context: &Context) -> Result<(), Failure> {
    let Some(file) = args.ledger else {
        return Err(Failure::usage("name the device's ledger").at("--ledger"));
    };
    match args.command {
        EdgeCommand::Init(init) => connected::init(&file, init, context).await,
        EdgeCommand::OfLedger(command) => {
            let ledger = EdgeLedger::open(&file).await.map_err(fault::failure)?;
            let done = Box::pin(with(&ledger, *command, context)).await;
            ledger.close().await;
            done
        }
    }
}

async fn with(ledger: &EdgeLedger, command: LedgerCommand, context: &Context) -> Result<(), Failure> {
    match command {
        LedgerCommand::Grant(args) => connected::grant(ledger, args, context).await,
        LedgerCommand::Take(args) => record::take(ledger, args, context).await,
        LedgerCommand::Receive(args) => record::post(ledger, args.posting(), context).await,
        LedgerCommand::Move(args) => record::post(ledger, args.posting(), context).await,
        LedgerCommand::Return(args) => record::post(ledger, args.posting(), context).await,
        LedgerCommand::Adjust(args) => record::post(ledger, args.posting(), context).await,
        LedgerCommand::Status => person::status(ledger, context).await,
        LedgerCommand::Grants(args) => person::grants(ledger, &args, context).await,
        LedgerCommand::List(args) => person::list(ledger, &args, context).await,
        LedgerCommand::Resolve(args) => person::resolve(ledger, args, context).await,
        LedgerCommand::Sync(args) => connected::sync(ledger, &args, context).await,
        LedgerCommand::Settle(args) => connected::settle(ledger, &args, context).await,
    }
}

//! What people look at, and what they decide.

use clap::Args;
use edge::{EdgeLedger, Which};
use edge_core::Number;
use rpc::clock;
use vocabulary::RequestId;

use super::fault;
use super::views::{self, GrantView, StatusView};
use crate::cli::Context;
use crate::client::request_id_or_new;
use crate::output::Failure;

/// `entrepot edge grants`
#[derive(Debug, Args)]
pub(super) struct GrantsArgs {
    /// Also those that have ended.
    #[arg(long)]
    all: bool,
}

/// `entrepot edge list`
#[derive(Debug, Args)]
pub(super) struct ListArgs {
    /// Every operation that was ever recorded.
    #[arg(long, conflicts_with = "waiting")]
    all: bool,
    /// Those that wait for the warehouse.
    #[arg(long)]
    waiting: bool,
}

/// `entrepot edge resolve`
#[derive(Debug, Args)]
pub(super) struct ResolveArgs {
    /// The operation's number.
    number: u64,
    /// What was done about it.
    #[arg(long, required_unless_present = "again", default_value = "", hide_default_value = true)]
    note: String,
    /// Send it again, as a new operation; a take goes out without a grant this time, if that much is available.
    #[arg(long, conflicts_with = "note")]
    again: bool,
}

pub(super) async fn status(ledger: &EdgeLedger, context: &Context) -> Result<(), Failure> {
    let status = ledger.status().await.map_err(fault::failure)?;
    context.output().one(&StatusView::new(ledger.device(), &status))
}

pub(super) async fn grants(ledger: &EdgeLedger, args: &GrantsArgs, context: &Context) -> Result<(), Failure> {
    let (mut grants, now) = (ledger.grants().await.map_err(fault::failure)?, clock::now());
    grants.retain(|grant| args.all || !grant.is_ended());
    let views: Vec<_> = grants.iter().map(|grant| GrantView::new(grant, now)).collect();
    context.output().many(&views)
}

pub(super) async fn list(ledger: &EdgeLedger, args: &ListArgs, context: &Context) -> Result<(), Failure> {
    let which = match (args.all, args.waiting) {
        (true, _) => Which::All,
        (false, true) => Which::Waiting,
        (false, false) => Which::NeedingAPerson,
    };
    let operations = ledger.operations(which).await.map_err(fault::failure)?;
    views::show(ledger, operations, context).await
}

pub(super) async fn resolve(
    ledger: &EdgeLedger,
    args: ResolveArgs,
    context: &Context,
) -> Result<(), Failure> {
    let number = Number::new(args.number);
    if args.again {
        let request_id = RequestId::parse(&request_id_or_new(None))?;
        let again = ledger.again(number, request_id).await.map_err(fault::failure)?;
        return views::show(ledger, again, context).await;
    }
    let resolved = ledger.resolve(number, &args.note).await.map_err(fault::failure)?;
    views::show(ledger, vec![resolved], context).await
}

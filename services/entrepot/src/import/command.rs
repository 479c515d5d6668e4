use std::path::PathBuf;

use clap::{Args, Subcommand};
use tokio::time::Instant;

use super::{orders, reject};
use crate::cli::Context;
use crate::output::Failure;

/// What to import.
#[derive(Debug, Subcommand)]
pub(crate) enum ImportCommand {
    /// Order lines (CSV, or CSV in gzip): every valid line becomes a movement, every other a line of the rejects file.
    ///
    /// Running the same file with the same map again changes nothing; running it after it was interrupted goes on where it was.
    Orders(OrdersArgs),
}

/// See [`ImportCommand::Orders`].
#[derive(Debug, Args)]
pub(crate) struct OrdersArgs {
    /// The file.
    file: PathBuf,
    /// What its columns and texts mean: a TOML file such as services/entrepot/maps/uci_retail.toml.
    #[arg(long, value_name = "MAP.toml")]
    map: PathBuf,
    /// Where rejected lines are listed (line, field, reason, value); by default FILE's name with `.rejects.csv` in the current directory.
    #[arg(long, value_name = "PATH")]
    rejects: Option<PathBuf>,
    /// Read and report, but send nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Runs `entrepot import`.
pub(crate) async fn run(command: ImportCommand, context: &Context) -> Result<(), Failure> {
    match command {
        ImportCommand::Orders(args) => import_orders(args, context).await,
    }
}

async fn import_orders(args: OrdersArgs, context: &Context) -> Result<(), Failure> {
    let started = Instant::now();
    let plan = orders::plan(&args.file, &args.map)?;
    let rejects = args.rejects.unwrap_or_else(|| reject::default_path(&args.file));
    let run = orders::Run { file: args.file.display().to_string(), rejects: Some(rejects), started };
    let report = if args.dry_run { run.dry(plan)? } else { run.post(plan, &context.client().await?).await? };
    context.output().one(&report)
}

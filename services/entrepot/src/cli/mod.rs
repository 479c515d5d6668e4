//! The command tree.

mod availability;
mod catalog;
mod completions;
mod config;
mod context;
mod edge;
mod ending;
mod journal;
mod label;
mod migrate;
mod paper;
mod recall;
mod scan;
mod serve;
mod stock;
mod text;
mod trace;
mod up;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

pub(crate) use context::{Context, Global};
pub(crate) use stock::allocate_all;

use crate::bench::{self, BenchArgs};
use crate::demo::{self, DemoArgs};
use crate::import::{self, ImportCommand};
use crate::output::{EXIT_CODES, Failure};

/// Inventory for many warehouses: what is where, who it is promised to, and how we know.
#[derive(Debug, Parser)]
#[command(name = "entrepot", version, after_long_help = EXIT_CODES, arg_required_else_help = true)]
struct Cli {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run everything in this process, on embedded parts: no other server needed.
    Up(up::UpArgs),
    /// Run some roles, on the parts named in the configuration.
    Serve(serve::ServeArgs),
    /// Bring the databases of roles to this version's schema.
    Migrate(migrate::MigrateArgs),
    /// Items, classes, coding rules, warehouses and locations.
    #[command(subcommand)]
    Catalog(catalog::CatalogCommand),
    /// Post documents, and read what a warehouse holds.
    #[command(subcommand)]
    Stock(Box<stock::StockCommand>),
    /// What is available where, over the whole network.
    #[command(subcommand)]
    Availability(availability::AvailabilityCommand),
    /// Call lots back, and find where they are and who got of them.
    #[command(subcommand)]
    Recall(recall::RecallCommand),
    /// Where a lot or a unit came from, and what became of it.
    Trace(trace::TraceArgs),
    /// What a scanned barcode means, and what can be done with it.
    Scan(scan::ScanArgs),
    /// Labels with barcodes, for printers and screens.
    #[command(subcommand)]
    Label(label::LabelCommand),
    /// Numbered business documents: issued once, corrected by new ones, shown as files.
    #[command(subcommand)]
    Paper(paper::PaperCommand),
    /// Work without the network, and merge what was done later.
    Edge(Box<edge::EdgeArgs>),
    /// Read and verify the journals of warehouses.
    #[command(subcommand)]
    Journal(journal::JournalCommand),
    /// Turn files of other systems into documents.
    #[command(subcommand)]
    Import(ImportCommand),
    /// A short story over two warehouses, told in tables: on the server that is given, or on one of its own.
    Demo(DemoArgs),
    /// Measure how fast it is on this machine, beside what the machine does without it.
    Bench(BenchArgs),
    /// Show the configuration.
    #[command(subcommand)]
    Config(config::ConfigCommand),
    /// Print a completion script for a shell.
    Completions(completions::CompletionsArgs),
}

/// Runs the command line of this process.
pub(crate) fn main() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().collect();
    match Cli::try_parse_from(&arguments) {
        Ok(cli) => {
            let format = cli.global.output;
            ending::finish(run(cli), format)
        }
        Err(error) => ending::explain(&error, &arguments),
    }
}

fn run(cli: Cli) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|e| Failure::fault(format!("cannot start: {e}")))?;
    let ended = runtime.block_on(Box::pin(dispatch(cli)));
    // A blocking task (a name lookup, a file) must not keep a finished command from ending.
    runtime.shutdown_background();
    ended
}

async fn dispatch(cli: Cli) -> Result<(), Failure> {
    let context = Context::new(cli.global);
    match cli.command {
        Command::Up(args) => Box::pin(up::run(args, &context)).await,
        Command::Serve(args) => Box::pin(serve::run(args, &context)).await,
        Command::Migrate(args) => Box::pin(migrate::run(args, &context)).await,
        Command::Catalog(command) => Box::pin(catalog::run(command, &context)).await,
        Command::Stock(command) => Box::pin(stock::run(*command, &context)).await,
        Command::Availability(command) => Box::pin(availability::run(command, &context)).await,
        Command::Recall(command) => Box::pin(recall::run(command, &context)).await,
        Command::Trace(args) => Box::pin(trace::run(args, &context)).await,
        Command::Scan(args) => Box::pin(scan::run(args, &context)).await,
        Command::Label(command) => Box::pin(label::run(command, &context)).await,
        Command::Paper(command) => Box::pin(paper::run(command, &context)).await,
        Command::Edge(args) => Box::pin(edge::run(*args, &context)).await,
        Command::Journal(command) => Box::pin(journal::run(command, &context)).await,
        Command::Import(command) => Box::pin(import::run(command, &context)).await,
        Command::Demo(args) => Box::pin(demo::run(args, &context)).await,
        Command::Bench(args) => Box::pin(bench::run(args, &context)).await,
        Command::Config(command) => config::run(&command, &context),
        Command::Completions(args) => completions::run::<Cli>(&args, &context),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::output::Format;

    #[test]
    fn the_tree_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn global_flags_stand_anywhere() {
        let words =
            "entrepot stock get --warehouse BER --sku A --location M --output json --server localhost:1";
        let cli = Cli::try_parse_from(words.split(' ')).unwrap();
        assert_eq!((cli.global.output, cli.global.server.as_deref()), (Format::Json, Some("localhost:1")));
    }
}

use std::io::Write;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::baseline::Baselines;
use super::measure::Measurement;
use super::report;
use super::servers::Servers;
use crate::cli::Context;
use crate::output::Failure;

/// `entrepot bench`
///
/// Needs the servers of ENTREPOT_TEST_POSTGRES, ENTREPOT_TEST_REDIS and ENTREPOT_TEST_KAFKA, which `make bench` starts, and
/// `pgbench` for the baselines. Measurements without their server are skipped, and say so.
#[derive(Debug, Args)]
pub(crate) struct BenchArgs {
    /// Only this measurement; repeatable.
    #[arg(long, value_enum, value_name = "NAME")]
    only: Vec<Measurement>,
    /// Where the report is written, as JSON.
    #[arg(long, value_name = "PATH", default_value = "target/bench/report.json")]
    report: PathBuf,
    /// How long each load is measured.
    #[arg(long, value_name = "SECONDS", default_value_t = 8, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    /// Percent of the full size (1,000,000 positions, 10,000,000 requests) that `memory` is measured with.
    #[arg(long, value_name = "PERCENT", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=100))]
    scale: u64,
}

/// What every measurement works with.
#[derive(Debug)]
pub(super) struct Bench {
    /// How long a load is measured.
    pub(super) span: Duration,
    /// Percent of the full size of `memory`.
    pub(super) scale: u64,
    /// The servers there are.
    pub(super) servers: Servers,
    /// Baselines that have been run.
    pub(super) baselines: Baselines,
}

/// Runs `entrepot bench`. A measurement that fails leaves its rows out; the others are still made.
pub(crate) async fn run(args: BenchArgs, context: &Context) -> Result<(), Failure> {
    let mut bench = Bench {
        span: Duration::from_secs(args.seconds),
        scale: args.scale,
        servers: Servers::of_environment(),
        baselines: Baselines::default(),
    };
    let (mut rows, mut failed) = (Vec::new(), None);
    for measurement in Measurement::chosen(&args.only) {
        if let Some(why) = measurement.cannot_run(&bench.servers) {
            say(&format!("{}: skipped: {why}", measurement.name()));
            continue;
        }
        say(&format!("{}: running", measurement.name()));
        match measurement.run(&mut bench).await {
            Ok(measured) => {
                measured.iter().for_each(|row| say(&format!("  {row}")));
                rows.extend(measured);
            }
            Err(failure) => {
                say(&format!("{}: {failure}", measurement.name()));
                failed.get_or_insert(failure);
            }
        }
        report::write(&args.report, &rows)?;
    }
    report::print(&rows, context.output())?;
    failed.map_or(Ok(()), Err)
}

/// Progress, for people: a benchmark takes minutes.
fn say(line: &str) {
    // Nothing can be done when stderr is closed.
    let _unwritable = writeln!(std::io::stderr().lock(), "{line}");
}

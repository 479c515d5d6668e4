use serde::Deserialize;

use crate::bench::deployment::{Deployment, Parts};
use crate::bench::process;
use crate::bench::report::{Beside, Row};
use crate::bench::run::Bench;
use crate::output::Failure;

const MAP: &str = include_str!("../../../maps/uci_retail.toml");
/// Lines a second that it has to reach.
const LINES: f64 = 40_000.0;

#[derive(Debug, Deserialize)]
struct Report {
    imported: u64,
    rejected: u64,
    seconds: f64,
}

/// `entrepot import orders` into an empty `entrepot up`.
pub(super) async fn measure(bench: &mut Bench) -> Result<Vec<Row>, Failure> {
    let Some(file) = bench.servers.orders.clone() else { return Ok(Vec::new()) };
    let directory = tempfile::tempdir().map_err(|e| Failure::file(&std::env::temp_dir(), &e))?;
    let (map, rejects) = (directory.path().join("map.toml"), directory.path().join("rejects.csv"));
    std::fs::write(&map, MAP).map_err(|e| Failure::file(&map, &e))?;
    let deployment = Deployment::start(Parts::Embedded, &bench.servers).await?;
    let server = deployment.stock()?.address().to_owned();
    let (map, rejects) = (map.to_string_lossy(), rejects.to_string_lossy());
    let arguments = ["import", "orders", &file, "--map", &map, "--rejects", &rejects, "--server", &server];
    let report: Report = process::result_of(&arguments).await?;
    deployment.end().await?;
    let rate = (report.imported + report.rejected) as f64 / report.seconds.max(0.001);
    let name = format!(
        "import of {} order lines, embedded ({} imported, {} rejected)",
        report.imported + report.rejected,
        report.imported,
        report.rejected
    );
    Ok(vec![Row::new(name, rate, "lines/s", Beside::limit(LINES))])
}

//! A small excerpt of real order lines that the binary carries, for the demo.

use tokio::time::Instant;

use super::fault::ImportFault;
use super::map::OrderMap;
use super::orders::Run;
use super::plan::Plan;
use super::report::Report;
use super::source::Source;
use crate::client::Client;
use crate::output::Failure;

const MAP: &str = include_str!("../../maps/uci_retail.toml");
const LINES: &[u8] = include_bytes!("../../maps/uci_excerpt.csv");

/// Imports the excerpt.
pub(crate) async fn import_excerpt(client: &Client) -> Result<Report, Failure> {
    let run = Run { file: "uci_excerpt.csv".to_owned(), rejects: None, started: Instant::now() };
    run.post(plan()?, client).await
}

fn plan() -> Result<Plan, ImportFault> {
    Plan::make(&Source::from_bytes(LINES.to_vec()), OrderMap::parse(MAP)?)
}

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{CancelDelivery, CancelExpectation, CloseDelivery, PostDocumentRequest};

use super::order;
use super::steps::with_lines;
use crate::cli::stock::deliveries::Answerable;
use crate::cli::stock::verbs::Header;
use crate::client::Client;
use crate::output::Failure;

/// `… production close`
#[derive(Debug, Args)]
pub(crate) struct CloseArgs {
    /// The order.
    order: String,
    /// The warehouse answers for what is missing or too much by more than it may.
    #[arg(long)]
    short: bool,
    /// In your words.
    #[arg(long, default_value = "", hide_default_value = true)]
    note: String,
    #[command(flatten)]
    header: Header,
}

/// `… production cancel`
#[derive(Debug, Args)]
pub(crate) struct CancelArgs {
    /// The order.
    order: String,
    #[command(flatten)]
    header: Header,
}

/// What of its components is not used yet is not expected any more.
pub(super) async fn close(client: &Client, args: CloseArgs) -> Result<PostDocumentRequest, Failure> {
    let CloseArgs { order: delivery, short, note, header } = args;
    let unused = unused(client, &header.warehouse, &delivery).await?;
    let answerable = if short { Answerable::Warehouse.wire() } else { 0 };
    let request = header.post(Action::CloseDelivery(CloseDelivery { delivery, answerable, note }))?;
    Ok(with_lines(request, unused))
}

/// As [`close`], of an order of which nothing was made.
pub(super) async fn cancel(client: &Client, args: CancelArgs) -> Result<PostDocumentRequest, Failure> {
    let CancelArgs { order: delivery, header } = args;
    let unused = unused(client, &header.warehouse, &delivery).await?;
    Ok(with_lines(header.post(Action::CancelDelivery(CancelDelivery { delivery }))?, unused))
}

async fn unused(client: &Client, warehouse: &str, order: &str) -> Result<Vec<Action>, Failure> {
    let components = order::components(client, warehouse, order).await?;
    let cancel = |expectation| Action::CancelExpectation(CancelExpectation { expectation });
    Ok(components.into_iter().map(|component| cancel(component.expectation)).collect())
}

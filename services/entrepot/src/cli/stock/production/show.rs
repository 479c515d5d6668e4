use clap::Args;
use proto::events::v1::DeliveryProgress;
use proto::stock::v1::Expectation;
use serde::Serialize;

use super::order::{Order, PRODUCT_LINE};
use crate::cli::Context;
use crate::cli::text::{number, short_name};
use crate::client::Client;
use crate::output::{Failure, View};

/// `… production show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The order.
    order: String,
}

/// Something that an order makes or takes.
#[derive(Debug, Serialize)]
struct RowView {
    order: String,
    state: String,
    due: String,
    what: &'static str,
    sku: String,
    planned: String,
    done: String,
    as_of_sequence: u64,
}

impl View for RowView {
    const COLUMNS: &'static [&'static str] =
        &["order", "state", "due", "what", "sku", "planned", "done", "as_of_sequence"];
}

pub(super) async fn show(client: &Client, args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let order = Order::get(client, &args.warehouse, &args.order).await?;
    context.output().many(&rows(args.order, order))
}

/// What it makes, then what of its components is not used up yet.
fn rows(code: String, order: Order) -> Vec<RowView> {
    let Order { delivery, components, as_of } = order;
    let state = short_name(delivery.state().as_str_name(), "DELIVERY_STATE").to_lowercase();
    let announced = delivery.announced.unwrap_or_default();
    let row = |what, sku, planned, done| RowView {
        order: code.clone(),
        state: state.clone(),
        due: announced.due.clone(),
        what,
        sku,
        planned,
        done,
        as_of_sequence: as_of,
    };
    let done = |line: u32| {
        let progress = delivery.progress.iter().find(|progress: &&DeliveryProgress| progress.number == line);
        number(progress.and_then(|progress| progress.received.clone()))
    };
    let what = |line: u32| if line == PRODUCT_LINE { "makes" } else { "besides" };
    let makes = announced.lines.iter().map(|line| {
        row(what(line.number), line.sku.clone(), number(line.expected.clone()), done(line.number))
    });
    let takes = components.into_iter().map(|component| {
        let Expectation { sku, expected, met, .. } = component;
        row("takes", sku, number(expected), number(met))
    });
    makes.chain(takes).collect()
}

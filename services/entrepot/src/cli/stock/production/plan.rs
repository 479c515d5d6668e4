use clap::Args;
use proto::catalog::v1::{BomOutput, BomOutputKind, ExplodeBomResponse};
use proto::events::v1::DeliverySource;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    AnnounceDelivery, CancelExpectation, DeliveryLine, Expect, ExpectationDirection, PostDocumentRequest,
};

use super::order::{self, PRODUCT_LINE, key};
use super::steps::{explode, with_lines};
use crate::cli::stock::deliveries::tolerance;
use crate::cli::stock::verbs::Header;
use crate::cli::text::{decimal, number};
use crate::client::Client;
use crate::output::Failure;

/// `… production plan`
#[derive(Debug, Args)]
pub(crate) struct PlanArgs {
    /// The order's own key, for example WO-7: 1 to 30 of A-Z, 0-9, '-', '_', '.' and '/'.
    order: String,
    /// What is made.
    sku: String,
    /// How many good ones, in the base unit.
    quantity: String,
    /// The day at the warehouse on which it should be made, YYYY-MM-DD; the bill that holds then is used.
    #[arg(long, value_name = "DATE")]
    due: String,
    /// How much more may be made: a quantity, or a part such as 10%.
    #[arg(long, value_name = "TOLERANCE")]
    over: Option<String>,
    /// How much less may be made without anybody answering for it, written as --over.
    #[arg(long, value_name = "TOLERANCE")]
    under: Option<String>,
    /// What is made waits for an inspection with this acceptance quality limit in percent (ISO 2859-1), for example 1.0.
    #[arg(long, value_name = "PERCENT", default_value = "", hide_default_value = true)]
    aql: String,
    #[command(flatten)]
    header: Header,
}

/// One document: what it brings is announced, and what it takes is expected to be used.
pub(super) async fn plan(client: &Client, args: PlanArgs) -> Result<PostDocumentRequest, Failure> {
    let found = explode(client, &args.sku, &args.quantity, &args.due).await?;
    let known = order::components(client, &args.header.warehouse, &args.order).await?;
    let expected: Vec<Expect> = (1_u32..)
        .zip(&found.requirements)
        .map(|(component, need)| Expect {
            expectation: key(&args.order, component),
            direction: ExpectationDirection::Demand.into(),
            sku: need.sku.clone(),
            quantity: need.quantity.clone(),
            day: args.due.clone(),
            ..Expect::default()
        })
        .collect();
    // What it was planned with before and is not any more.
    let is_gone = |code: &String| expected.iter().all(|expect| expect.expectation != *code);
    let gone: Vec<Action> = known
        .into_iter()
        .map(|component| component.expectation)
        .filter(is_gone)
        .map(|expectation| Action::CancelExpectation(CancelExpectation { expectation }))
        .collect();
    let announced = announce(&args, &found);
    let request = args.header.post(Action::AnnounceDelivery(announced))?;
    Ok(with_lines(request, expected.into_iter().map(Action::Expect).chain(gone)))
}

fn announce(args: &PlanArgs, found: &ExplodeBomResponse) -> AnnounceDelivery {
    let (over, under) = (args.over.as_deref().map(tolerance), args.under.as_deref().map(tolerance));
    let product = DeliveryLine {
        number: PRODUCT_LINE,
        sku: args.sku.clone(),
        quantity: decimal(&args.quantity),
        over: over.clone(),
        under: under.clone(),
        aql: args.aql.clone(),
        ..DeliveryLine::default()
    };
    let besides = found.outputs.iter().filter(|output| number(output.quantity.clone()) != "0");
    let line = |(number, output): (u32, &BomOutput)| {
        // Nobody answers for how much is left over.
        let is_wanted = output.kind() == BomOutputKind::CoProduct;
        let any = || Some(tolerance("100%"));
        DeliveryLine {
            number,
            sku: output.sku.clone(),
            quantity: output.quantity.clone(),
            over: if is_wanted { over.clone() } else { any() },
            under: if is_wanted { under.clone() } else { any() },
            ..DeliveryLine::default()
        }
    };
    AnnounceDelivery {
        delivery: args.order.clone(),
        source: DeliverySource::Production.into(),
        due: args.due.clone(),
        lines: std::iter::once(product).chain((2_u32..).zip(besides).map(line)).collect(),
        ..AnnounceDelivery::default()
    }
}

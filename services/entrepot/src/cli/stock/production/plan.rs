use std::collections::BTreeSet;

use clap::Args;
use proto::catalog::v1::{BomOutput, BomOutputKind, ExplodeBomResponse};
use proto::events::v1::DeliverySource;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    AnnounceDelivery, CancelExpectation, DeliveryLine, Expect, Expectation, ExpectationDirection,
    PostDocumentRequest,
};
use rpc::Reason;

use super::order::{Order, PRODUCT_LINE, key};
use super::steps::{Amounts, amounts, explode, with_lines};
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
    let order = match Order::get(client, &args.header.warehouse, &args.order).await {
        Ok(order) => Some(order),
        Err(failure) if failure.reason() == Reason::DeliveryNotFound.as_str() => None,
        Err(failure) => return Err(failure),
    };
    let used = match order.as_ref().and_then(Order::product) {
        Some((sku, day, made)) if made.is_positive() => {
            amounts(&explode(client, sku, &made.to_string(), day).await?).0
        }
        Some(_) | None => Amounts::new(),
    };
    let known = order.map(|order| order.components).unwrap_or_default();
    let (needed, _) = amounts(&found);
    let takes = takes(&args, needed, &used, &known);
    let announced = announce(&args, &found);
    Ok(with_lines(args.header.post(Action::AnnounceDelivery(announced))?, takes))
}

/// What it takes, under the keys that it has already. What of a component is all used by now has no key any more: only what is needed
/// beyond what was made so far is expected of it. What it was planned with before and is not any more is not expected any more.
fn takes(args: &PlanArgs, needed: Amounts, used: &Amounts, known: &[Expectation]) -> Vec<Action> {
    let taken: BTreeSet<&str> = known.iter().map(|component| component.expectation.as_str()).collect();
    let mut free =
        (1_u32..).map(|number| key(&args.order, number)).filter(|key| !taken.contains(key.as_str()));
    let mut lines = Vec::new();
    for (sku, need) in &needed {
        let open = known.iter().find(|component| component.sku == *sku);
        let used = used.get(sku).copied().filter(|_| open.is_none()).unwrap_or_default();
        let quantity = need.checked_sub(used).unwrap_or_default();
        let code = open.map(|open| open.expectation.clone()).or_else(|| free.next()).unwrap_or_default();
        if quantity.is_positive() {
            lines.push(Action::Expect(Expect {
                expectation: code,
                direction: ExpectationDirection::Demand.into(),
                sku: sku.clone(),
                quantity: decimal(&quantity.to_string()),
                day: args.due.clone(),
                ..Expect::default()
            }));
        }
    }
    let gone = known.iter().filter(|component| !needed.contains_key(&component.sku));
    lines.extend(gone.map(|component| {
        Action::CancelExpectation(CancelExpectation { expectation: component.expectation.clone() })
    }));
    lines
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

use std::collections::BTreeMap;

use clap::Args;
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{Consume, DeliveryReference, Goods, PostDocumentRequest, Produce};
use rpc::Reason;
use vocabulary::{Date, Quantity};

use super::order::Order;
use super::steps::{Amounts, amounts, explode, with_lines};
use crate::cli::stock::lots::FactsArgs;
use crate::cli::stock::verbs::{Header, WhichArgs};
use crate::cli::text::decimal;
use crate::client::Client;
use crate::output::Failure;

/// `… production finish`
#[derive(Debug, Args)]
pub(crate) struct FinishArgs {
    /// The order.
    order: String,
    #[command(flatten)]
    made: MadeArgs,
}

/// `… production assemble`
#[derive(Debug, Args)]
pub(crate) struct AssembleArgs {
    /// What is made.
    sku: String,
    /// The day whose bill is used, YYYY-MM-DD; today (UTC) when absent.
    #[arg(long, value_name = "DATE")]
    day: Option<String>,
    #[command(flatten)]
    made: MadeArgs,
}

/// What was made, and of what.
#[derive(Debug, Args)]
struct MadeArgs {
    /// How many good ones, in the base unit.
    quantity: String,
    /// Where the components are: the place of the work in progress that they were moved to, or where they are stored.
    #[arg(long, value_name = "LOCATION")]
    from: String,
    /// Where what was made is put.
    #[arg(long, value_name = "LOCATION")]
    to: String,
    /// So much of a component was used, whatever the bill says: also of one that it does not name (rework, what was taken in the place of
    /// another), and 0 for none. In the base unit.
    #[arg(long = "used", num_args = 2, value_names = ["SKU", "QUANTITY"])]
    used: Vec<String>,
    /// So much came out besides, whatever the bill says. In the base unit.
    #[arg(long = "besides", num_args = 2, value_names = ["SKU", "QUANTITY"])]
    besides: Vec<String>,
    /// The lot that a component is taken of; the first to expire when absent.
    #[arg(long = "of-lot", num_args = 2, value_names = ["SKU", "LOT"])]
    of_lot: Vec<String>,
    #[command(flatten)]
    which: WhichArgs,
    #[command(flatten)]
    facts: FactsArgs,
    #[command(flatten)]
    header: Header,
}

/// What so much of an order takes beyond what all that was made before took, so that nothing is rounded twice.
pub(super) async fn finish(client: &Client, args: FinishArgs) -> Result<PostDocumentRequest, Failure> {
    let FinishArgs { order: code, made } = args;
    let order = Order::get(client, &made.header.warehouse, &code).await?;
    let Some((sku, day, before)) = order.product() else {
        return Err(Failure::usage(format!("{code} makes nothing: plan it first")).at("order"));
    };
    let (sku, day) = (sku.to_owned(), day.to_owned());
    let after = quantity(&made.quantity, "quantity")?
        .checked_add(before)
        .map_err(|e| Failure::usage(e.to_string()))?;
    let (mut used, mut besides) = amounts(&explode(client, &sku, &after.to_string(), &day).await?);
    if before.is_positive() {
        let (used_before, besides_before) = amounts(&explode(client, &sku, &before.to_string(), &day).await?);
        take_off(&mut used, &used_before);
        take_off(&mut besides, &besides_before);
    }
    document((&sku, Some((&code, &order))), made, used, besides)
}

/// What so much takes.
pub(super) async fn assemble(client: &Client, args: AssembleArgs) -> Result<PostDocumentRequest, Failure> {
    let AssembleArgs { sku, day, made } = args;
    let day = day.unwrap_or_else(|| Date::of(rpc::clock::now()).to_string());
    let (used, besides) = amounts(&explode(client, &sku, &made.quantity, &day).await?);
    document((&sku, None), made, used, besides)
}

/// One document: components are used up first, so that a trace links them with what was made of them.
fn document(
    (sku, order): (&str, Option<(&String, &Order)>),
    args: MadeArgs,
    mut used: Amounts,
    mut besides: Amounts,
) -> Result<PostDocumentRequest, Failure> {
    replace(&mut used, &args.used, "used")?;
    replace(&mut besides, &args.besides, "besides")?;
    let lots: BTreeMap<&str, &str> = pairs(&args.of_lot).collect();
    let consume = |(sku, quantity): (String, Quantity)| {
        let lot = lots.get(sku.as_str()).copied().unwrap_or_default().to_owned();
        Action::Consume(Consume {
            expectation: order.map(|(_, order)| order.expected(&sku)).unwrap_or_default(),
            location: args.from.clone(),
            quantity: wire(quantity),
            goods: (!lot.is_empty()).then(|| Goods { lot, ..Goods::default() }),
            sku,
            ..Consume::default()
        })
    };
    let reference = |sku: &str| {
        let (delivery, order) = order?;
        let number = order.line_of(sku)?;
        Some(DeliveryReference { delivery: delivery.clone(), number, cross_dock: false })
    };
    let produce = |sku: String, quantity: Option<Decimal>| Produce {
        delivery: reference(&sku),
        location: args.to.clone(),
        sku,
        quantity,
        ..Produce::default()
    };
    let product = Produce {
        goods: args.which.goods(),
        lot_facts: args.facts.facts()?,
        ..produce(sku.to_owned(), decimal(&args.quantity))
    };
    let besides = besides.into_iter().map(|(sku, quantity)| Action::Produce(produce(sku, wire(quantity))));
    let mut lines =
        used.into_iter().map(consume).chain(std::iter::once(Action::Produce(product))).chain(besides);
    // There is the product at least.
    let Some(first) = lines.next() else { return Err(Failure::usage("nothing is made")) };
    let rest: Vec<Action> = lines.collect();
    Ok(with_lines(args.header.post(first)?, rest))
}

fn take_off(amounts: &mut Amounts, before: &Amounts) {
    for (sku, much) in before {
        if let Some(amount) = amounts.get_mut(sku) {
            *amount = amount.checked_sub(*much).unwrap_or_default();
        }
    }
    amounts.retain(|_, amount| amount.is_positive());
}

/// What somebody said instead.
fn replace(amounts: &mut Amounts, said: &[String], option: &str) -> Result<(), Failure> {
    for (sku, text) in pairs(said) {
        let much = quantity(text, option)?;
        if much.is_zero() {
            amounts.remove(sku);
        } else {
            amounts.insert(sku.to_owned(), much);
        }
    }
    Ok(())
}

fn pairs(values: &[String]) -> impl Iterator<Item = (&str, &str)> {
    values.chunks_exact(2).filter_map(|pair| match pair {
        [first, second] => Some((first.as_str(), second.as_str())),
        _ => None,
    })
}

fn quantity(text: &str, field: &str) -> Result<Quantity, Failure> {
    let read =
        Quantity::parse(text).map_err(|e| Failure::new(Reason::BadQuantity, e.to_string()).at(field))?;
    if read.is_negative() {
        let message = format!("{text} is less than nothing: say how much was used or made");
        return Err(Failure::new(Reason::QuantityNotPositive, message).at(field));
    }
    Ok(read)
}

fn wire(quantity: Quantity) -> Option<Decimal> {
    decimal(&quantity.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(amounts: &[(&str, &str)]) -> Amounts {
        amounts.iter().map(|(sku, much)| ((*sku).to_owned(), Quantity::parse(much).unwrap())).collect()
    }

    #[test]
    fn what_was_taken_before_is_taken_off() {
        let mut amounts = check(&[("A", "5"), ("B", "2"), ("C", "1")]);
        take_off(&mut amounts, &check(&[("A", "3"), ("C", "1"), ("D", "4")]));
        assert_eq!(amounts, check(&[("A", "2"), ("B", "2")]));
    }

    #[test]
    fn what_is_said_counts() {
        let mut amounts = check(&[("A", "5"), ("B", "2")]);
        let said = ["A", "0", "B", "3", "C", "1"].map(str::to_owned);
        replace(&mut amounts, &said, "used").unwrap();
        assert_eq!(amounts, check(&[("B", "3"), ("C", "1")]));
        assert!(replace(&mut amounts, &["A".to_owned(), "-1".to_owned()], "used").is_err());
    }
}

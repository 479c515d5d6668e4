use proto::events::v1::{Delivery, DeliveryProgress};
use proto::stock::v1::{Expectation, GetDeliveryRequest, ListExpectationsRequest};
use rpc::Reason;
use vocabulary::Quantity;

use crate::cli::text::number;
use crate::client::{Client, pages};
use crate::output::Failure;

/// The line of an order's delivery that has what is made.
pub(super) const PRODUCT_LINE: u32 = 1;

/// An order as the warehouse knows it.
#[derive(Debug)]
pub(super) struct Order {
    /// What it brings, and what of that came.
    pub(super) delivery: Delivery,
    /// What of its components is not used yet.
    pub(super) components: Vec<Expectation>,
    /// The journal's entry that this is as of.
    pub(super) as_of: u64,
}

impl Order {
    /// Under its key.
    pub(super) async fn get(client: &Client, warehouse: &str, order: &str) -> Result<Self, Failure> {
        let request = GetDeliveryRequest {
            warehouse: warehouse.to_owned(),
            delivery: order.to_owned(),
            as_of_sequence: 0,
        };
        let answer = client.call(&request, async |r| client.stock().get_delivery(r).await).await?;
        let components = components(client, warehouse, order).await?;
        Ok(Self { delivery: answer.delivery.unwrap_or_default(), components, as_of: answer.as_of_sequence })
    }

    /// What is made: the item, the day by which its bill was chosen, and how much was made so far.
    pub(super) fn product(&self) -> Option<(&str, &str, Quantity)> {
        let announced = self.delivery.announced.as_ref()?;
        let line = announced.lines.iter().find(|line| line.number == PRODUCT_LINE)?;
        Some((&line.sku, &announced.due, self.received(PRODUCT_LINE)))
    }

    /// The line that announces an item.
    pub(super) fn line_of(&self, sku: &str) -> Option<u32> {
        let lines = &self.delivery.announced.as_ref()?.lines;
        lines.iter().find(|line| line.sku == sku).map(|line| line.number)
    }

    /// The key of what is expected to be used of an item; empty when nothing is any more.
    pub(super) fn expected(&self, sku: &str) -> String {
        let component = self.components.iter().find(|component| component.sku == sku);
        component.map(|component| component.expectation.clone()).unwrap_or_default()
    }

    fn received(&self, line: u32) -> Quantity {
        let progress: Option<&DeliveryProgress> =
            self.delivery.progress.iter().find(|progress| progress.number == line);
        let received = progress.map(|progress| number(progress.received.clone()));
        received.and_then(|received| Quantity::parse(&received).ok()).unwrap_or_default()
    }
}

/// What of the components of an order is not used yet. None of an order that nobody planned.
pub(super) async fn components(
    client: &Client,
    warehouse: &str,
    order: &str,
) -> Result<Vec<Expectation>, Failure> {
    let all = pages(None, async |page_size, page_token| {
        let request = ListExpectationsRequest {
            warehouse: warehouse.to_owned(),
            page_size,
            page_token,
            filter: format!("direction = \"demand\" AND expectation : \"{}*\"", key(order, "")),
            as_of_sequence: 0,
        };
        let page = client.call(&request, async |r| client.stock().list_expectations(r).await).await?;
        Ok((page.expectations, page.next_page_token))
    });
    match all.await {
        // Of a warehouse that never had anything there is nothing to say.
        Err(failure) if failure.reason() == Reason::BadFilter.as_str() => {
            Err(Failure::usage(format!("{order:?} is no key of an order")).at("order"))
        }
        all => all,
    }
}

/// The key of a component's expected demand.
pub(super) fn key(order: &str, number: impl std::fmt::Display) -> String {
    format!("{order}:{number}")
}

//! Delivery notes: of an order, with what of it has left.

use std::collections::BTreeMap;

use paper_core::templates::{Amount, DeliveryNote, ShippedLine};
use paper_core::{AsOf, Head, Paper};
use proto::events::v1::{Order, OrderProgress, OrderState, OrderedLine};
use proto::stock::v1::GetOrderRequest;
use rpc::ApiError;
use vocabulary::Quantity;

use super::Engine;
use super::compose::empty;
use super::issue::Wish;
use super::names::Names;

impl Engine {
    pub(super) async fn delivery_note(
        &self,
        wish: &Wish,
        order: &str,
        mut head: Head,
    ) -> Result<Paper, ApiError> {
        let warehouse = wish.warehouse.clone();
        let request = GetOrderRequest {
            warehouse: warehouse.clone(),
            order: order.to_owned(),
            as_of_sequence: wish.as_of_sequence,
        };
        let answer = self.sources.order(request).await?;
        head.as_of = vec![AsOf { warehouse, sequence: answer.as_of_sequence }];
        let order = answer.order.unwrap_or_default();
        let skus = order.placed.iter().flat_map(|placed| &placed.lines).map(|line| line.sku.clone());
        let names = self.names(skus.collect()).await?;
        let note = note(&order, &names)?;
        if note.lines.iter().all(|line| line.shipped.quantity.is_zero()) {
            return Err(empty("order", "nothing of the order has left"));
        }
        Ok(note.compose(head))
    }
}

fn note(order: &Order, names: &Names) -> Result<DeliveryNote, ApiError> {
    let placed = order.placed.clone().unwrap_or_default();
    let progress: BTreeMap<u32, &OrderProgress> =
        order.progress.iter().map(|progress| (progress.number, progress)).collect();
    let is_open = matches!(order.state(), OrderState::Placed | OrderState::Released);
    let line = |line: &OrderedLine| {
        let shipped = progress.get(&line.number).and_then(|progress| progress.shipped.as_ref());
        let ordered = names.amount(&line.sku, line.quantity.as_ref())?;
        let shipped = names.amount(&line.sku, shipped)?;
        // Of an order that is over nothing follows.
        let follows = ordered.quantity.checked_sub(shipped.quantity).unwrap_or_default();
        let quantity = if is_open { follows } else { Quantity::ZERO };
        let back_ordered = Amount { quantity, unit: ordered.unit.clone() };
        let goods = names.goods(&line.sku, &line.lot);
        Ok::<_, ApiError>(ShippedLine { number: line.number, goods, ordered, shipped, back_ordered })
    };
    let ship_to = placed.ship_to.lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(DeliveryNote {
        lines: placed.lines.iter().map(line).collect::<Result<_, _>>()?,
        ship_to: ship_to.map(str::to_owned).collect(),
        order: placed.order,
        customer_reference: String::new(),
        customer: vec![placed.customer],
        carrier: placed.carrier,
        tracking: order.tracking.clone(),
        shipped_on: String::new(),
        packages: Vec::new(),
    })
}

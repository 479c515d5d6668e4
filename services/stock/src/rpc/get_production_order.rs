use proto::stock::v1::{GetProductionOrderRequest, GetProductionOrderResponse, OpenOfProduction};
use rpc::{ApiError, Reason};
use work_core::wire::production_order_to;

use super::StockRpc;
use super::as_of::{Asked, View};
use super::get_order::pick;
use super::order_line::code;
use super::page::decimal;

/// One production order: what is to be made of what, and what became of it.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetProductionOrderRequest,
) -> Result<GetProductionOrderResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let code = code("order", &request.order)?;
    let asked = Asked { sequence: request.as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let wanted = code.clone();
    let look = move |view: View<'_>| {
        let found = view.state.production_order(&wanted).cloned();
        // An outbound order may have the key of one that is over.
        let is_open = found.as_ref().is_some_and(|order| order.state.is_open());
        let picks = if is_open { view.state.picks_of_order(&wanted) } else { Vec::new() };
        Ok((found, picks, view.state.sequence()))
    };
    let (found, picks, sequence) = as_of.look(&partition, look).await?;
    let order = found.ok_or_else(|| {
        let message = format!("no production order {code} is known: it never was, or is over for long");
        ApiError::invalid(Reason::ProductionNotFound, "order", message).with("order", &code)
    })?;
    let open = |number: &u32, open| OpenOfProduction { number: *number, open: decimal(open) };
    let components = order.plan.components.keys().map(|n| open(n, order.open_component(*n)));
    let by_products = order.plan.by_products.keys().map(|n| open(n, order.open_by_product(*n)));
    Ok(GetProductionOrderResponse {
        order: Some(production_order_to(&order)),
        open: decimal(order.open()),
        open_components: components.collect(),
        open_by_products: by_products.collect(),
        picks: picks.into_iter().map(pick).collect(),
        as_of_sequence: sequence.get(),
    })
}

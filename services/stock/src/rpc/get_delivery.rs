use proto::stock::v1::{GetDeliveryRequest, GetDeliveryResponse};
use rpc::{ApiError, Reason};
use vocabulary::{DocumentCode, Invalid};
use work_core::wire::delivery_to;

use super::StockRpc;
use super::as_of::{Asked, View};

/// One delivery: what was announced and what came.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetDeliveryRequest,
) -> Result<GetDeliveryResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let bad = |e: Invalid| ApiError::invalid(Reason::BadCode, "delivery", e.to_string());
    let code = DocumentCode::parse(&request.delivery).map_err(bad)?;
    let asked = Asked { sequence: request.as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let wanted = code.clone();
    let look = move |view: View<'_>| Ok((view.state.delivery(&wanted).cloned(), view.state.sequence()));
    let (found, sequence) = as_of.look(&partition, look).await?;
    let delivery = found.ok_or_else(|| {
        let message = format!("no delivery {code} is known: it never was, or is over for long");
        ApiError::invalid(Reason::DeliveryNotFound, "delivery", message).with("delivery", &code)
    })?;
    Ok(GetDeliveryResponse { delivery: Some(delivery_to(&delivery)), as_of_sequence: sequence.get() })
}

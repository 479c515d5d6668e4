use proto::stock::v1::{GetNumberRangeRequest, GetNumberRangeResponse, NumberRange};
use rpc::ApiError;

use super::StockRpc;

/// Where the numbers of new handling units come from.
pub(super) async fn handle(
    service: &StockRpc,
    request: GetNumberRangeRequest,
) -> Result<GetNumberRangeResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let (found, sequence) = partition.look(|state| (state.number_range(), state.sequence())).await?;
    let number_range = found.map(|range| NumberRange {
        company_prefix: range.series.company_prefix.to_string(),
        extension_digit: range.series.extension_digit.into(),
        next: range.next,
        last: range.last,
        left: range.last.saturating_add(1).saturating_sub(range.next),
    });
    Ok(GetNumberRangeResponse { number_range, as_of_sequence: sequence.get() })
}

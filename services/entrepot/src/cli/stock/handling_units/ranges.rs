//! Where SSCCs come from. A warehouse knows nothing of the numbers of others, so that whoever gives it a range looks at theirs.

use proto::catalog::v1::ListWarehousesRequest;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{GetNumberRangeRequest, PostDocumentRequest, SetNumberRange};
use rpc::Reason;

use super::post;
use super::verbs::RangeArgs;
use super::views::NumberRangeView;
use crate::cli::Context;
use crate::client::{Client, pages};
use crate::output::Failure;

/// Digits of an SSCC before its check digit.
const DIGITS: u32 = 17;

/// Shows a warehouse's range.
pub(super) async fn show(warehouse: String, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetNumberRangeRequest { warehouse };
    let answer = client.call(&request, async |r| client.stock().get_number_range(r).await).await?;
    let rows: Vec<_> = answer.number_range.into_iter().map(NumberRangeView::from).collect();
    context.output().many(&rows)
}

/// Gives a warehouse a range that no other one has, as far as they can be asked.
pub(super) async fn set(args: RangeArgs, context: &Context) -> Result<(), Failure> {
    let request = args.post()?;
    let client = context.client().await?;
    let not_asked = check(&client, &request).await?;
    if !not_asked.is_empty() {
        let codes = not_asked.join(", ");
        context
            .output()
            .note(&format!("{codes} did not say which numbers they give: see that they are others"));
    }
    post::send(request, context).await
}

/// Refuses numbers that another warehouse gives, too; answers those that cannot be asked.
async fn check(client: &Client, request: &PostDocumentRequest) -> Result<Vec<String>, Failure> {
    // What is no range at all is refused by the warehouse.
    let Some((first, last)) = wanted(request).and_then(numbers) else { return Ok(Vec::new()) };
    let warehouses = pages(None, async |page_size, page_token| {
        let request = ListWarehousesRequest { page_size, page_token, ..ListWarehousesRequest::default() };
        let page = client.call(&request, async |r| client.catalog().list_warehouses(r).await).await?;
        Ok((page.warehouses, page.next_page_token))
    });
    let mut not_asked = Vec::new();
    for warehouse in warehouses.await?.into_iter().map(|record| record.code) {
        if warehouse == request.warehouse {
            continue;
        }
        let ask = GetNumberRangeRequest { warehouse: warehouse.clone() };
        let answer = client.call(&ask, async |r| client.stock().get_number_range(r).await).await;
        let theirs = match answer {
            Ok(answer) => answer.number_range.filter(|range| range.left > 0),
            Err(failure) if failure.reason() == Reason::WarehouseNotServed.as_str() => {
                not_asked.push(warehouse);
                continue;
            }
            // One that has no journal yet has given no number.
            Err(failure) if failure.reason() == Reason::UnknownWarehouse.as_str() => continue,
            Err(failure) => return Err(failure),
        };
        let theirs = theirs.and_then(|range| {
            let (extension_digit, company_prefix) = (range.extension_digit, range.company_prefix);
            numbers(&SetNumberRange { company_prefix, extension_digit, next: range.next, last: range.last })
        });
        if theirs.is_some_and(|(from, until)| from <= last && first <= until) {
            let message = format!(
                "warehouse {warehouse} gives these numbers, too: choose others with --next and --last, or another --extension-digit"
            );
            return Err(Failure::new(Reason::NumberRangeTaken, message).with("warehouse", warehouse));
        }
    }
    Ok(not_asked)
}

fn wanted(request: &PostDocumentRequest) -> Option<&SetNumberRange> {
    let line = request.document.as_ref()?.lines.first()?;
    let Some(Action::SetNumberRange(set)) = &line.action else { return None };
    Some(set)
}

/// The first and the last SSCC, as numbers and without their check digits; `None` for what is no range.
fn numbers(range: &SetNumberRange) -> Option<(u64, u64)> {
    let prefix: u64 = range.company_prefix.parse().ok()?;
    let room = DIGITS.checked_sub(1)?.checked_sub(u32::try_from(range.company_prefix.len()).ok()?)?;
    let serials = 10_u64.checked_pow(room)?;
    let extension = 10_u64.checked_pow(DIGITS - 1)?.checked_mul(u64::from(range.extension_digit))?;
    let start = extension.checked_add(prefix.checked_mul(serials)?)?;
    let last = if range.last == 0 { serials.checked_sub(1)? } else { range.last };
    Some((start.checked_add(range.next)?, start.checked_add(last)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_one_of_numbers() {
        let range = |prefix: &str, extension_digit, next, last| {
            numbers(&SetNumberRange { company_prefix: prefix.into(), extension_digit, next, last })
        };
        assert_eq!(range("7610425", 3, 1, 9), Some((37_610_425_000_000_001, 37_610_425_000_000_009)));
        assert_eq!(range("7610425", 0, 5, 0), Some((7_610_425_000_000_005, 7_610_425_999_999_999)));
        // A longer prefix lies within a shorter one.
        assert_eq!(range("76104251", 3, 0, 0), Some((37_610_425_100_000_000, 37_610_425_199_999_999)));
        for bad in ["", "x", "123456789012345678"] {
            assert_eq!(range(bad, 0, 1, 0), None, "{bad:?}");
        }
    }
}

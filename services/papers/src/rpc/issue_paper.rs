use proto::papers::v1::issue_paper_request::Subject as Given;
use proto::papers::v1::{IssuePaperRequest, IssuePaperResponse, TracedGoods};
use rpc::{ApiError, Reason};
use vocabulary::Sscc;

use super::{reading, wire};
use crate::engine::{Engine, Wish};
use crate::store::Subject;

/// Issues a paper.
pub(super) async fn issue_paper(
    engine: &Engine,
    request: IssuePaperRequest,
) -> Result<IssuePaperResponse, ApiError> {
    let call = reading::call("issue_paper", &request.request_id, &request)?;
    let wish = wish(request)?;
    let stored = engine.issue(call, &wish).await?;
    Ok(IssuePaperResponse { paper: Some(wire::paper(stored)?) })
}

fn wish(request: IssuePaperRequest) -> Result<Wish, ApiError> {
    let kind = wire::kind(request.kind)?.ok_or_else(|| {
        ApiError::invalid(Reason::BadField, "kind", "kind is missing: say what the paper is to be")
    })?;
    Ok(Wish {
        warehouse: request.warehouse,
        kind,
        subject: subject(request.subject)?,
        language: reading::language(&request.language)?,
        issue_date: reading::issue_date(&request.issue_date)?,
        as_of_sequence: request.as_of_sequence,
        corrects: None,
    })
}

fn subject(given: Option<Given>) -> Result<Subject, ApiError> {
    match given {
        Some(Given::Delivery(delivery)) => Ok(Subject::Delivery(plain("delivery", delivery)?)),
        Some(Given::Order(order)) => Ok(Subject::Order(plain("order", order)?)),
        Some(Given::Wave(wave)) => Ok(Subject::Wave(plain("wave", wave)?)),
        Some(Given::Count(count)) => Ok(Subject::Count(plain("count", count)?)),
        Some(Given::HandlingUnit(sscc)) => {
            let sscc = Sscc::parse(&sscc);
            let bad = |invalid: vocabulary::Invalid| {
                ApiError::invalid(Reason::BadCode, "handling_unit", invalid.to_string())
            };
            Ok(Subject::Unit(sscc.map_err(bad)?))
        }
        Some(Given::Traced(TracedGoods { sku, lot, serial })) => {
            let (lot, serial) = (plain("traced.lot", lot)?, plain("traced.serial", serial)?);
            Ok(Subject::Traced { sku: plain("traced.sku", sku)?, lot, serial })
        }
        None => {
            let message = "the request does not say what the paper is about: give delivery, handling_unit, count, order, wave or traced";
            Err(ApiError::invalid(Reason::BadField, "subject", message))
        }
    }
}

/// A key as the others check it; here it only must not be what no key is.
fn plain(field: &'static str, text: String) -> Result<String, ApiError> {
    if text.chars().any(char::is_control) {
        return Err(ApiError::invalid(
            Reason::BadCode,
            field,
            format!("{field} has control characters: no key has"),
        ));
    }
    Ok(text)
}

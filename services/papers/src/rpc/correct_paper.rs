use proto::papers::v1::{CorrectPaperRequest, CorrectPaperResponse};
use rpc::{ApiError, Reason};

use super::{reading, wire};
use crate::engine::{CorrectionWish, Engine};

/// The longest reason, in characters.
const REASON_MAX: usize = 200;

/// Issues a paper in place of another one.
pub(super) async fn correct_paper(
    engine: &Engine,
    request: CorrectPaperRequest,
) -> Result<CorrectPaperResponse, ApiError> {
    let call = reading::call("correct_paper", &request.request_id, &request)?;
    let wish = CorrectionWish {
        number: reading::number(&request.number)?,
        reason: reason(request.reason)?,
        language: reading::language(&request.language)?,
        issue_date: reading::issue_date(&request.issue_date)?,
        as_of_sequence: request.as_of_sequence,
        legal_entity: request.legal_entity,
    };
    let stored = engine.correct(call, wish).await?;
    Ok(CorrectPaperResponse { paper: Some(wire::paper(stored)?) })
}

fn reason(text: String) -> Result<String, ApiError> {
    if text.trim().is_empty() {
        let message = "reason is missing: say what was wrong";
        return Err(ApiError::invalid(Reason::BadField, "reason", message));
    }
    if text.chars().count() > REASON_MAX {
        let message = format!("the reason is too long: at most {REASON_MAX} characters");
        return Err(ApiError::invalid(Reason::TextTooLong, "reason", message));
    }
    Ok(text)
}

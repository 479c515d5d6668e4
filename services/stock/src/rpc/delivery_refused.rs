use rpc::{ApiError, Reason};
use work_core::{DELIVERY_LINES_MAX, DeliveryRejection, OPEN_DELIVERIES_MAX};

/// A refusal about a delivery, with its data.
pub(super) fn refused(rejection: &DeliveryRejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    use DeliveryRejection as R;
    match rejection {
        R::NotFound { code } => error(Reason::DeliveryNotFound).with("delivery", code),
        R::Ended { code, state } => {
            error(Reason::DeliveryEnded).with("delivery", code).with("state", state.as_str())
        }
        R::LineNotFound { code, line } => {
            error(Reason::DeliveryLineNotFound).with("delivery", code).with("number", line)
        }
        R::OtherItem { code, line, sku, given } => error(Reason::DeliveryOfOtherItem)
            .with("delivery", code)
            .with("number", line)
            .with("sku", sku)
            .with("given_sku", given),
        R::NotAnnounced { code, sku } => {
            error(Reason::ItemNotAnnounced).with("delivery", code).with("sku", sku)
        }
        R::OverTolerance { code, line, asked, left } => error(Reason::OverTolerance)
            .with("delivery", code)
            .with("number", line)
            .with("requested", asked)
            .with("left", left),
        R::UnitNotAnnounced { code, sscc } => {
            error(Reason::UnitNotAnnounced).with("delivery", code).with("handling_unit", sscc)
        }
        R::UnitArrived { code, sscc } => {
            error(Reason::UnitArrived).with("delivery", code).with("handling_unit", sscc)
        }
        R::LineArrived { code, line, received } => error(Reason::DeliveryLineArrived)
            .with("delivery", code)
            .with("number", line)
            .with("received", received),
        R::Arrived { code } => error(Reason::DeliveryArrived).with("delivery", code),
        R::NobodyAnswers { code, line, expected, received } => error(Reason::DeliveryDiffers)
            .with("delivery", code)
            .with("number", line)
            .with("expected", expected)
            .with("received", received),
        R::NotInspected { code, line, left } => {
            error(Reason::NotInspected).with("delivery", code).with("number", line).with("left", left)
        }
        R::MoreThanThere { code, line, asked, there } => error(Reason::DeliveryExceeded)
            .with("delivery", code)
            .with("number", line)
            .with("requested", asked)
            .with("there", there),
        R::SampleTooSmall { code, line, given, sample } => error(Reason::SampleTooSmall)
            .with("delivery", code)
            .with("number", line)
            .with("given", given)
            .with("sample", sample),
        R::InspectionFailed { code, line, defective, accept } => error(Reason::InspectionFailed)
            .with("delivery", code)
            .with("number", line)
            .with("defective", defective)
            .with("accept", accept),
        R::TooManyLines { code } => {
            error(Reason::DeliveryTooLarge).with("delivery", code).with("max", DELIVERY_LINES_MAX)
        }
        R::ExpectationKept { code, line } => {
            error(Reason::ExpectedByDelivery).with("delivery", code).with("number", line)
        }
        R::OtherDisposition { code, from, disposition } => error(Reason::OtherDisposition)
            .with("delivery", code)
            .with("source", from.as_str())
            .with("disposition", disposition.as_str()),
        R::TooMany => error(Reason::TooManyDeliveries).with("max", OPEN_DELIVERIES_MAX),
    }
}

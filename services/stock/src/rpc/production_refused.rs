use rpc::{ApiError, Reason};
use work_core::{OPEN_PRODUCTION_ORDERS_MAX, PRODUCTION_QUANTITY_MAX, ProductionRejection};

/// A refusal about a production order, with its data.
pub(super) fn refused(rejection: &ProductionRejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    use ProductionRejection as R;
    match rejection {
        R::NotFound { code } => error(Reason::ProductionNotFound).with("order", code),
        R::Ended { code, state } => {
            error(Reason::ProductionEnded).with("order", code).with("state", state.as_str())
        }
        R::CodeTaken { code } => error(Reason::OrderKeyTaken).with("order", code),
        R::NotReleased { code } => error(Reason::ProductionNotReleased).with("order", code),
        R::AlreadyReleased { code } => error(Reason::ProductionReleased).with("order", code),
        R::NotStarted { code } => error(Reason::ProductionNotStarted).with("order", code),
        R::Finished { code } => error(Reason::ProductionFinished).with("order", code),
        R::NotFinished { code, state } => {
            error(Reason::ProductionNotFinished).with("order", code).with("state", state.as_str())
        }
        R::OverTolerance { code, asked, left } => {
            error(Reason::ProductionExceeded).with("order", code).with("asked", asked).with("left", left)
        }
        R::UnderTolerance { code, made, least } => {
            error(Reason::ProductionShort).with("order", code).with("made", made).with("least", least)
        }
        R::NoComponent { code, sku } => error(Reason::NotAComponent).with("order", code).with("sku", sku),
        R::NotIssued { code, sku } => {
            error(Reason::ComponentBackflushed).with("order", code).with("sku", sku)
        }
        R::ComponentLacking { code, sku, needed, there } => error(Reason::ComponentLacking)
            .with("order", code)
            .with("sku", sku)
            .with("needed", needed)
            .with("there", there),
        R::ComponentsLeft { code, sku, left } => {
            error(Reason::ComponentsLeft).with("order", code).with("sku", sku).with("left", left)
        }
        R::InUse { code, sku } => error(Reason::ProductionInUse).with("order", code).with("sku", sku),
        R::Made { code } => error(Reason::ProductionMade).with("order", code),
        R::TooLarge { code } => {
            error(Reason::ProductionTooLarge).with("order", code).with("max", PRODUCTION_QUANTITY_MAX)
        }
        R::ExpectationKept { code } => error(Reason::ExpectedByProduction).with("order", code),
        R::SamePlace { code, sku } => error(Reason::ComponentThere).with("order", code).with("sku", sku),
        R::OtherProduct { code, sku } => error(Reason::NotTheProduct).with("order", code).with("sku", sku),
        R::TooMany => error(Reason::TooManyProductionOrders).with("max", OPEN_PRODUCTION_ORDERS_MAX),
    }
}

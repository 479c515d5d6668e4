use rpc::{ApiError, Reason};
use work_core::{OPEN_ORDERS_MAX, OrderRejection};

/// A refusal about an outbound order, with its data.
pub(super) fn refused(rejection: &OrderRejection, error: impl FnOnce(Reason) -> ApiError) -> ApiError {
    use OrderRejection as R;
    match rejection {
        R::NotFound { code } => error(Reason::OrderNotFound).with("order", code),
        R::Ended { code, state } => {
            error(Reason::OrderEnded).with("order", code).with("state", state.as_str())
        }
        R::LineNotFound { code, line } => {
            error(Reason::OrderLineNotFound).with("order", code).with("line", line)
        }
        R::LineInUse { code, line, used } => {
            error(Reason::OrderLineInUse).with("order", code).with("line", line).with("used", used)
        }
        R::Incomplete { code, line, missing } => {
            error(Reason::OrderIncomplete).with("order", code).with("line", line).with("missing", missing)
        }
        R::NothingPromised { code } => error(Reason::OrderNotAllocated).with("order", code),
        R::AlreadyReleased { code, wave } => {
            error(Reason::OrderInWave).with("order", code).with("wave", wave)
        }
        R::NotReleased { code } => error(Reason::OrderInNoWave).with("order", code),
        R::NothingPicked { code } => error(Reason::OrderNotPicked).with("order", code),
        R::Picked { code } => error(Reason::OrderPicked).with("order", code),
        R::Shipped { code } => error(Reason::OrderShipped).with("order", code),
        R::LineOpen { code, line, open } => {
            error(Reason::OrderLineOpen).with("order", code).with("line", line).with("open", open)
        }
        R::TooMany => error(Reason::TooManyOrders).with("max", OPEN_ORDERS_MAX),
    }
}

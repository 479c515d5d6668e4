//! Production orders in the crash test.

use stock_core::ProductionFact;
use work_core::{ProductionChange, ProductionRejection};

/// A change in the model's words.
pub(super) fn told(fact: &ProductionFact) -> String {
    let line = fact.line;
    match &fact.change {
        ProductionChange::Planned(plan) => {
            format!("{line} planned {} {} {}", plan.code, plan.quantity, plan.sku)
        }
        ProductionChange::Released { code } => format!("{line} released {code}"),
        ProductionChange::Progressed(progress) => {
            format!("{line} {:?} {} {}", progress.step, progress.code, progress.made)
        }
        ProductionChange::Finished { code, .. } => format!("{line} finished {code}"),
        ProductionChange::Closed { code } => format!("{line} closed {code}"),
        ProductionChange::Cancelled { code } => format!("{line} dropped {code}"),
    }
}

pub(super) const fn reason(rejection: &ProductionRejection) -> &'static str {
    use ProductionRejection as R;
    match rejection {
        R::NotFound { .. } => "PRODUCTION_NOT_FOUND",
        R::Ended { .. } => "PRODUCTION_ENDED",
        R::CodeTaken { .. } => "ORDER_KEY_TAKEN",
        R::NotReleased { .. } => "PRODUCTION_NOT_RELEASED",
        R::AlreadyReleased { .. } => "PRODUCTION_RELEASED",
        R::NotStarted { .. } => "PRODUCTION_NOT_STARTED",
        R::Finished { .. } => "PRODUCTION_FINISHED",
        R::NotFinished { .. } => "PRODUCTION_NOT_FINISHED",
        R::OverTolerance { .. } => "PRODUCTION_EXCEEDED",
        R::UnderTolerance { .. } => "PRODUCTION_SHORT",
        R::NoComponent { .. } => "NOT_A_COMPONENT",
        R::NotIssued { .. } => "COMPONENT_BACKFLUSHED",
        R::ComponentLacking { .. } => "COMPONENT_LACKING",
        R::ComponentsLeft { .. } => "COMPONENTS_LEFT",
        R::InUse { .. } => "PRODUCTION_IN_USE",
        R::Made { .. } => "PRODUCTION_MADE",
        R::TooLarge { .. } => "PRODUCTION_TOO_LARGE",
        R::ExpectationKept { .. } => "EXPECTED_BY_PRODUCTION",
        R::SamePlace { .. } => "COMPONENT_THERE",
        R::OtherProduct { .. } => "NOT_THE_PRODUCT",
        R::TooMany => "TOO_MANY_PRODUCTION_ORDERS",
    }
}

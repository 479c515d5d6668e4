//! What stands against a step of a production order.

use proto::events::v1::{ProductionRefusal, ProductionRefused};
use vocabulary::{DocumentCode, Sku};

use super::WireError;
use super::field::{decimal, quantity};
use super::production::{production_state_of, production_state_to};
use crate::ProductionRejection;

/// A refusal about a production order as a message.
pub fn production_rejection_to(rejection: &ProductionRejection) -> ProductionRefused {
    use ProductionRejection as R;
    let (refusal, code) = named(rejection);
    let blank = ProductionRefused {
        refusal: refusal.into(),
        order: code.map(ToString::to_string).unwrap_or_default(),
        ..ProductionRefused::default()
    };
    match rejection {
        R::NotFound { .. } | R::CodeTaken { .. } | R::NotReleased { .. } | R::AlreadyReleased { .. } => blank,
        R::NotStarted { .. } | R::Finished { .. } | R::Made { .. } | R::TooLarge { .. } | R::TooMany => blank,
        R::ExpectationKept { .. } => blank,
        R::Ended { state, .. } | R::NotFinished { state, .. } => {
            ProductionRefused { state: production_state_to(*state).into(), ..blank }
        }
        R::OverTolerance { asked, left: there, .. } | R::UnderTolerance { made: asked, least: there, .. } => {
            ProductionRefused { asked: decimal(*asked), there: decimal(*there), ..blank }
        }
        R::NoComponent { sku, .. }
        | R::NotIssued { sku, .. }
        | R::InUse { sku, .. }
        | R::SamePlace { sku, .. }
        | R::OtherProduct { sku, .. } => ProductionRefused { sku: sku.to_string(), ..blank },
        R::ComponentLacking { sku, needed, there, .. } => {
            let (asked, there) = (decimal(*needed), decimal(*there));
            ProductionRefused { sku: sku.to_string(), asked, there, ..blank }
        }
        R::ComponentsLeft { sku, left, .. } => {
            ProductionRefused { sku: sku.to_string(), asked: decimal(*left), ..blank }
        }
    }
}

/// A message as a refusal about a production order.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn production_rejection_of(message: &ProductionRefused) -> Result<ProductionRejection, WireError> {
    use ProductionRejection as R;
    if message.refusal() == ProductionRefusal::TooMany {
        return Ok(R::TooMany);
    }
    let code = DocumentCode::parse(&message.order)?;
    let sku = || Ok::<_, WireError>(Sku::parse(&message.sku)?);
    let state = || production_state_of(message.state());
    let (asked, there) = (quantity(message.asked.as_ref())?, quantity(message.there.as_ref())?);
    Ok(match message.refusal() {
        ProductionRefusal::Unspecified => return Err(WireError::Missing("refusal")),
        ProductionRefusal::TooMany => R::TooMany,
        ProductionRefusal::NotFound => R::NotFound { code },
        ProductionRefusal::Ended => R::Ended { code, state: state()? },
        ProductionRefusal::CodeTaken => R::CodeTaken { code },
        ProductionRefusal::NotReleased => R::NotReleased { code },
        ProductionRefusal::AlreadyReleased => R::AlreadyReleased { code },
        ProductionRefusal::NotStarted => R::NotStarted { code },
        ProductionRefusal::Finished => R::Finished { code },
        ProductionRefusal::NotFinished => R::NotFinished { code, state: state()? },
        ProductionRefusal::OverTolerance => R::OverTolerance { code, asked, left: there },
        ProductionRefusal::UnderTolerance => R::UnderTolerance { code, made: asked, least: there },
        ProductionRefusal::NoComponent => R::NoComponent { code, sku: sku()? },
        ProductionRefusal::NotIssued => R::NotIssued { code, sku: sku()? },
        ProductionRefusal::ComponentLacking => {
            R::ComponentLacking { code, sku: sku()?, needed: asked, there }
        }
        ProductionRefusal::ComponentsLeft => R::ComponentsLeft { code, sku: sku()?, left: asked },
        ProductionRefusal::InUse => R::InUse { code, sku: sku()? },
        ProductionRefusal::Made => R::Made { code },
        ProductionRefusal::TooLarge => R::TooLarge { code },
        ProductionRefusal::ExpectationKept => R::ExpectationKept { code },
        ProductionRefusal::SamePlace => R::SamePlace { code, sku: sku()? },
        ProductionRefusal::OtherProduct => R::OtherProduct { code, sku: sku()? },
    })
}

/// Its kind, and the order that it is about.
const fn named(rejection: &ProductionRejection) -> (ProductionRefusal, Option<&DocumentCode>) {
    use ProductionRejection as R;
    match rejection {
        R::NotFound { code } => (ProductionRefusal::NotFound, Some(code)),
        R::Ended { code, .. } => (ProductionRefusal::Ended, Some(code)),
        R::CodeTaken { code } => (ProductionRefusal::CodeTaken, Some(code)),
        R::NotReleased { code } => (ProductionRefusal::NotReleased, Some(code)),
        R::AlreadyReleased { code } => (ProductionRefusal::AlreadyReleased, Some(code)),
        R::NotStarted { code } => (ProductionRefusal::NotStarted, Some(code)),
        R::Finished { code } => (ProductionRefusal::Finished, Some(code)),
        R::NotFinished { code, .. } => (ProductionRefusal::NotFinished, Some(code)),
        R::OverTolerance { code, .. } => (ProductionRefusal::OverTolerance, Some(code)),
        R::UnderTolerance { code, .. } => (ProductionRefusal::UnderTolerance, Some(code)),
        R::NoComponent { code, .. } => (ProductionRefusal::NoComponent, Some(code)),
        R::NotIssued { code, .. } => (ProductionRefusal::NotIssued, Some(code)),
        R::ComponentLacking { code, .. } => (ProductionRefusal::ComponentLacking, Some(code)),
        R::ComponentsLeft { code, .. } => (ProductionRefusal::ComponentsLeft, Some(code)),
        R::InUse { code, .. } => (ProductionRefusal::InUse, Some(code)),
        R::Made { code } => (ProductionRefusal::Made, Some(code)),
        R::TooLarge { code } => (ProductionRefusal::TooLarge, Some(code)),
        R::ExpectationKept { code } => (ProductionRefusal::ExpectationKept, Some(code)),
        R::SamePlace { code, .. } => (ProductionRefusal::SamePlace, Some(code)),
        R::OtherProduct { code, .. } => (ProductionRefusal::OtherProduct, Some(code)),
        R::TooMany => (ProductionRefusal::TooMany, None),
    }
}

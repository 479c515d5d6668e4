//! Production orders and what changed of them.

use proto::events::v1 as wire;
use proto::events::v1::production_changed::Change;
use vocabulary::{Date, DocumentCode, LocationCode, Quantity, Sequence, Sku};

use super::WireError;
use super::field::{decimal, given, quantity};
use crate::{
    ByProduct, ByProductProgress, ByProductStep, Component, ComponentMethod, ComponentProgress,
    ComponentStep, ProductionChange, ProductionOrder, ProductionPlan, ProductionState, ProductionStep,
    Progress, Wanted,
};

/// A change of a production order as a message.
pub fn production_change_to(change: &ProductionChange) -> wire::ProductionChanged {
    let order = change.code().to_string();
    let change = match change {
        ProductionChange::Planned(plan) => Change::Planned(production_plan_to(plan)),
        ProductionChange::Released { .. } => Change::Released(wire::ProductionReleased { order }),
        ProductionChange::Progressed(progress) => Change::Progressed(progress_to(progress)),
        ProductionChange::Finished { note, .. } => {
            Change::Finished(wire::ProductionFinished { order, note: note.clone() })
        }
        ProductionChange::Closed { .. } => Change::Closed(wire::ProductionClosed { order }),
        ProductionChange::Cancelled { .. } => Change::Cancelled(wire::ProductionCancelled { order }),
    };
    wire::ProductionChanged { change: Some(change) }
}

/// A message as a change of a production order.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn production_change_of(message: &wire::ProductionChanged) -> Result<ProductionChange, WireError> {
    let code = |order: &str| Ok::<_, WireError>(DocumentCode::parse(order)?);
    Ok(match message.change.as_ref().ok_or(WireError::Missing("change of the production order"))? {
        Change::Planned(plan) => ProductionChange::Planned(Box::new(plan_of(plan)?)),
        Change::Released(released) => ProductionChange::Released { code: code(&released.order)? },
        Change::Progressed(progress) => ProductionChange::Progressed(progress_of(progress)?),
        Change::Finished(finished) => {
            ProductionChange::Finished { code: code(&finished.order)?, note: finished.note.clone() }
        }
        Change::Closed(closed) => ProductionChange::Closed { code: code(&closed.order)? },
        Change::Cancelled(cancelled) => ProductionChange::Cancelled { code: code(&cancelled.order)? },
    })
}

/// What is to be made of what, as a message.
pub fn production_plan_to(plan: &ProductionPlan) -> wire::ProductionPlanned {
    let component = |(number, component): (&u32, &Component)| wire::ProductionComponent {
        number: *number,
        sku: component.sku.to_string(),
        quantity: decimal(component.quantity),
        decimals: component.decimals,
        backflush_location: match &component.method {
            ComponentMethod::Pick => String::new(),
            ComponentMethod::Backflush { from } => from.to_string(),
        },
    };
    let by_product = |(number, by_product): (&u32, &ByProduct)| wire::ProductionByProduct {
        number: *number,
        sku: by_product.sku.to_string(),
        quantity: decimal(by_product.quantity),
        decimals: by_product.decimals,
    };
    wire::ProductionPlanned {
        order: plan.code.to_string(),
        sku: plan.sku.to_string(),
        quantity: decimal(plan.quantity),
        over_max: decimal(plan.over_max),
        under_max: decimal(plan.under_max),
        due: plan.due.to_string(),
        place: plan.place.to_string(),
        inspected: plan.is_inspected,
        bill: plan.bill.clone(),
        wanted_order: plan.wanted.as_ref().map(|wanted| wanted.order.to_string()).unwrap_or_default(),
        wanted_line: plan.wanted.as_ref().map(|wanted| wanted.line).unwrap_or_default(),
        components: plan.components.iter().map(component).collect(),
        by_products: plan.by_products.iter().map(by_product).collect(),
    }
}

fn plan_of(message: &wire::ProductionPlanned) -> Result<ProductionPlan, WireError> {
    let component = |component: &wire::ProductionComponent| {
        let from = given(&component.backflush_location, LocationCode::parse)?;
        let planned = Component {
            sku: Sku::parse(&component.sku)?,
            quantity: quantity(component.quantity.as_ref())?,
            decimals: component.decimals,
            method: from.map_or(ComponentMethod::Pick, |from| ComponentMethod::Backflush { from }),
        };
        Ok::<_, WireError>((component.number, planned))
    };
    let by_product = |by_product: &wire::ProductionByProduct| {
        let planned = ByProduct {
            sku: Sku::parse(&by_product.sku)?,
            quantity: quantity(by_product.quantity.as_ref())?,
            decimals: by_product.decimals,
        };
        Ok::<_, WireError>((by_product.number, planned))
    };
    let wanted = given(&message.wanted_order, DocumentCode::parse)?;
    Ok(ProductionPlan {
        code: DocumentCode::parse(&message.order)?,
        sku: Sku::parse(&message.sku)?,
        quantity: quantity(message.quantity.as_ref())?,
        over_max: quantity(message.over_max.as_ref())?,
        under_max: quantity(message.under_max.as_ref())?,
        due: Date::parse(&message.due)?,
        place: LocationCode::parse(&message.place)?,
        is_inspected: message.inspected,
        bill: message.bill.clone(),
        wanted: wanted.map(|order| Wanted { order, line: message.wanted_line }),
        components: message.components.iter().map(component).collect::<Result<_, _>>()?,
        by_products: message.by_products.iter().map(by_product).collect::<Result<_, _>>()?,
    })
}

fn progress_to(progress: &Progress) -> wire::ProductionProgressed {
    let step = match progress.step {
        ProductionStep::Issued => wire::ProductionStep::Issued,
        ProductionStep::Returned => wire::ProductionStep::Returned,
        ProductionStep::Consumed => wire::ProductionStep::Consumed,
        ProductionStep::Reported => wire::ProductionStep::Reported,
        ProductionStep::TakenBack => wire::ProductionStep::TakenBack,
    };
    let component =
        |step: &ComponentStep| component_to(step.number, (step.staged, step.consumed, step.deviated));
    let by_product = |step: &ByProductStep| by_product_to(step.number, (step.made, step.deviated));
    wire::ProductionProgressed {
        order: progress.code.to_string(),
        step: step.into(),
        made: decimal(progress.made),
        components: progress.components.iter().map(component).collect(),
        by_products: progress.by_products.iter().map(by_product).collect(),
    }
}

fn progress_of(message: &wire::ProductionProgressed) -> Result<Progress, WireError> {
    let step = match message.step() {
        wire::ProductionStep::Issued => ProductionStep::Issued,
        wire::ProductionStep::Returned => ProductionStep::Returned,
        wire::ProductionStep::Consumed => ProductionStep::Consumed,
        wire::ProductionStep::Reported => ProductionStep::Reported,
        wire::ProductionStep::TakenBack => ProductionStep::TakenBack,
        wire::ProductionStep::Unspecified => return Err(WireError::Missing("step of the production order")),
    };
    let component = |message: &wire::ProductionComponentProgress| {
        let (number, ComponentProgress { staged, consumed, deviated }) = component_of(message)?;
        Ok::<_, WireError>(ComponentStep { number, staged, consumed, deviated })
    };
    let by_product = |message: &wire::ProductionByProductProgress| {
        let (number, ByProductProgress { made, deviated }) = by_product_of(message)?;
        Ok::<_, WireError>(ByProductStep { number, made, deviated })
    };
    Ok(Progress {
        code: DocumentCode::parse(&message.order)?,
        step,
        made: quantity(message.made.as_ref())?,
        components: message.components.iter().map(component).collect::<Result<_, _>>()?,
        by_products: message.by_products.iter().map(by_product).collect::<Result<_, _>>()?,
    })
}

type Amounts = (Quantity, Quantity, Quantity);

fn component_to(number: u32, (staged, consumed, deviated): Amounts) -> wire::ProductionComponentProgress {
    let (staged, consumed, deviated) = (decimal(staged), decimal(consumed), decimal(deviated));
    wire::ProductionComponentProgress { number, staged, consumed, deviated }
}

fn component_of(message: &wire::ProductionComponentProgress) -> Result<(u32, ComponentProgress), WireError> {
    let progress = ComponentProgress {
        staged: quantity(message.staged.as_ref())?,
        consumed: quantity(message.consumed.as_ref())?,
        deviated: quantity(message.deviated.as_ref())?,
    };
    Ok((message.number, progress))
}

fn by_product_to(number: u32, (made, deviated): (Quantity, Quantity)) -> wire::ProductionByProductProgress {
    wire::ProductionByProductProgress { number, made: decimal(made), deviated: decimal(deviated) }
}

fn by_product_of(message: &wire::ProductionByProductProgress) -> Result<(u32, ByProductProgress), WireError> {
    let (made, deviated) = (quantity(message.made.as_ref())?, quantity(message.deviated.as_ref())?);
    Ok((message.number, ByProductProgress { made, deviated }))
}

/// A production order as a message.
pub fn production_order_to(order: &ProductionOrder) -> wire::ProductionOrder {
    let component = |(number, of): (&u32, &ComponentProgress)| {
        component_to(*number, (of.staged, of.consumed, of.deviated))
    };
    let by_product =
        |(number, of): (&u32, &ByProductProgress)| by_product_to(*number, (of.made, of.deviated));
    wire::ProductionOrder {
        plan: Some(production_plan_to(&order.plan)),
        state: production_state_to(order.state).into(),
        made: decimal(order.made),
        components: order.components.iter().map(component).collect(),
        by_products: order.by_products.iter().map(by_product).collect(),
        note: order.note.clone(),
        ended_by: order.ended_by.map(Sequence::get).unwrap_or_default(),
    }
}

/// A message as a production order.
///
/// # Errors
/// [`WireError`] when a field is missing or not what it should be.
pub fn production_order_of(message: &wire::ProductionOrder) -> Result<ProductionOrder, WireError> {
    let plan = message.plan.as_ref().ok_or(WireError::Missing("plan of the production order"))?;
    Ok(ProductionOrder {
        plan: plan_of(plan)?,
        state: production_state_of(message.state())?,
        made: quantity(message.made.as_ref())?,
        components: message.components.iter().map(component_of).collect::<Result<_, _>>()?,
        by_products: message.by_products.iter().map(by_product_of).collect::<Result<_, _>>()?,
        note: message.note.clone(),
        ended_by: (message.ended_by != 0).then(|| Sequence::new(message.ended_by)),
    })
}

/// How far a production order is, as a message.
pub const fn production_state_to(state: ProductionState) -> wire::ProductionState {
    match state {
        ProductionState::Planned => wire::ProductionState::Planned,
        ProductionState::Released => wire::ProductionState::Released,
        ProductionState::Started => wire::ProductionState::Started,
        ProductionState::Finished => wire::ProductionState::Finished,
        ProductionState::Closed => wire::ProductionState::Closed,
        ProductionState::Cancelled => wire::ProductionState::Cancelled,
    }
}

pub(super) const fn production_state_of(state: wire::ProductionState) -> Result<ProductionState, WireError> {
    match state {
        wire::ProductionState::Planned => Ok(ProductionState::Planned),
        wire::ProductionState::Released => Ok(ProductionState::Released),
        wire::ProductionState::Started => Ok(ProductionState::Started),
        wire::ProductionState::Finished => Ok(ProductionState::Finished),
        wire::ProductionState::Closed => Ok(ProductionState::Closed),
        wire::ProductionState::Cancelled => Ok(ProductionState::Cancelled),
        wire::ProductionState::Unspecified => Err(WireError::Missing("state of the production order")),
    }
}

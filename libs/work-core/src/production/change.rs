use thiserror::Error;
use vocabulary::{DocumentCode, Quantity, Sequence};

use super::{ProductionOrder, ProductionPlan, ProductionState};

/// What a step changes of a production order: a fact of the journal. What it moves is said by facts of the stock, in the same entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProductionChange {
    /// It is planned, or otherwise than before.
    Planned(Box<ProductionPlan>),
    /// It may be worked on.
    Released {
        /// Which.
        code: DocumentCode,
    },
    /// Something of it was issued, used up or made.
    Progressed(Progress),
    /// Nothing more will be made.
    Finished {
        /// Which.
        code: DocumentCode,
        /// Why less was made than was planned, in somebody's words; may be empty.
        note: String,
    },
    /// It is over.
    Closed {
        /// Which.
        code: DocumentCode,
    },
    /// Nothing of it was made, and nothing will be.
    Cancelled {
        /// Which.
        code: DocumentCode,
    },
}

/// What a step moved for an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Progress {
    /// For which.
    pub code: DocumentCode,
    /// Which step it was.
    pub step: ProductionStep,
    /// How many good ones were made; negative for those that are taken back.
    pub made: Quantity,
    /// What became of components, by number.
    pub components: Vec<ComponentStep>,
    /// What came out besides, by number.
    pub by_products: Vec<ByProductStep>,
}

/// A step that moves something.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProductionStep {
    /// Components were brought to the place of work.
    Issued,
    /// Components were brought back from it.
    Returned,
    /// Components were used up by hand.
    Consumed,
    /// Something was made.
    Reported,
    /// A step was taken back.
    TakenBack,
}

/// What a step changed of a component, in the base unit; negative for less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComponentStep {
    /// Which.
    pub number: u32,
    /// More of it lies at the place of work.
    pub staged: Quantity,
    /// More of it was used up.
    pub consumed: Quantity,
    /// What of that the plan does not say.
    pub deviated: Quantity,
}

/// What a step changed of what comes out besides, in the base unit; negative for less.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByProductStep {
    /// Which.
    pub number: u32,
    /// More of it came.
    pub made: Quantity,
    /// What of that the plan does not say.
    pub deviated: Quantity,
}

/// A change that does not follow from what is known: the journal is damaged.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("production order {code} cannot have changed like that")]
pub struct ProductionNotFollowing {
    /// Which.
    pub code: DocumentCode,
}

impl ProductionStep {
    /// All of them.
    pub const ALL: [Self; 5] =
        [Self::Issued, Self::Returned, Self::Consumed, Self::Reported, Self::TakenBack];
}

impl Progress {
    /// A step that nothing is known of yet.
    pub const fn new(code: DocumentCode, step: ProductionStep) -> Self {
        Self { code, step, made: Quantity::ZERO, components: Vec::new(), by_products: Vec::new() }
    }

    /// The same, taken back.
    #[must_use]
    pub fn taken_back(&self) -> Self {
        let component = |step: &ComponentStep| ComponentStep {
            number: step.number,
            staged: step.staged.negated(),
            consumed: step.consumed.negated(),
            deviated: step.deviated.negated(),
        };
        let by_product = |step: &ByProductStep| ByProductStep {
            number: step.number,
            made: step.made.negated(),
            deviated: step.deviated.negated(),
        };
        Self {
            code: self.code.clone(),
            step: ProductionStep::TakenBack,
            made: self.made.negated(),
            components: self.components.iter().map(component).collect(),
            by_products: self.by_products.iter().map(by_product).collect(),
        }
    }
}

impl ProductionChange {
    /// Which order changes.
    pub const fn code(&self) -> &DocumentCode {
        match self {
            Self::Planned(plan) => &plan.code,
            Self::Progressed(progress) => &progress.code,
            Self::Released { code } | Self::Finished { code, .. } => code,
            Self::Closed { code } | Self::Cancelled { code } => code,
        }
    }

    /// What an order is after the change; `None` is one that is not known. `sequence` is the entry it stands in.
    ///
    /// # Errors
    /// [`ProductionNotFollowing`] when it does not follow from what the order is.
    pub fn apply(
        &self,
        before: Option<ProductionOrder>,
        sequence: Sequence,
    ) -> Result<ProductionOrder, ProductionNotFollowing> {
        let not_following = || ProductionNotFollowing { code: self.code().clone() };
        let Some(mut order) = before else {
            let Self::Planned(plan) = self else { return Err(not_following()) };
            return Ok(ProductionOrder::new((**plan).clone()));
        };
        if !order.state.is_open() {
            return Err(not_following());
        }
        match self {
            Self::Planned(plan) => order.plan = (**plan).clone(),
            Self::Released { .. } => order.state = order.state.max(ProductionState::Released),
            Self::Progressed(progress) => order.progress(progress).ok_or_else(not_following)?,
            Self::Finished { note, .. } => {
                (order.state, order.note) = (ProductionState::Finished, note.clone());
            }
            Self::Closed { .. } => (order.state, order.ended_by) = (ProductionState::Closed, Some(sequence)),
            Self::Cancelled { .. } => {
                (order.state, order.ended_by) = (ProductionState::Cancelled, Some(sequence));
            }
        }
        Ok(order)
    }
}

impl ProductionOrder {
    /// `None` when less would be there than nothing.
    pub(super) fn progress(&mut self, progress: &Progress) -> Option<()> {
        let add = |to: &mut Quantity, more: Quantity| {
            *to = to.checked_add(more).ok()?;
            Some(!to.is_negative())
        };
        let mut is_sound = add(&mut self.made, progress.made)?;
        for step in &progress.components {
            let component = self.components.entry(step.number).or_default();
            is_sound &= add(&mut component.staged, step.staged)?;
            is_sound &= add(&mut component.consumed, step.consumed)?;
            add(&mut component.deviated, step.deviated)?;
        }
        for step in &progress.by_products {
            let by_product = self.by_products.entry(step.number).or_default();
            is_sound &= add(&mut by_product.made, step.made)?;
            add(&mut by_product.deviated, step.deviated)?;
        }
        let begins = matches!(progress.step, ProductionStep::Consumed | ProductionStep::Reported);
        if begins && self.state == ProductionState::Released {
            self.state = ProductionState::Started;
        }
        is_sound.then_some(())
    }
}

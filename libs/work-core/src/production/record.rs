use std::collections::BTreeMap;

use vocabulary::{DocumentCode, Quantity, Sequence};

use super::need::{Rounded, part};
use super::{ByProduct, Component, ProductionPlan};
use crate::Document;

/// The most production orders that may be open in a warehouse at once.
pub const OPEN_PRODUCTION_ORDERS_MAX: usize = 20_000;

/// A production order as the warehouse knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductionOrder {
    /// What is to be made of what.
    pub plan: ProductionPlan,
    /// How far it is.
    pub state: ProductionState,
    /// How many good ones were made, in the base unit.
    pub made: Quantity,
    /// What became of its components; nothing of those of which nothing was issued or used.
    pub components: BTreeMap<u32, ComponentProgress>,
    /// What came out besides; nothing of what did not.
    pub by_products: BTreeMap<u32, ByProductProgress>,
    /// Why less was made than was planned, in somebody's words; may be empty.
    pub note: String,
    /// The journal's entry that closed or cancelled it.
    pub ended_by: Option<Sequence>,
}

/// How far a production order is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProductionState {
    /// It is known, and nobody works on it.
    Planned,
    /// Components may be issued to it, and it may be worked on.
    Released,
    /// Something was made, or used up.
    Started,
    /// Nothing more will be made; components that are left may be given back.
    Finished,
    /// It is over.
    Closed,
    /// Nothing of it was made, and nothing will be.
    Cancelled,
}

/// What became of a component, in the base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ComponentProgress {
    /// What lies at the place of work for the order.
    pub staged: Quantity,
    /// What was used up.
    pub consumed: Quantity,
    /// What of that was more than the plan says for what was made; negative for less. Only what somebody said with what was made.
    pub deviated: Quantity,
}

/// What came out besides, in the base unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ByProductProgress {
    /// How much.
    pub made: Quantity,
    /// What of that was more than the plan says for what was made; negative for less.
    pub deviated: Quantity,
}

impl ProductionState {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Planned, Self::Released, Self::Started, Self::Finished, Self::Closed, Self::Cancelled];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Released => "released",
            Self::Started => "started",
            Self::Finished => "finished",
            Self::Closed => "closed",
            Self::Cancelled => "cancelled",
        }
    }

    /// Whether anything can still be done with it.
    pub const fn is_open(self) -> bool {
        !matches!(self, Self::Closed | Self::Cancelled)
    }

    /// Whether something may still be made.
    pub const fn is_expected(self) -> bool {
        matches!(self, Self::Planned | Self::Released | Self::Started)
    }
}

impl ProductionOrder {
    /// One of which nothing is made yet.
    pub fn new(plan: ProductionPlan) -> Self {
        let (components, by_products, note) = Default::default();
        let (state, made, ended_by) = (ProductionState::Planned, Quantity::ZERO, None);
        Self { plan, state, made, components, by_products, note, ended_by }
    }

    /// What became of a component.
    pub fn component(&self, number: u32) -> ComponentProgress {
        self.components.get(&number).copied().unwrap_or_default()
    }

    /// What came out of a by-product.
    pub fn by_product(&self, number: u32) -> ByProductProgress {
        self.by_products.get(&number).copied().unwrap_or_default()
    }

    /// What is still to be made; nothing of an order that is finished.
    pub fn open(&self) -> Quantity {
        let open = self.plan.quantity.checked_sub(self.made).unwrap_or_default();
        if self.state.is_expected() { open.max(Quantity::ZERO) } else { Quantity::ZERO }
    }

    /// What of a component will still be used; nothing of an order that is finished.
    pub fn open_component(&self, number: u32) -> Quantity {
        let Some(component) = self.plan.components.get(&number).filter(|_| self.state.is_expected()) else {
            return Quantity::ZERO;
        };
        self.due_of((number, component), self.made.max(self.plan.quantity))
    }

    /// What of a by-product will still come out; nothing of an order that is finished.
    pub fn open_by_product(&self, number: u32) -> Quantity {
        let Some(by_product) = self.plan.by_products.get(&number).filter(|_| self.state.is_expected()) else {
            return Quantity::ZERO;
        };
        self.coming_of((number, by_product), self.made.max(self.plan.quantity))
    }

    /// What a component takes, so that as much as `made` is made in all, beyond what was used.
    pub(super) fn due_of(&self, (number, component): (u32, &Component), made: Quantity) -> Quantity {
        let of = (component.decimals, Rounded::Up);
        let need = part(component.quantity, (made, self.plan.quantity), of);
        let ComponentProgress { consumed, deviated, .. } = self.component(number);
        left(need, deviated, consumed)
    }

    /// What comes out of a by-product, when as much as `made` is made in all, beyond what came.
    pub(super) fn coming_of(&self, (number, by_product): (u32, &ByProduct), made: Quantity) -> Quantity {
        let of = (by_product.decimals, Rounded::Down);
        let coming = part(by_product.quantity, (made, self.plan.quantity), of);
        let ByProductProgress { made, deviated } = self.by_product(number);
        left(coming, deviated, made)
    }
}

fn left(all: Quantity, deviated: Quantity, done: Quantity) -> Quantity {
    let left = all.checked_add(deviated).and_then(|all| all.checked_sub(done));
    left.unwrap_or_default().max(Quantity::ZERO)
}

impl Document for ProductionOrder {
    const ENDED_WEIGHT_KEPT: usize = 100_000;

    fn code(&self) -> &DocumentCode {
        &self.plan.code
    }

    fn ended_by(&self) -> Option<Sequence> {
        self.ended_by
    }

    /// What is made, its components, and what comes out besides.
    fn weight(&self) -> usize {
        self.plan.components.len().saturating_add(self.plan.by_products.len()).saturating_add(1)
    }
}

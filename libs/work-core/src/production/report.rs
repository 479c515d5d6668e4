//! Something was made: what that takes follows from all that was made so far, so that nothing is rounded or used twice, whoever reports at
//! the same time.

use vocabulary::{LocationCode, Quantity, Sku};

use super::{
    ByProductStep, Component, ComponentStep, ProductionChange, ProductionOrder, ProductionRejection,
    ProductionStep, Progress,
};

/// What somebody says of what was used, or came out besides.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The item.
    pub sku: &'a Sku,
    /// How much, in the base unit; `None` for what the plan says.
    pub quantity: Option<Quantity>,
    /// Where it was, or is put; `None` for where the plan says.
    pub at: Option<&'a LocationCode>,
}

/// Goods that are used up, or come out besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The item.
    pub sku: Sku,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
    /// Where it is, or is put; `None` of what comes out, of which nobody said where.
    pub at: Option<LocationCode>,
    /// Which of what was said it is.
    pub said: Option<usize>,
    /// The component that it is of.
    pub number: Option<u32>,
}

/// What a report moves besides what was made, and what it changes of the order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported {
    /// What is used up.
    pub used: Vec<Due>,
    /// What comes out besides.
    pub besides: Vec<Due>,
    /// What changes.
    pub change: ProductionChange,
}

impl ProductionOrder {
    /// So much more was made. What is said of an item that is a component, or comes out besides, counts in the place of what the plan says;
    /// of another it is used up, or came, all the same.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it is not worked on, when more would be made than may be, or when less of a component was issued than
    /// that takes.
    pub fn report(
        &self,
        quantity: Quantity,
        (used, besides): (&[Said<'_>], &[Said<'_>]),
    ) -> Result<Reported, ProductionRejection> {
        self.check_worked_on()?;
        let made = self.made.checked_add(quantity).unwrap_or(Quantity::MAX);
        if made > self.plan.most() {
            let left = self.plan.most().checked_sub(self.made).unwrap_or_default();
            return Err(ProductionRejection::OverTolerance { code: self.code(), asked: quantity, left });
        }
        let mut report = Report {
            order: self,
            used: Vec::new(),
            besides: Vec::new(),
            progress: Progress { made: quantity, ..Progress::new(self.code(), ProductionStep::Reported) },
        };
        for (number, component) in &self.plan.components {
            report.component((*number, component), made, used)?;
        }
        report.others(used)?;
        report.by_products(made, besides);
        let Report { used, besides, progress, .. } = report;
        Ok(Reported { used, besides, change: ProductionChange::Progressed(progress) })
    }
}

struct Report<'a> {
    order: &'a ProductionOrder,
    used: Vec<Due>,
    besides: Vec<Due>,
    progress: Progress,
}

impl Report<'_> {
    fn component(
        &mut self,
        (number, component): (u32, &Component),
        made: Quantity,
        said: &[Said<'_>],
    ) -> Result<(), ProductionRejection> {
        let due = self.order.due_of((number, component), made);
        let source = self.order.source(component);
        let parts = parts(&component.sku, due, said);
        let (mut consumed, mut staged) = (Quantity::ZERO, Quantity::ZERO);
        for (quantity, index) in parts {
            let at = index.and_then(|index| said.get(index)?.at).unwrap_or(source);
            consumed = consumed.checked_add(quantity).unwrap_or(Quantity::MAX);
            if self.order.is_staged(component, at) {
                staged = staged.checked_add(quantity).unwrap_or(Quantity::MAX);
            }
            let (sku, at) = (component.sku.clone(), Some(at.clone()));
            self.used.push(Due { sku, quantity, at, said: index, number: Some(number) });
        }
        self.order.check_staged((number, &component.sku), staged)?;
        let deviated = consumed.checked_sub(due).unwrap_or_default();
        if !consumed.is_zero() || !deviated.is_zero() {
            let staged = staged.negated();
            self.progress.components.push(ComponentStep { number, staged, consumed, deviated });
        }
        Ok(())
    }

    /// What was used in the place of a component, or beside them.
    fn others(&mut self, said: &[Said<'_>]) -> Result<(), ProductionRejection> {
        let (order, plan) = (self.order, &self.order.plan);
        for (index, said) in said.iter().enumerate() {
            if plan.component_of(said.sku).is_some() {
                continue;
            }
            let sku = said.sku.clone();
            let no_component = || ProductionRejection::NoComponent { code: order.code(), sku: sku.clone() };
            let quantity = said.quantity.ok_or_else(no_component)?;
            if quantity.is_positive() {
                let at = Some(said.at.unwrap_or(&plan.place).clone());
                self.used.push(Due { sku, quantity, at, said: Some(index), number: None });
            }
        }
        Ok(())
    }

    fn by_products(&mut self, made: Quantity, said: &[Said<'_>]) {
        for (number, by_product) in &self.order.plan.by_products {
            let coming = self.order.coming_of((*number, by_product), made);
            let mut came = Quantity::ZERO;
            for (quantity, index) in parts(&by_product.sku, coming, said) {
                came = came.checked_add(quantity).unwrap_or(Quantity::MAX);
                self.comes(&by_product.sku, quantity, (index, said));
            }
            let deviated = came.checked_sub(coming).unwrap_or_default();
            if !came.is_zero() || !deviated.is_zero() {
                self.progress.by_products.push(ByProductStep { number: *number, made: came, deviated });
            }
        }
        for (index, other) in said.iter().enumerate() {
            if self.order.plan.by_product_of(other.sku).is_none() {
                self.comes(other.sku, other.quantity.unwrap_or_default(), (Some(index), said));
            }
        }
    }

    fn comes(&mut self, sku: &Sku, quantity: Quantity, (index, said): (Option<usize>, &[Said<'_>])) {
        if quantity.is_positive() {
            let at = index.and_then(|index| said.get(index)?.at).cloned();
            self.besides.push(Due { sku: sku.clone(), quantity, at, said: index, number: None });
        }
    }
}

/// How much is moved of an item, and by which of what was said: all that is due when nothing was, and what is left of it where no quantity
/// was.
fn parts(sku: &Sku, due: Quantity, said: &[Said<'_>]) -> Vec<(Quantity, Option<usize>)> {
    let of_item = || said.iter().enumerate().filter(|(_, said)| said.sku == sku);
    let named = of_item().filter_map(|(_, said)| said.quantity);
    let named = named.fold(Quantity::ZERO, |sum, part| sum.checked_add(part).unwrap_or(Quantity::MAX));
    let mut left = due.checked_sub(named).unwrap_or_default().max(Quantity::ZERO);
    let mut parts = Vec::new();
    for (index, said) in of_item() {
        let quantity = said.quantity.unwrap_or_else(|| std::mem::take(&mut left));
        parts.push((quantity, Some(index)));
    }
    if parts.is_empty() {
        parts.push((due, None));
    }
    parts.retain(|(quantity, _)| quantity.is_positive());
    parts
}

//! Which step an order may take. Steps that make something are in [`super::report`].

use vocabulary::{DocumentCode, LocationCode, Quantity, Sku};

use super::{
    Component, ComponentMethod, ComponentProgress, ComponentStep, ProductionChange, ProductionOrder,
    ProductionPlan, ProductionRejection, ProductionState, ProductionStep, Progress,
};

impl ProductionPlan {
    /// It is planned for the first time.
    ///
    /// # Errors
    /// [`ProductionRejection::TooLarge`].
    pub fn plan(self) -> Result<ProductionChange, ProductionRejection> {
        if self.is_exact() {
            return Ok(ProductionChange::Planned(Box::new(self)));
        }
        Err(ProductionRejection::TooLarge { code: self.code })
    }
}

impl ProductionOrder {
    /// It is planned otherwise: what was made, issued or used stays in it.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it is finished or over, or when the plan does not have what is in use.
    pub fn replan(&self, plan: ProductionPlan) -> Result<ProductionChange, ProductionRejection> {
        self.check_not_finished()?;
        if self.made.is_positive() && plan.sku != self.plan.sku {
            return Err(self.in_use(&self.plan.sku));
        }
        for (number, progress) in &self.components {
            let Some(component) = self.plan.components.get(number) else { continue };
            let is_used = *progress != ComponentProgress::default();
            let stays = plan.components.get(number).is_some_and(|planned| planned.sku == component.sku);
            let moves = progress.staged.is_positive() && plan.place != self.plan.place;
            if is_used && (!stays || moves) {
                return Err(self.in_use(&component.sku));
            }
        }
        for (number, progress) in &self.by_products {
            let Some(by_product) = self.plan.by_products.get(number) else { continue };
            let stays = plan.by_products.get(number).is_some_and(|planned| planned.sku == by_product.sku);
            if !progress.made.is_zero() && !stays {
                return Err(self.in_use(&by_product.sku));
            }
        }
        if self.made > plan.most() {
            let (code, asked, left) = (self.code(), self.made, plan.most());
            return Err(ProductionRejection::OverTolerance { code, asked, left });
        }
        plan.plan()
    }

    /// It may be worked on.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it is released already, finished or over.
    pub fn release(&self) -> Result<ProductionChange, ProductionRejection> {
        self.check_not_finished()?;
        if self.state == ProductionState::Planned {
            return Ok(ProductionChange::Released { code: self.code() });
        }
        Err(ProductionRejection::AlreadyReleased { code: self.code() })
    }

    /// So much of an item is brought to the place of work.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it is not worked on, or when the item is not issued to it.
    pub fn issue(&self, sku: &Sku, quantity: Quantity) -> Result<ProductionChange, ProductionRejection> {
        self.check_worked_on()?;
        let (number, component) = self.named(sku)?;
        if component.method != ComponentMethod::Pick {
            return Err(ProductionRejection::NotIssued { code: self.code(), sku: sku.clone() });
        }
        let step =
            ComponentStep { number, staged: quantity, consumed: Quantity::ZERO, deviated: Quantity::ZERO };
        Ok(self.moved(ProductionStep::Issued, step))
    }

    /// So much of an item is brought back from the place of work.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it was never released or is over, or when less lies there for it.
    pub fn give_back(&self, sku: &Sku, quantity: Quantity) -> Result<ProductionChange, ProductionRejection> {
        self.check_released()?;
        let (number, _) = self.named(sku)?;
        self.check_staged((number, sku), quantity)?;
        let (consumed, deviated) = (Quantity::ZERO, Quantity::ZERO);
        let step = ComponentStep { number, staged: quantity.negated(), consumed, deviated };
        Ok(self.moved(ProductionStep::Returned, step))
    }

    /// So much of an item is used up by hand: the plan takes as much less with what is made next. `from` is where, if somebody said.
    /// Gives also where it is.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it was never released or is over, or when less lies there for it.
    pub fn consume(
        &self,
        (sku, quantity): (&Sku, Quantity),
        from: Option<&LocationCode>,
    ) -> Result<(ProductionChange, LocationCode), ProductionRejection> {
        self.check_released()?;
        let (number, component) = self.named(sku)?;
        let from = from.cloned().unwrap_or_else(|| self.source(component).clone());
        let staged = if self.is_staged(component, &from) {
            self.check_staged((number, sku), quantity)?;
            quantity.negated()
        } else {
            Quantity::ZERO
        };
        let step = ComponentStep { number, staged, consumed: quantity, deviated: Quantity::ZERO };
        Ok((self.moved(ProductionStep::Consumed, step), from))
    }

    /// Nothing more is made. `is_short` says that less than enough is.
    ///
    /// # Errors
    /// [`ProductionRejection`] when nothing was made yet, when it is finished or over, or when less was made than is enough.
    pub fn finish(&self, is_short: bool, note: &str) -> Result<ProductionChange, ProductionRejection> {
        self.check_worked_on()?;
        if self.state != ProductionState::Started {
            return Err(ProductionRejection::NotStarted { code: self.code() });
        }
        let least = self.plan.least();
        if self.made < least && !is_short {
            return Err(ProductionRejection::UnderTolerance { code: self.code(), made: self.made, least });
        }
        Ok(ProductionChange::Finished { code: self.code(), note: note.to_owned() })
    }

    /// It is over. `without_rest` says that what is left of its components stays where it is, and is not the order's any more.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it is not finished or over, or when components are left.
    pub fn close(&self, without_rest: bool) -> Result<ProductionChange, ProductionRejection> {
        self.check_open()?;
        if self.state != ProductionState::Finished {
            return Err(ProductionRejection::NotFinished { code: self.code(), state: self.state });
        }
        if !without_rest {
            self.check_nothing_left()?;
        }
        Ok(ProductionChange::Closed { code: self.code() })
    }

    /// Nothing is made.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it is over, when something was made or used up, or when components are left.
    pub fn cancel(&self) -> Result<ProductionChange, ProductionRejection> {
        self.check_open()?;
        let is_used = self.components.values().any(|progress| !progress.consumed.is_zero());
        let has_come = self.by_products.values().any(|progress| !progress.made.is_zero());
        if is_used || has_come || !self.made.is_zero() {
            return Err(ProductionRejection::Made { code: self.code() });
        }
        self.check_nothing_left()?;
        Ok(ProductionChange::Cancelled { code: self.code() })
    }

    /// A step of it is taken back; nothing of an order that is over, which stays as it is.
    ///
    /// # Errors
    /// [`ProductionRejection::ComponentLacking`] when what it issued was used up, or given back.
    pub fn take_back(&self, progress: &Progress) -> Result<Option<ProductionChange>, ProductionRejection> {
        if !self.state.is_open() {
            return Ok(None);
        }
        let back = progress.taken_back();
        if self.clone().progress(&back).is_some() {
            return Ok(Some(ProductionChange::Progressed(back)));
        }
        let lacks = |step: &&ComponentStep| {
            let staged = self.component(step.number).staged.checked_add(step.staged);
            staged.is_ok_and(|staged| staged.is_negative())
        };
        let lacking = back.components.iter().find(lacks);
        let named = lacking.and_then(|step| Some((step, self.plan.components.get(&step.number)?)));
        let Some((step, component)) = named else {
            return Err(ProductionRejection::Made { code: self.code() });
        };
        let (needed, there) = (step.staged.negated(), self.component(step.number).staged);
        Err(ProductionRejection::ComponentLacking {
            code: self.code(),
            sku: component.sku.clone(),
            needed,
            there,
        })
    }

    /// Where what is used of a component comes from, if nobody says otherwise.
    pub fn source<'a>(&'a self, component: &'a Component) -> &'a LocationCode {
        match &component.method {
            ComponentMethod::Pick => &self.plan.place,
            ComponentMethod::Backflush { from } => from,
        }
    }

    /// Whether it may be worked on: components are issued, and something is made.
    ///
    /// # Errors
    /// [`ProductionRejection`] when it is not released, finished or over.
    pub fn check_worked_on(&self) -> Result<(), ProductionRejection> {
        self.check_not_finished()?;
        self.check_released()
    }

    /// Whether anything can still be done with it.
    ///
    /// # Errors
    /// [`ProductionRejection::Ended`] when it is over.
    pub fn check_open(&self) -> Result<(), ProductionRejection> {
        if self.state.is_open() {
            return Ok(());
        }
        Err(ProductionRejection::Ended { code: self.code(), state: self.state })
    }

    fn check_not_finished(&self) -> Result<(), ProductionRejection> {
        self.check_open()?;
        if self.state == ProductionState::Finished {
            return Err(ProductionRejection::Finished { code: self.code() });
        }
        Ok(())
    }

    fn check_released(&self) -> Result<(), ProductionRejection> {
        self.check_open()?;
        if self.state == ProductionState::Planned {
            return Err(ProductionRejection::NotReleased { code: self.code() });
        }
        Ok(())
    }

    fn check_nothing_left(&self) -> Result<(), ProductionRejection> {
        let mut left = self.components.iter().filter(|(_, progress)| progress.staged.is_positive());
        let named = left.find_map(|(number, left)| Some((self.plan.components.get(number)?, left.staged)));
        named.map_or(Ok(()), |(component, left)| {
            Err(ProductionRejection::ComponentsLeft { code: self.code(), sku: component.sku.clone(), left })
        })
    }

    /// So much of a component lies at the place of work for the order.
    pub(super) fn check_staged(
        &self,
        (number, sku): (u32, &Sku),
        needed: Quantity,
    ) -> Result<(), ProductionRejection> {
        let there = self.component(number).staged;
        if needed <= there {
            return Ok(());
        }
        Err(ProductionRejection::ComponentLacking { code: self.code(), sku: sku.clone(), needed, there })
    }

    /// Whether what is used there was issued to the order.
    pub(super) fn is_staged(&self, component: &Component, from: &LocationCode) -> bool {
        component.method == ComponentMethod::Pick && *from == self.plan.place
    }

    pub(super) fn code(&self) -> DocumentCode {
        self.plan.code.clone()
    }

    fn named(&self, sku: &Sku) -> Result<(u32, &Component), ProductionRejection> {
        let no_component = || ProductionRejection::NoComponent { code: self.code(), sku: sku.clone() };
        self.plan.component_of(sku).ok_or_else(no_component)
    }

    fn moved(&self, step: ProductionStep, component: ComponentStep) -> ProductionChange {
        let progress = Progress { components: vec![component], ..Progress::new(self.code(), step) };
        ProductionChange::Progressed(progress)
    }

    fn in_use(&self, sku: &Sku) -> ProductionRejection {
        ProductionRejection::InUse { code: self.code(), sku: sku.clone() }
    }
}

//! What may be done with an order, and what stands against it.

use vocabulary::{DocumentCode, Quantity};

use super::{Order, OrderChange, OrderRejection, OrderState, Placement, Short, Wave};

impl Order {
    /// It is wanted otherwise than before. What is promised or has left stays wanted.
    ///
    /// # Errors
    /// [`OrderRejection`] when it is over, or when a line of which something is promised or has left would be gone, another or too small.
    pub fn place(&self, placement: Placement) -> Result<OrderChange, OrderRejection> {
        self.check_open()?;
        for (line, before, progress) in self.lines() {
            let used = progress.promised.checked_add(progress.shipped).unwrap_or(Quantity::MAX);
            let after = placement.lines.get(&line);
            let fits = after.is_some_and(|after| after.is_as(before) && after.quantity >= used);
            if used.is_positive() && !fits {
                return Err(OrderRejection::LineInUse { code: self.code(), line, used });
            }
        }
        Ok(OrderChange::Placed(Box::new(placement)))
    }

    /// It is picked from now on.
    ///
    /// # Errors
    /// [`OrderRejection`] when it is over or released, when nothing is promised for it, or when it leaves as a whole and something is missing.
    pub fn release(&self, wave: Wave) -> Result<OrderChange, OrderRejection> {
        self.check_open()?;
        if let Some(wave) = &self.wave {
            return Err(OrderRejection::AlreadyReleased { code: self.code(), wave: wave.code.clone() });
        }
        if !self.progress.values().any(|progress| progress.promised.is_positive()) {
            return Err(OrderRejection::NothingPromised { code: self.code() });
        }
        self.check_complete()?;
        Ok(OrderChange::Released { code: self.code(), wave })
    }

    /// Goods of a line are not where they should be.
    ///
    /// # Errors
    /// [`OrderRejection`] when it is not picked, or has no such line.
    pub fn short(&self, short: Short) -> Result<OrderChange, OrderRejection> {
        self.released()?;
        self.check_line(short.line)?;
        Ok(OrderChange::Short { code: self.code(), short })
    }

    /// What is picked leaves.
    ///
    /// # Errors
    /// [`OrderRejection`] when it is over or in no wave, or when it leaves as a whole and something is missing.
    pub fn ship(&self, tracking: &str) -> Result<OrderChange, OrderRejection> {
        self.released()?;
        self.check_complete()?;
        Ok(OrderChange::Shipped { code: self.code(), tracking: tracking.to_owned() })
    }

    /// Nothing more will leave. `without_rest` says that what has not left is not wanted any more.
    ///
    /// # Errors
    /// [`OrderRejection`] when it is over, or when something of it has not left.
    pub fn close(&self, without_rest: bool) -> Result<OrderChange, OrderRejection> {
        self.check_open()?;
        for (line, wanted, progress) in self.lines() {
            let open = wanted.quantity.checked_sub(progress.shipped).unwrap_or_default();
            if open.is_positive() && !without_rest {
                return Err(OrderRejection::LineOpen { code: self.code(), line, open });
            }
        }
        Ok(OrderChange::Closed { code: self.code() })
    }

    /// Nothing will leave.
    ///
    /// # Errors
    /// [`OrderRejection`] when it is over, or when something has left.
    pub fn cancel(&self) -> Result<OrderChange, OrderRejection> {
        self.check_open()?;
        if self.progress.values().any(|progress| progress.shipped.is_positive()) {
            return Err(OrderRejection::Shipped { code: self.code() });
        }
        Ok(OrderChange::Cancelled { code: self.code() })
    }

    /// The wave in which it is picked.
    ///
    /// # Errors
    /// [`OrderRejection`] when it is over, or in no wave.
    pub fn released(&self) -> Result<&Wave, OrderRejection> {
        self.check_open()?;
        self.wave.as_ref().ok_or_else(|| OrderRejection::NotReleased { code: self.code() })
    }

    /// Whether something can still be done with it.
    ///
    /// # Errors
    /// [`OrderRejection::Ended`] when it is over.
    pub fn check_open(&self) -> Result<(), OrderRejection> {
        match self.state {
            OrderState::Placed | OrderState::Released => Ok(()),
            state @ (OrderState::Closed | OrderState::Cancelled) => {
                Err(OrderRejection::Ended { code: self.code(), state })
            }
        }
    }

    /// Whether it has a line.
    ///
    /// # Errors
    /// [`OrderRejection::LineNotFound`] when it has not.
    pub fn check_line(&self, line: u32) -> Result<(), OrderRejection> {
        if self.placed.lines.contains_key(&line) {
            return Ok(());
        }
        Err(OrderRejection::LineNotFound { code: self.code(), line })
    }

    /// Whether it may leave as far as it is promised.
    ///
    /// # Errors
    /// [`OrderRejection::Incomplete`] when it leaves as a whole, and something of it is not promised.
    pub fn check_complete(&self) -> Result<(), OrderRejection> {
        let mut missing = self.placed.lines.keys().map(|line| (*line, self.backordered(*line)));
        match missing.find(|(_, missing)| self.placed.ships_complete && missing.is_positive()) {
            Some((line, missing)) => Err(OrderRejection::Incomplete { code: self.code(), line, missing }),
            None => Ok(()),
        }
    }

    fn code(&self) -> DocumentCode {
        self.placed.code.clone()
    }
}

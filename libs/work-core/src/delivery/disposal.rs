//! What becomes of goods that came for good.

use vocabulary::{DocumentCode, Quantity, Sku};

use super::{Delivery, DeliveryChange, DeliveryRejection, DeliveryState, LineProgress, Source};

/// What becomes of goods that came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disposition {
    /// They are available again.
    Restock,
    /// Something is done with them first.
    Refurbish,
    /// They are thrown away.
    Scrap,
    /// They go back to their supplier.
    ReturnToSupplier,
}

/// What became of goods of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Disposal {
    /// Of which delivery.
    pub code: DocumentCode,
    /// Of which line.
    pub line: u32,
    /// How much, in the base unit; positive.
    pub quantity: Quantity,
    /// What.
    pub disposition: Disposition,
    /// How much of it waited for an inspection, which nobody makes any more.
    pub waited: Quantity,
}

impl Disposition {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Restock, Self::Refurbish, Self::Scrap, Self::ReturnToSupplier];

    /// Its name, as documents and the command line write it.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Restock => "restock",
            Self::Refurbish => "refurbish",
            Self::Scrap => "scrap",
            Self::ReturnToSupplier => "return_to_supplier",
        }
    }

    /// Back from [`Disposition::as_str`].
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|disposition| disposition.as_str() == text)
    }

    /// Whether goods from there may become that.
    const fn is_of(self, source: Source) -> bool {
        match self {
            Self::Restock | Self::Refurbish => matches!(source, Source::Return),
            Self::ReturnToSupplier => matches!(source, Source::Purchase),
            Self::Scrap => matches!(source, Source::Return | Source::Purchase),
        }
    }
}

impl LineProgress {
    /// What came and is still here, or was issued since: nothing has become of it for good.
    pub fn kept(&self) -> Quantity {
        // Each is at most what came.
        let gone = [self.returned, self.restocked, self.scrapped];
        let kept = gone.into_iter().try_fold(self.received, Quantity::checked_sub);
        kept.unwrap_or_default().max(Quantity::ZERO)
    }

    const fn of(&mut self, disposition: Disposition) -> &mut Quantity {
        match disposition {
            Disposition::Restock => &mut self.restocked,
            Disposition::Refurbish => &mut self.refurbished,
            Disposition::Scrap => &mut self.scrapped,
            Disposition::ReturnToSupplier => &mut self.returned,
        }
    }
}

impl Delivery {
    /// Goods of a line get what becomes of them for good. `waits` says that they are the ones that wait for an inspection: nobody makes it
    /// any more, but for goods that would be available.
    ///
    /// # Errors
    /// [`DeliveryRejection`] when it is cancelled, when goods from there do not become that, when less came of which nothing has become
    /// yet, or when goods that wait for an inspection would be available without it.
    pub fn dispose(
        &self,
        (line, sku): (u32, &Sku),
        (quantity, disposition): (Quantity, Disposition),
        waits: bool,
    ) -> Result<Disposal, DeliveryRejection> {
        let (code, source) = (self.announced.code.clone(), self.announced.source);
        if self.state == DeliveryState::Cancelled {
            return Err(DeliveryRejection::Ended { code, state: self.state });
        }
        self.named_line(line, sku)?;
        if !disposition.is_of(source) {
            return Err(DeliveryRejection::OtherDisposition { code, from: source, disposition });
        }
        let progress = self.progress_of(line);
        let refurbished = progress.received.checked_sub(progress.refurbished).unwrap_or_default();
        let most = if disposition == Disposition::Refurbish { refurbished } else { Quantity::MAX };
        let (asked, there) = (quantity, progress.kept().min(most));
        if asked > there {
            return Err(DeliveryRejection::MoreThanThere { code, line, asked, there });
        }
        let left = if waits { self.to_inspect(line) } else { Quantity::ZERO };
        if disposition == Disposition::Restock && left.is_positive() {
            return Err(DeliveryRejection::NotInspected { code, line, left });
        }
        Ok(Disposal { code, line, quantity, disposition, waited: left.min(quantity) })
    }

    /// What became of goods is taken back. `None` when that changes nothing here, as for a receipt.
    pub fn take_back_disposal(&self, disposal: &Disposal, sku: &Sku) -> Option<DeliveryChange> {
        let Disposal { line, disposition, .. } = *disposal;
        let is_same = self.announced.lines.get(&line).is_some_and(|line| line.sku == *sku);
        let mut progress = self.progress_of(line);
        let quantity = disposal.quantity.min(*progress.of(disposition));
        let waited = disposal.waited.min(quantity).min(progress.inspected);
        let applies = is_same && quantity.is_positive();
        applies.then(|| DeliveryChange::DisposalTakenBack(Disposal { quantity, waited, ..disposal.clone() }))
    }

    pub(super) fn disposed(&mut self, disposal: &Disposal) -> Option<()> {
        let progress = self.progress.get_mut(&disposal.line)?;
        let received = progress.received;
        let sum = progress.of(disposal.disposition);
        *sum = sum.checked_add(disposal.quantity).ok()?;
        let is_possible = *sum <= received;
        progress.inspected = progress.inspected.checked_add(disposal.waited).ok()?;
        (is_possible && progress.inspected <= received).then_some(())
    }

    pub(super) fn disposal_taken_back(&mut self, disposal: &Disposal) -> Option<()> {
        let progress = self.progress.get_mut(&disposal.line)?;
        let sum = progress.of(disposal.disposition);
        *sum = sum.checked_sub(disposal.quantity).ok()?;
        let is_possible = !sum.is_negative();
        progress.inspected = progress.inspected.checked_sub(disposal.waited).ok()?;
        (is_possible && !progress.inspected.is_negative()).then_some(())
    }
}

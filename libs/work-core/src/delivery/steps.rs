//! What may be done with a delivery, and what stands against it.

use laws::within_tolerance;
use vocabulary::{DocumentCode, Quantity, Sku, Sscc};

use super::{
    AnnouncedLine, AnnouncedUnit, Announcement, Arrival, DELIVERY_LINES_MAX, Delivery, DeliveryChange,
    DeliveryRejection, DeliveryState, Discrepancy, DiscrepancyKind, Inspection, LineProgress,
};
use crate::{Answerable, sampling_plan};

impl Delivery {
    /// It is announced otherwise than before: of what came, its lines stay what they are.
    ///
    /// # Errors
    /// [`DeliveryRejection`] when it is over, or when a line of which something came would be gone or another.
    pub fn announce(&self, announcement: Announcement) -> Result<DeliveryChange, DeliveryRejection> {
        self.check_open()?;
        for (line, before, progress) in self.lines() {
            let after = announcement.lines.get(&line);
            let is_same = match after {
                Some(after) => after.sku == before.sku && after.inspection == before.inspection,
                None => before.is_unannounced(),
            };
            if progress.received.is_positive() && !is_same {
                let (code, received) = (self.code(), progress.received);
                return Err(DeliveryRejection::LineArrived { code, line, received });
            }
        }
        let kept = |line: &u32| !announcement.lines.contains_key(line) && self.progress.contains_key(line);
        let lines = self.announced.lines.keys().filter(|line| kept(line)).count();
        if lines.saturating_add(announcement.lines.len()) > DELIVERY_LINES_MAX {
            return Err(DeliveryRejection::TooManyLines { code: self.code() });
        }
        if let Some(sscc) = self.arrived_units.iter().find(|sscc| !announcement.units.contains_key(*sscc)) {
            return Err(DeliveryRejection::UnitArrived { code: self.code(), sscc: *sscc });
        }
        Ok(DeliveryChange::Announced(Box::new(announcement)))
    }

    /// Goods come.
    ///
    /// # Errors
    /// [`DeliveryRejection`] when it is over, when they are not of it, or when more would come than may.
    pub fn arrive(
        &self,
        arrival: &Arrival<'_>,
        unit: Option<Sscc>,
    ) -> Result<DeliveryChange, DeliveryRejection> {
        self.check_open()?;
        let line = self.line_of(arrival)?;
        let code = self.code();
        let (sku, quantity) = (arrival.sku.clone(), arrival.quantity);
        let (received, announced) = (self.progress_of(line).received, self.announced.lines.get(&line));
        if announced.is_none() && self.announced.lines.len() >= DELIVERY_LINES_MAX {
            return Err(DeliveryRejection::TooManyLines { code });
        }
        let announced = announced.filter(|line| !line.is_unannounced());
        let fits = |after| {
            announced.is_none_or(|line: &AnnouncedLine| within_tolerance(after, line.expected, line.over_max))
        };
        if !received.checked_add(quantity).is_ok_and(fits) {
            let most = announced.map_or(Quantity::MAX, AnnouncedLine::most);
            let left = most.checked_sub(received).unwrap_or_default().max(Quantity::ZERO);
            return Err(DeliveryRejection::OverTolerance { code, line, asked: quantity, left });
        }
        Ok(DeliveryChange::Arrived { code, line, sku, quantity, unit })
    }

    /// A handling unit comes that was announced: what should be in it.
    ///
    /// # Errors
    /// [`DeliveryRejection`] when the delivery is over, or the unit is not of it, or here already.
    pub fn unit(&self, sscc: Sscc) -> Result<&AnnouncedUnit, DeliveryRejection> {
        self.check_open()?;
        if self.arrived_units.contains(&sscc) {
            return Err(DeliveryRejection::UnitArrived { code: self.code(), sscc });
        }
        let not_announced = || DeliveryRejection::UnitNotAnnounced { code: self.code(), sscc };
        self.announced.units.get(&sscc).ok_or_else(not_announced)
    }

    /// Goods that came are taken back. `None` when that changes nothing here: the delivery is over, or its line is of other goods by
    /// now; nothing stands against it.
    pub fn take_back(
        &self,
        (line, sku): (u32, &Sku),
        quantity: Quantity,
        unit: Option<Sscc>,
    ) -> Option<DeliveryChange> {
        let is_same = self.announced.lines.get(&line).is_some_and(|line| line.sku == *sku);
        // What has become of goods for good did come.
        let quantity = quantity.min(self.progress_of(line).kept());
        let applies = self.state.is_open() && is_same && quantity.is_positive();
        applies.then(|| DeliveryChange::TakenBack { code: self.code(), line, quantity, unit })
    }

    /// What became of goods by an inspection is taken back: they wait for another. `None` when that changes nothing here, as for a receipt.
    pub fn take_back_inspection(
        &self,
        (line, sku): (u32, &Sku),
        quantity: Quantity,
    ) -> Option<DeliveryChange> {
        let is_same = self.announced.lines.get(&line).is_some_and(|line| line.sku == *sku);
        let quantity = quantity.min(self.progress_of(line).inspected);
        let applies = self.state.is_open() && is_same && quantity.is_positive();
        applies.then(|| DeliveryChange::InspectionTakenBack { code: self.code(), line, quantity })
    }

    /// Goods that came are not as they should be.
    ///
    /// # Errors
    /// [`DeliveryRejection`] when it is over, when it has no such line, or when less of it came.
    pub fn declare(&self, discrepancy: Discrepancy) -> Result<DeliveryChange, DeliveryRejection> {
        self.check_open()?;
        let Discrepancy { line, quantity, .. } = discrepancy;
        let (code, there) = (self.code(), self.came(line)?);
        if self.discrepancies.len() >= DELIVERY_LINES_MAX {
            return Err(DeliveryRejection::TooManyLines { code });
        }
        let said = self.discrepancies.iter().filter(|said| said.line == line).map(|said| said.quantity);
        let sum = said.chain([quantity]).try_fold(Quantity::ZERO, Quantity::checked_add);
        let asked = sum.unwrap_or(Quantity::MAX);
        if asked > there {
            return Err(DeliveryRejection::MoreThanThere { code, line, asked, there });
        }
        Ok(DeliveryChange::Declared { code, discrepancy })
    }

    /// Goods of a line were inspected, and are available from now on, or not.
    ///
    /// # Errors
    /// [`DeliveryRejection`] when it is over, when less waits for an inspection, when too few were looked at, or when too many were
    /// not right for goods that would be available.
    pub fn inspect(
        &self,
        inspection: Inspection,
        (sku, outcome): (&Sku, InspectionOutcome),
    ) -> Result<DeliveryChange, DeliveryRejection> {
        self.check_open()?;
        let Inspection { line, quantity: asked, sample: given, defective, .. } = inspection;
        self.named_line(line, sku)?;
        let (code, there) = (self.code(), self.to_inspect(line));
        let aql = self.announced.lines.get(&line).and_then(|line| line.inspection);
        let Some(aql) = aql.filter(|_| asked <= there) else {
            return Err(DeliveryRejection::MoreThanThere { code, line, asked, there });
        };
        let plan = sampling_plan(asked, aql);
        if outcome == InspectionOutcome::Held {
            // Whoever sees that goods are bad need not look at more of them.
            return Ok(DeliveryChange::Inspected(inspection));
        }
        if given < plan.sample {
            return Err(DeliveryRejection::SampleTooSmall { code, line, given, sample: plan.sample });
        }
        if defective > plan.accept {
            return Err(DeliveryRejection::InspectionFailed { code, line, defective, accept: plan.accept });
        }
        Ok(DeliveryChange::Inspected(inspection))
    }

    /// Nothing more will come. Lines that differ by more than they may, or wait for an inspection, need somebody who answers for it; what
    /// differs is written down either way.
    ///
    /// # Errors
    /// [`DeliveryRejection`] when it is over, when goods wait for an inspection, or when nobody answers for a difference.
    pub fn close(
        &self,
        answerable: Option<Answerable>,
        note: &str,
    ) -> Result<DeliveryChange, DeliveryRejection> {
        self.check_open()?;
        let code = self.code();
        let mut discrepancies = Vec::new();
        for (line, announced, progress) in self.lines() {
            let left = self.to_inspect(line);
            if left.is_positive() {
                let Some(answerable) = answerable else {
                    return Err(DeliveryRejection::NotInspected { code, line, left });
                };
                let (kind, note) = (DiscrepancyKind::NotInspected, note.to_owned());
                discrepancies.push(Discrepancy { line, kind, quantity: left, answerable, note });
            }
            let Some((kind, quantity)) = difference(announced, progress) else { continue };
            let may_be = kind == DiscrepancyKind::Short && quantity <= announced.under_max
                || kind == DiscrepancyKind::Over && quantity <= announced.over_max;
            let Some(answerable) = answerable.or_else(|| may_be.then_some(Answerable::Supplier)) else {
                let (expected, received) = (announced.expected, progress.received);
                return Err(DeliveryRejection::NobodyAnswers { code, line, expected, received });
            };
            discrepancies.push(Discrepancy { line, kind, quantity, answerable, note: note.to_owned() });
        }
        Ok(DeliveryChange::Closed { code, discrepancies })
    }

    /// Nothing will come.
    ///
    /// # Errors
    /// [`DeliveryRejection`] when it is over, or when something came.
    pub fn cancel(&self) -> Result<DeliveryChange, DeliveryRejection> {
        self.check_open()?;
        let code = self.code();
        if self.state == DeliveryState::Arriving {
            return Err(DeliveryRejection::Arrived { code });
        }
        Ok(DeliveryChange::Cancelled { code })
    }

    /// Whether goods of a line wait for an inspection when they come.
    pub fn is_inspected(&self, line: Option<u32>, sku: &Sku) -> bool {
        let arrival = Arrival { line, sku, quantity: Quantity::ZERO };
        let line = self.line_of(&arrival).ok().and_then(|line| self.announced.lines.get(&line));
        line.is_some_and(|line| line.inspection.is_some())
    }

    fn came(&self, line: u32) -> Result<Quantity, DeliveryRejection> {
        if self.announced.lines.contains_key(&line) {
            Ok(self.progress_of(line).received)
        } else {
            Err(DeliveryRejection::LineNotFound { code: self.code(), line })
        }
    }

    fn check_open(&self) -> Result<(), DeliveryRejection> {
        if self.state.is_open() {
            return Ok(());
        }
        Err(DeliveryRejection::Ended { code: self.code(), state: self.state })
    }

    fn code(&self) -> DocumentCode {
        self.announced.code.clone()
    }
}

/// What becomes of goods that were inspected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InspectionOutcome {
    /// They can be promised.
    Available,
    /// They cannot: they are held, sent back or thrown away.
    Held,
}

/// What came too much, or is missing.
fn difference(announced: &AnnouncedLine, progress: LineProgress) -> Option<(DiscrepancyKind, Quantity)> {
    let missing = announced.expected.checked_sub(progress.received).ok()?;
    if missing.is_zero() {
        return None;
    }
    let kind = if missing.is_positive() { DiscrepancyKind::Short } else { DiscrepancyKind::Over };
    Some((kind, missing.abs()))
}

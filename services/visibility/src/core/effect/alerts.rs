//! What an entry does to alerts: when one begins to be kept, and when it is no more.

use proto::events::v1::{LotRecorded, Moved};
use stock_core::HoldCause;
use vocabulary::{Date, LocationCode, ReservationId, Sku};

use super::{Draft, Malformed};
use crate::core::{Alert, AlertKey, Detail, LotState, Open, Place, Slice, Total, TotalOverflow, Value};

impl Draft<'_> {
    /// When all facts are in: the items of which less is available than their minimum, or was.
    pub(super) fn minimums(&mut self) -> Result<(), Malformed> {
        let with_details = self.effect.values.iter().map(|touched| &touched.sku);
        let with_details = with_details.filter(|sku| self.known_detail(sku.as_str()).is_some());
        let mut skus: Vec<Sku> = with_details.chain(self.effect.details.keys()).cloned().collect();
        skus.sort_unstable();
        skus.dedup();
        for sku in skus {
            let was = self.book.value(sku.as_str()).unwrap_or_default();
            let before = below_minimum(&sku, self.book.detail(sku.as_str()), was)?;
            let after = below_minimum(&sku, self.known_detail(sku.as_str()), self.known_value(sku.as_str()))?;
            self.turn(before, after);
        }
        Ok(())
    }

    /// A promise is made, or another part of it, or a part of it ends.
    pub(super) fn promise_turned(&mut self, id: ReservationId, before: Option<&Open>, after: Option<&Open>) {
        self.turn(before.and_then(|open| ending(id, open)), after.and_then(|open| ending(id, open)));
    }

    /// What is known of a lot stays the same for ever: only the first counts.
    pub(super) fn lot_recorded(&mut self, recorded: &LotRecorded) -> Result<(), Malformed> {
        let expiry = recorded.facts.as_ref().map_or("", |facts| facts.expiry.as_str());
        let key = Slice::own(Sku::parse(&recorded.sku)?, &recorded.lot, "")?.lot_key();
        if !expiry.is_empty() && self.lot(&key).is_none() {
            let state = LotState { expiry: Date::parse(expiry)?, on_hand: Total::ZERO };
            self.effect.lots.insert(key, state);
        }
        Ok(())
    }

    /// Goods of a lot come or go; those that its date does not take any more are not counted.
    pub(super) fn lot_moved(
        &mut self,
        slice: &Slice,
        change: impl FnOnce(Total) -> Result<Total, TotalOverflow>,
    ) -> Result<(), Malformed> {
        let Some(lot) = slice.lot.as_ref().filter(|_| HoldCause::Expiry.takes(slice.status)) else {
            return Ok(());
        };
        let key = slice.lot_key();
        let Some(before) = self.lot(&key) else { return Ok(()) };
        let after = LotState { on_hand: change(before.on_hand)?, ..before };
        let alert = |state: LotState| {
            let (expiry, sku, lot) = (state.expiry, slice.sku.clone(), lot.clone());
            let is_there = state.on_hand > Total::ZERO;
            is_there
                .then_some(Alert { key: AlertKey::Expiring { expiry, sku, lot }, quantity: state.on_hand })
        };
        self.turn(alert(before), alert(after));
        self.effect.lots.insert(key, after);
        Ok(())
    }

    /// Positions are watched of items whose policy lets them go below zero, from the first movement that says so. What was there then
    /// may be anywhere, so a position counts as below zero when it gave more than that. To be called before the movement counts.
    pub(super) fn positions_moved(&mut self, moved: &Moved, quantity: Total) -> Result<(), Malformed> {
        let [from, to] = Place::plain_of(moved);
        if from.is_none() && to.is_none() {
            return Ok(());
        }
        let known = self.known_detail(&moved.sku).and_then(|detail| detail.watched);
        if known.is_none() && !moved.negative_allowed {
            return Ok(());
        }
        let start = match known {
            Some(start) => start,
            None => self.watch(&moved.sku)?,
        };
        if let Some(from) = from {
            self.position_moved(from, start, |sum| sum.checked_sub(quantity))?;
        }
        if let Some(to) = to {
            self.position_moved(to, start, |sum| sum.checked_add(quantity))?;
        }
        Ok(())
    }

    fn watch(&mut self, sku: &str) -> Result<Total, Malformed> {
        let value = self.known_value(sku);
        let detail = self.detail(sku)?;
        let start = value.without(detail.apart)?.on_hand.max(Total::ZERO);
        detail.watched = Some(start);
        Ok(start)
    }

    fn position_moved(
        &mut self,
        place: Place<'_>,
        start: Total,
        change: impl FnOnce(Total) -> Result<Total, TotalOverflow>,
    ) -> Result<(), Malformed> {
        let key = place.to_string();
        let known = self.effect.positions.get(&key).copied().or_else(|| self.book.position(&key));
        let before = known.unwrap_or_default();
        let after = change(before)?;
        let (sku, location) = (Sku::parse(place.sku)?, LocationCode::parse(place.location)?);
        let alert = |sum: Total| {
            let quantity = start.checked_add(sum)?;
            let key = AlertKey::Negative { sku: sku.clone(), location: location.clone() };
            Ok::<_, TotalOverflow>(quantity.is_negative().then_some(Alert { key, quantity }))
        };
        let (was, is) = (alert(before)?, alert(after)?);
        self.turn(was, is);
        self.effect.positions.insert(key, after);
        Ok(())
    }

    fn known_value(&self, sku: &str) -> Value {
        let touched = self.index.get(sku).and_then(|at| self.effect.values.get(*at));
        touched.map(|touched| touched.value).or_else(|| self.book.value(sku)).unwrap_or_default()
    }

    fn lot(&self, key: &str) -> Option<LotState> {
        self.effect.lots.get(key).copied().or_else(|| self.book.lot(key))
    }

    /// An alert as it was, and as it is.
    fn turn(&mut self, before: Option<Alert>, after: Option<Alert>) {
        let key = |alert: &Option<Alert>| alert.as_ref().map(|alert| alert.key.to_string());
        let (was, is) = (key(&before), key(&after));
        if was != is {
            let turned = [&before, &after];
            let kinds = turned.into_iter().flatten().map(|alert| alert.key.kind());
            self.effect.alerts_differ.extend(kinds);
        }
        self.effect.alerts.extend(was.filter(|was| Some(was) != is.as_ref()).map(|key| (key, None)));
        self.effect.alerts.extend(is.zip(after).map(|(key, alert)| (key, Some(alert.quantity))));
    }
}

fn below_minimum(sku: &Sku, detail: Option<&Detail>, value: Value) -> Result<Option<Alert>, TotalOverflow> {
    let Some(minimum) = detail.and_then(|detail| detail.minimum) else { return Ok(None) };
    let (minimum, available) = (Total::of(minimum), value.available()?);
    let key = AlertKey::BelowMinimum { sku: sku.clone(), minimum };
    Ok((available < minimum).then_some(Alert { key, quantity: available }))
}

/// A promise that ends by itself.
fn ending(id: ReservationId, open: &Open) -> Option<Alert> {
    let terms = open.terms.as_ref()?;
    let (expires_at, holder) = (terms.expires_at?, terms.holder.clone());
    let key = AlertKey::ReservationExpiring { expires_at, sku: open.sku.clone(), reservation: id, holder };
    Some(Alert { key, quantity: open.remaining })
}

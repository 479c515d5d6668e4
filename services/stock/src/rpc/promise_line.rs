//! Lines that end promises.

use catalog_view::ItemRecord;
use proto::common::v1::Decimal;
use proto::stock::v1 as wire;
use rpc::{ApiError, Reason};
use std::sync::Arc;
use stock_core::{Line, UnitName};
use vocabulary::{Invalid, Quantity, ReservationId};

use super::amount::{in_base, positive};
use super::line::LineParser;
use super::{goods, weight};

impl LineParser<'_> {
    pub(super) fn fulfil(&self, line: &wire::Fulfil) -> Result<Line, ApiError> {
        let reservation = reservation(&line.reservation_id)?;
        let quantity = self.part(reservation, line.quantity.as_ref())?;
        // Who has weighed all that is left has weighed what was left then.
        let weighed = line.weight.as_ref().and_then(|_| self.found.reserved.get(&reservation));
        let quantity = quantity.or_else(|| weighed.map(|held| held.left));
        let item = self.promised(reservation);
        let weight = weight::of_fulfilment(item.as_deref(), line.weight.as_ref(), quantity)?;
        let serials = goods::serials("serials", &line.serials)?;
        let partner = goods::partner(&line.partner)?;
        let unit = rpc::given("handling_unit", &line.handling_unit, UnitName::parse)?;
        let to = self.customer.clone();
        Ok(Line::Fulfil { reservation, quantity, serials, unit, weight, to, partner })
    }

    pub(super) fn release(&self, line: &wire::Release) -> Result<Line, ApiError> {
        let reservation = reservation(&line.reservation_id)?;
        Ok(Line::Release { reservation, quantity: self.part(reservation, line.quantity.as_ref())? })
    }

    /// A part of a reservation, as its item allows it; `None` for all that is left.
    fn part(&self, id: ReservationId, decimal: Option<&Decimal>) -> Result<Option<Quantity>, ApiError> {
        let Some(part) = decimal.map(|decimal| positive("quantity", Some(decimal))).transpose()? else {
            return Ok(None);
        };
        self.promised(id).map_or(Ok(part), |item| in_base(&item, "quantity", part, "")).map(Some)
    }

    fn promised(&self, id: ReservationId) -> Option<Arc<ItemRecord>> {
        self.found.reserved.get(&id).and_then(|held| self.catalog.item(held.sku.as_str()))
    }
}

/// The line, of goods that are promised.
pub(super) fn carrying(mut line: Line, id: &str) -> Result<Line, ApiError> {
    let promise = reservation(id)?;
    if let Line::Item { goods, .. } = &mut line {
        goods.get_or_insert_default().carries = Some(promise);
    }
    Ok(line)
}

pub(super) fn reservation(text: &str) -> Result<ReservationId, ApiError> {
    let bad = |e: Invalid| ApiError::invalid(Reason::BadReservationId, "reservation_id", e.to_string());
    ReservationId::parse(text).map_err(bad)
}

//! Lines that say what becomes of goods of a delivery for good.

use proto::events::v1 as events;
use proto::stock::v1 as wire;
use rpc::{ApiError, Reason};
use stock_core::{Action, DeliveryStep, Line, Place};
use vocabulary::{LocationCode, StockStatus};
use work_core::Disposition;

use super::delivery_line::code;
use super::line::{LineParser, Named};
use super::reason::reason_of;

const NO_REASON: &str = "say why that becomes of the goods";

impl LineParser<'_> {
    /// What the goods do: they become another status, or leave.
    pub(super) fn dispose(&self, line: &wire::DisposeGoods) -> Result<Line, ApiError> {
        let disposition = disposition(line)?;
        if disposition != Disposition::Refurbish && !line.to_status.is_empty() {
            let message = "only goods to be refurbished become a status that is named: leave it empty";
            return Err(ApiError::invalid(Reason::BadField, "to_status", message));
        }
        let reason = reason_of(&line.reason, NO_REASON)?;
        match disposition {
            Disposition::Restock => self.become_status(line, StockStatus::Available.as_str()),
            Disposition::Refurbish if line.to_status == StockStatus::Available.as_str() => {
                let message = "goods that are available are not refurbished: restock them";
                Err(ApiError::invalid(Reason::BadStatus, "to_status", message))
            }
            Disposition::Refurbish if line.to_status.is_empty() => {
                self.become_status(line, StockStatus::QualityHold.as_str())
            }
            Disposition::Refurbish => self.become_status(line, &line.to_status),
            Disposition::Scrap => {
                let scrap = LocationCode::parse("SCRAP").map(Place::Virtual);
                let to =
                    scrap.map_err(|_| ApiError::internal("the code of a virtual location is not valid"))?;
                self.item_line(&named(line), |at| Action::Adjust { from: Place::Real(at), to, reason })
            }
            Disposition::ReturnToSupplier => {
                let to = self.supplier.clone();
                self.item_line(&named(line), |at| Action::Issue { from: Place::Real(at), to })
            }
        }
    }

    fn become_status(&self, line: &wire::DisposeGoods, to: &str) -> Result<Line, ApiError> {
        self.change_status(&wire::ChangeStatus {
            sku: line.sku.clone(),
            location: line.location.clone(),
            quantity: line.quantity.clone(),
            unit: line.unit.clone(),
            goods: line.goods.clone(),
            to_status: to.to_owned(),
            reason: line.reason.clone(),
            ..wire::ChangeStatus::default()
        })
    }
}

/// What the line is for its delivery.
pub(super) fn step(line: &wire::DisposeGoods) -> Result<DeliveryStep, ApiError> {
    Ok(DeliveryStep::Dispose {
        delivery: code(&line.delivery)?,
        line: line.number,
        disposition: disposition(line)?,
        reason: reason_of(&line.reason, NO_REASON)?,
    })
}

fn named(line: &wire::DisposeGoods) -> Named<'_> {
    Named::new(&line.sku, &line.location, &line.quantity, &line.unit).inside(line.goods.as_ref())
}

fn disposition(line: &wire::DisposeGoods) -> Result<Disposition, ApiError> {
    match line.disposition() {
        events::Disposition::Restock => Ok(Disposition::Restock),
        events::Disposition::Refurbish => Ok(Disposition::Refurbish),
        events::Disposition::Scrap => Ok(Disposition::Scrap),
        events::Disposition::ReturnToSupplier => Ok(Disposition::ReturnToSupplier),
        events::Disposition::Unspecified => {
            let message = "say what becomes of the goods: restock, refurbish, scrap or return_to_supplier";
            Err(ApiError::invalid(Reason::BadField, "disposition", message))
        }
    }
}

//! Lines about handling units, checked against the catalog.

use gs1::CompanyPrefix;
use proto::common::v1::Decimal;
use proto::stock::v1 as wire;
use proto::stock::v1::document_line::Action;
use rpc::{ApiError, Reason, given};
use stock_core::{Line, NumberRange, NumberSeries, PackedGoods, Shipment, UnitLine, UnitName};
use vocabulary::{HandlingUnitKind, Invalid, ReservationId, Sscc};

use super::amount::{in_base, positive};
use super::goods::{self, Naming};
use super::line::LineParser;
use super::weight::Weighing;
use super::{claim, found};

/// Reservations that one unit may fulfil.
const RESERVATIONS_A_UNIT_MAX: usize = 1_000;

impl LineParser<'_> {
    /// A line about a handling unit; nothing is done by one that is about something else.
    pub(super) fn handling_unit(&self, action: &Action) -> Result<Line, ApiError> {
        let (field, parsed) = match action {
            Action::SetNumberRange(l) => ("set_number_range", number_range(l).map(UnitLine::SetNumbers)),
            Action::OpenUnit(l) => ("open_unit", self.open(l)),
            Action::Pack(l) => ("pack", self.pack(l)),
            Action::Unpack(l) => ("unpack", self.unpack(l)),
            Action::Nest(l) => ("nest", nest(l)),
            Action::MoveUnit(l) => ("move_unit", self.move_unit(l)),
            Action::ShipUnit(l) => ("ship_unit", self.ship(l)),
            Action::CloseUnit(l) => ("close_unit", close(l)),
            Action::Receive(_)
            | Action::Issue(_)
            | Action::Move(_)
            | Action::Adjust(_)
            | Action::Return(_)
            | Action::Reserve(_)
            | Action::Release(_)
            | Action::Fulfil(_)
            | Action::ChangeStatus(_)
            | Action::TakeOwnership(_)
            | Action::Consume(_)
            | Action::Produce(_)
            | Action::Reverse(_)
            | Action::LockStock(_)
            | Action::SetRule(_)
            | Action::PlaceOrder(_)
            | Action::AllocateOrder(_)
            | Action::ReleaseWave(_)
            | Action::ShortPick(_)
            | Action::ShipOrder(_)
            | Action::CloseOrder(_)
            | Action::CancelOrder(_)
            | Action::CreateTask(_)
            | Action::ClaimTask(_)
            | Action::ClaimNextTask(_)
            | Action::StartTask(_)
            | Action::FinishTask(_)
            | Action::FailTask(_)
            | Action::GiveBackTask(_)
            | Action::CancelTask(_)
            | Action::PlanCount(_)
            | Action::EnterCount(_)
            | Action::ApproveCount(_)
            | Action::PostCount(_)
            | Action::CancelCount(_)
            | Action::DisposeGoods(_)
            | Action::PlanProduction(_)
            | Action::ReleaseProduction(_)
            | Action::IssueComponent(_)
            | Action::ReturnComponent(_)
            | Action::ConsumeComponent(_)
            | Action::ReportProduction(_)
            | Action::FinishProduction(_)
            | Action::CloseProduction(_)
            | Action::CancelProduction(_)
            | Action::Expect(_)
            | Action::CancelExpectation(_)
            | Action::AnnounceDelivery(_)
            | Action::ReceiveUnit(_)
            | Action::DeclareDiscrepancy(_)
            | Action::CloseDelivery(_)
            | Action::CancelDelivery(_) => {
                return Err(ApiError::internal("the line is not about a handling unit"));
            }
        };
        let line = parsed.map_err(|error| error.in_field(field))?;
        Ok(Line::HandlingUnit(Box::new(line)))
    }

    fn open(&self, line: &wire::OpenUnit) -> Result<UnitLine, ApiError> {
        Ok(UnitLine::Open {
            sscc: given("handling_unit", &line.handling_unit, Sscc::parse)?,
            kind: HandlingUnitKind::parse(&line.kind).map_err(bad("kind"))?,
            at: self.location("location", &line.location)?,
        })
    }

    fn pack(&self, line: &wire::Pack) -> Result<UnitLine, ApiError> {
        let into = unit("handling_unit", &line.handling_unit)?;
        let which = (line.unit.as_str(), line.goods.as_ref());
        Ok(UnitLine::Pack { into, goods: self.packed(&line.sku, line.quantity.as_ref(), which)? })
    }

    fn unpack(&self, line: &wire::Unpack) -> Result<UnitLine, ApiError> {
        let from = unit("handling_unit", &line.handling_unit)?;
        if line.goods.as_ref().is_some_and(|goods| !goods.handling_unit.is_empty()) {
            let message =
                "the goods come out of the unit of the line: leave the handling unit of the goods empty";
            return Err(ApiError::invalid(Reason::BadField, "goods.handling_unit", message));
        }
        if !line.sku.is_empty() {
            let which = (line.unit.as_str(), line.goods.as_ref());
            let goods = Some(self.packed(&line.sku, line.quantity.as_ref(), which)?);
            return Ok(UnitLine::Unpack { from, goods });
        }
        if line.quantity.is_some() || line.goods.is_some() {
            let message =
                "without an item the whole unit is unpacked: leave quantity and goods away, or name the item";
            return Err(ApiError::invalid(Reason::BadField, "sku", message));
        }
        Ok(UnitLine::Unpack { from, goods: None })
    }

    fn packed(
        &self,
        sku: &str,
        quantity: Option<&Decimal>,
        (unit, goods): (&str, Option<&wire::Goods>),
    ) -> Result<PackedGoods, ApiError> {
        let item = self.item(sku)?;
        let quantity = in_base(&item, "quantity", positive("quantity", quantity)?, unit)?;
        let which = goods::parse(&item, goods, (Naming::All, Weighing::Never), quantity)?.map(|which| *which);
        Ok(PackedGoods { sku: item.sku.clone(), quantity, which: which.unwrap_or_default() })
    }

    fn move_unit(&self, line: &wire::MoveUnit) -> Result<UnitLine, ApiError> {
        let to = self.location("to_location", &line.to_location)?;
        Ok(UnitLine::Move { unit: unit("handling_unit", &line.handling_unit)?, to })
    }

    fn ship(&self, line: &wire::ShipUnit) -> Result<UnitLine, ApiError> {
        let unit = unit("handling_unit", &line.handling_unit)?;
        let (to, partner) = (self.customer.clone(), goods::partner(&line.partner)?);
        let claim = claim::of_shipment(line, self.day)?.boxed();
        let reservations = reservations(&line.reservation_ids)?;
        Ok(UnitLine::Ship(Shipment { unit, to, claim, partner, reservations }))
    }
}

fn reservations(ids: &[String]) -> Result<Vec<ReservationId>, ApiError> {
    found::check_count("reservations", ids.len(), RESERVATIONS_A_UNIT_MAX)?;
    let parsed = ids.iter().enumerate().map(|(n, id)| {
        ReservationId::parse(id).map_err(|invalid| {
            ApiError::invalid(Reason::BadReservationId, format!("reservation_ids[{n}]"), invalid.to_string())
        })
    });
    parsed.collect()
}

fn nest(line: &wire::Nest) -> Result<UnitLine, ApiError> {
    let parent = given("parent", &line.parent, UnitName::parse)?;
    Ok(UnitLine::Nest { unit: unit("handling_unit", &line.handling_unit)?, parent })
}

fn close(line: &wire::CloseUnit) -> Result<UnitLine, ApiError> {
    Ok(UnitLine::Close { unit: unit("handling_unit", &line.handling_unit)? })
}

fn number_range(line: &wire::SetNumberRange) -> Result<NumberRange, ApiError> {
    let company_prefix = CompanyPrefix::parse(&line.company_prefix).map_err(bad("company_prefix"))?;
    let extension_digit = u8::try_from(line.extension_digit).ok().filter(|digit| *digit <= 9);
    let Some(extension_digit) = extension_digit else {
        let message = format!("{} is no extension digit: give 0 to 9", line.extension_digit);
        return Err(ApiError::invalid(Reason::BadField, "extension_digit", message));
    };
    let most = company_prefix.sscc_capacity().saturating_sub(1);
    let last = if line.last == 0 { most } else { line.last };
    if last > most {
        let message = format!("{last} has more digits than the prefix leaves room for: give at most {most}");
        return Err(ApiError::invalid(Reason::BadField, "last", message));
    }
    if line.next > last {
        let message = format!("{} lies behind the last number, {last}: start before it", line.next);
        return Err(ApiError::invalid(Reason::BadField, "next", message));
    }
    Ok(NumberRange { series: NumberSeries { company_prefix, extension_digit }, next: line.next, last })
}

fn unit(field: &'static str, text: &str) -> Result<UnitName, ApiError> {
    UnitName::parse(text).map_err(bad(field))
}

fn bad(field: &'static str) -> impl Fn(Invalid) -> ApiError {
    move |invalid| ApiError::invalid(Reason::BadCode, field, invalid.to_string())
}

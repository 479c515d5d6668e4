//! Lines about deliveries, checked against the catalog, and lines whose goods are of one.

use std::collections::BTreeMap;

use proto::events::v1 as events;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{self as wire, DocumentLine};
use rpc::{ApiError, Reason, given};
use stock_core::{Arrival, DeliveryLine, DeliveryStep, Line, Origins};
use vocabulary::{Date, DocumentCode, Invalid, PartyCode, Sscc};
use work_core::{
    Announcement, Answerable, DELIVERY_LINES_MAX, Discrepancy, DiscrepancyKind, Source, Unannounced,
};

use super::amount::positive;
use super::disposal_line;
use super::goods::partner;
use super::line::LineParser;

const NOTE_CHARS_MAX: usize = 128;
/// The largest number that a line may be given.
const NUMBER_MAX: u32 = 1_000_000;

impl LineParser<'_> {
    /// A line about a delivery; nothing is done by one that is about something else.
    pub(super) fn delivery(&self, action: &Action) -> Result<Line, ApiError> {
        let (field, parsed) = match action {
            Action::AnnounceDelivery(l) => ("announce_delivery", self.announce(l)),
            Action::ReceiveUnit(l) => ("receive_unit", self.receive_unit(l)),
            Action::DeclareDiscrepancy(l) => ("declare_discrepancy", declare(l)),
            Action::CloseDelivery(l) => ("close_delivery", close(l)),
            Action::CancelDelivery(l) => ("cancel_delivery", cancel(l)),
            Action::Receive(_) | Action::Issue(_) | Action::Move(_) | Action::Adjust(_) => return other(),
            Action::Return(_) | Action::Reserve(_) | Action::Release(_) | Action::Fulfil(_) => {
                return other();
            }
            Action::ChangeStatus(_) | Action::TakeOwnership(_) | Action::Consume(_) => return other(),
            Action::Produce(_) | Action::Reverse(_) | Action::LockStock(_) | Action::SetRule(_) => {
                return other();
            }
            Action::Expect(_) | Action::CancelExpectation(_) | Action::SetNumberRange(_) => return other(),
            Action::OpenUnit(_) | Action::Pack(_) | Action::Unpack(_) | Action::Nest(_) => return other(),
            Action::MoveUnit(_) | Action::ShipUnit(_) | Action::CloseUnit(_) => return other(),
            Action::PlaceOrder(_) | Action::AllocateOrder(_) | Action::ReleaseWave(_) => return other(),
            Action::ShortPick(_) | Action::ShipOrder(_) => return other(),
            Action::CloseOrder(_) | Action::CancelOrder(_) => return other(),
            Action::CreateTask(_) | Action::ClaimTask(_) | Action::ClaimNextTask(_) => return other(),
            Action::StartTask(_) | Action::FinishTask(_) | Action::FailTask(_) => return other(),
            Action::GiveBackTask(_) | Action::CancelTask(_) => return other(),
            Action::PlanCount(_) | Action::EnterCount(_) | Action::ApproveCount(_) => return other(),
            Action::PostCount(_) | Action::CancelCount(_) | Action::DisposeGoods(_) => return other(),
            Action::PlanProduction(_) | Action::ReleaseProduction(_) | Action::IssueComponent(_) => {
                return other();
            }
            Action::ReturnComponent(_) | Action::ConsumeComponent(_) => return other(),
            Action::ReportProduction(_) | Action::FinishProduction(_) => return other(),
            Action::CloseProduction(_) | Action::CancelProduction(_) => return other(),
        };
        Ok(Line::Delivery(Box::new(parsed.map_err(|error| error.in_field(field))?)))
    }

    fn announce(&self, line: &wire::AnnounceDelivery) -> Result<DeliveryLine, ApiError> {
        let code = code(&line.delivery)?;
        let source = source(line.source())?;
        let due = Date::parse(&line.due).map_err(bad("due"))?;
        self.is_near("due", due)?;
        if line.lines.len() > DELIVERY_LINES_MAX {
            let message = format!("{} lines announced: give at most {DELIVERY_LINES_MAX}", line.lines.len());
            return Err(ApiError::invalid(Reason::TooManyLines, "lines", message));
        }
        let mut lines = BTreeMap::new();
        for (n, announced) in line.lines.iter().enumerate() {
            let parsed = self.announced_line(announced);
            let parsed = parsed.map_err(|error| error.in_field(format_args!("lines[{n}]")))?;
            let is_number = (1..=NUMBER_MAX).contains(&announced.number);
            if !is_number || lines.insert(announced.number, parsed).is_some() {
                let message =
                    format!("line number {} is no new one: count from 1 to {NUMBER_MAX}", announced.number);
                return Err(ApiError::invalid(Reason::BadField, format!("lines[{n}].number"), message));
            }
        }
        let units = self.announced_units(&line.units, &lines)?;
        if lines.is_empty() && !line.takes_unannounced {
            let message = "nothing is announced: give its lines, or say that it takes what is not announced";
            return Err(ApiError::invalid(Reason::NoLines, "lines", message));
        }
        Ok(DeliveryLine::Announce(Announcement {
            code,
            source,
            partner: partner(&line.partner)?,
            carrier: given("carrier", &line.carrier, PartyCode::parse)?,
            due,
            unannounced: if line.takes_unannounced { Unannounced::Taken } else { Unannounced::Refused },
            lines,
            units,
        }))
    }

    fn receive_unit(&self, line: &wire::ReceiveUnit) -> Result<DeliveryLine, ApiError> {
        self.check_announced(line)?;
        Ok(DeliveryLine::ReceiveUnit {
            delivery: code(&line.delivery)?,
            sscc: Sscc::parse(&line.handling_unit).map_err(bad("handling_unit"))?,
            at: self.location("location", &line.location)?,
            origins: Origins {
                supplier: self.supplier.clone(),
                customer: self.customer.clone(),
                production: self.production.clone(),
            },
        })
    }
}

/// A parsed line, as a step of the delivery that it names.
pub(super) fn for_delivery(line: &DocumentLine, parsed: Line) -> Result<Line, ApiError> {
    let Some((field, step)) = line.action.as_ref().and_then(step_of) else { return Ok(parsed) };
    let step = step.map_err(|error| error.in_field(field))?;
    Ok(Line::ForDelivery { step: Box::new(step), by: Box::new(parsed) })
}

/// What a line that moves goods is for a delivery, and the field of its action.
fn step_of(action: &Action) -> Option<(&'static str, Result<DeliveryStep, ApiError>)> {
    let (field, reference, expectation) = match action {
        Action::Receive(line) => ("receive", line.delivery.as_ref(), line.expectation.as_str()),
        Action::Return(line) => ("return", line.delivery.as_ref(), line.expectation.as_str()),
        Action::Produce(line) => ("produce", line.delivery.as_ref(), line.expectation.as_str()),
        Action::ChangeStatus(line) => {
            return line.inspection.as_ref().map(|inspection| ("change_status", inspect(inspection)));
        }
        Action::DisposeGoods(line) => return Some(("dispose_goods", disposal_line::step(line))),
        Action::Move(_) | Action::Adjust(_) | Action::Release(_) | Action::Issue(_) => return None,
        Action::Reserve(_) | Action::Fulfil(_) | Action::Consume(_) | Action::TakeOwnership(_) => {
            return None;
        }
        Action::SetRule(_) | Action::Reverse(_) | Action::LockStock(_) | Action::SetNumberRange(_) => {
            return None;
        }
        Action::OpenUnit(_) | Action::Pack(_) | Action::Unpack(_) | Action::MoveUnit(_) => return None,
        Action::ShipUnit(_) | Action::Nest(_) | Action::CloseUnit(_) | Action::Expect(_) => return None,
        Action::CancelExpectation(_) | Action::AnnounceDelivery(_) | Action::ReceiveUnit(_) => return None,
        Action::DeclareDiscrepancy(_) | Action::CloseDelivery(_) | Action::CancelDelivery(_) => return None,
        Action::PlaceOrder(_) | Action::AllocateOrder(_) | Action::ReleaseWave(_) => return None,
        Action::ShortPick(_) | Action::ShipOrder(_) => return None,
        Action::CloseOrder(_) | Action::CancelOrder(_) => return None,
        Action::CreateTask(_) | Action::ClaimTask(_) | Action::ClaimNextTask(_) => return None,
        Action::StartTask(_) | Action::FinishTask(_) | Action::FailTask(_) => return None,
        Action::GiveBackTask(_) | Action::CancelTask(_) => return None,
        Action::PlanCount(_) | Action::EnterCount(_) | Action::ApproveCount(_) => return None,
        Action::PostCount(_) | Action::CancelCount(_) => return None,
        Action::PlanProduction(_) | Action::ReleaseProduction(_) | Action::IssueComponent(_) => return None,
        Action::ReturnComponent(_) | Action::ConsumeComponent(_) => return None,
        Action::ReportProduction(_) | Action::FinishProduction(_) => return None,
        Action::CloseProduction(_) | Action::CancelProduction(_) => return None,
    };
    reference.map(|reference| (field, arrive(reference, expectation)))
}

fn arrive(reference: &wire::DeliveryReference, expectation: &str) -> Result<DeliveryStep, ApiError> {
    if !expectation.is_empty() {
        let message = "what comes of a delivery meets what was expected of it: leave the expectation away";
        return Err(ApiError::invalid(Reason::BadField, "expectation", message));
    }
    let delivery = code(&reference.delivery).map_err(|error| error.in_field("delivery"))?;
    let line = (reference.number != 0).then_some(reference.number);
    let then = if reference.cross_dock { Arrival::CrossDocked } else { Arrival::Stored };
    Ok(DeliveryStep::Arrive { delivery, line, then })
}

fn inspect(inspection: &wire::Inspection) -> Result<DeliveryStep, ApiError> {
    let wire::Inspection { delivery, number: line, sample, defective } = inspection;
    let delivery = code(delivery).map_err(|error| error.in_field("inspection"))?;
    if defective > sample {
        let message =
            format!("{defective} of {sample} that were looked at are not right: give at most {sample}");
        return Err(ApiError::invalid(Reason::BadField, "inspection.defective", message));
    }
    Ok(DeliveryStep::Inspect { delivery, line: *line, sample: *sample, defective: *defective })
}

fn declare(line: &wire::DeclareDiscrepancy) -> Result<DeliveryLine, ApiError> {
    let refused = |field, message| Err(ApiError::invalid(Reason::BadField, field, message));
    let kind = match line.kind() {
        events::DiscrepancyKind::Damaged => DiscrepancyKind::Damaged,
        events::DiscrepancyKind::Wrong => DiscrepancyKind::Wrong,
        events::DiscrepancyKind::Unspecified
        | events::DiscrepancyKind::Short
        | events::DiscrepancyKind::Over
        | events::DiscrepancyKind::NotInspected => {
            return refused(
                "kind",
                "say what is wrong: damaged or wrong; closing finds what is short or over",
            );
        }
    };
    let Some(answerable) = answerable(line.answerable()) else {
        return refused("answerable", "say who answers for it: supplier, carrier or warehouse");
    };
    let quantity = positive("quantity", line.quantity.as_ref())?;
    let (delivery, note) = (code(&line.delivery)?, note(&line.note)?);
    let discrepancy = Discrepancy { line: line.number, kind, quantity, answerable, note };
    Ok(DeliveryLine::Declare { delivery, discrepancy })
}

fn close(line: &wire::CloseDelivery) -> Result<DeliveryLine, ApiError> {
    let (delivery, answerable, note) =
        (code(&line.delivery)?, answerable(line.answerable()), note(&line.note)?);
    Ok(DeliveryLine::Close { delivery, answerable, note })
}

fn cancel(line: &wire::CancelDelivery) -> Result<DeliveryLine, ApiError> {
    Ok(DeliveryLine::Cancel { delivery: code(&line.delivery)? })
}

fn other() -> Result<Line, ApiError> {
    Err(ApiError::internal("the line is not about a delivery"))
}

fn source(source: events::DeliverySource) -> Result<Source, ApiError> {
    match source {
        events::DeliverySource::Purchase => Ok(Source::Purchase),
        events::DeliverySource::Transfer => Ok(Source::Transfer),
        events::DeliverySource::Production => Ok(Source::Production),
        events::DeliverySource::Return => Ok(Source::Return),
        events::DeliverySource::Unspecified => {
            let message = "say where it comes from: purchase, transfer, production or return";
            Err(ApiError::invalid(Reason::BadField, "source", message))
        }
    }
}

const fn answerable(answerable: events::Answerable) -> Option<Answerable> {
    match answerable {
        events::Answerable::Unspecified => None,
        events::Answerable::Supplier => Some(Answerable::Supplier),
        events::Answerable::Carrier => Some(Answerable::Carrier),
        events::Answerable::Warehouse => Some(Answerable::Warehouse),
    }
}

fn note(text: &str) -> Result<String, ApiError> {
    if text.chars().count() > NOTE_CHARS_MAX {
        let message = format!("the note is longer than {NOTE_CHARS_MAX} characters");
        return Err(ApiError::invalid(Reason::TextTooLong, "note", message));
    }
    Ok(text.to_owned())
}

pub(super) fn code(text: &str) -> Result<DocumentCode, ApiError> {
    DocumentCode::parse(text).map_err(bad("delivery"))
}

fn bad(field: &'static str) -> impl Fn(Invalid) -> ApiError {
    move |invalid| ApiError::invalid(Reason::BadCode, field, invalid.to_string())
}

//! Lines about what is expected, and lines that meet it.

use proto::stock::v1::document_line::Action;
use proto::stock::v1::{self as wire, DocumentLine, ExpectationDirection, SupplyKind};
use rpc::{ApiError, Reason, given};
use stock_core::{ExpectationLine, ExpectedKind, Line, SetExpectation};
use vocabulary::{ChannelCode, Date, ExpectationCode, Invalid};

use super::amount::{in_base, quantity};
use super::goods::partner;
use super::line::LineParser;

/// About 5 years: longer overdue is not expected any more.
const DAYS_BACK_MAX: i64 = 1_830;
/// About 50 years.
const DAYS_AHEAD_MAX: i64 = 18_300;

impl LineParser<'_> {
    pub(super) fn expect(&self, line: &wire::Expect) -> Result<Line, ApiError> {
        let code = code(&line.expectation)?;
        let kind = kind(line)?;
        let item = self.item(&line.sku)?;
        let given_quantity = quantity("quantity", line.quantity.as_ref())?;
        if given_quantity.is_negative() {
            let message = format!("the quantity {given_quantity} is less than zero");
            return Err(ApiError::invalid(Reason::QuantityNotPositive, "quantity", message));
        }
        let day = Date::parse(&line.day).map_err(bad("day"))?;
        // Nothing is expected on the day of one that ends.
        if !given_quantity.is_zero() {
            self.is_near("day", day)?;
        }
        let set = SetExpectation {
            code,
            kind,
            sku: item.sku.clone(),
            day,
            quantity: in_base(&item, "quantity", given_quantity, &line.unit)?,
            partner: partner(&line.partner)?,
            channel: given("channel", &line.channel, ChannelCode::parse)?,
        };
        Ok(Line::Expect(Box::new(ExpectationLine::Set(set))))
    }

    /// The days of an item are read together, so that there may not be ever so many.
    pub(super) fn is_near(&self, field: &'static str, day: Date) -> Result<(), ApiError> {
        let ahead = i64::from(day.days()).saturating_sub(i64::from(self.day.days()));
        if (-DAYS_BACK_MAX..=DAYS_AHEAD_MAX).contains(&ahead) {
            return Ok(());
        }
        let message = format!(
            "{day} is too far from today: give a day at most {DAYS_BACK_MAX} days back and {DAYS_AHEAD_MAX} ahead"
        );
        Err(ApiError::invalid(Reason::DayOutOfRange, field, message))
    }
}

pub(super) fn cancel(line: &wire::CancelExpectation) -> Result<Line, ApiError> {
    let code = code(&line.expectation).map_err(|error| error.in_field("cancel_expectation"))?;
    Ok(Line::Expect(Box::new(ExpectationLine::Cancel(code))))
}

/// A parsed line, as one that meets what it says was expected.
pub(super) fn meeting(line: &DocumentLine, parsed: Line) -> Result<Line, ApiError> {
    let Some((field, text)) = line.action.as_ref().and_then(named) else { return Ok(parsed) };
    if text.is_empty() {
        return Ok(parsed);
    }
    let expectation = code(text).map_err(|error| error.in_field(field))?;
    Ok(Line::Meet { expectation, by: Box::new(parsed) })
}

/// The expectation that a line names, and the field of its action.
fn named(action: &Action) -> Option<(&'static str, &str)> {
    match action {
        Action::Receive(line) => Some(("receive", &line.expectation)),
        Action::Return(line) => Some(("return", &line.expectation)),
        Action::Produce(line) => Some(("produce", &line.expectation)),
        Action::Issue(line) => Some(("issue", &line.expectation)),
        Action::Fulfil(line) => Some(("fulfil", &line.expectation)),
        Action::Consume(line) => Some(("consume", &line.expectation)),
        Action::Reserve(line) => Some(("reserve", &line.expectation)),
        Action::Move(_) | Action::Adjust(_) | Action::Release(_) | Action::ChangeStatus(_) => None,
        Action::TakeOwnership(_) | Action::SetRule(_) | Action::Reverse(_) | Action::LockStock(_) => None,
        Action::SetNumberRange(_) | Action::OpenUnit(_) | Action::Pack(_) | Action::Unpack(_) => None,
        Action::MoveUnit(_) | Action::ShipUnit(_) | Action::Nest(_) | Action::CloseUnit(_) => None,
        Action::Expect(_) | Action::CancelExpectation(_) | Action::AnnounceDelivery(_) => None,
        Action::ReceiveUnit(_) | Action::DeclareDiscrepancy(_) => None,
        Action::CloseDelivery(_) | Action::CancelDelivery(_) => None,
        Action::PlaceOrder(_) | Action::AllocateOrder(_) | Action::ReleaseWave(_) => None,
        Action::ShortPick(_) | Action::ShipOrder(_) => None,
        Action::CloseOrder(_) | Action::CancelOrder(_) => None,
        Action::CreateTask(_) | Action::ClaimTask(_) | Action::ClaimNextTask(_) => None,
        Action::StartTask(_) | Action::FinishTask(_) | Action::FailTask(_) => None,
        Action::GiveBackTask(_) | Action::CancelTask(_) => None,
        Action::PlanCount(_) | Action::EnterCount(_) | Action::ApproveCount(_) => None,
        Action::PostCount(_) | Action::CancelCount(_) | Action::DisposeGoods(_) => None,
        Action::PlanProduction(_) | Action::ReleaseProduction(_) | Action::IssueComponent(_) => None,
        Action::ReturnComponent(_) | Action::ConsumeComponent(_) => None,
        Action::ReportProduction(_) | Action::FinishProduction(_) => None,
        Action::CloseProduction(_) | Action::CancelProduction(_) => None,
    }
}

fn kind(line: &wire::Expect) -> Result<ExpectedKind, ApiError> {
    let refused = |field, message| Err(ApiError::invalid(Reason::BadField, field, message));
    let kind = match (ExpectationDirection::try_from(line.direction), SupplyKind::try_from(line.supply_kind))
    {
        (Err(_) | Ok(ExpectationDirection::Unspecified), _) => {
            return refused("direction", "say whether supply or demand is expected");
        }
        (Ok(ExpectationDirection::Demand), Ok(SupplyKind::Unspecified)) => ExpectedKind::Demand,
        (Ok(ExpectationDirection::Demand), _) => {
            return refused("supply_kind", "only supply has a kind: leave it away, or expect supply");
        }
        (Ok(ExpectationDirection::Supply), Err(_) | Ok(SupplyKind::Unspecified)) => {
            let message = "say where the supply will come from: purchase, transfer, production or return";
            return refused("supply_kind", message);
        }
        (Ok(ExpectationDirection::Supply), Ok(kind)) => supply(kind, line.dispatched),
    };
    if line.dispatched && kind != ExpectedKind::DispatchedTransfer {
        return refused("dispatched", "only a transfer is dispatched: leave it away");
    }
    Ok(kind)
}

const fn supply(kind: SupplyKind, is_dispatched: bool) -> ExpectedKind {
    match kind {
        SupplyKind::Unspecified | SupplyKind::Purchase => ExpectedKind::Purchase,
        SupplyKind::Transfer if is_dispatched => ExpectedKind::DispatchedTransfer,
        SupplyKind::Transfer => ExpectedKind::Transfer,
        SupplyKind::Production => ExpectedKind::Production,
        SupplyKind::Return => ExpectedKind::Return,
    }
}

fn code(text: &str) -> Result<ExpectationCode, ApiError> {
    ExpectationCode::parse(text).map_err(bad("expectation"))
}

fn bad(field: &'static str) -> impl Fn(Invalid) -> ApiError {
    move |invalid| ApiError::invalid(Reason::BadCode, field, invalid.to_string())
}

//! Lines about handling units and about the documents of warehouse work: which of them a line is about.

use proto::stock::v1::document_line::Action;
use rpc::ApiError;
use stock_core::Line;

use super::line::LineParser;

impl LineParser<'_> {
    /// A line about one of them; nothing is done by one that is about something else.
    pub(super) fn work(&self, action: &Action) -> Result<Line, ApiError> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "the caller knows every other action")]
        match action {
            Action::SetNumberRange(_)
            | Action::OpenUnit(_)
            | Action::Pack(_)
            | Action::Unpack(_)
            | Action::MoveUnit(_)
            | Action::ShipUnit(_)
            | Action::Nest(_)
            | Action::CloseUnit(_) => self.handling_unit(action),
            Action::AnnounceDelivery(_)
            | Action::ReceiveUnit(_)
            | Action::DeclareDiscrepancy(_)
            | Action::CloseDelivery(_)
            | Action::CancelDelivery(_) => self.delivery(action),
            Action::PlaceOrder(_)
            | Action::AllocateOrder(_)
            | Action::ReleaseWave(_)
            | Action::ShortPick(_)
            | Action::ShipOrder(_)
            | Action::CloseOrder(_)
            | Action::CancelOrder(_) => self.order(action),
            Action::CreateTask(_)
            | Action::ClaimTask(_)
            | Action::ClaimNextTask(_)
            | Action::StartTask(_)
            | Action::FinishTask(_)
            | Action::FailTask(_)
            | Action::GiveBackTask(_)
            | Action::CancelTask(_) => self.task(action),
            Action::PlanProduction(_)
            | Action::ReleaseProduction(_)
            | Action::IssueComponent(_)
            | Action::ReturnComponent(_)
            | Action::ConsumeComponent(_)
            | Action::ReportProduction(_)
            | Action::FinishProduction(_)
            | Action::CloseProduction(_)
            | Action::CancelProduction(_) => self.production(action),
            Action::PlanCount(_)
            | Action::EnterCount(_)
            | Action::ApproveCount(_)
            | Action::PostCount(_)
            | Action::CancelCount(_) => self.count(action),
            _ => Err(ApiError::internal("the line is about nothing that is known")),
        }
    }
}

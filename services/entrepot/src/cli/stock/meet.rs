//! Flags of goods that were expected.

use clap::Args;
use proto::stock::v1::PostDocumentRequest;
use proto::stock::v1::document_line::Action;

use crate::output::Failure;

/// Of goods that were expected.
#[derive(Debug, Args)]
pub(crate) struct MeetArgs<T: Args> {
    /// The expectation that is met by it: its key, as `expect` gave it.
    #[arg(long, value_name = "KEY", default_value = "", hide_default_value = true)]
    expectation: String,
    #[command(flatten)]
    rest: T,
}

impl<T: Args> MeetArgs<T> {
    pub(super) fn meet(
        self,
        post: impl FnOnce(T) -> Result<PostDocumentRequest, Failure>,
    ) -> Result<PostDocumentRequest, Failure> {
        let mut request = post(self.rest)?;
        let lines = request.document.iter_mut().flat_map(|document| &mut document.lines);
        lines.filter_map(|line| line.action.as_mut()).for_each(|action| name(action, &self.expectation));
        Ok(request)
    }
}

/// The line says which expectation it meets.
fn name(action: &mut Action, expectation: &str) {
    let field = match action {
        Action::Receive(line) => &mut line.expectation,
        Action::Issue(line) => &mut line.expectation,
        Action::Return(line) => &mut line.expectation,
        Action::Reserve(line) => &mut line.expectation,
        Action::Fulfil(line) => &mut line.expectation,
        Action::Consume(line) => &mut line.expectation,
        Action::Produce(line) => &mut line.expectation,
        Action::Move(_) | Action::Adjust(_) | Action::Release(_) | Action::ChangeStatus(_) => return,
        Action::TakeOwnership(_) | Action::SetRule(_) | Action::Reverse(_) | Action::LockStock(_) => return,
        Action::SetNumberRange(_) | Action::OpenUnit(_) | Action::Pack(_) | Action::Unpack(_) => return,
        Action::MoveUnit(_) | Action::ShipUnit(_) | Action::Nest(_) | Action::CloseUnit(_) => return,
        Action::Expect(_) | Action::CancelExpectation(_) | Action::AnnounceDelivery(_) => return,
        Action::ReceiveUnit(_) | Action::DeclareDiscrepancy(_) => return,
        Action::CloseDelivery(_) | Action::CancelDelivery(_) => return,
        Action::PlaceOrder(_) | Action::AllocateOrder(_) | Action::ReleaseWave(_) => return,
        Action::ShortPick(_) | Action::ShipOrder(_) | Action::CloseOrder(_) | Action::CancelOrder(_) => {
            return;
        }
        Action::CreateTask(_) | Action::ClaimTask(_) | Action::ClaimNextTask(_) => return,
        Action::StartTask(_) | Action::FinishTask(_) | Action::FailTask(_) => return,
        Action::GiveBackTask(_) | Action::CancelTask(_) => return,
        Action::PlanCount(_) | Action::EnterCount(_) | Action::ApproveCount(_) => return,
        Action::PostCount(_) | Action::CancelCount(_) | Action::DisposeGoods(_) => return,
        Action::PlanProduction(_) | Action::ReleaseProduction(_) | Action::IssueComponent(_) => return,
        Action::ReturnComponent(_) | Action::ConsumeComponent(_) | Action::ReportProduction(_) => return,
        Action::FinishProduction(_) | Action::CloseProduction(_) | Action::CancelProduction(_) => return,
    };
    expectation.clone_into(field);
}

//! Flags of goods that come for a delivery, or were inspected for one.

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{DeliveryReference, Inspection, PostDocumentRequest};

use crate::output::Failure;

/// Of goods that come.
#[derive(Debug, Args)]
pub(crate) struct OfDeliveryArgs<T: Args> {
    /// The delivery that they are of, as `delivery announce` named it.
    #[arg(long, value_name = "KEY")]
    delivery: Option<String>,
    /// Number of its line; the first of the item of which something is open when absent.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, requires = "delivery")]
    delivery_line: u32,
    /// Orders that lack them are promised them at once, where they come.
    #[arg(long, requires = "delivery")]
    cross_dock: bool,
    #[command(flatten)]
    rest: T,
}

/// Of goods whose status changes.
#[derive(Debug, Args)]
pub(crate) struct InspectedArgs<T: Args> {
    /// The delivery for which they were inspected.
    #[arg(long, value_name = "KEY", requires_all = ["delivery_line", "sample"])]
    delivery: Option<String>,
    /// Number of its line.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, requires = "delivery")]
    delivery_line: u32,
    /// How many were looked at.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, requires = "delivery")]
    sample: u32,
    /// How many of them were not right.
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, requires = "delivery")]
    defective: u32,
    #[command(flatten)]
    rest: T,
}

impl<T: Args> OfDeliveryArgs<T> {
    /// The line says of which delivery its goods are.
    pub(crate) fn of_delivery(
        self,
        post: impl FnOnce(T) -> Result<PostDocumentRequest, Failure>,
    ) -> Result<PostDocumentRequest, Failure> {
        let mut request = post(self.rest)?;
        let Some(delivery) = self.delivery else { return Ok(request) };
        let reference =
            DeliveryReference { delivery, number: self.delivery_line, cross_dock: self.cross_dock };
        for action in actions(&mut request) {
            if let Some(field) = field(action) {
                *field = Some(reference.clone());
            }
        }
        Ok(request)
    }
}

impl<T: Args> InspectedArgs<T> {
    /// The line says which inspection it follows.
    pub(crate) fn inspected(
        self,
        post: impl FnOnce(T) -> Result<PostDocumentRequest, Failure>,
    ) -> Result<PostDocumentRequest, Failure> {
        let Self { delivery, delivery_line: number, sample, defective, rest } = self;
        let mut request = post(rest)?;
        let Some(delivery) = delivery else { return Ok(request) };
        let inspection = Inspection { delivery, number, sample, defective };
        for action in actions(&mut request) {
            if let Action::ChangeStatus(line) = action {
                line.inspection = Some(inspection.clone());
            }
        }
        Ok(request)
    }
}

fn actions(request: &mut PostDocumentRequest) -> impl Iterator<Item = &mut Action> {
    let lines = request.document.iter_mut().flat_map(|document| &mut document.lines);
    lines.filter_map(|line| line.action.as_mut())
}

#[expect(clippy::wildcard_enum_match_arm, reason = "only goods that come are of a delivery")]
const fn field(action: &mut Action) -> Option<&mut Option<DeliveryReference>> {
    match action {
        Action::Receive(line) => Some(&mut line.delivery),
        Action::Return(line) => Some(&mut line.delivery),
        Action::Produce(line) => Some(&mut line.delivery),
        _ => None,
    }
}

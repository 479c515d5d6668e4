use proto::stock::v1::{GetTaskRequest, GetTaskResponse};
use rpc::{ApiError, Reason};
use work_core::wire::task_to;

use super::StockRpc;
use super::as_of::{Asked, View};
use super::order_line::code;

/// One task: what is to be done, who has it, and what became of it.
pub(super) async fn handle(service: &StockRpc, request: GetTaskRequest) -> Result<GetTaskResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let code = code("task", &request.task)?;
    let asked = Asked { sequence: request.as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let wanted = code.clone();
    let look = move |view: View<'_>| Ok((view.state.task(&wanted).cloned(), view.state.sequence()));
    let (found, sequence) = as_of.look(&partition, look).await?;
    let task = found.ok_or_else(|| {
        let message = format!("no task {code} is known: it never was, or is over for long");
        ApiError::invalid(Reason::TaskNotFound, "task", message).with("task", &code)
    })?;
    Ok(GetTaskResponse { task: Some(task_to(&task)), as_of_sequence: sequence.get() })
}

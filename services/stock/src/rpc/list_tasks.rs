use proto::stock::v1::{ListTasksRequest, ListTasksResponse};
use rpc::filter::{FieldSpec, Filter, Value};
use rpc::{ApiError, PageToken};
use stock_core::State;
use vocabulary::{DocumentCode, Sequence};
use work_core::Task;
use work_core::wire::task_to;

use super::as_of::{Asked, View};
use super::{StockRpc, page};

const FIELDS: [FieldSpec; 10] = [
    FieldSpec::text("task"),
    FieldSpec::text("kind"),
    FieldSpec::text("state"),
    FieldSpec::text("worker"),
    FieldSpec::text("assignee"),
    FieldSpec::text("zone"),
    FieldSpec::text("skill"),
    FieldSpec::text("sku"),
    FieldSpec::text("due"),
    FieldSpec::text("reference"),
];

/// Tasks, by key.
pub(super) async fn handle(
    service: &StockRpc,
    request: ListTasksRequest,
) -> Result<ListTasksResponse, ApiError> {
    let partition = service.partition(&request.warehouse)?;
    let size = page::size(request.page_size)?;
    let filter = Filter::parse(&request.filter, &FIELDS)?;
    let ListTasksRequest { warehouse, as_of_sequence, filter: text, .. } = request;
    let scope = format!("tasks/{warehouse}/{as_of_sequence}/{text}");
    let start = page::start(&request.page_token, &scope)?;
    let start = start.and_then(|key| DocumentCode::parse(key.first()?).ok());
    let asked = Asked { sequence: as_of_sequence, effective: None, recorded: None };
    let as_of = service.history.as_of(&partition, asked).await?;
    let look = move |view: View<'_>| Ok(select(view.state, &filter, start.as_ref(), size));
    let found = as_of.look(&partition, look).await?;
    let next = |code: DocumentCode| PageToken::encode(&[code.as_str()], &scope);
    Ok(ListTasksResponse {
        tasks: found.rows.iter().map(task_to).collect(),
        next_page_token: found.next.map_or_else(String::new, next),
        as_of_sequence: found.sequence.get(),
    })
}

struct Found {
    rows: Vec<Task>,
    /// The task to go on after.
    next: Option<DocumentCode>,
    sequence: Sequence,
}

fn select(state: &State, filter: &Filter, start: Option<&DocumentCode>, size: usize) -> Found {
    let mut found = Found { rows: Vec::new(), next: None, sequence: state.sequence() };
    let mut last: Option<&DocumentCode> = None;
    for (looked_at, task) in state.tasks_after(start).enumerate() {
        if found.rows.len() == size || looked_at == page::ITEMS_A_PAGE {
            found.next = last.cloned();
            return found;
        }
        last = Some(&task.plan.code);
        if matches(filter, task) {
            found.rows.push(task.clone());
        }
    }
    found
}

fn matches(filter: &Filter, task: &Task) -> bool {
    let (plan, purpose) = (&task.plan, &task.plan.purpose);
    let due = plan.due.map(|due| due.to_string()).unwrap_or_default();
    filter.matches(|name| {
        Value::Text(match name {
            "task" => plan.code.as_str(),
            "kind" => purpose.kind.as_str(),
            "state" => task.state.as_str(),
            "worker" => task.worker.as_ref().map_or("", |worker| worker.as_str()),
            "assignee" => plan.assignee.as_ref().map_or("", |assignee| assignee.as_str()),
            "zone" => plan.zone.as_ref().map_or("", |zone| zone.as_str()),
            "skill" => plan.skill.as_ref().map_or("", |skill| skill.as_str()),
            "sku" => purpose.sku.as_ref().map_or("", |sku| sku.as_str()),
            "due" => &due,
            "reference" => &purpose.reference,
            _ => "",
        })
    })
}

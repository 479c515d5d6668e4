//! Lines about tasks, checked against the catalog.

use proto::events::v1 as events;
use proto::stock::v1 as wire;
use proto::stock::v1::document_line::Action;
use rpc::{ApiError, Reason, given};
use stock_core::{Line, NewTask, Priority, TaskLine};
use vocabulary::{Date, Invalid, LocationCode, LotCode, PartyCode, Quantity, SkillCode, Timestamp, ZoneCode};
use work_core::wire::task_kind_of;
use work_core::{Purpose, TaskAsk, TaskKind};

use super::amount::{in_base, positive, quantity};
use super::line::LineParser;
use super::order_line::{code, text};
use super::reason::reason_of;

const REFERENCE_CHARS_MAX: usize = 64;
/// Zones, or skills, of somebody who asks for a task.
const NAMED_MAX: usize = 100;

impl LineParser<'_> {
    /// A line about a task; nothing is done by one that is about something else.
    pub(super) fn task(&self, action: &Action) -> Result<Line, ApiError> {
        #[expect(clippy::wildcard_enum_match_arm, reason = "every other action is about something else")]
        let (field, parsed) = match action {
            Action::CreateTask(l) => ("create_task", self.create_task(l).map(TaskLine::Create)),
            Action::ClaimTask(l) => ("claim_task", claim(l)),
            Action::ClaimNextTask(l) => ("claim_next_task", self.claim_next(l).map(TaskLine::ClaimNext)),
            Action::StartTask(l) => ("start_task", start(l)),
            Action::FinishTask(l) => ("finish_task", finish(l)),
            Action::FailTask(l) => ("fail_task", fail(l)),
            Action::GiveBackTask(l) => ("give_back_task", give_back(l)),
            Action::CancelTask(l) => ("cancel_task", cancel(l)),
            _ => return Err(ApiError::internal("the line is not about a task")),
        };
        Ok(Line::Task(Box::new(parsed.map_err(|error| error.in_field(field))?)))
    }

    fn create_task(&self, line: &wire::CreateTask) -> Result<NewTask, ApiError> {
        let Some(priority) = Priority::try_new(line.priority.into()) else {
            let message = format!("{} is no priority: give 0 to {}", line.priority, Priority::MAX);
            return Err(ApiError::invalid(Reason::BadField, "priority", message));
        };
        let since = line.since.as_ref().map(|at| Timestamp::from_parts(at.seconds, at.nanos)).transpose();
        let (sku, quantity) = self.goods_of_task(line)?;
        Ok(NewTask {
            code: code("task", &line.task)?,
            purpose: Purpose {
                kind: kind("kind", line.kind())?,
                from: self.place_of_task("from_location", &line.from_location)?,
                to: self.place_of_task("to_location", &line.to_location)?,
                sku,
                lot: given("lot", &line.lot, LotCode::parse)?,
                reference: text("reference", &line.reference, REFERENCE_CHARS_MAX)?,
            },
            quantity,
            priority: priority.get(),
            due: given("due", &line.due, Date::parse)?,
            since: since.map_err(|e| ApiError::invalid(Reason::BadTime, "since", e.to_string()))?,
            zone: given("zone", &line.zone, ZoneCode::parse)?,
            skill: given("skill", &line.skill, SkillCode::parse)?,
            assignee: given("assignee", &line.assignee, PartyCode::parse)?,
        })
    }

    /// Without an item there is no unit to count in, and so no quantity.
    fn goods_of_task(
        &self,
        line: &wire::CreateTask,
    ) -> Result<(Option<vocabulary::Sku>, Option<Quantity>), ApiError> {
        if line.sku.is_empty() {
            if line.quantity.is_some() {
                let message = "a quantity of what? Give the item, or no quantity";
                return Err(ApiError::invalid(Reason::BadField, "quantity", message));
            }
            return Ok((None, None));
        }
        let item = self.item(&line.sku)?;
        let asked = line
            .quantity
            .as_ref()
            .map(|decimal| in_base(&item, "quantity", positive("quantity", Some(decimal))?, &line.unit));
        Ok((Some(item.sku.clone()), asked.transpose()?))
    }

    fn place_of_task(&self, field: &'static str, text: &str) -> Result<Option<LocationCode>, ApiError> {
        if text.is_empty() { Ok(None) } else { self.location(field, text).map(Some) }
    }

    fn claim_next(&self, line: &wire::ClaimNextTask) -> Result<TaskAsk, ApiError> {
        Ok(TaskAsk {
            worker: worker(&line.worker)?,
            kinds: line.kinds().map(|of| kind("kinds", of)).collect::<Result<_, _>>()?,
            zones: named("zones", &line.zones, ZoneCode::parse)?,
            skills: named("skills", &line.skills, SkillCode::parse)?,
            at: self.place_of_task("at_location", &line.at_location)?,
        })
    }
}

fn kind(field: &'static str, kind: events::TaskKind) -> Result<TaskKind, ApiError> {
    task_kind_of(kind).ok_or_else(|| {
        let names = TaskKind::ALL.map(TaskKind::as_str).join(", ");
        ApiError::invalid(Reason::BadField, field, format!("say what is done: {names}"))
    })
}

fn worker(text: &str) -> Result<PartyCode, ApiError> {
    PartyCode::parse(text).map_err(|e| ApiError::invalid(Reason::BadCode, "worker", e.to_string()))
}

fn named<T>(
    field: &'static str,
    texts: &[String],
    parse: impl Fn(&str) -> Result<T, Invalid>,
) -> Result<Vec<T>, ApiError> {
    if texts.len() > NAMED_MAX {
        let message = format!("{} are named: give at most {NAMED_MAX}", texts.len());
        return Err(ApiError::invalid(Reason::BadField, field, message));
    }
    let bad = |e: Invalid| ApiError::invalid(Reason::BadCode, field, e.to_string());
    texts.iter().map(|text| parse(text).map_err(bad)).collect()
}

fn claim(line: &wire::ClaimTask) -> Result<TaskLine, ApiError> {
    Ok(TaskLine::Claim { task: code("task", &line.task)?, worker: worker(&line.worker)? })
}

fn start(line: &wire::StartTask) -> Result<TaskLine, ApiError> {
    Ok(TaskLine::Start { task: code("task", &line.task)?, worker: worker(&line.worker)? })
}

fn finish(line: &wire::FinishTask) -> Result<TaskLine, ApiError> {
    let done = line.quantity.as_ref().map(|decimal| quantity("quantity", Some(decimal))).transpose()?;
    if let Some(done) = done.filter(|done| done.is_negative()) {
        let message = format!("{done} is less than nothing: give 0 or more");
        return Err(ApiError::invalid(Reason::BadField, "quantity", message));
    }
    Ok(TaskLine::Finish { task: code("task", &line.task)?, worker: worker(&line.worker)?, quantity: done })
}

fn fail(line: &wire::FailTask) -> Result<TaskLine, ApiError> {
    let reason = reason_of(&line.reason, "say why it cannot be done")?;
    Ok(TaskLine::Fail { task: code("task", &line.task)?, worker: worker(&line.worker)?, reason })
}

fn give_back(line: &wire::GiveBackTask) -> Result<TaskLine, ApiError> {
    Ok(TaskLine::GiveBack { task: code("task", &line.task)?, worker: worker(&line.worker)? })
}

fn cancel(line: &wire::CancelTask) -> Result<TaskLine, ApiError> {
    Ok(TaskLine::Cancel { task: code("task", &line.task)? })
}

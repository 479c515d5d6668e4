//! Tasks, as callers see them. In documents: `task CODE KIND FROM TO WORD…` (`-` for no place; `sku=A`, `n=5`, `ref=TEXT`, `priority=5`, `due=DATE`,
//! `zone=Z`, `skill=S`, `for=WHO`), `claim CODE WHO`, `next WHO [at=PLACE]`, `begin CODE WHO`, `done CODE WHO [QUANTITY]`,
//! `fail CODE WHO REASON`, `back CODE WHO`, `undo CODE`.

use std::collections::BTreeSet;

use proto::common::v1::Decimal;
use proto::events::v1::TaskKind;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    CancelTask, ClaimNextTask, ClaimTask, CreateTask, Document, DocumentLine, FailTask, FinishTask,
    GetTaskRequest, GiveBackTask, ListTasksRequest, PostDocumentRequest, StartTask,
};
use tokio::task::JoinSet;

use crate::calls::{refused, say};
use crate::test_app::TestApp;
use crate::tracking::check;

/// Lines that nobody can judge, and what is said of them.
const BAD_LINES: [(&str, &str); 11] = [
    ("task t-1 pick MAIN PICK", "BAD_CODE document.lines[1].create_task.task"),
    ("task T-1 dance MAIN PICK", "BAD_FIELD document.lines[1].create_task.kind"),
    ("task T-1 pick NOWHERE PICK", "UNKNOWN_LOCATION document.lines[1].create_task.from_location"),
    ("task T-1 pick MAIN PICK sku=X", "UNKNOWN_ITEM document.lines[1].create_task.sku"),
    ("task T-1 pick MAIN PICK n=5", "BAD_FIELD document.lines[1].create_task.quantity"),
    ("task T-1 pick MAIN PICK sku=A n=0", "QUANTITY_NOT_POSITIVE document.lines[1].create_task.quantity"),
    ("task T-1 pick MAIN PICK priority=10", "BAD_FIELD document.lines[1].create_task.priority"),
    ("task T-1 pick MAIN PICK zone=cold", "BAD_CODE document.lines[1].create_task.zone"),
    ("claim T-1 ann", "BAD_CODE document.lines[1].claim_task.worker"),
    ("done T-1 ANN -1", "BAD_FIELD document.lines[1].finish_task.quantity"),
    ("fail T-1 ANN", "REASON_MISSING document.lines[1].fail_task.reason"),
];
const WORKERS: usize = 16;
const TASKS: usize = 200;

/// One line about a task; `None` for one about something else.
pub(crate) fn action(text: &str) -> Option<Action> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let owned = |text: &&str| (*text).to_owned();
    Some(match words.as_slice() {
        ["task", task, kind, from, to, rest @ ..] => {
            Action::CreateTask(create((task, kind), (from, to), rest))
        }
        ["claim", task, who] => Action::ClaimTask(ClaimTask { task: owned(task), worker: owned(who) }),
        ["next", who, rest @ ..] => {
            let at_location = rest.first().map(|at| at.replace("at=", "")).unwrap_or_default();
            Action::ClaimNextTask(ClaimNextTask { worker: owned(who), at_location, ..Default::default() })
        }
        ["begin", task, who] => Action::StartTask(StartTask { task: owned(task), worker: owned(who) }),
        ["done", task, who, n @ ..] => {
            let quantity = n.first().map(|n| Decimal { value: owned(n) });
            Action::FinishTask(FinishTask { task: owned(task), worker: owned(who), quantity })
        }
        ["fail", task, who, reason @ ..] => Action::FailTask(FailTask {
            task: owned(task),
            worker: owned(who),
            reason: reason.first().map(owned).unwrap_or_default(),
        }),
        ["back", task, who] => Action::GiveBackTask(GiveBackTask { task: owned(task), worker: owned(who) }),
        ["undo", task] => Action::CancelTask(CancelTask { task: owned(task) }),
        _ => return None,
    })
}

fn create((task, kind): (&str, &str), (from, to): (&str, &str), words: &[&str]) -> CreateTask {
    let place = |name: &str| if name == "-" { String::new() } else { name.to_owned() };
    let kind = TaskKind::from_str_name(&format!("TASK_KIND_{}", kind.to_uppercase())).unwrap_or_default();
    let mut create = CreateTask {
        task: task.to_owned(),
        kind: kind.into(),
        from_location: place(from),
        to_location: place(to),
        ..CreateTask::default()
    };
    for word in words {
        let (name, value) = word.split_once('=').unwrap();
        let text = value.to_owned();
        match name {
            "sku" => create.sku = text,
            "ref" => create.reference = text,
            "n" => create.quantity = Some(Decimal { value: text }),
            "priority" => create.priority = value.parse().unwrap(),
            "due" => create.due = text,
            "zone" => create.zone = text,
            "skill" => create.skill = text,
            "for" => create.assignee = text,
            _ => panic!("{word}"),
        }
    }
    create
}

/// `STATE WORKER DONE REASON`.
async fn show(app: &TestApp, task: &str) -> String {
    let request = GetTaskRequest { warehouse: "BER".into(), task: task.into(), as_of_sequence: 0 };
    let task = match app.client().get_task(request).await {
        Ok(answer) => answer.into_inner().task.unwrap(),
        Err(status) => return refused::<()>(Err(status)),
    };
    let (state, done) = (task.state(), task.done.clone().map(|done| done.value).unwrap_or_default());
    let words = [state.as_str_name().trim_start_matches("TASK_STATE_"), &task.worker, &done, &task.reason];
    words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

pub(crate) async fn a_task_is_claimed_and_done(app: &mut TestApp) {
    let script = "receive A MAIN 10                                    | ok
         task T-1 pick MAIN PICK sku=A n=4 priority=5          | ok
         task T-2 replenish MAIN PICK sku=A                    | ok
         next ANN at=PICK                                      | ok
         begin T-1 ANN                                         | ok
         move A MAIN PICK 4; done T-1 ANN                      | ok
         next BOB                                              | ok
         fail T-2 BOB full                                     | ok";
    check(app, script).await;
    assert_eq!(show(app, "T-1").await, "DONE ANN 4");
    assert_eq!(show(app, "T-2").await, "FAILED BOB full");
    let request = ListTasksRequest {
        warehouse: "BER".into(),
        filter: "state = \"failed\" AND kind = \"replenish\"".into(),
        ..ListTasksRequest::default()
    };
    let listed = app.client().list_tasks(request).await.unwrap().into_inner().tasks;
    let listed: Vec<_> = listed.into_iter().filter_map(|task| Some(task.planned?.task)).collect();
    assert_eq!(listed, ["T-2"]);
}

pub(crate) async fn tasks_survive_a_restart(app: &mut TestApp) {
    let script = "task T-1 put_away MAIN PICK sku=A n=5 zone=COLD skill=LIFT due=2027-01-31; task T-2 count PICK - for=ANN | ok
         next ANN                                              | ok
         begin T-2 ANN                                         | ok";
    check(app, script).await;
    app.restart().await;
    assert_eq!(show(app, "T-1").await, "OPEN");
    assert_eq!(show(app, "T-2").await, "STARTED ANN");
    let script = "task T-3 put_away MAIN PICK sku=A                    | TASK_EXISTS document.lines[0]
         next BOB                                              | NO_TASK document.lines[0]
         done T-2 ANN; claim T-1 BOB                           | ok";
    check(app, script).await;
    assert_eq!(show(app, "T-1").await, "CLAIMED BOB");
}

pub(crate) async fn refusals_about_tasks_have_their_reasons(app: &mut TestApp) {
    let script = "task T-1 pick MAIN PICK sku=A n=4                    | ok
         claim T-9 ANN                                         | TASK_NOT_FOUND document.lines[0]
         done T-1 ANN                                          | TASK_NOT_HELD document.lines[0]
         claim T-1 ANN                                         | ok
         claim T-1 BOB                                         | TASK_TAKEN document.lines[0]
         begin T-1 ANN; begin T-1 ANN                          | TASK_STARTED document.lines[1]
         done T-1 ANN 5                                        | TASK_EXCEEDED document.lines[0]
         move A MAIN PICK 4; done T-1 ANN                      | INSUFFICIENT_AVAILABLE document.lines[0]
         done T-1 ANN 0                                        | ok
         back T-1 ANN                                          | TASK_ENDED document.lines[0]
         task T-2 load MAIN - for=BOB                          | ok
         claim T-2 ANN                                         | TASK_FOR_ANOTHER document.lines[0]
         task T-3 load MAIN -                                  | TASK_EXISTS document.lines[0]";
    check(app, script).await;
    assert_eq!(show(app, "T-9").await, "TASK_NOT_FOUND task");
    for (line, expected) in BAD_LINES {
        assert_eq!(say(app, &format!("receive F MAIN 1; {line}")).await, expected, "{line}");
    }
}

/// Many people ask at once until nothing is left: every task is given to one of them.
pub(crate) async fn two_people_never_get_the_same_task(app: &mut TestApp) {
    let create = |n: usize| format!("task T-{n} pick MAIN PICK ref={n}");
    let all = (0..TASKS).map(create).collect::<Vec<_>>().join("; ");
    check(app, &format!("{all} | ok")).await;
    let mut workers = JoinSet::new();
    for n in 0..WORKERS {
        workers.spawn(claim_all(app.client(), format!("W-{n}")));
    }
    let given: Vec<String> = workers.join_all().await.into_iter().flatten().collect();
    assert_eq!(given.len(), TASKS);
    assert_eq!(given.into_iter().collect::<BTreeSet<_>>().len(), TASKS);
}

/// The tasks that somebody was given until there was none, and did.
async fn claim_all(
    mut client: proto::stock::v1::stock_service_client::StockServiceClient<tonic::transport::Channel>,
    worker: String,
) -> Vec<String> {
    let mut given = Vec::new();
    loop {
        let next = ClaimNextTask { worker: worker.clone(), ..ClaimNextTask::default() };
        let request = |action| PostDocumentRequest {
            warehouse: "BER".into(),
            document: Some(Document {
                request_id: uuid::Uuid::now_v7().to_string(),
                lines: vec![DocumentLine { action: Some(action) }],
                ..Document::default()
            }),
            ..PostDocumentRequest::default()
        };
        let Ok(answer) = client.post_document(request(Action::ClaimNextTask(next))).await else {
            return given;
        };
        let tasks = answer.into_inner().receipt.unwrap().tasks;
        let [task] = tasks.as_slice() else { panic!("{tasks:?}") };
        let done = FinishTask { task: task.clone(), worker: worker.clone(), quantity: None };
        client.post_document(request(Action::FinishTask(done))).await.unwrap();
        given.extend(tasks);
    }
}

//! `entrepot stock task …`: what is to be done, in which order, and who does it.

mod forms;
mod verbs;
mod views;

use clap::{Args, Subcommand};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{CancelTask, GetTaskRequest, ListTasksRequest};

pub(super) use self::forms::{CancelForm, ClaimForm, ClaimNextForm, CreateForm, FailForm, FinishForm};
use self::verbs::{CreateArgs, DoneArgs, FailArgs, NextArgs, WhoArgs};
use self::views::TaskView;
use super::post;
use super::verbs::Header;
use crate::cli::Context;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot stock task …`
#[derive(Debug, Subcommand)]
pub(crate) enum TaskCommand {
    /// Something is to be done; of a task that nobody has this says what is to be done now.
    Create(CreateArgs),
    /// Somebody takes a task.
    Claim(WhoArgs),
    /// Somebody takes the task that is next for them: the most urgent, and of these the nearest. The receipt says which.
    Next(NextArgs),
    /// Who has a task begins.
    Start(WhoArgs),
    /// Who has a task has done it.
    Done(DoneArgs),
    /// Who has a task cannot do it.
    Fail(FailArgs),
    /// Who has a task gives it back.
    Back(WhoArgs),
    /// A task need not be done any more.
    Cancel(WhichArgs),
    /// One task.
    Show(ShowArgs),
    /// Tasks, by key.
    List(ListArgs),
}

/// `… task cancel`
#[derive(Debug, Args)]
pub(crate) struct WhichArgs {
    /// The task's key.
    task: String,
    #[command(flatten)]
    header: Header,
}

/// `… task show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The task's key.
    task: String,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

/// `… task list`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// Comparisons joined by AND, for example `state = "open" AND kind = "pick"`; also `task`, `worker`, `assignee`, `zone`, `skill`, `sku`, `due` and
    /// `reference`.
    #[arg(long, default_value = "", hide_default_value = true)]
    filter: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// As of this sequence of the journal; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
}

pub(super) async fn run(command: TaskCommand, context: &Context) -> Result<(), Failure> {
    match command {
        TaskCommand::Create(args) => post::send(args.post()?, context).await,
        TaskCommand::Claim(args) => post::send(args.claim()?, context).await,
        TaskCommand::Next(args) => post::send(args.post()?, context).await,
        TaskCommand::Start(args) => post::send(args.start()?, context).await,
        TaskCommand::Done(args) => post::send(args.post()?, context).await,
        TaskCommand::Fail(args) => post::send(args.post()?, context).await,
        TaskCommand::Back(args) => post::send(args.give_back()?, context).await,
        TaskCommand::Cancel(args) => {
            let cancel = Action::CancelTask(CancelTask { task: args.task });
            post::send(args.header.post(cancel)?, context).await
        }
        TaskCommand::Show(args) => show(args, context).await,
        TaskCommand::List(args) => list(args, context).await,
    }
}

async fn show(args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let ShowArgs { warehouse, task, as_of: as_of_sequence } = args;
    let request = GetTaskRequest { warehouse, task, as_of_sequence };
    let answer = client.call(&request, async |r| client.stock().get_task(r).await).await?;
    context.output().one(&TaskView::new(answer.task.unwrap_or_default()))
}

async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListTasksRequest {
            warehouse: args.warehouse.clone(),
            page_size,
            page_token,
            filter: args.filter.clone(),
            as_of_sequence: args.as_of,
        };
        let page = client.call(&request, async |r| client.stock().list_tasks(r).await).await?;
        Ok((page.tasks.into_iter().map(TaskView::new).collect(), page.next_page_token))
    });
    context.output().many(&rows.await?)
}

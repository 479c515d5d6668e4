//! Documents of one line about a task, from flags.

use clap::{Args, ValueEnum};
use proto::events::v1::TaskKind;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    ClaimNextTask, ClaimTask, CreateTask, FailTask, FinishTask, GiveBackTask, PostDocumentRequest, StartTask,
};
use serde::Deserialize;

use crate::cli::stock::verbs::Header;
use crate::cli::text::{decimal, time};
use crate::output::Failure;

/// What is to be done.
#[derive(Debug, Clone, Copy, ValueEnum, Deserialize)]
#[serde(rename_all = "snake_case")]
#[value(rename_all = "snake_case")]
pub(crate) enum Kind {
    /// Goods that came in are put where they are kept.
    PutAway,
    /// Goods are taken for an order.
    Pick,
    /// A pick face is filled from reserve.
    Replenish,
    /// A place is counted.
    Count,
    /// Goods are inspected.
    Inspect,
    /// Goods are packed into handling units.
    Pack,
    /// A vehicle is loaded.
    Load,
}

/// `… task create`
#[derive(Debug, Args)]
pub(crate) struct CreateArgs {
    /// Its own key, for example P-17.
    task: String,
    /// What is done.
    #[arg(long, value_enum)]
    kind: Kind,
    /// Where one goes first.
    #[arg(long, value_name = "LOCATION", default_value = "", hide_default_value = true)]
    from: String,
    /// Where the goods are brought.
    #[arg(long, value_name = "LOCATION", default_value = "", hide_default_value = true)]
    to: String,
    /// Of which item.
    #[arg(long, short, default_value = "", hide_default_value = true)]
    sku: String,
    /// Of which lot.
    #[arg(long, default_value = "", hide_default_value = true)]
    lot: String,
    /// How much of the item, greater than zero.
    #[arg(long, short, requires = "sku")]
    quantity: Option<String>,
    /// Unit of the quantity; the base unit when absent.
    #[arg(long, default_value = "", hide_default_value = true)]
    unit: String,
    /// The document that asks for it.
    #[arg(long = "for", value_name = "TEXT", default_value = "", hide_default_value = true)]
    asked_by: String,
    /// 0 to 9, and the higher is done first.
    #[arg(long, default_value_t = 0)]
    priority: u32,
    /// By which day, YYYY-MM-DD.
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    due: String,
    /// Since when it waits, RFC 3339; now when absent.
    #[arg(long, value_name = "TIME")]
    since: Option<String>,
    /// Only who works in this part of the warehouse gets it.
    #[arg(long, default_value = "", hide_default_value = true)]
    zone: String,
    /// Only who is able to do this gets it, for example FORKLIFT.
    #[arg(long, default_value = "", hide_default_value = true)]
    skill: String,
    /// Only this person gets it.
    #[arg(long, value_name = "WORKER", default_value = "", hide_default_value = true)]
    assignee: String,
    #[command(flatten)]
    header: Header,
}

/// `… task claim`, `start` and `back`
#[derive(Debug, Args)]
pub(crate) struct WhoArgs {
    /// The task's key.
    task: String,
    /// Who.
    #[arg(long)]
    worker: String,
    #[command(flatten)]
    header: Header,
}

/// `… task next`
#[derive(Debug, Args)]
pub(crate) struct NextArgs {
    /// Who.
    #[arg(long)]
    worker: String,
    /// What they do; give one for each kind, anything when absent.
    #[arg(long, value_enum)]
    kind: Vec<Kind>,
    /// Where they work; give one for each zone, anywhere when absent.
    #[arg(long)]
    zone: Vec<String>,
    /// What they are able to do; give one for each skill.
    #[arg(long)]
    skill: Vec<String>,
    /// Where they are; the beginning of the way when absent.
    #[arg(long, value_name = "LOCATION", default_value = "", hide_default_value = true)]
    at: String,
    #[command(flatten)]
    header: Header,
}

/// `… task done`
#[derive(Debug, Args)]
pub(crate) struct DoneArgs {
    #[command(flatten)]
    who: WhoArgs,
    /// How much, in the base unit; as much as is asked for when absent.
    #[arg(long, short)]
    quantity: Option<String>,
}

/// `… task fail`
#[derive(Debug, Args)]
pub(crate) struct FailArgs {
    #[command(flatten)]
    who: WhoArgs,
    /// Why.
    #[arg(long)]
    reason: String,
}

impl Kind {
    pub(super) const fn wire(self) -> i32 {
        let kind = match self {
            Self::PutAway => TaskKind::PutAway,
            Self::Pick => TaskKind::Pick,
            Self::Replenish => TaskKind::Replenish,
            Self::Count => TaskKind::Count,
            Self::Inspect => TaskKind::Inspect,
            Self::Pack => TaskKind::Pack,
            Self::Load => TaskKind::Load,
        };
        kind as i32
    }
}

impl CreateArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { task, from, to, sku, lot, unit, asked_by, priority, due, zone, skill, assignee, .. } =
            self;
        let create = CreateTask {
            task,
            kind: self.kind.wire(),
            from_location: from,
            to_location: to,
            sku,
            lot,
            reference: asked_by,
            quantity: self.quantity.as_deref().and_then(decimal),
            unit,
            priority,
            due,
            since: self.since.as_deref().map(time).transpose().map_err(|failure| failure.at("since"))?,
            zone,
            skill,
            assignee,
        };
        self.header.post(Action::CreateTask(create))
    }
}

impl WhoArgs {
    pub(super) fn claim(self) -> Result<PostDocumentRequest, Failure> {
        let Self { task, worker, header } = self;
        header.post(Action::ClaimTask(ClaimTask { task, worker }))
    }

    pub(super) fn start(self) -> Result<PostDocumentRequest, Failure> {
        let Self { task, worker, header } = self;
        header.post(Action::StartTask(StartTask { task, worker }))
    }

    pub(super) fn give_back(self) -> Result<PostDocumentRequest, Failure> {
        let Self { task, worker, header } = self;
        header.post(Action::GiveBackTask(GiveBackTask { task, worker }))
    }
}

impl NextArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { worker, kind, zone: zones, skill: skills, at: at_location, header } = self;
        let kinds = kind.into_iter().map(Kind::wire).collect();
        header.post(Action::ClaimNextTask(ClaimNextTask { worker, kinds, zones, skills, at_location }))
    }
}

impl DoneArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let WhoArgs { task, worker, header } = self.who;
        let quantity = self.quantity.as_deref().and_then(decimal);
        header.post(Action::FinishTask(FinishTask { task, worker, quantity }))
    }
}

impl FailArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let WhoArgs { task, worker, header } = self.who;
        header.post(Action::FailTask(FailTask { task, worker, reason: self.reason }))
    }
}

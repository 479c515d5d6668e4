//! Taking back, looking at what was taken back, and the lock.

use clap::Args;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{
    GetMovementRequest, GetMovementResponse, GetStockLockRequest, LockStock, MovementReference,
    PostDocumentRequest, Reverse,
};
use serde::Serialize;

use super::post;
use super::verbs::Header;
use crate::cli::Context;
use crate::cli::text::{number, rfc3339, short_name, time};
use crate::output::{Failure, View};

/// `… reverse`
#[derive(Debug, Args)]
pub(crate) struct ReverseArgs {
    /// The receipt's sequence.
    #[arg(long, value_name = "SEQUENCE")]
    sequence: u64,
    /// The line of its document, from 0.
    #[arg(long, default_value_t = 0)]
    line: u32,
    /// Why, for example "booked twice".
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    header: Header,
}

/// `… lock`
#[derive(Debug, Args)]
pub(crate) struct LockArgs {
    /// The first instant that may still change, RFC 3339; says what it is when absent.
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
    #[command(flatten)]
    header: Header,
}

/// `… movement`
#[derive(Debug, Args)]
pub(crate) struct MovementArgs {
    /// The warehouse.
    #[arg(long, short)]
    warehouse: String,
    /// The receipt's sequence.
    #[arg(long, value_name = "SEQUENCE")]
    sequence: u64,
    /// The line of its document, from 0.
    #[arg(long, default_value_t = 0)]
    line: u32,
}

impl ReverseArgs {
    pub(super) fn post(self) -> Result<PostDocumentRequest, Failure> {
        let Self { sequence, line, reason, header } = self;
        header.post(Action::Reverse(Reverse { sequence, line, reason }))
    }
}

pub(super) async fn lock(args: LockArgs, context: &Context) -> Result<(), Failure> {
    let LockArgs { until, header } = args;
    let Some(until) = until else { return show_lock(header.warehouse, context).await };
    let until = time(&until).map_err(|failure| failure.at("until"))?;
    let request = header.post(Action::LockStock(LockStock { until: Some(until) }))?;
    post::send(request, context).await
}

async fn show_lock(warehouse: String, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetStockLockRequest { warehouse: warehouse.clone() };
    let answer = client.call(&request, async |r| client.stock().get_stock_lock(r).await).await?;
    let (locked_until, as_of_sequence) = (rfc3339(answer.locked_until.as_ref()), answer.as_of_sequence);
    context.output().one(&LockView { warehouse, locked_until, as_of_sequence })
}

/// Up to when what happened is locked.
#[derive(Debug, Serialize)]
struct LockView {
    warehouse: String,
    /// Empty when nothing is.
    locked_until: String,
    as_of_sequence: u64,
}

impl View for LockView {
    const COLUMNS: &'static [&'static str] = &["warehouse", "locked_until", "as_of_sequence"];
}

pub(super) async fn movement(args: MovementArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetMovementRequest { warehouse: args.warehouse, sequence: args.sequence, line: args.line };
    let answer = client.call(&request, async |r| client.stock().get_movement(r).await).await?;
    context.output().many(&MovementView::of(answer))
}

/// One movement of a line.
#[derive(Debug, Serialize)]
struct MovementView {
    movement: String,
    effective_at: String,
    recorded_at: String,
    kind: String,
    sku: String,
    from: String,
    to: String,
    quantity: String,
    lot: String,
    serials: Vec<String>,
    reason: String,
    reverses: String,
    reversed_by: String,
}

impl View for MovementView {
    const COLUMNS: &'static [&'static str] = &[
        "movement",
        "effective_at",
        "kind",
        "sku",
        "from",
        "to",
        "quantity",
        "lot",
        "reason",
        "reverses",
        "reversed_by",
    ];
}

impl MovementView {
    fn of(answer: GetMovementResponse) -> Vec<Self> {
        let reference = |reference: Option<&MovementReference>| {
            reference.map_or_else(String::new, |of| format!("{}-{}", of.sequence, of.line))
        };
        let GetMovementResponse { movement, effective_at, recorded_at, moved, reverses, reversed_by } =
            answer;
        let view = |moved: proto::events::v1::Moved| Self {
            movement: reference(movement.as_ref()),
            effective_at: rfc3339(effective_at.as_ref()),
            recorded_at: rfc3339(recorded_at.as_ref()),
            kind: short_name(moved.kind().as_str_name(), "MOVEMENT_KIND").to_lowercase(),
            sku: moved.sku,
            from: moved.from_location,
            to: moved.to_location,
            quantity: number(moved.quantity),
            lot: moved.lot,
            serials: moved.serials,
            reason: moved.reason,
            reverses: reference(reverses.as_ref()),
            reversed_by: reference(reversed_by.as_ref()),
        };
        moved.into_iter().map(view).collect()
    }
}

//! `entrepot stock explain`: why a document would be refused, or what it would take.

use std::path::PathBuf;

use clap::Args;
use proto::stock::v1::{
    ExplainDocumentRequest, ExplainDocumentResponse, LineExplanation, PassedOverReason, PickRule,
};
use serde::Serialize;

use super::post::read_form;
use crate::cli::Context;
use crate::cli::text::{number, short_name};
use crate::output::{Failure, View};

/// `entrepot stock explain`
#[derive(Debug, Args)]
pub(crate) struct ExplainArgs {
    /// The document, JSON as for `post`; - for stdin.
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// The warehouse, when the document does not name it.
    #[arg(long, short)]
    warehouse: Option<String>,
    /// Judge against master data at least this new (as answered by a change of the catalog).
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "REVISION")]
    catalog_revision: u64,
}

pub(super) async fn run(args: ExplainArgs, context: &Context) -> Result<(), Failure> {
    let (warehouse, form) = read_form(&args.file, args.warehouse)?;
    let client = context.client().await?;
    let request = ExplainDocumentRequest {
        warehouse,
        document: Some(form.into_document()?),
        catalog_revision: args.catalog_revision,
    };
    let answer = client.call(&request, async |r| client.stock().explain_document(r).await).await?;
    context.output().many(&rows(answer))
}

/// One thing that is said of a line.
#[derive(Debug, Default, Serialize)]
struct ExplanationView {
    line: u32,
    /// `refused`, `kept`, `makes_room`, `chosen` or `passed_over`.
    what: &'static str,
    location: String,
    lot: String,
    status: String,
    owner: String,
    quantity: String,
    /// The reason, the rank by the rule, or the numbers.
    why: String,
}

impl View for ExplanationView {
    const COLUMNS: &'static [&'static str] =
        &["line", "what", "location", "lot", "status", "owner", "quantity", "why"];
}

fn rows(answer: ExplainDocumentResponse) -> Vec<ExplanationView> {
    answer.lines.into_iter().flat_map(of_line).collect()
}

fn of_line(explained: LineExplanation) -> Vec<ExplanationView> {
    let line = explained.line;
    let pick = in_words(explained.pick().as_str_name(), "PICK_RULE");
    let of = |what| ExplanationView { line, what, ..ExplanationView::default() };
    let mut rows = Vec::new();
    if let Some(refusal) = explained.refusal {
        rows.push(ExplanationView {
            why: format!("{}: {}", refusal.reason, refusal.message),
            ..of("refused")
        });
    }
    if let Some(kept) = explained.kept {
        let (free, others, buffer) = (number(kept.free), number(kept.for_others), number(kept.buffer));
        let why = format!("{free} free, {others} for other channels, {buffer} as a buffer");
        rows.push(ExplanationView { why, ..of("kept") });
    }
    for room in explained.made_room {
        let why = format!("reservation {}", room.reservation_id);
        rows.push(ExplanationView { quantity: number(room.quantity), why, ..of("makes_room") });
    }
    for chosen in explained.chosen {
        let expiry =
            if chosen.expiry.is_empty() { String::new() } else { format!(", until {}", chosen.expiry) };
        let units = chosen.handling_units.join(" ");
        let units = if units.is_empty() { units } else { format!(", whole units {units}") };
        rows.push(ExplanationView {
            location: chosen.location,
            lot: chosen.lot,
            quantity: number(chosen.quantity),
            why: if explained.pick == PickRule::Unspecified as i32 {
                String::new()
            } else {
                format!("number {} by {pick}{expiry}{units}", chosen.rank)
            },
            ..of("chosen")
        });
    }
    for passed in explained.passed_over {
        let reason = PassedOverReason::try_from(passed.reason).unwrap_or_default();
        rows.push(ExplanationView {
            location: passed.location,
            lot: passed.lot,
            status: passed.status,
            owner: passed.owner,
            quantity: format!("{} less {} promised", number(passed.on_hand), number(passed.reserved)),
            why: in_words(reason.as_str_name(), "PASSED_OVER_REASON"),
            ..of("passed_over")
        });
    }
    rows
}

fn in_words(name: &str, prefix: &str) -> String {
    short_name(name, prefix).to_lowercase().replace('_', " ")
}

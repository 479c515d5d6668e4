use proto::papers::v1::Paper;
use serde::Serialize;

use crate::cli::text::{rfc3339, short_name};
use crate::output::View;

/// A paper.
#[derive(Debug, Serialize)]
pub(super) struct PaperView {
    number: String,
    kind: String,
    legal_entity: String,
    warehouse: String,
    subject: String,
    language: String,
    issue_date: String,
    issued_at: String,
    /// Warehouse and sequence of each journal, apart by commas.
    #[serde(skip_serializing_if = "String::is_empty")]
    as_of: String,
    corrects: String,
    #[serde(skip_serializing_if = "String::is_empty")]
    correction_reason: String,
    corrected_by: String,
    digest: String,
}

impl View for PaperView {
    const COLUMNS: &'static [&'static str] =
        &["number", "kind", "warehouse", "subject", "language", "issue_date", "corrects", "corrected_by"];
}

impl From<Paper> for PaperView {
    fn from(paper: Paper) -> Self {
        let as_of: Vec<String> =
            paper.as_of.iter().map(|as_of| format!("{}={}", as_of.warehouse, as_of.sequence)).collect();
        Self {
            kind: short_name(paper.kind().as_str_name(), "PAPER_KIND").to_lowercase(),
            issued_at: rfc3339(paper.issued_at.as_ref()),
            as_of: as_of.join(","),
            number: paper.number,
            legal_entity: paper.legal_entity,
            warehouse: paper.warehouse,
            subject: paper.subject,
            language: paper.language,
            issue_date: paper.issue_date,
            corrects: paper.corrects,
            correction_reason: paper.correction_reason,
            corrected_by: paper.corrected_by,
            digest: paper.digest,
        }
    }
}

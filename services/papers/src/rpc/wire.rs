//! Papers as messages.

use std::fmt::Write;

use paper_core::{Kind, Number, Paper as Content};
use proto::papers::v1::{JournalPosition, Paper, PaperKind};
use rpc::{ApiError, Reason};
use vocabulary::Timestamp;

use crate::store::Stored;

/// A paper with all that stands on it.
pub(super) fn paper(stored: Stored) -> Result<Paper, ApiError> {
    let content = Content::from_json(&stored.content).map_err(|fault| {
        tracing::error!(%fault, number = %stored.number, "a stored paper cannot be read");
        ApiError::internal(fault.to_string())
    })?;
    let head = content.head;
    let position =
        |as_of: paper_core::AsOf| JournalPosition { warehouse: as_of.warehouse, sequence: as_of.sequence };
    Ok(Paper {
        as_of: head.as_of.into_iter().map(position).collect(),
        correction_reason: head.corrects.map(|correction| correction.reason).unwrap_or_default(),
        content: stored.content.clone(),
        ..listed(stored)
    })
}

/// A paper without what stands on it.
pub(super) fn listed(stored: Stored) -> Paper {
    let text = |number: Option<Number>| number.map_or_else(String::new, |number| number.to_string());
    Paper {
        legal_entity: stored.legal_entity,
        number: stored.number.to_string(),
        kind: kind_of(stored.number.kind()).into(),
        warehouse: stored.warehouse,
        language: stored.language.to_string(),
        issue_date: stored.issue_date,
        issued_at: Some(timestamp(stored.issued_at)),
        subject: stored.subject.shown(),
        as_of: Vec::new(),
        corrects: text(stored.corrects),
        correction_reason: String::new(),
        corrected_by: text(stored.corrected_by),
        digest: hexadecimal(&stored.digest),
        content: String::new(),
    }
}

fn timestamp(time: Timestamp) -> prost_types::Timestamp {
    let (seconds, nanos) = time.parts();
    prost_types::Timestamp { seconds, nanos }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

const fn kind_of(kind: Kind) -> PaperKind {
    match kind {
        Kind::GoodsReceiptNote => PaperKind::GoodsReceiptNote,
        Kind::PutAwayList => PaperKind::PutAwayList,
        Kind::PickList => PaperKind::PickList,
        Kind::PackingList => PaperKind::PackingList,
        Kind::DeliveryNote => PaperKind::DeliveryNote,
        Kind::SsccLabel => PaperKind::SsccLabel,
        Kind::CountSheet => PaperKind::CountSheet,
        Kind::ProductionOrder => PaperKind::ProductionOrder,
        Kind::ReturnNote => PaperKind::ReturnNote,
        Kind::TraceCertificate => PaperKind::TraceCertificate,
    }
}

/// A kind, where one is given.
pub(super) fn kind(number: i32) -> Result<Option<Kind>, ApiError> {
    let given = PaperKind::try_from(number).map_err(|_| {
        let message = format!("there is no kind of papers {number}: give one of PaperKind");
        ApiError::invalid(Reason::BadField, "kind", message)
    })?;
    Ok(Kind::ALL.into_iter().find(|kind| kind_of(*kind) == given))
}

use std::fmt;

use laws::Law;
use rpc::Reason;
use serde::Serialize;
use stock_core::verify::Verified;

use super::live::{Difference, in_words};

use crate::output::View;

/// Whether a journal is sound, and what its owner works with is what it says.
#[derive(Debug, Default, Serialize)]
pub(super) struct VerdictView {
    pub(super) warehouse: String,
    pub(super) sound: bool,
    /// The newest entry; of an unsound journal, the first bad one.
    pub(super) sequence: u64,
    hash: Option<String>,
    content_digest: Option<String>,
    state_digest: Option<String>,
    positions: Option<usize>,
    reservations: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) law: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
    /// The position that its owner holds otherwise than the journal says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sku: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) location: Option<String>,
    /// What the journal says,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) expected: Option<String>,
    /// and what the owner holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) got: Option<String>,
    #[serde(skip)]
    pub(super) reason: Option<Reason>,
}

impl View for VerdictView {
    const COLUMNS: &'static [&'static str] = &[
        "warehouse",
        "sound",
        "sequence",
        "hash",
        "content_digest",
        "state_digest",
        "positions",
        "reservations",
        "law",
        "detail",
    ];
}

impl VerdictView {
    pub(super) fn sound(warehouse: &str, verified: &Verified) -> Self {
        Self {
            warehouse: warehouse.to_owned(),
            sound: true,
            sequence: verified.sequence.get(),
            hash: Some(verified.hash.to_string()),
            content_digest: Some(verified.content_digest.to_string()),
            state_digest: Some(verified.state_digest.to_string()),
            positions: Some(verified.positions),
            reservations: Some(verified.reservations),
            ..Self::default()
        }
    }

    /// An entry breaks a law.
    pub(super) fn damaged(warehouse: &str, sequence: u64, law: Law, detail: String) -> Self {
        Self {
            warehouse: warehouse.to_owned(),
            sequence,
            law: Some(law.to_string()),
            detail: Some(detail),
            reason: Some(Reason::JournalDamaged),
            ..Self::default()
        }
    }

    /// The owner's state as of an entry is not what the journal says.
    pub(super) fn diverged(warehouse: &str, sequence: u64, detail: String) -> Self {
        let reason = Some(Reason::StateDiverged);
        Self { reason, ..Self::damaged(warehouse, sequence, Law::OneHistory, detail) }
    }

    /// A position of it is not.
    pub(super) fn differs(warehouse: &str, sequence: u64, difference: &Difference) -> Self {
        Self {
            sku: Some(difference.sku.clone()),
            location: Some(difference.location.clone()),
            expected: Some(in_words(difference.expected)),
            got: Some(in_words(difference.got)),
            ..Self::diverged(warehouse, sequence, difference.to_string())
        }
    }
}

impl fmt::Display for VerdictView {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { warehouse, sequence, .. } = self;
        match (&self.law, &self.detail) {
            (Some(law), Some(detail)) if self.reason == Some(Reason::StateDiverged) => {
                write!(f, "the state of {warehouse} as of entry {sequence} breaks {law}: {detail}")
            }
            (Some(law), Some(detail)) => {
                write!(f, "entry {sequence} of {warehouse} breaks {law}: {detail}")
            }
            _ => write!(f, "{warehouse} is sound up to {sequence}"),
        }
    }
}

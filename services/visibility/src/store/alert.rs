//! What a store says of alerts.

use std::collections::BTreeMap;

use vocabulary::Sequence;

use crate::core::{Alert, AlertKind, Head};

/// Alerts of one warehouse that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertWant {
    /// The warehouse.
    pub warehouse: String,
    /// Keys from the first on, and before the second.
    pub range: (String, String),
    /// Only those after this key; empty means from the first.
    pub after: String,
    /// At most this many.
    pub limit: usize,
}

/// Alerts of one warehouse in the order of their keys, true as of one head.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlertPage {
    /// As of when.
    pub head: Head,
    /// The alerts.
    pub alerts: Vec<Alert>,
    /// The key to go on after; `None` at the end.
    pub next: Option<String>,
}

/// How far a warehouse's view is, and when its alerts last differed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AlertState {
    /// The head.
    pub head: Head,
    /// The newest entry with which an alert of a kind came or went; the clock is another matter. A kind of which none ever did is
    /// left out.
    pub differed: BTreeMap<AlertKind, Sequence>,
}

/// A page of what was found, one more than wanted at most.
pub(super) fn page(want: &AlertWant, head: Head, found: Vec<Alert>) -> AlertPage {
    let mut alerts = found;
    let has_more = alerts.len() > want.limit;
    alerts.truncate(want.limit);
    let next = alerts.last().filter(|_| has_more).map(|alert| alert.key.to_string());
    AlertPage { head, alerts, next }
}

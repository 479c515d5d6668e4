use std::time::Duration;

use laws::Law;
use telemetry::metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};
use vocabulary::WarehouseCode;

use crate::core::AlertKind;

/// What an operator sees of the view.
#[derive(Debug, Clone)]
pub(crate) struct Metrics {
    age: Gauge,
    sequence: Gauge,
    lag: Gauge,
    law: Gauge,
    entries: Counter,
    batches: Counter,
    batch_entries: Histogram,
    apply: Histogram,
    visible: Histogram,
    faults: Counter,
    rebuilds: Counter,
    alerts: Gauge,
    alerts_cut: Gauge,
}

/// One warehouse's view, as metrics show it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ViewState {
    /// The journal sequence it stands at.
    pub(crate) sequence: u64,
    /// Entries known to be in the log and not in the view.
    pub(crate) lag: u64,
    /// Since it was complete; `None` when it never was.
    pub(crate) age: Option<Duration>,
    /// The bound of L8.
    pub(crate) age_max: Duration,
}

/// What can be wrong with a view.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Trouble {
    /// Entries are missing in the log as it was read.
    Gap,
    /// An entry contradicts the journal before it, or cannot be read.
    Malformed,
    /// The cache forgot what it held.
    Lost,
    /// The cache does not answer.
    CacheAway,
    /// The event log does not answer.
    LogAway,
}

impl Trouble {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Gap => "gap",
            Self::Malformed => "malformed",
            Self::Lost => "lost",
            Self::CacheAway => "cache_away",
            Self::LogAway => "log_away",
        }
    }
}

impl Metrics {
    pub(crate) fn new() -> Self {
        Self {
            age: gauge(
                "visibility.view.age",
                "s",
                "Time since the view of a warehouse was last known to be complete",
            ),
            sequence: gauge(
                "visibility.view.sequence",
                "{entries}",
                "Journal sequence that the view of a warehouse stands at",
            ),
            lag: gauge(
                "visibility.view.lag",
                "{entries}",
                "Journal entries read from the event log and not yet in the view",
            ),
            law: gauge("entrepot.law.broken", "{laws}", "1 while a law is seen broken, 0 otherwise")
                .with(&[("law", Law::BoundedStaleness.name())]),
            entries: counter(
                "visibility.entries.applied",
                "Journal entries that this replica applied to the view",
            ),
            batches: counter("visibility.batches", "Batches of one warehouse that were offered to the view"),
            batch_entries: histogram(
                "visibility.batch.entries",
                "{entries}",
                "Entries of one warehouse offered at once",
            ),
            apply: histogram("visibility.apply.duration", "s", "Time to apply one batch of one warehouse"),
            visible: histogram(
                "visibility.commit_to_visible",
                "s",
                "From the commit of an entry until it is in the view",
            ),
            faults: counter("visibility.faults", "What went wrong with the view, by kind"),
            rebuilds: counter("visibility.rebuilds", "Views of a warehouse that were built anew"),
            alerts: gauge("visibility.alerts.open", "{alerts}", "Alerts that are open, by kind"),
            alerts_cut: gauge(
                "visibility.alerts.cut",
                "{scopes}",
                "Kinds of alerts in a warehouse of which more are open than watchers are told of",
            ),
        }
    }

    pub(crate) fn applied(&self, offered: usize, applied: usize, took: Duration) {
        self.batches.increment();
        self.entries.add(u64::try_from(applied).unwrap_or(u64::MAX));
        self.batch_entries.record(u32::try_from(offered).map_or(f64::MAX, f64::from));
        self.apply.record_duration(took);
    }

    pub(crate) fn visible(&self, after: Duration) {
        self.visible.record_duration(after);
    }

    pub(crate) fn trouble(&self, trouble: Trouble) {
        self.faults.with(&[("kind", trouble.as_str())]).increment();
    }

    pub(crate) fn rebuilt(&self) {
        self.rebuilds.increment();
    }

    /// How many alerts of a kind are open.
    pub(crate) fn alerts(&self, kind: AlertKind, count: u64) {
        self.alerts.with(&[("kind", kind.as_str())]).set_count(count);
    }

    /// Of how many kinds and warehouses more are open than watchers are told of.
    pub(crate) fn alerts_cut(&self, count: u64) {
        self.alerts_cut.set_count(count);
    }

    /// The state of one warehouse's view.
    pub(crate) fn view(&self, warehouse: &WarehouseCode, state: &ViewState) {
        let label = [("warehouse", warehouse.as_str())];
        self.sequence.with(&label).set_count(state.sequence);
        self.lag.with(&label).set_count(state.lag);
        if let Some(age) = state.age {
            self.age.with(&label).set(age.as_secs_f64());
            let holds = laws::bounded_staleness(age, state.age_max);
            self.law.with(&label).set(if holds { 0.0 } else { 1.0 });
        }
    }
}

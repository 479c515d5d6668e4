use laws::Law;
use telemetry::metrics::{Counter, Gauge, Histogram, counter, gauge, histogram};
use tokio::time::Duration;
use vocabulary::{StockStatus, WarehouseCode};

/// What a partition measures.
#[derive(Debug, Clone)]
pub(crate) struct PartitionMetrics {
    documents: Counter,
    batch_documents: Histogram,
    commit_seconds: Histogram,
    queue_depth: Gauge,
    relay_lag: Gauge,
    law_broken: Gauge,
    law_looks: Counter,
    law_skipped: Counter,
    lots_held: Counter,
    doubles: Gauge,
    doubles_held: Counter,
}

impl PartitionMetrics {
    pub(crate) fn new(warehouse: &WarehouseCode) -> Self {
        let labels = [("warehouse", warehouse.as_str())];
        let metrics = Self {
            documents: counter("entrepot.stock.documents", "documents recorded, refused ones too")
                .with(&labels),
            batch_documents: histogram(
                "entrepot.stock.batch.documents",
                "{documents}",
                "documents in a batch",
            )
            .with(&labels),
            commit_seconds: histogram("entrepot.stock.commit.duration", "s", "time to make a batch durable")
                .with(&labels),
            queue_depth: gauge("entrepot.stock.queue.depth", "{requests}", "requests waiting for the owner")
                .with(&labels),
            relay_lag: gauge("entrepot.stock.relay.lag", "{entries}", "durable entries not yet published")
                .with(&labels),
            law_broken: gauge("entrepot.law.broken", "{laws}", "1 while a law is seen broken, 0 otherwise")
                .with(&labels),
            law_looks: counter("entrepot.stock.law.looks", "looks at the stored journal (L3, L5)")
                .with(&labels),
            lots_held: counter("entrepot.stock.lots.held", "lots taken out of use, by what they became")
                .with(&labels),
            doubles: gauge(
                "entrepot.stock.doubles",
                "{units}",
                "units here whose number another warehouse had first, on hold or not",
            )
            .with(&labels),
            doubles_held: counter("entrepot.stock.doubles.held", "such units put on hold").with(&labels),
            law_skipped: counter(
                "entrepot.stock.law.skipped",
                "entries that no look has read, as more were appended between two looks than one reads",
            )
            .with(&labels),
        };
        for law in
            [Law::Conservation, Law::NoOversell, Law::ExactlyOnce, Law::DurableAnswers, Law::OneHistory]
        {
            metrics.law(law, true);
        }
        metrics
    }

    pub(crate) fn committed(&self, documents: usize, took: Duration) {
        let documents = documents as u64;
        self.documents.add(documents);
        self.batch_documents.record(f64::from(u32::try_from(documents).unwrap_or(u32::MAX)));
        self.commit_seconds.record_duration(took);
    }

    pub(crate) fn queued(&self, requests: usize) {
        self.queue_depth.set_count(requests as u64);
    }

    pub(crate) fn relay_lag(&self, entries: u64) {
        self.relay_lag.set_count(entries);
    }

    pub(crate) fn looked(&self, skipped: u64) {
        self.law_looks.increment();
        self.law_skipped.add(skipped);
    }

    pub(crate) fn held(&self, status: StockStatus, lots: usize) {
        self.lots_held.with(&[("status", status.as_str())]).add(lots as u64);
    }

    pub(crate) fn doubles(&self, units: usize) {
        self.doubles.set_count(units as u64);
    }

    pub(crate) fn held_double(&self) {
        self.doubles_held.increment();
    }

    pub(crate) fn law(&self, law: Law, holds: bool) {
        self.law_broken.with(&[("law", law.name())]).set(if holds { 0.0 } else { 1.0 });
    }
}

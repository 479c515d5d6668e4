use std::collections::HashSet;
use std::fmt;

use crate::case::{Case, Format};
use crate::gs1;
use crate::verdict::{Failure, Verdict};

/// What came of all cases.
#[derive(Debug, Default)]
pub(crate) struct Report {
    passed: usize,
    failures: Vec<(String, Failure)>,
}

/// Judges every case. An id that stands twice fails its second case: which of the two passed could not be told.
pub(crate) fn run(cases: Vec<(Format, Case)>) -> Report {
    let mut report = Report::default();
    let mut ids = HashSet::new();
    for (format, case) in cases {
        let verdict = if ids.insert(case.id.clone()) {
            judge(format, &case)
        } else {
            Verdict::malformed("its id stands twice")
        };
        report.add(case.id, verdict);
    }
    report
}

fn judge(format: Format, case: &Case) -> Verdict {
    let group = case.text("group").unwrap_or("without a group");
    match format {
        Format::Gs1 => gs1::judge(case),
        Format::Forecasting => Verdict::unsupported(format!("forecasting {group}")),
        Format::Policy => Verdict::unsupported(format!("policy {group}")),
        Format::Valuation => Verdict::unsupported(format!("valuation {group}")),
    }
}

impl Report {
    fn add(&mut self, id: String, verdict: Verdict) {
        match verdict {
            Verdict::Passed => self.passed = self.passed.saturating_add(1),
            Verdict::Failed(failure) => self.failures.push((id, failure)),
        }
    }

    /// How many cases failed.
    pub(crate) fn failed(&self) -> usize {
        self.failures.len()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (id, failure) in &self.failures {
            writeln!(f, "{id}: {failure}")?;
        }
        writeln!(f, "{} passed, {} failed", self.passed, self.failures.len())
    }
}

use std::fmt::Write;

/// A place where a rule does not hold, on purpose. One that is no longer needed is a finding itself.
#[derive(Debug, Clone, Copy)]
pub struct Exception {
    /// Path from the repository's root.
    pub path: &'static str,
    /// Why the rule does not hold there.
    pub reason: &'static str,
}

/// What one rule found.
#[derive(Debug)]
pub struct Findings {
    rule: &'static str,
    exceptions: Vec<(Exception, bool)>,
    found: Vec<String>,
    checked: usize,
}

impl Findings {
    /// `rule` says in words what must hold.
    #[must_use]
    pub fn new(rule: &'static str, exceptions: &[Exception]) -> Self {
        let exceptions = exceptions.iter().map(|exception| (*exception, false)).collect();
        Self { rule, exceptions, found: Vec::new(), checked: 0 }
    }

    /// Counts one thing that was looked at, so that a rule that looks at nothing fails.
    pub fn checked(&mut self) {
        self.checked = self.checked.saturating_add(1);
    }

    /// Notes that the rule is broken at `path`, unless an exception names it.
    pub fn found(&mut self, path: &str, what: impl AsRef<str>) {
        match self.exceptions.iter_mut().find(|(exception, _)| exception.path == path) {
            Some((_, used)) => *used = true,
            None => self.found.push(format!("{path}: {}", what.as_ref())),
        }
    }

    /// Fails the test when anything was found, when nothing was looked at, or when an exception is not needed.
    ///
    /// # Panics
    /// As a test does.
    pub fn finish(self) {
        let mut report = String::new();
        for found in &self.found {
            let _infallible = writeln!(report, "  {found}");
        }
        for (exception, used) in &self.exceptions {
            if !used {
                let _infallible =
                    writeln!(report, "  {}: is an exception to this rule without need", exception.path);
            }
        }
        assert!(report.is_empty(), "{}, but:\n{report}", self.rule);
        assert!(self.checked > 0, "{}: nothing was looked at", self.rule);
    }
}

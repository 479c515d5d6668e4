use std::sync::{Mutex, PoisonError};

use rpc::Readiness;
use tokio::sync::watch;

/// Whether this replica can answer: what its readiness follows from. A warehouse whose view is built anew is not in it; reads
/// of that one say so themselves.
#[derive(Debug)]
pub(crate) struct Standing {
    facts: Mutex<Facts>,
    readiness: watch::Sender<Readiness>,
}

#[derive(Debug, Default)]
struct Facts {
    /// The master data has arrived.
    knows_catalog: bool,
    /// The journals were read to their end once.
    is_caught_up: bool,
    /// The cache does not answer, and says why.
    cache_away: Option<String>,
}

impl Standing {
    pub(super) fn new() -> Self {
        let facts = Facts::default();
        Self { readiness: watch::Sender::new(facts.judged()), facts: Mutex::new(facts) }
    }

    pub(crate) fn readiness(&self) -> watch::Receiver<Readiness> {
        self.readiness.subscribe()
    }

    pub(crate) fn note_catalog(&self) {
        self.change(|facts| facts.knows_catalog = true);
    }

    pub(super) fn note_caught_up(&self) {
        self.change(|facts| facts.is_caught_up = true);
    }

    pub(crate) fn note_cache_away(&self, reason: &str) {
        self.change(|facts| facts.cache_away = Some(reason.to_owned()));
    }

    pub(crate) fn note_cache_back(&self) {
        self.change(|facts| facts.cache_away = None);
    }

    fn change(&self, change: impl FnOnce(&mut Facts)) {
        let mut facts = self.facts.lock().unwrap_or_else(PoisonError::into_inner);
        change(&mut facts);
        facts.judged().tell(&self.readiness);
    }
}

impl Facts {
    fn judged(&self) -> Readiness {
        match &self.cache_away {
            Some(reason) => Readiness::waiting(format!("the view's cache, which does not answer: {reason}")),
            None if !self.is_caught_up => Readiness::waiting("the view, which is behind the journals"),
            None if !self.knows_catalog => Readiness::waiting("the master data, from the event log"),
            None => Readiness::Ready,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_on_the_catalog_the_journals_and_the_cache() {
        let standing = Standing::new();
        let readiness = standing.readiness();
        let waits_for = |word: &str| match &*readiness.borrow() {
            Readiness::Ready => word.is_empty(),
            Readiness::Waiting(what) => !word.is_empty() && what.contains(word),
        };
        assert!(waits_for("view"));
        standing.note_caught_up();
        assert!(waits_for("master data"));
        standing.note_catalog();
        assert!(waits_for(""));
        standing.note_cache_away("broken pipe");
        assert!(waits_for("broken pipe"));
        standing.note_caught_up();
        assert!(waits_for("broken pipe"));
        standing.note_cache_back();
        assert!(waits_for(""));
    }
}

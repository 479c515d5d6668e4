use std::collections::{BTreeMap, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use vocabulary::{Sequence, WarehouseCode};

use crate::core::Alert;

/// An alert of a warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sounded {
    pub(crate) warehouse: WarehouseCode,
    pub(crate) alert: Alert,
    /// Every warehouse that has the unit, of a number that is there twice.
    pub(crate) holders: Vec<String>,
}

/// An alert that was raised, or cleared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Turned {
    pub(crate) of: Sounded,
    pub(crate) is_raised: bool,
    /// The journal sequence that the view stood at; the start for what no single warehouse knows.
    pub(crate) sequence: Sequence,
}

/// Alerts that are looked at together, by whose they are. Serial numbers are looked at over the whole network.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Scope {
    Warehouse(WarehouseCode),
    Network,
}

/// What is open, as this replica last saw it, and the newest changes of that for watchers. Nothing here is kept: after a start
/// everything that is open is found again in the view.
#[derive(Debug)]
pub(crate) struct Alarm {
    state: Mutex<State>,
    changes_max: usize,
    /// Whether changes are told: what is found by the first look is not news.
    primed: watch::Sender<bool>,
}

#[derive(Debug, Default)]
struct State {
    open: BTreeMap<Scope, BTreeMap<(WarehouseCode, String), Sounded>>,
    changes: VecDeque<Turned>,
    /// Changes that came before those in `changes`.
    dropped: u64,
}

/// The changes after the position asked for are not kept any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missed;

impl Alarm {
    /// `changes_max`: changes kept for watchers.
    pub(crate) fn new(changes_max: usize) -> Self {
        Self { state: Mutex::default(), changes_max, primed: watch::Sender::new(false) }
    }

    /// What is open in a scope now: what is new was raised, what is missing was cleared. Whether there was a change to be told.
    pub(crate) fn settle(&self, scope: Scope, open: Vec<Sounded>, sequence: Sequence) -> bool {
        let mut state = self.state();
        let now: BTreeMap<_, _> =
            open.into_iter().map(|of| ((of.warehouse.clone(), of.alert.key.to_string()), of)).collect();
        // What is found by the first look is not news.
        let Some(before) = state.open.insert(scope, now.clone()).filter(|_| *self.primed.borrow()) else {
            return false;
        };
        let turned = |of: &Sounded, is_raised| Turned { of: of.clone(), is_raised, sequence };
        let cleared = before.iter().filter(|(key, _)| !now.contains_key(*key));
        let cleared = cleared.map(|(_, of)| turned(of, false));
        let raised = now.iter().filter(|(key, _)| !before.contains_key(*key));
        let raised = raised.map(|(_, of)| turned(of, true));
        let count = state.changes.len();
        state.changes.extend(cleared.chain(raised));
        let is_news = state.changes.len() > count;
        let excess = state.changes.len().saturating_sub(self.changes_max);
        state.changes.drain(..excess);
        state.dropped = state.dropped.saturating_add(u64::try_from(excess).unwrap_or(u64::MAX));
        is_news
    }

    /// From now on changes are told.
    pub(crate) fn prime(&self) {
        self.primed.send_if_modified(|is_primed| !std::mem::replace(is_primed, true));
    }

    /// Waits for the end of the first look.
    pub(crate) async fn primed(&self) {
        // The sender lives in `self`, so that the wait cannot fail.
        let _ = self.primed.subscribe().wait_for(|is_primed| *is_primed).await;
    }

    /// The position behind the newest change.
    pub(crate) fn position(&self) -> u64 {
        let state = self.state();
        state.dropped.saturating_add(u64::try_from(state.changes.len()).unwrap_or(u64::MAX))
    }

    /// At most `count` changes after a position.
    pub(crate) fn read(&self, position: u64, count: usize) -> Result<Vec<Turned>, Missed> {
        let state = self.state();
        let skip = position.checked_sub(state.dropped).ok_or(Missed)?;
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        Ok(state.changes.iter().skip(skip).take(count).cloned().collect())
    }

    /// Every alert that is open, in no order.
    pub(crate) fn for_each(&self, mut each: impl FnMut(&Alert)) {
        self.state().open.values().flat_map(BTreeMap::values).for_each(|of| each(&of.alert));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::core::{AlertKey, Total};

    /// `B pen` is an alert below a minimum of 1.
    fn sounded(skus: &str) -> Vec<Sounded> {
        let one = |sku: &str| Sounded {
            warehouse: WarehouseCode::parse("BER").unwrap(),
            alert: Alert {
                key: AlertKey::parse(&format!("B|{sku}|1").replace('|', "\0")).unwrap(),
                quantity: Total::ZERO,
            },
            holders: Vec::new(),
        };
        skus.split_whitespace().map(one).collect()
    }

    fn told(alarm: &Alarm, position: u64) -> String {
        let Ok(changes) = alarm.read(position, 10) else { return "missed".into() };
        let word = |turned: &Turned| {
            let sign = if turned.is_raised { '+' } else { '-' };
            let AlertKey::BelowMinimum { sku, .. } = &turned.of.alert.key else { panic!("another kind") };
            format!("{sign}{sku}")
        };
        changes.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_opens_is_told_once_and_what_closes_once() {
        let alarm = Alarm::new(4);
        let settle = |skus: &str| {
            let scope = Scope::Warehouse(WarehouseCode::parse("BER").unwrap());
            alarm.settle(scope, sounded(skus), Sequence::new(7))
        };
        assert!(!settle("a b"), "what is found at the start is not news");
        alarm.prime();
        for (open, is_news, position, expected) in [
            ("a b", false, 0, ""),
            ("a b c", true, 0, "+c"),
            ("a b c", false, 1, ""),
            ("b d", true, 1, "-a -c +d"),
            ("b d", false, 0, "+c -a -c +d"),
            ("", true, 4, "-b -d"),
            ("", false, 1, "missed"),
        ] {
            assert_eq!((settle(open), told(&alarm, position).as_str()), (is_news, expected), "{open:?}");
        }
        assert_eq!(alarm.position(), 6);
        assert_eq!(told(&alarm, 6), "");
    }
}

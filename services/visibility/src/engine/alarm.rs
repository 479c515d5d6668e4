use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use vocabulary::{Sequence, WarehouseCode};

use crate::core::{Alert, AlertKind};

/// An alert of a warehouse.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Sounded {
    pub(crate) warehouse: WarehouseCode,
    pub(crate) alert: Alert,
    /// Every warehouse that has the unit, of a number that is there twice.
    pub(crate) holders: Vec<String>,
}

/// What watchers are told of alerts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum News {
    /// An alert was raised, or cleared.
    Turned(Turned),
    /// More alerts of a scope are open than are told of, or no longer.
    Cut {
        /// Which.
        scope: Scope,
        /// Whether it is so now.
        is_cut: bool,
    },
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
    Warehouse(WarehouseCode, AlertKind),
    Network,
}

/// The alerts of a scope as a look found them.
#[derive(Debug)]
pub(crate) struct Found {
    pub(crate) scope: Scope,
    /// Those that are open, from the first key on.
    pub(crate) open: Vec<Sounded>,
    /// The key of the last one that was looked at, when there may be more behind it.
    pub(crate) cut_at: Option<String>,
    /// Warehouses whose views are not there now: what is found in none of the others may be in theirs.
    pub(crate) absent: BTreeSet<WarehouseCode>,
    /// The journal sequence that the view stood at; the start for what no single warehouse knows.
    pub(crate) sequence: Sequence,
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
    scopes: BTreeMap<Scope, Open>,
    /// The warehouses that were there at the first look.
    first: BTreeSet<WarehouseCode>,
    changes: VecDeque<News>,
    /// Changes that came before those in `changes`.
    dropped: u64,
}

/// What is open in a scope.
#[derive(Debug, Default)]
struct Open {
    /// By key.
    alerts: BTreeMap<(String, WarehouseCode), Sounded>,
    /// Whether there are more.
    is_cut: bool,
}

/// The changes after the position asked for are not kept any more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Missed;

impl Alarm {
    /// `changes_max`: changes kept for watchers.
    pub(crate) fn new(changes_max: usize) -> Self {
        Self { state: Mutex::default(), changes_max, primed: watch::Sender::new(false) }
    }

    /// What is open in a scope now: what is new was raised, what is missing was cleared. Behind the place where a look was cut off
    /// nobody looked: what was open there stays so, as much of it as was found before that place. Whether there was a change to be told.
    pub(crate) fn settle(&self, found: Found) -> bool {
        let mut state = self.state();
        let Found { scope, open, cut_at, absent, sequence } = found;
        let (kept_max, is_cut) = (open.len(), cut_at.is_some());
        let key = |of: &Sounded| (of.alert.key.to_string(), of.warehouse.clone());
        let mut now: BTreeMap<_, _> = open.into_iter().map(|of| (key(&of), of)).collect();
        let known = state.scopes.remove(&scope).or_else(|| state.before_first(&scope));
        let is_behind = |key: &str| cut_at.as_deref().is_some_and(|cut_at| key > cut_at);
        let is_absent =
            |of: &Sounded| of.holders.iter().any(|holder| absent.iter().any(|code| code.as_str() == holder));
        if let Some(before) = &known {
            // Those behind them are in the list only.
            let behind = before.alerts.iter().filter(|((key, _), _)| is_behind(key)).take(kept_max);
            let kept = before.alerts.iter().filter(|((key, _), of)| !is_behind(key) && is_absent(of));
            for (key, of) in behind.chain(kept) {
                now.entry(key.clone()).or_insert_with(|| of.clone());
            }
        }
        let mut news = Vec::new();
        // What is found by the first look is not news.
        if let Some(before) = known.filter(|_| *self.primed.borrow()) {
            let turned =
                |of: &Sounded, is_raised| News::Turned(Turned { of: of.clone(), is_raised, sequence });
            let is_over = |key: &(String, WarehouseCode)| !now.contains_key(key) && !is_behind(&key.0);
            let cleared = before.alerts.iter().filter(|(key, _)| is_over(key));
            news.extend(cleared.map(|(_, of)| turned(of, false)));
            let raised = now.iter().filter(|(key, _)| !before.alerts.contains_key(*key));
            news.extend(raised.map(|(_, of)| turned(of, true)));
            let is_turned = before.is_cut != is_cut;
            news.extend(is_turned.then(|| News::Cut { scope: scope.clone(), is_cut }));
        }
        state.scopes.insert(scope, Open { alerts: now, is_cut });
        state.tell(news, self.changes_max)
    }

    /// From now on changes are told. These warehouses were there at the first look; of those that come later everything is news.
    pub(crate) fn prime<'a>(&self, first: impl Iterator<Item = &'a WarehouseCode>) {
        if *self.primed.borrow() {
            return;
        }
        self.state().first = first.cloned().collect();
        self.primed.send_replace(true);
    }

    /// Waits for the end of the first look.
    pub(crate) async fn primed(&self) {
        // The sender lives in `self`, so that the wait cannot fail.
        let _ = self.primed.subscribe().wait_for(|is_primed| *is_primed).await;
    }

    /// The position behind the newest change, and the scopes of which more is open then than is told.
    pub(crate) fn position(&self) -> (u64, Vec<Scope>) {
        let state = self.state();
        let cut = state.scopes.iter().filter(|(_, open)| open.is_cut).map(|(scope, _)| scope.clone());
        (state.dropped.saturating_add(u64::try_from(state.changes.len()).unwrap_or(u64::MAX)), cut.collect())
    }

    /// At most `count` changes after a position.
    pub(crate) fn read(&self, position: u64, count: usize) -> Result<Vec<News>, Missed> {
        let state = self.state();
        let skip = position.checked_sub(state.dropped).ok_or(Missed)?;
        let skip = usize::try_from(skip).unwrap_or(usize::MAX);
        Ok(state.changes.iter().skip(skip).take(count).cloned().collect())
    }

    /// Every alert that is open, in no order.
    pub(crate) fn for_each(&self, mut each: impl FnMut(&Alert)) {
        self.state().scopes.values().flat_map(|open| open.alerts.values()).for_each(|of| each(&of.alert));
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Nothing, of a warehouse that was not there at the first look.
    fn before_first(&self, scope: &Scope) -> Option<Open> {
        match scope {
            Scope::Warehouse(code, _) if !self.first.contains(code) => Some(Open::default()),
            Scope::Warehouse(..) | Scope::Network => None,
        }
    }

    /// Whether there was anything to tell.
    fn tell(&mut self, news: Vec<News>, changes_max: usize) -> bool {
        let is_news = !news.is_empty();
        self.changes.extend(news);
        let excess = self.changes.len().saturating_sub(changes_max);
        self.changes.drain(..excess);
        self.dropped = self.dropped.saturating_add(u64::try_from(excess).unwrap_or(u64::MAX));
        is_news
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

    /// `a b ...` was cut off after them.
    fn found(skus: &str) -> Found {
        let scope = Scope::Warehouse(WarehouseCode::parse("BER").unwrap(), AlertKind::BelowMinimum);
        let (skus, is_cut) = skus.strip_suffix(" ...").map_or((skus, false), |skus| (skus, true));
        let open = sounded(skus);
        let last = open.last().map(|of| of.alert.key.to_string());
        Found {
            scope,
            open,
            cut_at: last.filter(|_| is_cut),
            absent: BTreeSet::new(),
            sequence: Sequence::new(7),
        }
    }

    fn prime(alarm: &Alarm) {
        alarm.prime([WarehouseCode::parse("BER").unwrap()].iter());
    }

    fn told(alarm: &Alarm, position: u64) -> String {
        let Ok(changes) = alarm.read(position, 10) else { return "missed".into() };
        let word = |news: &News| {
            let turned = match news {
                News::Cut { is_cut, .. } => return if *is_cut { "more" } else { "all" }.to_owned(),
                News::Turned(turned) => turned,
            };
            let sign = if turned.is_raised { '+' } else { '-' };
            let AlertKey::BelowMinimum { sku, .. } = &turned.of.alert.key else { panic!("another kind") };
            format!("{sign}{sku}")
        };
        changes.iter().map(word).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn what_opens_is_told_once_and_what_closes_once() {
        let alarm = Alarm::new(4);
        let settle = |skus: &str| alarm.settle(found(skus));
        assert!(!settle("a b"), "what is found at the start is not news");
        prime(&alarm);
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
        assert_eq!(alarm.position(), (6, vec![]));
        assert_eq!(told(&alarm, 6), "");
    }

    #[test]
    fn what_nobody_looked_at_is_not_cleared() {
        let alarm = Alarm::new(100);
        alarm.settle(found("c d e"));
        prime(&alarm);
        for (open, expected) in [
            ("a c ...", "+a more"),
            ("a b ...", "+b"),
            ("b c ...", "-a"),
            ("b c", "-d all"),
            ("a b ...", "+a more"),
            // As much is kept behind the cut as was found before it: the rest is in the list only.
            ("a ...", ""),
            ("a b c d", "+c +d all"),
        ] {
            let (position, _) = alarm.position();
            alarm.settle(found(open));
            assert_eq!(told(&alarm, position), expected, "{open:?}");
            assert_eq!(alarm.position().1.len(), usize::from(open.ends_with("...")), "{open:?}");
        }
    }

    #[test]
    fn a_warehouse_that_comes_later_has_news_only() {
        let alarm = Alarm::new(100);
        prime(&alarm);
        assert!(!alarm.settle(found("a")), "it was there, and is looked at for the first time");
        let scope = Scope::Warehouse(WarehouseCode::parse("HAM").unwrap(), AlertKind::BelowMinimum);
        assert!(alarm.settle(Found { scope, ..found("b c") }));
        assert_eq!(told(&alarm, 0), "+b +c");
    }

    #[test]
    fn a_unit_may_be_where_nobody_can_look() {
        let alarm = Alarm::new(100);
        let network = |skus: &str, absent: &[&str]| {
            let holders = vec!["BER".to_owned(), "HAM".to_owned()];
            let open = sounded(skus).into_iter().map(|of| Sounded { holders: holders.clone(), ..of });
            let absent = absent.iter().map(|code| WarehouseCode::parse(code).unwrap()).collect();
            alarm.settle(Found { scope: Scope::Network, open: open.collect(), absent, ..found("") })
        };
        network("a b", &[]);
        prime(&alarm);
        for (open, absent, expected) in
            [("a c", &["HAM"][..], "+c"), ("c", &["MUC"], "-a -b"), ("", &["BER"], ""), ("", &[], "-c")]
        {
            let (position, _) = alarm.position();
            network(open, absent);
            assert_eq!(told(&alarm, position), expected, "{open:?} without {absent:?}");
        }
    }
}

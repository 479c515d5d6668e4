//! Units that came second with their number are put on hold, or at least told of.

use std::collections::BTreeSet;

use stock_core::{Line, State};

use super::doubles::Double;
use super::holder::{Ended, Holder};
use super::{Answer, Origin, Recorded, Verdict};

/// Units looked at at once.
const LOOKED_AT_ONCE: usize = 1000;
/// Units held at once: what was seen of them is old when they are judged.
const HELD_AT_ONCE: usize = 100;
/// So often a unit is tried that cannot be held: once a look.
const ATTEMPTS_MAX: u32 = 10;
/// New ones are told one by one up to so many a look.
const TOLD_MAX: usize = 10;

/// What this process has seen of them.
#[derive(Debug, Default)]
pub(super) struct KnownDoubles {
    seen: BTreeSet<Double>,
    /// Those that were held once: a person may have set them free.
    held: BTreeSet<Double>,
}

/// What came of one.
enum Tried {
    /// It was held, now or before.
    Held,
    /// It was refused, now.
    Refused,
    /// It was refused before: it is another attempt's turn.
    RefusedBefore,
}

impl Holder {
    /// Holds those that are here, in use and not promised, each once an arrival; the others stay on the list. Stops, after some, when
    /// something more urgent is due.
    pub(super) async fn hold_doubles(
        &self,
        known: &mut KnownDoubles,
        is_due: impl Fn() -> bool,
    ) -> Result<(), Ended> {
        let doubles = self.doubles.of(&self.warehouse);
        self.metrics.doubles(doubles.len());
        known.note(&doubles);
        let rest: Vec<_> = doubles.into_iter().filter(|double| !known.held.contains(double)).collect();
        for some in rest.chunks(LOOKED_AT_ONCE) {
            let some = some.to_vec();
            let due = self.ask(move |state| to_hold(state, some)).await?;
            for some in due.chunks(HELD_AT_ONCE) {
                self.hold_some(some.to_vec(), known).await?;
                // Asked after some are held: while a catalog is imported, lots are due at every look.
                if is_due() {
                    return Ok(());
                }
            }
        }
        Ok(())
    }

    async fn hold_some(&self, some: Vec<(Double, Line)>, known: &mut KnownDoubles) -> Result<(), Ended> {
        let documents = some.iter().map(|(double, line)| double.document(0, line.clone())).collect();
        let answers = self.post_all(documents).await?;
        for ((double, _), answer) in some.into_iter().zip(answers) {
            let is_held = match self.note_answer(&double, &answer) {
                Tried::Held => true,
                Tried::Refused => false,
                Tried::RefusedBefore => self.try_again(&double).await?,
            };
            if is_held {
                known.held.insert(double);
            }
        }
        Ok(())
    }

    /// Whether it is held.
    async fn try_again(&self, double: &Double) -> Result<bool, Ended> {
        for attempt in 1..ATTEMPTS_MAX {
            let seen = double.clone();
            let Some(line) = self.ask(move |state| seen.hold(state)).await? else { return Ok(false) };
            let answers = self.post_all(vec![double.document(attempt, line)]).await?;
            match answers.first().map(|answer| self.note_answer(double, answer)) {
                Some(Tried::Held) => return Ok(true),
                Some(Tried::Refused) | None => return Ok(false),
                Some(Tried::RefusedBefore) => {}
            }
        }
        Ok(false)
    }

    fn note_answer(&self, Double { warehouse, sku, serial, first, .. }: &Double, answer: &Answer) -> Tried {
        let Answer::Recorded(Recorded { verdict, sequence, origin, .. }) = answer else {
            return Tried::Refused;
        };
        match (verdict, origin) {
            (Verdict::Accepted(_), Origin::Remembered) => Tried::Held,
            (Verdict::Accepted(_), Origin::Fresh) => {
                self.metrics.held_double();
                tracing::warn!(%warehouse, %sku, %serial, %first, %sequence, "two warehouses have a unit of this number: the second is on hold");
                Tried::Held
            }
            (Verdict::Refused(_), Origin::Fresh) => {
                tracing::warn!(%warehouse, %sku, %serial, %first, %sequence, "two warehouses have a unit of this number, and the second cannot be held");
                Tried::Refused
            }
            (Verdict::Refused(_), Origin::Remembered) => Tried::RefusedBefore,
        }
    }
}

impl KnownDoubles {
    /// Says of new ones that they are there, whether they can be held or not: one that is promised goes out to somebody.
    fn note(&mut self, now: &[Double]) {
        let new: Vec<_> = now.iter().filter(|double| !self.seen.contains(double)).collect();
        for Double { warehouse, sku, serial, first, .. } in new.iter().take(TOLD_MAX) {
            tracing::warn!(%warehouse, %sku, %serial, %first, "two warehouses have a unit of this number");
        }
        if let Some(others) = new.len().checked_sub(TOLD_MAX).filter(|others| *others > 0) {
            tracing::warn!(others, "two warehouses have units of the same numbers");
        }
        self.seen = now.iter().cloned().collect();
        self.held.retain(|double| self.seen.contains(double));
    }
}

fn to_hold(state: &State, doubles: Vec<Double>) -> Vec<(Double, Line)> {
    let due = |double: Double| double.hold(state).map(|line| (double, line));
    doubles.into_iter().filter_map(due).collect()
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use catalog_view::CatalogView;
    use vocabulary::{Sequence, SerialNumber, Sku, WarehouseCode};

    use super::super::doubles::Doubles;
    use super::super::doubles::tests::{double as double_of, post, received};
    use super::super::metrics::PartitionMetrics;
    use super::super::queue::{Waiting, queue};
    use super::super::{Job, own};
    use super::*;
    use crate::config::Limits;

    /// Answers as an owner does.
    async fn answer(mut state: State, mut waiting: Waiting) {
        while let Some(job) = waiting.recv().await {
            match job {
                Job::Look(look) => look(&state)(),
                Job::Judge { .. } => {}
                Job::Post { requests, reply } => {
                    let documents = requests.into_iter().map(|request| request.document.unwrap());
                    let entries = documents.map(|document| post(&mut state, &document));
                    let answers = entries.map(|entry| Answer::Recorded(Recorded::of(&entry)));
                    reply.send(answers.collect()).unwrap();
                }
            }
        }
    }

    /// While a catalog is imported there is always something more urgent.
    #[tokio::test]
    async fn some_are_held_at_every_look() {
        let (jobs, waiting) = queue(&Limits::default());
        let warehouse = double_of("1").warehouse;
        let mut state = State::new(warehouse.clone());
        post(&mut state, &own::document("came", "", vec![received(150, None)]));
        let owner = tokio::spawn(answer(state, waiting));
        let (catalog, doubles) = (CatalogView::empty(), Doubles::default());
        doubles.tell((1..=150).map(|n| double_of(&n.to_string())).collect());
        let (metrics, every) = (PartitionMetrics::new(&warehouse), Duration::from_secs(1));
        let holder = Holder { warehouse, catalog, doubles, jobs, metrics, every };
        let mut known = KnownDoubles::default();
        for held in [HELD_AT_ONCE, 150] {
            assert!(holder.hold_doubles(&mut known, || true).await.is_ok());
            assert_eq!(known.held.len(), held);
        }
        drop(holder);
        owner.await.unwrap();
    }

    fn double(since: u64) -> Double {
        let code = |code: &str| WarehouseCode::parse(code).unwrap();
        let (sku, serial) = (Sku::parse("S").unwrap(), SerialNumber::parse("1").unwrap());
        Double { warehouse: code("HAM"), sku, serial, since: Sequence::new(since), first: code("BER") }
    }

    #[test]
    fn what_was_held_is_known_for_as_long_as_it_is_listed() {
        let mut known = KnownDoubles::default();
        known.note(&[double(1), double(2)]);
        known.held.extend([double(1), double(2)]);
        known.note(&[double(2), double(3)]);
        assert_eq!(known.held, BTreeSet::from([double(2)]));
        assert_eq!(known.seen, BTreeSet::from([double(2), double(3)]));
    }
}

//! What the catalog says while the storm goes on: lots that are called back, and warehouses that move. A process learns of it a little later, and in the order in
//! which it was said.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use vocabulary::Sequence;

use super::expiry::Zone;
use super::model::{Model, Ruling};
use super::paper::Paper;

/// Lots of the recalls that are in force, and why in words.
pub(super) type Recalls = BTreeMap<&'static str, String>;

/// A change of the catalog.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Notice {
    /// A lot is called back, for a reason that no other recall has.
    Recall { lot: &'static str, reason: String },
    /// A recall ends: what is held stays so.
    RecallEnds { lot: &'static str },
    /// A warehouse has other midnights.
    Moves { warehouse: &'static str, zone: Zone },
}

/// All of them, in order.
#[derive(Debug, Default)]
pub(super) struct News {
    told: Vec<Told>,
    /// Of how many of them the catalog has said that they are so, and the revision of the last one.
    answered: (usize, u64),
}

#[derive(Debug)]
struct Told {
    notice: Notice,
    /// The newest sequence that an answer named, per warehouse, before anybody knew of it.
    after: BTreeMap<&'static str, u64>,
}

impl News {
    /// Before the first attempt to tell the catalog.
    pub(super) fn begins(&mut self, notice: Notice, after: BTreeMap<&'static str, u64>) {
        self.told.push(Told { notice, after });
    }

    /// All that was begun is so, as of this revision of the catalog.
    pub(super) fn is_so(&mut self, revision: u64) {
        self.answered = (self.told.len(), revision);
    }

    /// How many notices are known to whoever has read the catalog's [`Self::revision`].
    pub(super) const fn answered(&self) -> usize {
        self.answered.0
    }

    /// The revision of what was answered.
    pub(super) const fn revision(&self) -> u64 {
        self.answered.1
    }

    /// How many notices can have been known when an entry was made.
    pub(super) fn knowable(&self, warehouse: &str, sequence: Sequence) -> usize {
        let after = |told: &Told| told.after.get(warehouse).copied().unwrap_or_default();
        self.told.iter().take_while(|told| after(told) < sequence.get()).count()
    }

    /// The recalls that are in force for whoever knows so many notices.
    pub(super) fn recalls(&self, known: usize) -> Recalls {
        let mut recalls = Recalls::new();
        for told in &self.told[..known] {
            match &told.notice {
                Notice::Recall { lot, reason } => drop(recalls.insert(lot, reason.clone())),
                Notice::RecallEnds { lot } => drop(recalls.remove(lot)),
                Notice::Moves { .. } => {}
            }
        }
        recalls
    }

    /// Where a warehouse is for whoever knows so many notices.
    pub(super) fn zone(&self, warehouse: &str, known: usize) -> Zone {
        let mut moves = self.told[..known].iter().rev().filter_map(|told| match &told.notice {
            Notice::Moves { warehouse: its, zone } if *its == warehouse => Some(*zone),
            Notice::Moves { .. } | Notice::Recall { .. } | Notice::RecallEnds { .. } => None,
        });
        moves.next().unwrap_or_default()
    }

    /// How many notices there are in the end.
    pub(super) const fn all(&self) -> usize {
        self.told.len()
    }

    /// Judges a document as somebody must have done who knew so many notices, and maybe heard the next one before one of its lines. Of
    /// what was possible, the model goes on with what was `answered`.
    pub(super) fn judge(
        &self,
        model: &mut Model,
        (paper, sequence, (effective_micros, recorded_micros)): (&Paper, Sequence, (i64, i64)),
        known: RangeInclusive<usize>,
        answered: &Ruling,
    ) -> Ruling {
        let lines = u32::try_from(paper.steps.len()).unwrap();
        let days = |known| self.zone(paper.warehouse, known).days(recorded_micros).into_iter().rev();
        let on_a_day = |known| days(known).map(move |today| (known, today));
        let heard_between =
            |(known, today): (usize, String)| (0..=lines).rev().map(move |line| (known, line, today.clone()));
        let last = *known.end();
        let mut judged = Err((0, "NOT_JUDGED"));
        let possible = known.flat_map(on_a_day).flat_map(heard_between);
        for (known, line, today) in possible.filter(|(known, line, _)| *known < last || *line == lines) {
            let mut tried = model.clone();
            tried.called_back.know(today, (self.recalls(known), line, self.recalls(last.min(known + 1))));
            judged = tried.post(paper, sequence, effective_micros);
            if judged == *answered {
                *model = tried;
                break;
            }
        }
        judged
    }
}

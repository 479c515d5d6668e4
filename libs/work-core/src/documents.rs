use std::collections::{BTreeMap, BTreeSet};
use std::ops::Bound;

use vocabulary::{DocumentCode, Sequence};

/// What documents of warehouse work have in common.
pub trait Document: Clone {
    /// Those that are over are kept while they do not weigh more than this together; then the first to end are forgotten. The journal keeps
    /// what became of them.
    const ENDED_WEIGHT_KEPT: usize;

    /// Its own key.
    fn code(&self) -> &DocumentCode;

    /// The journal's entry that ended it.
    fn ended_by(&self) -> Option<Sequence>;

    /// How much it holds.
    fn weight(&self) -> usize;
}

/// The documents of one kind of a warehouse.
#[derive(Debug, Clone)]
pub struct Documents<D> {
    known: BTreeMap<DocumentCode, D>,
    /// Those that are over, the first to end first.
    ended: BTreeSet<(Sequence, DocumentCode)>,
    /// What those that are over weigh.
    ended_weight: usize,
    /// Those that changed since they were last taken.
    marked: BTreeSet<DocumentCode>,
}

/// What entries have changed of documents, as it is now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TouchedDocuments<D> {
    /// Those that are known.
    pub known: Vec<D>,
    /// Those that are forgotten.
    pub forgotten: Vec<DocumentCode>,
}

impl<D> Default for Documents<D> {
    fn default() -> Self {
        let (known, ended, marked) = Default::default();
        Self { known, ended, ended_weight: 0, marked }
    }
}

impl<D> Default for TouchedDocuments<D> {
    fn default() -> Self {
        Self { known: Vec::new(), forgotten: Vec::new() }
    }
}

impl<D: Document> Documents<D> {
    /// Puts those of a checkpoint back.
    pub fn restore(known: Vec<D>) -> Self {
        let mut documents = Self::default();
        for document in known {
            documents.note_end(&document);
            documents.known.insert(document.code().clone(), document);
        }
        documents
    }

    /// Under a code.
    pub fn get(&self, code: &DocumentCode) -> Option<&D> {
        self.known.get(code)
    }

    /// Those after a code, by code.
    pub fn after(&self, code: Option<&DocumentCode>) -> impl Iterator<Item = &D> {
        let from = code.map_or(Bound::Unbounded, Bound::Excluded);
        self.known.range::<DocumentCode, _>((from, Bound::Unbounded)).map(|(_, document)| document)
    }

    /// How many are open.
    pub fn open_count(&self) -> usize {
        self.known.len().saturating_sub(self.ended.len())
    }

    /// Changes one that is known, or makes it: `change` gets nothing when there is none, and gives what it is afterwards.
    ///
    /// # Errors
    /// What `change` says; nothing has changed then but what it changed itself.
    pub fn change<E>(
        &mut self,
        code: &DocumentCode,
        change: impl FnOnce(Option<D>) -> Result<D, E>,
    ) -> Result<(), E> {
        let after = change(self.known.remove(code))?;
        self.marked.insert(code.clone());
        self.note_end(&after);
        self.known.insert(code.clone(), after);
        self.forget();
        Ok(())
    }

    /// Changes one that is known and open, where it stands; `change` says whether it did.
    pub fn revise(&mut self, code: &DocumentCode, change: impl FnOnce(&mut D) -> bool) {
        if self.known.get_mut(code).is_some_and(change) {
            self.marked.insert(code.clone());
        }
    }

    /// Everything that changed since the last call, as it is now.
    pub fn take_touched(&mut self) -> TouchedDocuments<D> {
        let mut touched = TouchedDocuments::default();
        for code in std::mem::take(&mut self.marked) {
            match self.known.get(&code) {
                Some(known) => touched.known.push(known.clone()),
                None => touched.forgotten.push(code),
            }
        }
        touched
    }

    fn note_end(&mut self, document: &D) {
        if let Some(by) = document.ended_by()
            && self.ended.insert((by, document.code().clone()))
        {
            self.ended_weight = self.ended_weight.saturating_add(document.weight());
        }
    }

    fn forget(&mut self) {
        while self.ended_weight > D::ENDED_WEIGHT_KEPT {
            let Some((_, code)) = self.ended.pop_first() else { return };
            let Some(forgotten) = self.known.remove(&code) else { return };
            self.ended_weight = self.ended_weight.saturating_sub(forgotten.weight());
            self.marked.insert(code);
        }
    }
}

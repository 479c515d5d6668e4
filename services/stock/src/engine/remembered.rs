use std::collections::VecDeque;

use rustc_hash::FxHashMap;
use vocabulary::RequestId;

use super::Recorded;
use super::filter::Filter;

/// The answers given so far: the newest in memory, and for all others a filter that says which may be in the store.
#[derive(Debug)]
pub(super) struct Remembered {
    newest: FxHashMap<RequestId, Recorded>,
    order: VecDeque<RequestId>,
    answers_max: usize,
    filter: Filter,
    /// False while ids from before the last start are still being read: until then any id may be in the store.
    complete: bool,
}

impl Remembered {
    pub(super) fn new(answers_max: usize) -> Self {
        Self {
            newest: FxHashMap::default(),
            order: VecDeque::new(),
            answers_max,
            filter: Filter::default(),
            complete: false,
        }
    }

    pub(super) fn get(&self, id: RequestId) -> Option<&Recorded> {
        self.newest.get(&id)
    }

    /// Whether the store has to be asked about an id that is not in memory.
    pub(super) fn may_be_stored(&self, id: RequestId) -> bool {
        !self.newest.contains_key(&id) && (!self.complete || self.filter.may_contain(id))
    }

    /// Remembers an answer; the oldest in memory makes room. What is not yet durable is always among the newest, because
    /// at most two batches are.
    pub(super) fn put(&mut self, id: RequestId, answer: Recorded) {
        if self.newest.insert(id, answer).is_none() {
            self.order.push_back(id);
        }
        if self.order.len() > self.answers_max
            && let Some(oldest) = self.order.pop_front()
        {
            self.newest.remove(&oldest);
        }
    }

    /// Notes an id whose answer is in the store.
    pub(super) fn note(&mut self, id: RequestId) {
        self.filter.insert(id);
    }

    /// Every stored id has been noted.
    pub(super) const fn set_complete(&mut self) {
        self.complete = true;
    }
}

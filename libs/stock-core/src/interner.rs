use std::borrow::Borrow;
use std::hash::{BuildHasher, Hash};

use hashbrown::HashTable;
use rustc_hash::FxBuildHasher;

/// Numbers names in the order they are first seen, so that the state keys by `u32`. The table holds numbers only: a name
/// is stored once, in `names`.
#[derive(Debug, Clone)]
pub(crate) struct Interner<N> {
    names: Vec<N>,
    table: HashTable<u32>,
}

impl<N> Default for Interner<N> {
    fn default() -> Self {
        Self { names: Vec::new(), table: HashTable::new() }
    }
}

impl<N: Hash + Eq + Clone> Interner<N> {
    pub(crate) fn get<Q: Hash + Eq + ?Sized>(&self, name: &Q) -> Option<u32>
    where
        N: Borrow<Q>,
    {
        let is = |number: &u32| self.name(*number).is_some_and(|known| known.borrow() == name);
        self.table.find(hash(name), is).copied()
    }

    /// The number of `name`, and whether it is new. Numbers end at 2^32 - 1 names, which no memory here can hold.
    pub(crate) fn intern(&mut self, name: &N) -> (u32, bool) {
        if let Some(number) = self.get::<N>(name) {
            return (number, false);
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.clone());
        let names = &self.names;
        let rehash = |number: &u32| usize::try_from(*number).ok().and_then(|n| names.get(n)).map_or(0, hash);
        self.table.insert_unique(hash(name), number, rehash);
        (number, true)
    }

    pub(crate) fn name(&self, number: u32) -> Option<&N> {
        self.names.get(usize::try_from(number).ok()?)
    }
}

fn hash<Q: Hash + ?Sized>(name: &Q) -> u64 {
    FxBuildHasher.hash_one(name)
}

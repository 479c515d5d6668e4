use std::hash::Hash;

use rustc_hash::FxHashMap;

/// Entries that are searched one by one; above it an index is kept.
const LINEAR_MAX: usize = 16;

/// A map for few keys mostly and up to some thousands sometimes: a document touches one or two positions, or a thousand.
#[derive(Debug)]
pub(crate) struct SmallMap<K, V> {
    entries: Vec<(K, V)>,
    /// Places in `entries`; empty while those are few.
    index: FxHashMap<K, usize>,
}

impl<K, V> Default for SmallMap<K, V> {
    fn default() -> Self {
        Self { entries: Vec::new(), index: FxHashMap::default() }
    }
}

impl<K: Eq + Hash + Clone, V> SmallMap<K, V> {
    pub(crate) fn get(&self, key: &K) -> Option<&V> {
        self.entries.get(self.place(key)?).map(|(_, value)| value)
    }

    /// The value of a key that need not be made while there are few: `is` knows it, too.
    pub(crate) fn find(&self, is: impl Fn(&K) -> bool, key: impl FnOnce() -> K) -> Option<&V> {
        if self.entries.len() > LINEAR_MAX {
            return self.get(&key());
        }
        self.entries.iter().find(|(known, _)| is(known)).map(|(_, value)| value)
    }

    pub(crate) fn get_mut(&mut self, key: &K) -> Option<&mut V> {
        let place = self.place(key)?;
        self.entries.get_mut(place).map(|(_, value)| value)
    }

    pub(crate) const fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// In the order of their first insertion.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &(K, V)> {
        self.entries.iter()
    }

    pub(crate) fn insert(&mut self, key: K, value: V) {
        if let Some((_, old)) = self.place(&key).and_then(|place| self.entries.get_mut(place)) {
            *old = value;
            return;
        }
        let place = self.entries.len();
        if place == LINEAR_MAX {
            self.index = self.entries.iter().zip(0..).map(|((key, _), place)| (key.clone(), place)).collect();
        }
        if place >= LINEAR_MAX {
            self.index.insert(key.clone(), place);
        }
        self.entries.push((key, value));
    }

    fn place(&self, key: &K) -> Option<usize> {
        if self.entries.len() <= LINEAR_MAX {
            self.entries.iter().position(|(known, _)| known == key)
        } else {
            self.index.get(key).copied()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_keeps_the_newest_value_of_a_key_at_every_size() {
        for size in [0_u32, 1, 16, 17, 18, 100] {
            let mut map = SmallMap::default();
            for round in 0..2 {
                (0..size).for_each(|key| map.insert(key, (key, round)));
            }
            let found: Vec<_> = (0..size).map(|key| map.get(&key).copied()).collect();
            assert_eq!(found, (0..size).map(|key| Some((key, 1))).collect::<Vec<_>>(), "{size}");
            assert_eq!(map.get(&size), None);
            let found: Vec<_> = (0..=size).map(|key| map.find(|known| *known == key, || key)).collect();
            assert_eq!(found, (0..=size).map(|key| map.get(&key)).collect::<Vec<_>>(), "{size}");
            assert_eq!(map.entries.len(), usize::try_from(size).unwrap());
        }
    }
}

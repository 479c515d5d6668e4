//! Full pallets first, worked out once more: whole handling units, loose goods, and what has enough.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::boxes::STATUSES;
use super::model::Model;
use super::paper::Goods;
use super::promises::{Among, Candidate, Part};

/// A position.
#[derive(Debug, Clone, Copy)]
struct Heap {
    at: &'static str,
    lot: &'static str,
    free: i64,
    loose: i64,
    taken: i64,
}

/// Positions in the order of their expiry, which of them were taken first, and what is left to take.
#[derive(Debug)]
struct Choice {
    heaps: Vec<Heap>,
    chosen: Vec<usize>,
    left: i64,
}

/// A unit, and what it holds of each heap.
type Whole = (u64, BTreeMap<usize, i64>);

impl Model {
    /// Of candidates in the order of their expiry.
    pub(super) fn full_first(&self, candidates: &[Candidate], goods: Goods, among: Among) -> Vec<Part> {
        let heap = |((_, _, _, lot), at, free): &Candidate| {
            let (at, lot, free) = (*at, *lot, *free);
            let place = Goods { at, lot, ..goods };
            let loose = match among {
                Among::All => self.places[&place.place()].on_hand - self.boxes.packed(place),
                Among::Loose | Among::Of(_) => free,
            };
            Heap { at, lot, free, loose, taken: 0 }
        };
        let heaps: Vec<_> = candidates.iter().map(heap).collect();
        let wholes = if matches!(among, Among::All) { self.wholes(&heaps, goods) } else { Vec::new() };
        let mut choice = Choice { heaps, chosen: Vec::new(), left: goods.quantity };
        let mut gone: BTreeSet<u64> = BTreeSet::new();
        for whole in &wholes {
            if size(whole) <= choice.left && self.is_free(&choice, &gone, whole) {
                gone.extend(self.boxes.chain(whole.0).into_iter().chain(self.boxes.with_nested(whole.0)));
                whole.1.iter().for_each(|(heap, held)| choice.take(*heap, *held));
            }
        }
        choice.take_largest(|heap| heap.free.min(heap.loose));
        let broken =
            wholes.iter().filter(|whole| self.is_free(&choice, &gone, whole)).min_by_key(|w| size(w));
        if let Some((_, contents)) = broken {
            contents.iter().for_each(|(heap, held)| choice.take(*heap, *held));
        }
        choice.take_largest(|heap| heap.free);
        let heaps = choice.chosen.iter().map(|at| choice.heaps[*at]);
        heaps.map(|heap| (heap.at, heap.lot, heap.taken, goods.status)).collect()
    }

    /// Units that hold nothing but goods of heaps: the largest first, then the first to expire, then the outermost.
    fn wholes(&self, heaps: &[Heap], goods: Goods) -> Vec<Whole> {
        let numbers = self.boxes.open.keys();
        let mut wholes: Vec<Whole> =
            numbers.filter_map(|number| Some((*number, self.of_heaps(*number, heaps, goods)?))).collect();
        wholes.sort_by_key(|whole| {
            (Reverse(size(whole)), whole.1.keys().next().copied(), self.boxes.chain(whole.0).len())
        });
        wholes
    }

    fn of_heaps(&self, number: u64, heaps: &[Heap], goods: Goods) -> Option<BTreeMap<usize, i64>> {
        let (at, mut held) = (self.boxes.place(number), BTreeMap::new());
        for inner in self.boxes.with_nested(number) {
            for ((sku, lot, status), content) in &self.boxes.open[&inner].contents {
                let is_meant = *sku == goods.sku && STATUSES[*status] == goods.status;
                let heap = heaps.iter().position(|heap| is_meant && (heap.at, heap.lot) == (at, *lot))?;
                *held.entry(heap).or_default() += content.quantity;
            }
        }
        (!held.is_empty()).then_some(held)
    }

    fn is_free(&self, choice: &Choice, gone: &BTreeSet<u64>, (number, held): &Whole) -> bool {
        let all = self.boxes.with_nested(*number);
        let mut contents = all.iter().flat_map(|inner| self.boxes.open[inner].contents.values());
        !gone.contains(number)
            && held.iter().all(|(heap, held)| *held <= choice.heaps[*heap].free)
            && contents
                .all(|content| content.serials.iter().all(|serial| self.check_unpromised(serial).is_ok()))
    }
}

fn size((_, held): &Whole) -> i64 {
    held.values().sum()
}

impl Choice {
    fn take(&mut self, at: usize, most: i64) {
        let (quantity, heap) = (most.min(self.left), &mut self.heaps[at]);
        if quantity > 0 {
            if heap.taken == 0 {
                self.chosen.push(at);
            }
            heap.taken += quantity;
            heap.free -= quantity;
            self.left -= quantity;
        }
    }

    /// Those that fit, the largest first; then the smallest of the others.
    fn take_largest(&mut self, size: impl Fn(&Heap) -> i64) {
        let mut sizes: Vec<_> =
            self.heaps.iter().map(size).enumerate().filter(|(_, size)| *size > 0).collect();
        sizes.sort_by_key(|(_, size)| Reverse(*size));
        let (fitting, larger): (Vec<_>, Vec<_>) = {
            let mut left = self.left;
            sizes.into_iter().partition(|(_, size)| {
                let fits = *size <= left;
                left -= if fits { *size } else { 0 };
                fits
            })
        };
        fitting.into_iter().for_each(|(at, size)| self.take(at, size));
        if let Some((at, size)) = larger.into_iter().min_by_key(|(_, size)| *size) {
            self.take(at, size);
        }
    }
}

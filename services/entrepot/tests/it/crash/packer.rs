//! Writes lines about handling units, and knows those that its author's documents opened.

use std::collections::BTreeMap;

use super::boxes::{foreign_number, own_number};
use super::paper::{BoxName, BoxStep, Claim, Goods, Paper, Step};
use super::random::Random;
use crate::site::{LOCATIONS, WAREHOUSES};

/// Units that an author keeps in mind.
const KNOWN_MAX: usize = 10;
/// Numbers that suppliers' labels have: few, so that they come again.
const LABELS: u64 = 60;
/// Numbers that a range has at most: few, so that it comes to its end.
const RANGE_MAX: u64 = 80;
/// How far behind the newest number that was heard a range begins at most; others may have taken some of them.
const AHEAD_MAX: u64 = 12;
/// What units are.
const KINDS: [&str; 2] = ["BOX", "PALLET"];

/// Of one author.
#[derive(Debug, Default)]
pub(super) struct Packer {
    known: Vec<Known>,
    /// The unit that the document opens, and its line.
    opened: Option<(u32, &'static str)>,
    /// References of the newest numbers of each warehouse's own.
    heard: BTreeMap<&'static str, u64>,
}

/// A unit, and where it was heard to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Known {
    warehouse: &'static str,
    name: BoxName,
    at: &'static str,
    /// What was put in last.
    goods: Option<Goods>,
}

impl Packer {
    /// A new document.
    pub(super) fn begin(&mut self) {
        self.opened = None;
    }

    /// A range of the warehouse's own.
    pub(super) fn numbers(&self, random: &mut Random, warehouse: &str) -> Step {
        let next = self.heard.get(warehouse).map_or(0, |heard| heard + random.below(AHEAD_MAX));
        let last = next + 1 + random.below(RANGE_MAX);
        Step::Box(BoxStep::SetNumbers { extension: extension(warehouse), next, last })
    }

    /// A line about a unit; `goods` may be packed, and are where any of them are.
    pub(super) fn step(
        &mut self,
        random: &mut Random,
        (warehouse, line): (&'static str, u32),
        (goods, claim): (Goods, Claim),
    ) -> Step {
        let (Some(known), false) = (self.any(random, warehouse), random.once_in(6)) else {
            return self.open(random, (warehouse, line));
        };
        let (unit, here) = (known.name, Goods { at: known.at, ..goods });
        let there = known.goods.filter(|_| !random.once_in(4)).unwrap_or(goods);
        let there = Goods { at: known.at, inside: Some(unit), ..there };
        match random.below(20) {
            0..5 => Step::Pack { into: unit, goods: here },
            5 => Step::Pack { into: unit, goods: Goods { inside: self.inside(random, warehouse), ..here } },
            6..8 => Step::Receive { goods: Goods { inside: Some(unit), ..here }, expiry: "" },
            8..10 => {
                let lot = if random.once_in(3) { "" } else { there.lot };
                Step::Issue { goods: Goods { lot, ..there }, claim }
            }
            10 => Step::Move { goods: there, to: other(known.at) },
            11 => Step::ChangeStatus { goods: there, to: "damaged" },
            12 => Step::Unpack { from: unit, goods: Some(Goods { inside: None, ..there }) },
            13 => Step::Unpack { from: unit, goods: None },
            14..16 => {
                let parent = self.inside(random, warehouse);
                Step::Box(BoxStep::Nest { unit, parent })
            }
            16..18 => Step::MoveBox { unit, to: random.one_of(&LOCATIONS) },
            18 => Step::ShipBox { unit, claim, promises: Vec::new() },
            _ => Step::Box(BoxStep::Close { unit }),
        }
    }

    fn open(&mut self, random: &mut Random, (warehouse, line): (&'static str, u32)) -> Step {
        if random.once_in(8) {
            return self.numbers(random, warehouse);
        }
        let (kind, at) = (random.one_of(&KINDS), random.one_of(&LOCATIONS));
        let given = match random.below(8) {
            0 => Some(foreign_number(random.below(LABELS))),
            1 => Some(own_number(extension(warehouse), random.below(LABELS))),
            _ => None,
        };
        self.opened = Some((line, at));
        Step::Box(BoxStep::Open { given, kind, at })
    }

    /// The unit that this document opens, or one that is known.
    fn any(&self, random: &mut Random, warehouse: &'static str) -> Option<Known> {
        if let (Some((line, at)), false) = (self.opened, random.once_in(3)) {
            return Some(Known { warehouse, name: BoxName::Line(line), at, goods: None });
        }
        let here: Vec<_> = self.known.iter().filter(|known| known.warehouse == warehouse).copied().collect();
        (!here.is_empty()).then(|| random.one_of(&here))
    }

    pub(super) fn inside(&self, random: &mut Random, warehouse: &'static str) -> Option<BoxName> {
        if random.once_in(2) { None } else { self.any(random, warehouse).map(|known| known.name) }
    }

    /// Takes note of what an accepted document did; `numbers` are those of the units that it opened.
    pub(super) fn settle(&mut self, paper: &Paper, numbers: &[String]) {
        let mut numbers = numbers.iter().map(|number| number.parse().unwrap());
        let mut opened = Vec::new();
        for (line, step) in (0_u32..).zip(&paper.steps) {
            if let Step::Box(BoxStep::Open { at, .. }) = step {
                let number = numbers.next().expect("a number for every unit that was opened");
                opened.push((BoxName::Line(line), BoxName::Number(number)));
                let name = BoxName::Number(number);
                self.known.push(Known { warehouse: paper.warehouse, name, at, goods: None });
                self.hear(paper.warehouse, number);
            }
            let number =
                |unit| opened.iter().find(|(line, _)| *line == unit).map_or(unit, |(_, number)| *number);
            match step {
                Step::Pack { into: unit, goods }
                | Step::Receive { goods: goods @ Goods { inside: Some(unit), .. }, .. } => {
                    self.of(number(*unit)).for_each(|known| known.goods = Some(*goods));
                }
                Step::MoveBox { unit, to } => self.of(number(*unit)).for_each(|known| known.at = to),
                Step::ShipBox { unit, .. } | Step::Box(BoxStep::Close { unit }) => {
                    let gone = number(*unit);
                    self.known.retain(|known| known.name != gone);
                }
                Step::Receive { .. }
                | Step::Issue { .. }
                | Step::Return(_)
                | Step::Reserve { .. }
                | Step::SetRule(_)
                | Step::Move { .. }
                | Step::Adjust(_)
                | Step::ChangeStatus { .. }
                | Step::Release { .. }
                | Step::Fulfil { .. }
                | Step::Unpack { .. }
                | Step::Box(_)
                | Step::Expected(_)
                | Step::Production(_)
                | Step::Carry { .. }
                | Step::Reverse(_) => {}
            }
        }
        assert_eq!(numbers.next(), None, "more numbers than units");
        self.known.drain(..self.known.len().saturating_sub(KNOWN_MAX));
    }

    fn of(&mut self, name: BoxName) -> impl Iterator<Item = &mut Known> {
        self.known.iter_mut().filter(move |known| known.name == name)
    }

    fn hear(&mut self, warehouse: &'static str, number: u64) {
        let first = own_number(extension(warehouse), 0) / 10;
        if let Some(reference) =
            (number / 10).checked_sub(first).filter(|reference| *reference < 10_u64.pow(9))
        {
            let heard = self.heard.entry(warehouse).or_default();
            *heard = reference.max(*heard);
        }
    }
}

fn extension(warehouse: &str) -> u64 {
    u64::try_from(WAREHOUSES.iter().position(|known| *known == warehouse).unwrap()).unwrap()
}

fn other(at: &str) -> &'static str {
    LOCATIONS.into_iter().find(|other| *other != at).unwrap()
}

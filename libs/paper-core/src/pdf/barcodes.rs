//! Symbols as areas of ink.

use super::length::{Length, times};
use super::sheet::{Area, Ink, Mark};

/// White modules at either end of bars (ISO/IEC 15417: 10).
pub(super) const QUIET: usize = 10;

/// Bars of modules of one width, behind a quiet zone.
pub(super) fn bars(modules: &[bool], (x, y): (Length, Length), module: Length, height: Length) -> Mark {
    let left = x + module * times(QUIET);
    Mark::Areas {
        ink: Ink::Black,
        areas: runs(modules, left, module).map(|(x, width)| Area { x, y, width, height }).collect(),
    }
}

/// Rows of square modules.
pub(super) fn matrix(rows: &[Vec<bool>], (x, y): (Length, Length), module: Length) -> Mark {
    let areas = rows.iter().enumerate().flat_map(|(row, modules)| {
        let y = y + module * times(row);
        runs(modules, x, module).map(move |(x, width)| Area { x, y, width, height: module })
    });
    Mark::Areas { ink: Ink::Black, areas: areas.collect() }
}

/// Dark modules that stand side by side: where they begin, and how wide they are.
fn runs(modules: &[bool], x: Length, module: Length) -> impl Iterator<Item = (Length, Length)> {
    let mut at = x;
    modules.chunk_by(|a, b| a == b).filter_map(move |run| {
        let (begins, width) = (at, module * times(run.len()));
        at += width;
        run.first().is_some_and(|dark| *dark).then_some((begins, width))
    })
}

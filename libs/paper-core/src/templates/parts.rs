//! What several kinds have in common.

use std::collections::BTreeMap;

use vocabulary::Quantity;

use crate::{Align, Cell, Column, Fact, Head, Kind, Paper, TEMPLATE, Table, Word};

/// How much of something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Amount {
    /// The number.
    pub quantity: Quantity,
    /// Its unit.
    pub unit: String,
}

/// Which goods.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Goods {
    /// The item.
    pub sku: String,
    /// What people call it; empty if nobody said.
    pub name: String,
    /// The lot; empty for goods without lots.
    pub lot: String,
}

/// A paper with nothing on it.
pub(super) fn blank(kind: Kind, head: Head) -> Paper {
    Paper {
        template: TEMPLATE,
        kind,
        head,
        parties: Vec::new(),
        facts: Vec::new(),
        barcodes: Vec::new(),
        tables: Vec::new(),
        notes: Vec::new(),
        signatures: Vec::new(),
    }
}

/// Facts of which something is known.
pub(super) fn facts<const N: usize>(all: [(Word, Cell); N]) -> Vec<Fact> {
    let known = all.into_iter().filter(|(_, value)| *value != Cell::Empty);
    known.map(|(label, value)| Fact { label, value }).collect()
}

/// Columns of text and, after them, of numbers.
pub(super) fn columns<const N: usize>(all: [(Word, u16, Align); N]) -> Vec<Column> {
    all.into_iter().map(|(label, share, align)| Column { label, share, align }).collect()
}

/// A table without sums.
pub(super) fn table(title: Word, columns: Vec<Column>, rows: Vec<Vec<Cell>>) -> Table {
    Table { title, columns, rows, totals: Vec::new() }
}

/// The same without the columns that nothing stands in: no lots, no handling units, no notes.
pub(super) fn without_empty_columns(table: Table) -> Table {
    let empty =
        |at: usize| !table.rows.is_empty() && table.rows.iter().all(|row| row.get(at) == Some(&Cell::Empty));
    let kept: Vec<usize> = (0..table.columns.len()).filter(|at| !empty(*at)).collect();
    let keep = |row: &Vec<Cell>| kept.iter().filter_map(|at| row.get(*at).cloned()).collect();
    Table {
        title: table.title,
        columns: kept.iter().filter_map(|at| table.columns.get(*at).copied()).collect(),
        rows: table.rows.iter().map(keep).collect(),
        totals: table.totals.iter().map(keep).collect(),
    }
}

/// A row of sums for each unit: what is in the columns `at`. Columns are counted from 0; the word stands in the first. Where a sum is too
/// large to be written there is none.
pub(super) fn with_totals(mut table: Table, at: &[usize]) -> Table {
    let mut sums: BTreeMap<String, BTreeMap<usize, Quantity>> = BTreeMap::new();
    for row in &table.rows {
        for column in at {
            let Some(Cell::Quantity(value, unit)) = row.get(*column) else { continue };
            let Ok(value) = Quantity::parse(value) else { continue };
            let of_unit = sums.entry(unit.clone()).or_default();
            let before = of_unit.get(column).copied().unwrap_or_else(|| Quantity::from(0));
            let Ok(sum) = before.checked_add(value) else { return table };
            of_unit.insert(*column, sum);
        }
    }
    for (unit, of_unit) in sums {
        let cell = |column: usize| match of_unit.get(&column) {
            Some(sum) => Cell::Quantity(sum.to_string(), unit.clone()),
            None if column == 0 => Cell::Word(Word::Total),
            None => Cell::Empty,
        };
        table.totals.push((0..table.columns.len()).map(cell).collect());
    }
    table
}

impl Amount {
    /// As it stands on the paper.
    pub(super) fn cell(&self) -> Cell {
        Cell::Quantity(self.quantity.to_string(), self.unit.clone())
    }

    /// The same, or nothing where there is none.
    pub(super) fn cell_unless_zero(&self) -> Cell {
        if self.quantity.is_zero() { Cell::Empty } else { self.cell() }
    }
}

impl Goods {
    /// Item, name and lot.
    pub(super) fn cells(&self) -> [Cell; 3] {
        [Cell::text(&self.sku), Cell::text(&self.name), Cell::text(&self.lot)]
    }
}

/// A number of a line.
pub(super) fn number(number: u32) -> Cell {
    Cell::Text(number.to_string())
}

use super::parts::{Amount, Goods, blank, columns, facts, table, without_empty_columns};
use crate::{Align, Cell, Head, Kind, Paper, Word};

/// What is to be counted.
#[derive(Debug, Clone)]
pub struct CountSheet {
    /// The plan that it is of.
    pub plan: String,
    /// Line by line, in walking order.
    pub lines: Vec<CountLine>,
}

/// What is to be counted at a place.
#[derive(Debug, Clone)]
pub struct CountLine {
    /// Where.
    pub location: String,
    /// Which goods.
    pub goods: Goods,
    /// The unit to count in.
    pub unit: String,
    /// What should be there; `None` on a blind sheet.
    pub expected: Option<Amount>,
}

impl CountSheet {
    /// The sheet: blind when no line says what should be there.
    pub fn compose(&self, head: Head) -> Paper {
        let blind = self.lines.iter().all(|line| line.expected.is_none());
        let mut paper = blank(Kind::CountSheet, head);
        paper.facts = facts([(Word::CountPlan, Cell::text(&self.plan))]);
        let columns = columns([
            (Word::Location, 10, Align::Left),
            (Word::Item, 10, Align::Left),
            (Word::Description, 18, Align::Left),
            (Word::Lot, 10, Align::Left),
            (Word::Expected, 9, Align::Right),
            (Word::Counted, 12, Align::Right),
            (Word::Note, 12, Align::Left),
        ]);
        let row = |line: &CountLine| {
            let [sku, name, lot] = line.goods.cells();
            let expected = line.expected.as_ref().map_or(Cell::Empty, Amount::cell);
            vec![Cell::text(&line.location), sku, name, lot, expected, Cell::Blank, Cell::Blank]
        };
        let rows = self.lines.iter().map(row).collect();
        paper.tables.push(without_empty_columns(table(Word::Lines, columns, rows)));
        paper.notes.push(if blind { Word::NoteBlindCount } else { Word::NoteWalkingOrder });
        paper.signatures = vec![Word::CountedBy, Word::CheckedBy];
        paper
    }
}

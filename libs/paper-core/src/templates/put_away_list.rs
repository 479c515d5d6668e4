use super::parts::{Amount, Goods, blank, columns, facts, table, without_empty_columns};
use crate::{Align, Cell, Head, Kind, Paper, Word};

/// Where goods that came are to be put.
#[derive(Debug, Clone)]
pub struct PutAwayList {
    /// The delivery they came with; empty if it is about several.
    pub delivery: String,
    /// What goes where, in walking order.
    pub lines: Vec<PutAwayLine>,
}

/// What goes where.
#[derive(Debug, Clone)]
pub struct PutAwayLine {
    /// Which goods.
    pub goods: Goods,
    /// SSCC of the handling unit that they are in; empty for loose goods.
    pub handling_unit: String,
    /// How much.
    pub amount: Amount,
    /// Where it stands.
    pub from: String,
    /// Where it is to go.
    pub to: String,
}

impl PutAwayList {
    /// The list.
    pub fn compose(&self, head: Head) -> Paper {
        let mut paper = blank(Kind::PutAwayList, head);
        paper.facts = facts([(Word::Delivery, Cell::text(&self.delivery))]);
        let columns = columns([
            (Word::From, 8, Align::Left),
            (Word::To, 9, Align::Left),
            (Word::Item, 9, Align::Left),
            (Word::Description, 15, Align::Left),
            (Word::Lot, 9, Align::Left),
            (Word::LogisticUnit, 13, Align::Left),
            (Word::Quantity, 8, Align::Right),
            (Word::Done, 6, Align::Left),
        ]);
        let row = |line: &PutAwayLine| {
            let [sku, name, lot] = line.goods.cells();
            let (from, to) = (Cell::text(&line.from), Cell::text(&line.to));
            let unit = Cell::text(&line.handling_unit);
            vec![from, to, sku, name, lot, unit, line.amount.cell(), Cell::Blank]
        };
        let rows = self.lines.iter().map(row).collect();
        paper.tables.push(without_empty_columns(table(Word::Lines, columns, rows)));
        paper.notes.push(Word::NoteWalkingOrder);
        paper.signatures = vec![Word::PutAwayBy];
        paper
    }
}

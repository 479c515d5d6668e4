use super::parts::{Amount, Goods, blank, columns, facts, number, table, without_empty_columns};
use crate::{Align, Cell, Head, Kind, Paper, Word};

/// What is to be taken from where.
#[derive(Debug, Clone)]
pub struct PickList {
    /// The wave that it is of; empty if of none.
    pub wave: String,
    /// The order, if it is for one alone.
    pub order: String,
    /// Who carries it; empty if not known.
    pub carrier: String,
    /// The day on which it must go, YYYY-MM-DD.
    pub due: String,
    /// Higher goes first; empty if all are the same.
    pub priority: String,
    /// What to take, in walking order.
    pub lines: Vec<PickLine>,
}

/// What to take.
#[derive(Debug, Clone)]
pub struct PickLine {
    /// Where.
    pub location: String,
    /// Which goods.
    pub goods: Goods,
    /// For which order, when the list is for several.
    pub order: String,
    /// How much.
    pub amount: Amount,
}

impl PickList {
    /// The list.
    pub fn compose(&self, head: Head) -> Paper {
        let mut paper = blank(Kind::PickList, head);
        paper.facts = facts([
            (Word::Wave, Cell::text(&self.wave)),
            (Word::Order, Cell::text(&self.order)),
            (Word::Carrier, Cell::text(&self.carrier)),
            (Word::Due, Cell::date(&self.due)),
            (Word::Priority, Cell::text(&self.priority)),
        ]);
        let columns = columns([
            (Word::Line, 4, Align::Left),
            (Word::Location, 10, Align::Left),
            (Word::Item, 10, Align::Left),
            (Word::Description, 16, Align::Left),
            (Word::Lot, 9, Align::Left),
            (Word::Order, 8, Align::Left),
            (Word::Quantity, 8, Align::Right),
            (Word::Picked, 9, Align::Right),
        ]);
        let row = |(at, line): (u32, &PickLine)| {
            let [sku, name, lot] = line.goods.cells();
            let (location, order) = (Cell::text(&line.location), Cell::text(&line.order));
            vec![number(at), location, sku, name, lot, order, line.amount.cell(), Cell::Blank]
        };
        let rows = (1..).zip(&self.lines).map(row).collect();
        paper.tables.push(without_empty_columns(table(Word::Lines, columns, rows)));
        paper.notes.push(Word::NoteWalkingOrder);
        paper.signatures = vec![Word::PickedBy, Word::CheckedBy];
        paper
    }
}

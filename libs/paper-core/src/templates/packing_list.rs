use vocabulary::Sscc;

use super::parts::{Amount, Goods, blank, columns, facts, table, with_totals, without_empty_columns};
use crate::{Align, Barcode, Cell, Head, Kind, Paper, Word};

/// What is in a handling unit.
#[derive(Debug, Clone)]
pub struct PackingList {
    /// Which one.
    pub sscc: Sscc,
    /// What it is, for example PALLET.
    pub kind: String,
    /// Where it is.
    pub location: String,
    /// SSCC of the one that it stands in; empty for none.
    pub parent: String,
    /// What is in it, and in those that stand in it.
    pub goods: Vec<PackedGoods>,
}

/// Goods in it.
#[derive(Debug, Clone)]
pub struct PackedGoods {
    /// SSCC of the unit they are right in.
    pub unit: String,
    /// Which goods.
    pub goods: Goods,
    /// One a piece, of goods that are told apart.
    pub serials: Vec<String>,
    /// How much.
    pub amount: Amount,
}

impl PackingList {
    /// The list.
    pub fn compose(&self, head: Head) -> Paper {
        let mut paper = blank(Kind::PackingList, head);
        paper.facts = facts([
            (Word::LogisticUnit, Cell::text(self.sscc.as_str())),
            (Word::UnitKind, Cell::text(&self.kind)),
            (Word::Location, Cell::text(&self.location)),
            (Word::StandsIn, Cell::text(&self.parent)),
        ]);
        paper.barcodes.push((Word::LogisticUnit, Barcode::of_unit(&self.sscc)));
        let columns = columns([
            (Word::LogisticUnit, 16, Align::Left),
            (Word::Item, 10, Align::Left),
            (Word::Description, 18, Align::Left),
            (Word::Lot, 10, Align::Left),
            (Word::Serials, 14, Align::Left),
            (Word::Quantity, 10, Align::Right),
        ]);
        let row = |packed: &PackedGoods| {
            let [sku, name, lot] = packed.goods.cells();
            let serials = Cell::text(&packed.serials.join(", "));
            vec![Cell::text(&packed.unit), sku, name, lot, serials, packed.amount.cell()]
        };
        let rows = self.goods.iter().map(row).collect();
        paper.tables.push(without_empty_columns(with_totals(table(Word::Content, columns, rows), &[5])));
        paper.signatures = vec![Word::PackedBy, Word::CheckedBy];
        paper
    }
}

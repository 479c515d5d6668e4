use super::parts::{Amount, Goods, blank, columns, facts, number, table, with_totals, without_empty_columns};
use crate::{Align, Cell, Head, Kind, Paper, Party, Word};

/// What goes to a customer.
#[derive(Debug, Clone)]
pub struct DeliveryNote {
    /// The order's key.
    pub order: String,
    /// What the customer calls it; empty if not known.
    pub customer_reference: String,
    /// Name and address, line by line.
    pub customer: Vec<String>,
    /// Where it goes, if somewhere else.
    pub ship_to: Vec<String>,
    /// Who carries it; empty if not known.
    pub carrier: String,
    /// The carrier's number for it; empty if none.
    pub tracking: String,
    /// The day it left, YYYY-MM-DD.
    pub shipped_on: String,
    /// Line by line.
    pub lines: Vec<ShippedLine>,
    /// What it is packed in.
    pub packages: Vec<Package>,
}

/// A line of it.
#[derive(Debug, Clone)]
pub struct ShippedLine {
    /// Its number.
    pub number: u32,
    /// Which goods.
    pub goods: Goods,
    /// How much was ordered.
    pub ordered: Amount,
    /// How much goes.
    pub shipped: Amount,
    /// How much follows.
    pub back_ordered: Amount,
}

/// What goods are packed in.
#[derive(Debug, Clone)]
pub struct Package {
    /// Its SSCC.
    pub sscc: String,
    /// What it is, for example PALLET.
    pub kind: String,
}

impl DeliveryNote {
    /// The note.
    pub fn compose(&self, head: Head) -> Paper {
        let mut paper = blank(Kind::DeliveryNote, head);
        for (role, lines) in [(Word::Customer, &self.customer), (Word::ShipTo, &self.ship_to)] {
            if !lines.is_empty() {
                paper.parties.push(Party { role, lines: lines.clone() });
            }
        }
        paper.facts = facts([
            (Word::Order, Cell::text(&self.order)),
            (Word::CustomerReference, Cell::text(&self.customer_reference)),
            (Word::ShippedOn, Cell::date(&self.shipped_on)),
            (Word::Carrier, Cell::text(&self.carrier)),
            (Word::Tracking, Cell::text(&self.tracking)),
        ]);
        paper.tables.push(self.lines());
        if !self.packages.is_empty() {
            let columns = columns([(Word::LogisticUnit, 3, Align::Left), (Word::UnitKind, 5, Align::Left)]);
            let row = |package: &Package| vec![Cell::text(&package.sscc), Cell::text(&package.kind)];
            paper.tables.push(table(Word::Packages, columns, self.packages.iter().map(row).collect()));
        }
        paper.notes.push(Word::NoteDeliveryComplete);
        paper.signatures = vec![Word::ReceivedBy, Word::DriverSignature];
        paper
    }

    fn lines(&self) -> crate::Table {
        let columns = columns([
            (Word::Line, 4, Align::Left),
            (Word::Item, 11, Align::Left),
            (Word::Description, 20, Align::Left),
            (Word::Lot, 9, Align::Left),
            (Word::Ordered, 10, Align::Right),
            (Word::Shipped, 10, Align::Right),
            (Word::BackOrdered, 10, Align::Right),
        ]);
        let row = |line: &ShippedLine| {
            let [sku, name, lot] = line.goods.cells();
            let follows = line.back_ordered.cell_unless_zero();
            vec![number(line.number), sku, name, lot, line.ordered.cell(), line.shipped.cell(), follows]
        };
        let rows = self.lines.iter().map(row).collect();
        without_empty_columns(with_totals(table(Word::Lines, columns, rows), &[4, 5, 6]))
    }
}

use super::parts::{Amount, Goods, blank, columns, facts, number, table, with_totals, without_empty_columns};
use crate::{Align, Cell, Head, Kind, Paper, Party, Table, Word};

/// What came of a delivery.
#[derive(Debug, Clone)]
pub struct GoodsReceipt {
    /// Its key.
    pub delivery: String,
    /// Where it comes from.
    pub source: Word,
    /// The supplier, or the customer: name and address, line by line; empty if not known.
    pub partner: Vec<String>,
    /// Who carried it; empty if not known.
    pub carrier: String,
    /// The day on which it should come, YYYY-MM-DD.
    pub due: String,
    /// How far it is.
    pub state: Word,
    /// Line by line.
    pub lines: Vec<ReceiptLine>,
    /// SSCCs of the handling units that came.
    pub units: Vec<String>,
    /// What is not as announced.
    pub differences: Vec<Difference>,
}

/// A line of it.
#[derive(Debug, Clone)]
pub struct ReceiptLine {
    /// Its number.
    pub number: u32,
    /// Which goods.
    pub goods: Goods,
    /// How much should come.
    pub announced: Amount,
    /// How much came.
    pub received: Amount,
    /// How much of it was inspected.
    pub inspected: Amount,
}

/// What is not as announced.
#[derive(Debug, Clone)]
pub struct Difference {
    /// Number of the line.
    pub number: u32,
    /// What.
    pub kind: Word,
    /// How much.
    pub amount: Amount,
    /// Who answers for it.
    pub answerable: Word,
    /// In somebody's words; may be empty.
    pub note: String,
}

impl GoodsReceipt {
    /// The note.
    pub fn compose(&self, head: Head) -> Paper {
        let mut paper = self.common(Kind::GoodsReceiptNote, head);
        paper.parties.extend(self.party(Word::Supplier));
        paper.tables.insert(0, self.lines([Word::Announced, Word::Received]));
        if !self.differences.is_empty() {
            paper.notes.push(Word::NoteDifferences);
        }
        paper.signatures = vec![Word::ReceivedBy, Word::CheckedBy, Word::DriverSignature];
        paper
    }

    /// What a return note has, too.
    pub(super) fn common(&self, kind: Kind, head: Head) -> Paper {
        let mut paper = blank(kind, head);
        paper.facts = facts([
            (Word::Delivery, Cell::text(&self.delivery)),
            (Word::Source, Cell::Word(self.source)),
            (Word::Carrier, Cell::text(&self.carrier)),
            (Word::Due, Cell::date(&self.due)),
            (Word::State, Cell::Word(self.state)),
        ]);
        paper.tables.extend(self.difference_table());
        paper.tables.extend(self.unit_table());
        paper
    }

    pub(super) fn party(&self, role: Word) -> Option<Party> {
        (!self.partner.is_empty()).then(|| Party { role, lines: self.partner.clone() })
    }

    /// The lines, under the words for what should come and what came.
    pub(super) fn lines(&self, [announced, came]: [Word; 2]) -> Table {
        let columns = columns([
            (Word::Line, 4, Align::Left),
            (Word::Item, 11, Align::Left),
            (Word::Description, 22, Align::Left),
            (announced, 10, Align::Right),
            (came, 10, Align::Right),
            (Word::Inspected, 10, Align::Right),
        ]);
        let row = |line: &ReceiptLine| {
            let [sku, name, _] = line.goods.cells();
            let inspected = line.inspected.cell_unless_zero();
            vec![number(line.number), sku, name, line.announced.cell(), line.received.cell(), inspected]
        };
        let rows = self.lines.iter().map(row).collect();
        without_empty_columns(with_totals(table(Word::Lines, columns, rows), &[3, 4, 5]))
    }

    fn difference_table(&self) -> Option<Table> {
        let columns = columns([
            (Word::Line, 4, Align::Left),
            (Word::Difference, 13, Align::Left),
            (Word::AnsweredBy, 12, Align::Left),
            (Word::Note, 24, Align::Left),
            (Word::Quantity, 10, Align::Right),
        ]);
        let row = |difference: &Difference| {
            vec![
                number(difference.number),
                Cell::Word(difference.kind),
                Cell::Word(difference.answerable),
                Cell::text(&difference.note),
                difference.amount.cell(),
            ]
        };
        let rows: Vec<_> = self.differences.iter().map(row).collect();
        (!rows.is_empty()).then(|| without_empty_columns(table(Word::Differences, columns, rows)))
    }

    fn unit_table(&self) -> Option<Table> {
        let columns = columns([(Word::LogisticUnit, 1, Align::Left)]);
        let rows: Vec<_> = self.units.iter().map(|sscc| vec![Cell::text(sscc)]).collect();
        (!rows.is_empty()).then(|| table(Word::UnitsArrived, columns, rows))
    }
}

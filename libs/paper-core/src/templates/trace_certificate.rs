use super::parts::{Amount, Goods, blank, columns, facts, table, without_empty_columns};
use crate::{Align, Cell, Head, Kind, Paper, Table, Word};

/// Where a lot or a unit came from, and where it went.
#[derive(Debug, Clone)]
pub struct TraceCertificate {
    /// The lot.
    pub goods: Goods,
    /// The serial number, of a unit.
    pub serial: String,
    /// All lots and units of the trace, the one it is about first.
    pub lots: Vec<TracedLot>,
    /// What happened to them.
    pub events: Vec<TracedEvent>,
    /// What was made of what.
    pub links: Vec<TracedLink>,
}

/// A lot or a unit of the trace.
#[derive(Debug, Clone)]
pub struct TracedLot {
    /// 0 is the one it is about, 1 what was made of it, -1 what it was made of, and so on.
    pub level: i32,
    /// Which.
    pub goods: Goods,
    /// The serial number, of a unit.
    pub serial: String,
}

/// What happened to a lot or a unit in a warehouse with one party.
#[derive(Debug, Clone)]
pub struct TracedEvent {
    /// Item and lot, or number.
    pub what: String,
    /// What happened.
    pub kind: Word,
    /// Where.
    pub warehouse: String,
    /// With whom, or by which document; empty if nobody said.
    pub party: String,
    /// How much.
    pub amount: Amount,
    /// The first time, YYYY-MM-DD.
    pub first_on: String,
    /// The last time, YYYY-MM-DD.
    pub last_on: String,
}

/// What was made of what.
#[derive(Debug, Clone)]
pub struct TracedLink {
    /// Item and lot, or number, of what was used up.
    pub from: String,
    /// How much of it.
    pub consumed: Amount,
    /// Item and lot, or number, of what was made.
    pub to: String,
    /// How much of it.
    pub produced: Amount,
    /// Where.
    pub warehouse: String,
    /// When, YYYY-MM-DD.
    pub on: String,
}

impl TraceCertificate {
    /// The certificate.
    pub fn compose(&self, head: Head) -> Paper {
        let mut paper = blank(Kind::TraceCertificate, head);
        let [sku, name, lot] = self.goods.cells();
        let serial = Cell::text(&self.serial);
        paper.facts =
            facts([(Word::Item, sku), (Word::Description, name), (Word::Lot, lot), (Word::Serials, serial)]);
        paper.tables = vec![self.lot_table(), self.event_table()];
        if !self.links.is_empty() {
            paper.tables.push(self.link_table());
        }
        paper.notes.push(Word::NoteTrace);
        paper.signatures = vec![Word::QualityManager];
        paper
    }

    fn lot_table(&self) -> Table {
        let columns = columns([
            (Word::Level, 6, Align::Left),
            (Word::Item, 14, Align::Left),
            (Word::Description, 26, Align::Left),
            (Word::Lot, 14, Align::Left),
            (Word::Serials, 14, Align::Left),
        ]);
        let row = |traced: &TracedLot| {
            let [sku, name, lot] = traced.goods.cells();
            let level =
                Cell::Text(if traced.level == 0 { "0".to_owned() } else { format!("{:+}", traced.level) });
            vec![level, sku, name, lot, Cell::text(&traced.serial)]
        };
        without_empty_columns(table(Word::LotsInTrace, columns, self.lots.iter().map(row).collect()))
    }

    fn event_table(&self) -> Table {
        let columns = columns([
            (Word::Item, 17, Align::Left),
            (Word::Event, 14, Align::Left),
            (Word::Warehouse, 10, Align::Left),
            (Word::Party, 14, Align::Left),
            (Word::FirstOn, 11, Align::Left),
            (Word::LastOn, 11, Align::Left),
            (Word::Quantity, 10, Align::Right),
        ]);
        let row = |event: &TracedEvent| {
            vec![
                Cell::text(&event.what),
                Cell::Word(event.kind),
                Cell::text(&event.warehouse),
                Cell::text(&event.party),
                Cell::date(&event.first_on),
                Cell::date(&event.last_on),
                event.amount.cell(),
            ]
        };
        without_empty_columns(table(Word::EventsInTrace, columns, self.events.iter().map(row).collect()))
    }

    fn link_table(&self) -> Table {
        let columns = columns([
            (Word::From, 17, Align::Left),
            (Word::UsedUp, 10, Align::Right),
            (Word::To, 17, Align::Left),
            (Word::Made, 10, Align::Right),
            (Word::Warehouse, 11, Align::Left),
            (Word::Date, 11, Align::Left),
        ]);
        let row = |link: &TracedLink| {
            vec![
                Cell::text(&link.from),
                link.consumed.cell(),
                Cell::text(&link.to),
                link.produced.cell(),
                Cell::text(&link.warehouse),
                Cell::date(&link.on),
            ]
        };
        table(Word::LinksInTrace, columns, self.links.iter().map(row).collect())
    }
}

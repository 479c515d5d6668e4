use super::parts::{Amount, Goods, blank, columns, facts, number, table, without_empty_columns};
use crate::{Align, Cell, Head, Kind, Paper, Word};

/// What is to be made of what.
#[derive(Debug, Clone)]
pub struct ProductionOrder {
    /// Its key.
    pub order: String,
    /// What is made.
    pub product: Goods,
    /// How much.
    pub amount: Amount,
    /// The bill of material, with its version.
    pub bill_of_material: String,
    /// The day on which it should be done, YYYY-MM-DD.
    pub due: String,
    /// What it is made of.
    pub components: Vec<ComponentLine>,
    /// What comes of it: the product, and what is made beside it.
    pub outputs: Vec<OutputLine>,
}

/// What it is made of.
#[derive(Debug, Clone)]
pub struct ComponentLine {
    /// Which goods.
    pub goods: Goods,
    /// Where they are taken from; empty if the worker chooses.
    pub location: String,
    /// How much.
    pub required: Amount,
}

/// What comes of it.
#[derive(Debug, Clone)]
pub struct OutputLine {
    /// Which goods.
    pub goods: Goods,
    /// Where they go; empty if the worker chooses.
    pub location: String,
    /// How much should come.
    pub expected: Amount,
}

impl ProductionOrder {
    /// The order.
    pub fn compose(&self, head: Head) -> Paper {
        let mut paper = blank(Kind::ProductionOrder, head);
        let [sku, name, lot] = self.product.cells();
        paper.facts = facts([
            (Word::Order, Cell::text(&self.order)),
            (Word::Product, sku),
            (Word::Description, name),
            (Word::Lot, lot),
            (Word::Quantity, self.amount.cell()),
            (Word::BillOfMaterial, Cell::text(&self.bill_of_material)),
            (Word::Due, Cell::date(&self.due)),
        ]);
        let wide = |place, expected, done| {
            columns([
                (Word::Line, 4, Align::Left),
                (Word::Item, 10, Align::Left),
                (Word::Description, 18, Align::Left),
                (Word::Lot, 10, Align::Left),
                (place, 10, Align::Left),
                (expected, 10, Align::Right),
                (done, 12, Align::Right),
            ])
        };
        let row = |at, goods: &Goods, location: &str, amount: &Amount| {
            let [sku, name, lot] = goods.cells();
            // The lots are written down as they are taken.
            let lot = if lot == Cell::Empty { Cell::Blank } else { lot };
            vec![number(at), sku, name, lot, Cell::text(location), amount.cell(), Cell::Blank]
        };
        let components = (1..).zip(&self.components);
        let components = components.map(|(at, line)| row(at, &line.goods, &line.location, &line.required));
        let columns = wide(Word::From, Word::Required, Word::IssuedQuantity);
        paper.tables.push(without_empty_columns(table(Word::Components, columns, components.collect())));
        let outputs = (1..).zip(&self.outputs);
        let outputs = outputs.map(|(at, line)| row(at, &line.goods, &line.location, &line.expected));
        let columns = wide(Word::To, Word::Expected, Word::Made);
        paper.tables.push(without_empty_columns(table(Word::Outputs, columns, outputs.collect())));
        paper.signatures = vec![Word::ReleasedBy, Word::MadeBy];
        paper
    }
}

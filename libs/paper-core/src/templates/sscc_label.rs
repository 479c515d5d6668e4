use vocabulary::{Gtin, Sscc};

use super::parts::{Amount, Goods, blank, facts};
use crate::{Barcode, Cell, Head, Kind, Paper, Word};

/// The label of a handling unit.
#[derive(Debug, Clone)]
pub struct SsccLabel {
    /// Which one.
    pub sscc: Sscc,
    /// What it is, for example PALLET.
    pub kind: String,
    /// What is in it, if it is of one kind, and the GTIN of it.
    pub content: Option<(Goods, Option<Gtin>, Amount)>,
}

impl SsccLabel {
    /// The label.
    pub fn compose(&self, head: Head) -> Paper {
        let mut paper = blank(Kind::SsccLabel, head);
        paper.facts = facts([
            (Word::LogisticUnit, Cell::text(self.sscc.as_str())),
            (Word::UnitKind, Cell::text(&self.kind)),
        ]);
        if let Some((goods, gtin, amount)) = &self.content {
            let [sku, name, lot] = goods.cells();
            let content = [
                (Word::Item, sku),
                (Word::Description, name),
                (Word::Lot, lot),
                (Word::Quantity, amount.cell()),
            ];
            paper.facts.extend(facts(content));
            paper.barcodes.extend(gtin.as_ref().map(|gtin| (Word::Item, Barcode::of_item(gtin))));
        }
        paper.barcodes.push((Word::LogisticUnit, Barcode::of_unit(&self.sscc)));
        paper
    }
}

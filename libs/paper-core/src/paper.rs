use serde::{Deserialize, Serialize};

use crate::{Barcode, Kind, Language, Number, PaperFault, Word};

/// The newest form of papers. A change of what stands where gives a new one: papers are shown in the form they were issued in.
pub const TEMPLATE: u32 = 1;

/// What stands on a paper. Once issued it stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Its form, at most [`TEMPLATE`].
    pub template: u32,
    /// What it is.
    pub kind: Kind,
    /// Who issued it, when, and from what.
    pub head: Head,
    /// Who it is for, or from.
    pub parties: Vec<Party>,
    /// What it refers to.
    pub facts: Vec<Fact>,
    /// Barcodes besides the one of its own number.
    pub barcodes: Vec<(Word, Barcode)>,
    /// What it lists.
    pub tables: Vec<Table>,
    /// What else is said on it.
    pub notes: Vec<Word>,
    /// Who signs it.
    pub signatures: Vec<Word>,
}

/// What every paper says of itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// Its number.
    pub number: Number,
    /// The language it is shown in.
    pub language: Language,
    /// Who issued it.
    pub issuer: Issuer,
    /// Where.
    pub warehouse: Place,
    /// When.
    pub issued: Issued,
    /// What it was composed from: journals, each as of a sequence.
    pub as_of: Vec<AsOf>,
    /// The paper that it corrects.
    pub corrects: Option<Correction>,
}

/// A legal entity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issuer {
    /// As the catalog calls it.
    pub legal_entity: String,
    /// As it stands on papers.
    pub name: String,
    /// Line by line.
    pub address: Vec<String>,
}

/// A warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// Its global location number; empty if it has none.
    pub gln: String,
}

/// The time of issue at the warehouse.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Issued {
    /// The day, YYYY-MM-DD. Its year is that of the number.
    pub date: String,
    /// When it was written, RFC 3339 with seconds and the offset of the zone.
    pub at: String,
    /// The IANA time zone.
    pub time_zone: String,
}

/// A journal up to an entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AsOf {
    /// Whose journal.
    pub warehouse: String,
    /// Up to which entry.
    pub sequence: u64,
}

/// What a paper corrects, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Correction {
    /// The paper that was wrong.
    pub number: Number,
    /// In somebody's words.
    pub reason: String,
}

/// Somebody a paper is for, or from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// What they are.
    pub role: Word,
    /// Name and address, line by line.
    pub lines: Vec<String>,
}

/// Something a paper refers to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fact {
    /// What it is called.
    pub label: Word,
    /// What it is.
    pub value: Cell,
}

/// Rows under the same columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Table {
    /// What it lists.
    pub title: Word,
    /// Its columns.
    pub columns: Vec<Column>,
    /// As many cells each as there are columns.
    pub rows: Vec<Vec<Cell>>,
    /// Sums, under the rows.
    pub totals: Vec<Vec<Cell>>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// What stands in it.
    pub label: Word,
    /// Its part of the width, as a weight among its like.
    pub share: u16,
    /// To which side.
    pub align: Align,
}

/// To which side text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Text.
    Left,
    /// Numbers.
    Right,
}

/// A value on a paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cell {
    /// As it is, in every language.
    Text(String),
    /// In the paper's language.
    Word(Word),
    /// A decimal number with a point, and its unit.
    Quantity(String, String),
    /// A day, YYYY-MM-DD.
    Date(String),
    /// Nothing.
    Empty,
    /// Room for a pen.
    Blank,
}

impl Cell {
    /// Text, or nothing.
    pub fn text(text: &str) -> Self {
        if text.is_empty() { Self::Empty } else { Self::Text(text.to_owned()) }
    }

    /// A day, or nothing.
    pub fn date(date: &str) -> Self {
        if date.is_empty() { Self::Empty } else { Self::Date(date.to_owned()) }
    }
}

impl Paper {
    /// The barcode of its own number.
    pub fn own_barcode(&self) -> Barcode {
        Barcode::of_number(self.head.number)
    }

    /// That it can be shown: its form is known, and its barcodes can be made.
    ///
    /// # Errors
    /// [`PaperFault`] when it cannot.
    pub fn check(&self) -> Result<(), PaperFault> {
        if self.template > TEMPLATE {
            return Err(PaperFault::Template(self.template));
        }
        for (_, barcode) in &self.barcodes {
            barcode.bars()?;
        }
        self.own_barcode().matrix().map(|_| ())
    }
}

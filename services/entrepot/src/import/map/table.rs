//! The map as it is written.

use serde::{Deserialize, Serialize};

/// A whole map, unchecked.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct MapTable {
    /// Separates the cells of a line: one ASCII character.
    #[serde(default = "comma")]
    pub(crate) delimiter: char,
    /// Which column holds what.
    pub(crate) columns: Columns,
    /// How times are written.
    pub(crate) timestamp: TimestampTable,
    /// How a text becomes the key of an item.
    pub(crate) item: ItemTable,
    /// What a quantity below zero means.
    #[serde(default)]
    pub(crate) negative_quantity: NegativeRules,
    /// Texts that explain a loss or a find instead of naming an item.
    #[serde(default)]
    pub(crate) write_off: WriteOffTable,
    /// How lines become documents.
    #[serde(default)]
    pub(crate) document: DocumentTable,
    /// Which texts are which warehouse.
    pub(crate) warehouse: Vec<WarehouseTable>,
    /// Code of the warehouse of texts that no warehouse lists; without it such lines are rejected.
    pub(crate) warehouse_default: Option<String>,
}

/// Names of the columns, as in the file's header.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Columns {
    /// The line's own number, used in the rejects file; without it the physical line of the file is.
    pub(crate) line: Option<String>,
    /// When it happened.
    pub(crate) timestamp: String,
    /// What makes the item's key.
    pub(crate) item: String,
    /// How much.
    pub(crate) quantity: String,
    /// Price of one; without it every line counts as priced.
    pub(crate) price: Option<String>,
    /// Who bought; lines of one customer and time are one document. Without it every time is one document.
    pub(crate) customer: Option<String>,
    /// What names the warehouse.
    pub(crate) warehouse: String,
    /// A remark beside the item; a write-off text here makes the line an adjustment with that reason.
    pub(crate) note: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct TimestampTable {
    /// In the notation of strftime, for example `%Y-%m-%dT%H:%M:%S`.
    pub(crate) format: String,
    /// `UTC` or a fixed distance from it, such as `+01:00`.
    pub(crate) zone: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ItemTable {
    /// Whether the case of the text counts. The text is always trimmed and inner spaces are collapsed.
    pub(crate) case: Case,
    /// Base unit of the items that are created.
    pub(crate) unit: String,
    /// Decimals that a quantity may have, 0 to 9.
    #[serde(default)]
    pub(crate) decimals: u32,
    /// Which texts are items.
    pub(crate) known: Known,
    /// Texts that are money or service, not goods; `*` at either end stands for anything.
    #[serde(default)]
    pub(crate) not_stock: Vec<String>,
}

/// Whether the case of an item's text counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Case {
    /// Keys are made of capitals: `samples` and `SAMPLES` are one.
    Upper,
    /// Keys are as written.
    AsWritten,
}

/// Which texts are items.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Known {
    /// Every text that no other rule takes.
    Always,
    /// Only a text that has a price above zero on at least one line of the file.
    OncePriced,
}

/// The rules that lines are judged by, beside the columns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ItemRules {
    pub(crate) case: Case,
    pub(crate) decimals: u32,
    pub(crate) known: Known,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WriteOffTable {
    /// The texts; `*` at either end stands for anything.
    pub(crate) texts: Vec<String>,
    /// What to do when such a text stands where the item's own should be.
    #[serde(default)]
    pub(crate) without_item: WithoutItem,
}

/// What to do with a write-off that does not say of which item.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum WithoutItem {
    /// Reject the line.
    #[default]
    Reject,
    /// Adjust an item of that name.
    Adjust,
}

/// What a quantity below zero means, by who and for how much.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NegativeRules {
    /// With a customer.
    pub(crate) with_customer: NegativeMeaning,
    /// Without a customer, at a price.
    pub(crate) without_customer: NegativeMeaning,
    /// Without a customer, at no price.
    pub(crate) without_customer_and_price: NegativeMeaning,
    /// Reason of the adjustments it makes.
    pub(crate) reason: String,
}

/// What a quantity below zero means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum NegativeMeaning {
    /// Goods came back: stock grows.
    Return,
    /// Stock is corrected by the quantity: it shrinks.
    Adjustment,
    /// It should not be there.
    Reject,
}

impl Default for NegativeRules {
    fn default() -> Self {
        Self {
            with_customer: NegativeMeaning::Return,
            without_customer: NegativeMeaning::Return,
            without_customer_and_price: NegativeMeaning::Adjustment,
            reason: "negative quantity without customer and price".to_owned(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DocumentTable {
    /// Most lines of a document, 1 to 1,000; more become a second document.
    pub(crate) lines_max: usize,
    /// The location that goods leave and come to in every warehouse; created when it is missing.
    pub(crate) location: String,
}

impl Default for DocumentTable {
    fn default() -> Self {
        Self { lines_max: 1000, location: "MAIN".to_owned() }
    }
}

/// A warehouse and the texts that mean it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct WarehouseTable {
    pub(crate) code: String,
    pub(crate) name: String,
    pub(crate) legal_entity: String,
    pub(crate) time_zone: String,
    pub(crate) currency: String,
    /// The texts, trimmed; their case counts.
    pub(crate) texts: Vec<String>,
}

fn comma() -> char {
    ','
}

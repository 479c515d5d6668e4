use std::collections::HashMap;

use sha2::{Digest, Sha256};
use thiserror::Error;
use vocabulary::{LocationCode, Quantity, UnitCode, WarehouseCode};

use super::pattern::TextPatterns;
use super::table::{Columns, ItemRules, MapTable, NegativeRules, WarehouseTable, WithoutItem};
use crate::import::cells::collapse;
use crate::import::time::TimeFormat;

/// Most warehouses of one map.
const WAREHOUSES_MAX: usize = 1000;
/// Most lines of a document, as the stock service has it.
const DOCUMENT_LINES_MAX: usize = 1000;
/// Longest reason of an adjustment.
const REASON_CHARS_MAX: usize = 128;

/// Why a map cannot be used. The message names the key.
#[derive(Debug, Error, PartialEq, Eq)]
pub(crate) enum MapFault {
    /// Not TOML, a key is missing or unknown, or a value has the wrong type.
    #[error("the map is not valid: {0}")]
    Syntax(String),
    /// A value that is not allowed.
    #[error("the map's `{key}` is not valid: {problem}")]
    Value {
        /// The key, with indices from 0.
        key: String,
        /// What is wrong, and what would be right.
        problem: String,
    },
}

/// A checked map, ready for use.
#[derive(Debug)]
pub(crate) struct OrderMap {
    /// SHA-256 over the map's meaning: comments and layout do not count.
    pub(crate) digest: [u8; 32],
    /// Separates the cells.
    pub(crate) delimiter: u8,
    /// Names of the columns.
    pub(crate) columns: Columns,
    /// How times are read.
    pub(crate) time: TimeFormat,
    /// How items are read.
    pub(crate) item: ItemRules,
    /// Base unit of new items.
    pub(crate) unit: UnitCode,
    /// Texts that are not goods.
    pub(crate) not_stock: TextPatterns,
    /// Texts that explain a loss.
    pub(crate) write_off: TextPatterns,
    /// What to do when such a text is all there is.
    pub(crate) without_item: WithoutItem,
    /// What a quantity below zero means.
    pub(crate) negative: NegativeRules,
    /// Most lines of a document.
    pub(crate) lines_max: usize,
    /// Where goods are in every warehouse.
    pub(crate) location: LocationCode,
    /// The warehouses; their index is their number.
    pub(crate) warehouses: Vec<WarehouseTable>,
    texts: HashMap<String, u16>,
    default: Option<u16>,
}

impl OrderMap {
    /// Reads and checks a map.
    pub(crate) fn parse(text: &str) -> Result<Self, MapFault> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let table: MapTable = toml::from_str(text).map_err(|error| MapFault::Syntax(error.to_string()))?;
        Self::check(table)
    }

    fn check(table: MapTable) -> Result<Self, MapFault> {
        let digest = digest(&table)?;
        let numbers = number_warehouses(&table.warehouse)?;
        let default = match &table.warehouse_default {
            None => None,
            Some(code) => Some(default_warehouse(&table.warehouse, code)?),
        };
        if table.item.decimals > Quantity::DECIMALS_MAX {
            return Err(value("item.decimals", "0 to 9 decimals are allowed"));
        }
        check_document(&table)?;
        let upper = |texts: Vec<String>| {
            texts.into_iter().map(move |text| collapse(&text, table.item.case).into_owned())
        };
        Ok(Self {
            digest,
            delimiter: delimiter(table.delimiter)?,
            time: TimeFormat::try_new(&table.timestamp.format, &table.timestamp.zone)
                .map_err(|(key, problem)| value(&format!("timestamp.{key}"), &problem))?,
            unit: UnitCode::parse(&table.item.unit).map_err(|e| value("item.unit", &e.to_string()))?,
            not_stock: patterns("item.not_stock", upper(table.item.not_stock))?,
            write_off: patterns("write_off.texts", upper(table.write_off.texts))?,
            without_item: table.write_off.without_item,
            location: LocationCode::parse(&table.document.location)
                .map_err(|e| value("document.location", &e.to_string()))?,
            lines_max: table.document.lines_max,
            item: ItemRules { case: table.item.case, decimals: table.item.decimals, known: table.item.known },
            negative: table.negative_quantity,
            columns: table.columns,
            warehouses: table.warehouse,
            texts: numbers,
            default,
        })
    }

    /// The warehouse that a text means.
    pub(crate) fn warehouse(&self, text: &str) -> Option<u16> {
        self.texts.get(text).copied().or(self.default)
    }
}

fn digest(table: &MapTable) -> Result<[u8; 32], MapFault> {
    let canonical = serde_json::to_vec(table).map_err(|error| MapFault::Syntax(error.to_string()))?;
    Ok(Sha256::digest(canonical).into())
}

fn number_warehouses(warehouses: &[WarehouseTable]) -> Result<HashMap<String, u16>, MapFault> {
    if warehouses.is_empty() || warehouses.len() > WAREHOUSES_MAX {
        return Err(value("warehouse", "1 to 1,000 warehouses are allowed"));
    }
    let mut codes = HashMap::new();
    let mut texts = HashMap::new();
    for (index, warehouse) in (0_u16..).zip(warehouses) {
        let key = |field: &str| format!("warehouse[{index}].{field}");
        WarehouseCode::parse(&warehouse.code).map_err(|e| value(&key("code"), &e.to_string()))?;
        if codes.insert(warehouse.code.as_str(), index).is_some() {
            return Err(value(&key("code"), &format!("`{}` is listed twice", warehouse.code)));
        }
        for text in &warehouse.texts {
            if texts.insert(text.trim().to_owned(), index).is_some() {
                return Err(value(&key("texts"), &format!("`{text}` is listed twice")));
            }
        }
    }
    Ok(texts)
}

fn default_warehouse(warehouses: &[WarehouseTable], code: &str) -> Result<u16, MapFault> {
    (0_u16..)
        .zip(warehouses)
        .find_map(|(index, warehouse)| (warehouse.code == code).then_some(index))
        .ok_or_else(|| value("warehouse_default", &format!("`{code}` is not the code of a listed warehouse")))
}

fn check_document(table: &MapTable) -> Result<(), MapFault> {
    if !(1..=DOCUMENT_LINES_MAX).contains(&table.document.lines_max) {
        return Err(value("document.lines_max", "1 to 1,000 lines are allowed"));
    }
    if !(1..=REASON_CHARS_MAX).contains(&table.negative_quantity.reason.chars().count()) {
        return Err(value("negative_quantity.reason", "1 to 128 characters are allowed"));
    }
    Ok(())
}

fn delimiter(delimiter: char) -> Result<u8, MapFault> {
    match u8::try_from(delimiter) {
        Ok(byte) if byte.is_ascii() && !byte.is_ascii_alphanumeric() && !b"\"\r\n".contains(&byte) => {
            Ok(byte)
        }
        Ok(_) | Err(_) => Err(value("delimiter", "use one ASCII character such as `,`, `;` or a tab")),
    }
}

fn patterns(key: &str, texts: impl Iterator<Item = String>) -> Result<TextPatterns, MapFault> {
    TextPatterns::parse(texts).map_err(|index| {
        value(
            &format!("{key}[{index}]"),
            "a text is needed, and a `*` may stand only at its beginning and end",
        )
    })
}

fn value(key: &str, problem: &str) -> MapFault {
    MapFault::Value { key: key.to_owned(), problem: problem.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) const SMALL: &str = r#"
        [columns]
        timestamp = "at"
        item = "item"
        quantity = "quantity"
        warehouse = "country"
        [timestamp]
        format = "%Y-%m-%d %H:%M"
        zone = "UTC"
        [item]
        case = "upper"
        unit = "EA"
        known = "always"
        [[warehouse]]
        code = "BER"
        name = "Berlin"
        legal_entity = "A GmbH"
        time_zone = "Europe/Berlin"
        currency = "EUR"
        texts = ["Germany", "Austria"]
    "#;

    #[test]
    fn the_map_of_the_repository_is_valid() {
        let map = OrderMap::parse(include_str!("../../../maps/uci_retail.toml")).unwrap();
        let countries: usize = map.warehouses.iter().map(|w| w.texts.len()).sum();
        assert_eq!(countries, 38);
        assert_eq!(map.warehouse("Narnia"), None);
    }

    #[test]
    fn comments_do_not_change_the_digest() {
        let commented = format!("# a comment\n{SMALL}");
        assert_eq!(OrderMap::parse(&commented).unwrap().digest, OrderMap::parse(SMALL).unwrap().digest);
        let other = SMALL.replace("Austria", "Poland");
        assert_ne!(OrderMap::parse(&other).unwrap().digest, OrderMap::parse(SMALL).unwrap().digest);
    }

    #[test]
    fn every_fault_names_its_key() {
        for (from, to, named) in [
            ("[item]", "[item]\ncolour = 1", "colour"),
            ("zone = \"UTC\"", "", "zone"),
            ("zone = \"UTC\"", "zone = \"Mars\"", "timestamp.zone"),
            ("%Y-%m-%d %H:%M", "%Q", "timestamp.format"),
            ("\"EA\"", "\"each\"", "item.unit"),
            ("\"BER\"", "\"ber\"", "warehouse[0].code"),
            ("\"Austria\"", "\"Germany \"", "warehouse[0].texts"),
            ("known = \"always\"", "known = \"sometimes\"", "sometimes"),
            ("known = \"always\"", "known = \"always\"\ndecimals = 12", "item.decimals"),
            ("known = \"always\"", "known = \"always\"\nnot_stock = [\"A\", \"*\"]", "item.not_stock[1]"),
            ("[[warehouse]]", "[document]\nlines_max = 0\n[[warehouse]]", "document.lines_max"),
            ("[columns]", "warehouse_default = \"HAM\"\n[columns]", "warehouse_default"),
            ("[columns]", "delimiter = \"é\"\n[columns]", "delimiter"),
        ] {
            let fault = OrderMap::parse(&SMALL.replacen(from, to, 1)).unwrap_err();
            assert!(fault.to_string().contains(named), "{to}: {fault}");
        }
    }

    #[test]
    fn unlisted_texts_go_to_the_default_if_there_is_one() {
        let map = OrderMap::parse(&SMALL.replacen("[columns]", "warehouse_default = \"BER\"\n[columns]", 1))
            .unwrap();
        assert_eq!(map.warehouse("Narnia"), Some(0));
        assert_eq!(OrderMap::parse(SMALL).unwrap().warehouse("Narnia"), None);
    }
}

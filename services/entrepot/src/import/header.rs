//! The first line of the file: which column is where.

use std::borrow::Cow;

use super::cells::split;
use super::fault::ImportFault;
use super::map::OrderMap;

/// Where the map's columns are, counted from 0.
#[derive(Debug)]
pub(super) struct Header {
    /// How many columns there are.
    pub(super) width: usize,
    pub(super) line: Option<usize>,
    pub(super) timestamp: usize,
    pub(super) item: usize,
    pub(super) quantity: usize,
    pub(super) price: Option<usize>,
    pub(super) customer: Option<usize>,
    pub(super) warehouse: usize,
    pub(super) note: Option<usize>,
    /// The names, for the rejects.
    pub(super) names: Vec<String>,
}

impl Header {
    /// Finds the map's columns.
    pub(super) fn parse(line: &[u8], map: &OrderMap) -> Result<Self, ImportFault> {
        let text = std::str::from_utf8(line)
            .map_err(|_| ImportFault::BadHeader("it is not UTF-8, save the file as UTF-8".to_owned()))?;
        let mut cells = Vec::new();
        split(text, map.delimiter, &mut cells)
            .map_err(|_| ImportFault::BadHeader("a quote in it does not end".to_owned()))?;
        let names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
        let columns = &map.columns;
        let find = |name: &String| find(&names, name);
        let find_optional = |name: &Option<String>| name.as_ref().map(find).transpose();
        Ok(Self {
            width: names.len(),
            line: find_optional(&columns.line)?,
            timestamp: find(&columns.timestamp)?,
            item: find(&columns.item)?,
            quantity: find(&columns.quantity)?,
            price: find_optional(&columns.price)?,
            customer: find_optional(&columns.customer)?,
            warehouse: find(&columns.warehouse)?,
            note: find_optional(&columns.note)?,
            names,
        })
    }

    /// The name of the column at `index`.
    pub(super) fn name(&self, index: usize) -> &str {
        self.names.get(index).map_or("", String::as_str)
    }

    /// The cell at `index`.
    pub(super) fn cell<'a>(cells: &'a [Cow<'_, str>], index: Option<usize>) -> &'a str {
        index.and_then(|index| cells.get(index)).map_or("", AsRef::as_ref)
    }
}

fn find(names: &[String], name: &str) -> Result<usize, ImportFault> {
    let mut places = names.iter().enumerate().filter(|(_, n)| *n == name).map(|(index, _)| index);
    match (places.next(), places.next()) {
        (Some(index), None) => Ok(index),
        (Some(_), Some(_)) => Err(ImportFault::BadHeader(format!("the column `{name}` is there twice"))),
        (None, _) => Err(ImportFault::BadHeader(format!(
            "there is no column `{name}`; the columns are {}",
            names
                .iter()
                .take(50)
                .map(|n| format!("`{}`", n.chars().take(40).collect::<String>()))
                .collect::<Vec<_>>()
                .join(", ")
        ))),
    }
}

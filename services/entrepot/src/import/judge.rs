//! What one line of cells means under a map.

use std::borrow::Cow;

use vocabulary::{Quantity, Timestamp};

use super::cells::{collapse, is_formula};
use super::header::Header;
use super::item::{ItemNumber, ItemText, Items};
use super::map::{Case, NegativeMeaning, OrderMap};
use super::names::Names;
use super::reject::RejectReason;
use super::row::{Action, Row};

/// Most units of one line: with the most lines of a file, no sum leaves the range of a quantity.
const LINE_QUANTITY_MAX: u32 = 1_000_000_000;
/// Longest reason of an adjustment.
const REASON_CHARS_MAX: usize = 128;

/// What is wrong with a line.
#[derive(Debug)]
pub(super) struct Wrong {
    /// The column; `None` when it is the whole line.
    pub(super) column: Option<usize>,
    pub(super) reason: RejectReason,
    pub(super) value: String,
}

impl Wrong {
    /// The whole line is wrong.
    pub(super) fn line(reason: RejectReason, text: &str) -> Self {
        Self { column: None, reason, value: text.chars().take(80).collect() }
    }

    fn cell(column: usize, reason: RejectReason, value: &str) -> Self {
        Self { column: Some(column), reason, value: value.to_owned() }
    }
}

/// Judges the lines of one file, one after the other.
#[derive(Debug)]
pub(super) struct Judge<'m> {
    map: &'m OrderMap,
    header: &'m Header,
    items: Items,
    customers: Names,
    reasons: Names,
    /// The time of the line before: most lines share it.
    last_time: (String, Option<Timestamp>),
}

/// What the price says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Price {
    Nothing,
    Something,
}

type Cells<'a> = [Cow<'a, str>];

impl<'m> Judge<'m> {
    /// Starts with nothing known.
    pub(super) fn new(map: &'m OrderMap, header: &'m Header) -> Self {
        let mut customers = Names::default();
        // Number 0 is nobody.
        customers.number("");
        let (items, reasons) = (Items::default(), Names::default());
        Self { map, header, items, customers, reasons, last_time: (String::new(), None) }
    }

    pub(super) fn delimiter(&self) -> u8 {
        self.map.delimiter
    }

    pub(super) fn width(&self) -> usize {
        self.header.width
    }

    /// The items and the reasons.
    pub(super) fn into_parts(self) -> (Items, Vec<Box<str>>) {
        (self.items, self.reasons.into_list())
    }

    /// The line's own number, or its place in the file when the map names no column for it.
    pub(super) fn line_number(&self, cells: &Cells<'_>, place: u64) -> Result<u64, Wrong> {
        let Some(column) = self.header.line else { return Ok(place) };
        let text = Header::cell(cells, Some(column)).trim();
        text.parse().map_err(|_| Wrong::cell(column, RejectReason::BadLineNumber, text))
    }

    /// The row of a line.
    pub(super) fn row(&mut self, ordinal: u32, line: u64, cells: &Cells<'_>) -> Result<Row, Wrong> {
        let text = Header::cell(cells, Some(self.header.item));
        let judged = self.items.judge(text, self.map);
        let (item, in_item) = match judged {
            ItemText::Item(item) => (item, false),
            ItemText::WriteOff(item) => (item, true),
            ItemText::Rejected(reason) => return Err(Wrong::cell(self.header.item, reason, text)),
        };
        let quantity = self.quantity(cells)?;
        let price = self.price(item, cells)?;
        let time = self.time(cells)?;
        let warehouse = self.warehouse(cells)?;
        let customer = self.customer(cells)?;
        let note = if in_item { Some(text) } else { self.note(cells)? };
        let action = match note {
            Some(note) => Action::Adjust { delta: quantity, reason: self.reason(note) },
            None => self.action(quantity, price, customer, cells)?,
        };
        Ok(Row { ordinal, line, time, warehouse, customer, item, action })
    }

    fn quantity(&self, cells: &Cells<'_>) -> Result<Quantity, Wrong> {
        let column = self.header.quantity;
        let text = number_cell(cells, column)?;
        let wrong = |reason| Wrong::cell(column, reason, text);
        let quantity = Quantity::parse(text).map_err(|_| wrong(RejectReason::BadQuantity))?;
        if quantity.is_zero() {
            return Err(wrong(RejectReason::ZeroQuantity));
        }
        if quantity.abs() > Quantity::from(LINE_QUANTITY_MAX) {
            return Err(wrong(RejectReason::BadQuantity));
        }
        if quantity.decimals() > self.map.item.decimals {
            return Err(wrong(RejectReason::TooManyDecimals));
        }
        Ok(quantity)
    }

    fn price(&mut self, item: ItemNumber, cells: &Cells<'_>) -> Result<Price, Wrong> {
        let Some(column) = self.header.price else {
            self.items.mark_priced(item);
            return Ok(Price::Something);
        };
        let text = number_cell(cells, column)?;
        let price = Quantity::parse(text).map_err(|_| Wrong::cell(column, RejectReason::BadPrice, text))?;
        if price.is_negative() {
            return Err(Wrong::cell(column, RejectReason::NegativePrice, text));
        }
        if price.is_zero() {
            return Ok(Price::Nothing);
        }
        self.items.mark_priced(item);
        Ok(Price::Something)
    }

    fn time(&mut self, cells: &Cells<'_>) -> Result<Timestamp, Wrong> {
        let column = self.header.timestamp;
        let text = Header::cell(cells, Some(column)).trim();
        if self.last_time.0 != text {
            self.last_time = (text.to_owned(), self.map.time.parse(text));
        }
        self.last_time.1.ok_or_else(|| Wrong::cell(column, RejectReason::BadTimestamp, text))
    }

    fn warehouse(&self, cells: &Cells<'_>) -> Result<u16, Wrong> {
        let column = self.header.warehouse;
        let text = text_cell(cells, column)?;
        self.map.warehouse(text).ok_or_else(|| Wrong::cell(column, RejectReason::WarehouseUnknown, text))
    }

    fn customer(&mut self, cells: &Cells<'_>) -> Result<u32, Wrong> {
        let Some(column) = self.header.customer else { return Ok(0) };
        Ok(self.customers.number(text_cell(cells, column)?))
    }

    fn note<'c>(&self, cells: &'c Cells<'_>) -> Result<Option<&'c str>, Wrong> {
        let Some(column) = self.header.note else { return Ok(None) };
        let text = text_cell(cells, column)?;
        let write_off = !text.is_empty() && self.map.write_off.matches(&collapse(text, self.map.item.case));
        Ok(write_off.then_some(text))
    }

    fn action(
        &mut self,
        quantity: Quantity,
        price: Price,
        customer: u32,
        cells: &Cells<'_>,
    ) -> Result<Action, Wrong> {
        if quantity.is_positive() {
            return Ok(Action::Issue(quantity));
        }
        let rules = &self.map.negative;
        let meaning = match (customer, price) {
            (0, Price::Nothing) => rules.without_customer_and_price,
            (0, Price::Something) => rules.without_customer,
            _ => rules.with_customer,
        };
        match meaning {
            NegativeMeaning::Return => Ok(Action::Return(quantity.negated())),
            NegativeMeaning::Adjustment => {
                Ok(Action::Adjust { delta: quantity, reason: self.reason(&rules.reason) })
            }
            NegativeMeaning::Reject => {
                let column = self.header.quantity;
                let text = Header::cell(cells, Some(column));
                Err(Wrong::cell(column, RejectReason::NegativeQuantity, text))
            }
        }
    }

    fn reason(&mut self, text: &str) -> u32 {
        let text = collapse(text, Case::AsWritten);
        let end = text.char_indices().nth(REASON_CHARS_MAX).map_or(text.len(), |(end, _)| end);
        self.reasons.number(text.get(..end).unwrap_or_default())
    }
}

fn text_cell<'c>(cells: &'c Cells<'_>, column: usize) -> Result<&'c str, Wrong> {
    let text = Header::cell(cells, Some(column)).trim();
    if is_formula(text) { Err(Wrong::cell(column, RejectReason::FormulaCell, text)) } else { Ok(text) }
}

/// A minus in front of a number is no formula, and what follows it is judged as a number.
fn number_cell<'c>(cells: &'c Cells<'_>, column: usize) -> Result<&'c str, Wrong> {
    let text = Header::cell(cells, Some(column)).trim();
    if !text.starts_with('-') && is_formula(text) {
        return Err(Wrong::cell(column, RejectReason::FormulaCell, text));
    }
    Ok(text)
}

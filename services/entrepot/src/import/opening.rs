//! What must have been in a warehouse before the first line of the file, so that every issue in it was possible.

use std::collections::HashMap;

use vocabulary::{Quantity, QuantityOverflow, Timestamp};

use super::depth::Depth;
use super::document::Document;
use super::item::ItemNumber;
use super::row::Row;

/// The stock of an item before the file begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Opening {
    /// The item.
    pub(crate) item: ItemNumber,
    /// How much; positive.
    pub(crate) quantity: Quantity,
}

/// The least openings of one warehouse: for each item, how far below zero its balance would fall, at any instant, if the documents
/// were posted in their order, line by line, from nothing. A file is not always in the order of time, and what comes late must not
/// break what is there already. Items that never fall below zero need none. Ordered by item.
pub(super) fn openings(documents: &[Document], rows: &[Row]) -> Result<Vec<Opening>, QuantityOverflow> {
    let mut balances: HashMap<ItemNumber, Balance> = HashMap::new();
    for (item, instants) in instants(documents, rows) {
        let (depth, least) = (Depth::new(instants.len()), Quantity::ZERO);
        balances.insert(item, Balance { instants, depth, least });
    }
    for row in documents.iter().flat_map(|document| document.rows(rows)) {
        let Some(balance) = balances.get_mut(&row.item) else { continue };
        balance.depth.add(balance.instants.partition_point(|at| *at < row.time), row.action.effect())?;
        balance.least = balance.least.min(balance.depth.low());
    }
    let mut openings: Vec<Opening> = balances
        .into_iter()
        .filter(|(_, balance)| balance.least.is_negative())
        .map(|(item, balance)| Opening { item, quantity: balance.least.negated() })
        .collect();
    openings.sort_by_key(|opening| opening.item);
    Ok(openings)
}

struct Balance {
    instants: Vec<Timestamp>,
    depth: Depth,
    least: Quantity,
}

/// When something happens to each item, in order.
fn instants(documents: &[Document], rows: &[Row]) -> HashMap<ItemNumber, Vec<Timestamp>> {
    let mut all: HashMap<ItemNumber, Vec<Timestamp>> = HashMap::new();
    for row in documents.iter().flat_map(|document| document.rows(rows)) {
        all.entry(row.item).or_default().push(row.time);
    }
    for instants in all.values_mut() {
        instants.sort_unstable();
        instants.dedup();
    }
    all
}

impl Document {
    /// Its rows.
    pub(crate) fn rows<'r>(&self, rows: &'r [Row]) -> impl Iterator<Item = &'r Row> {
        self.rows.iter().filter_map(|index| rows.get(usize::try_from(*index).ok()?))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rust_decimal::Decimal;

    use super::super::document::group;
    use super::super::row::Action;
    use super::*;

    /// One word a row: item letter, sign and units, and the minute behind `@`.
    fn rows(text: &str) -> Vec<Row> {
        let row = |(ordinal, word): (u32, &str)| {
            let (what, minute) = word.split_once('@').unwrap_or((word, "0"));
            let units: i64 = what[1..].parse().unwrap();
            row(ordinal, u32::from(what.as_bytes()[0] - b'A'), units, minute.parse().unwrap())
        };
        (1..).zip(text.split_whitespace()).map(row).collect()
    }

    fn row(ordinal: u32, item: ItemNumber, units: i64, minute: i64) -> Row {
        let size = Quantity::try_new(Decimal::from(units.abs())).unwrap();
        let action = if units < 0 { Action::Issue(size) } else { Action::Return(size) };
        let time = Timestamp::from_micros(minute * 60_000_000).unwrap();
        Row { ordinal, line: u64::from(ordinal), time, warehouse: 0, customer: 0, item, action }
    }

    fn check(text: &str, expected: &str) {
        let rows = rows(text);
        let lanes = group(&rows, 1000);
        let openings = openings(&lanes[0].documents, &rows).unwrap();
        let got: Vec<_> = openings
            .iter()
            .map(|o| format!("{}{}", char::from(b'A' + u8::try_from(o.item).unwrap()), o.quantity))
            .collect();
        assert_eq!(got.join(" "), expected, "{text}");
    }

    #[test]
    fn openings_are_the_deepest_points() {
        check("A-3", "A3");
        check("A+3 A-3", "");
        check("A-3 A+3 A-4", "A4");
        check("A-3 B-1 A+5 B-1 A-2", "A3 B2");
        // The third row belongs to the first document, so it is posted before the second row.
        check("A-3@1 A+3@2 A-4@1", "A7");
        // What came on the second minute is not there yet on the first.
        check("A+3@2 A-3@1", "A3");
        check("A+3@1 A-3@3 A-1@2", "A1");
        check("A-2@3 A+2@1", "A2");
    }

    proptest! {
        #[test]
        fn openings_suffice_and_not_one_unit_less_would(
            moves in prop::collection::vec((0_u32..4, -50_i64..50, 0_i64..6), 1..200),
            lines_max in 1_usize..5,
        ) {
            let rows: Vec<Row> = (1..).zip(moves).map(|(n, (item, units, minute))| row(n, item, units, minute)).collect();
            let lanes = group(&rows, lines_max);
            prop_assert_eq!(lanes[0].documents.iter().map(|d| d.rows.len()).sum::<usize>(), rows.len());
            prop_assert!(lanes[0].documents.iter().all(|d| d.rows.len() <= lines_max));
            let openings = openings(&lanes[0].documents, &rows).unwrap();
            let mut least: HashMap<_, _> = openings.iter().map(|o| (o.item, o.quantity)).collect();
            let opened = least.clone();
            let mut posted: Vec<&Row> = Vec::new();
            for row in lanes[0].documents.iter().flat_map(|d| d.rows(&rows)) {
                posted.push(row);
                for minute in 0..6 {
                    let until = Timestamp::from_micros(minute * 60_000_000).unwrap();
                    let there = posted.iter().filter(|other| other.item == row.item && other.time <= until);
                    let opening = opened.get(&row.item).copied().unwrap_or_default();
                    let there = there.fold(opening, |sum, other| sum.checked_add(other.action.effect()).unwrap());
                    prop_assert!(!there.is_negative());
                    least.entry(row.item).and_modify(|least| *least = (*least).min(there));
                }
            }
            for opening in openings {
                prop_assert!(opening.quantity.is_positive());
                prop_assert!(least[&opening.item].is_zero());
            }
        }
    }
}

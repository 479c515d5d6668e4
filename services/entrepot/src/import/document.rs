//! Rows put together: lines of one customer, time and warehouse are one document.

use std::collections::HashMap;

use vocabulary::Timestamp;

use super::row::Row;

/// The documents of one warehouse, in the order they are posted: that of their first lines in the file.
#[derive(Debug, Default)]
pub(crate) struct Lane {
    /// Index of the map's warehouse.
    pub(crate) warehouse: u16,
    /// What must be there before the first of them.
    pub(crate) openings: Vec<super::opening::Opening>,
    /// The documents.
    pub(crate) documents: Vec<Document>,
}

/// One document: indices of its rows, in the order of the file.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Document {
    /// 1 to the map's `lines_max` indices.
    pub(crate) rows: Vec<u32>,
}

/// Sorts rows into documents, a lane a warehouse, ordered by the map's numbers of the warehouses.
pub(super) fn group(rows: &[Row], lines_max: usize) -> Vec<Lane> {
    let mut lanes: Vec<Lane> = Vec::new();
    let mut lane_of: HashMap<u16, usize> = HashMap::new();
    let mut open: HashMap<(u16, u32, Timestamp), usize> = HashMap::new();
    for (index, row) in (0_u32..).zip(rows) {
        let lane = *lane_of.entry(row.warehouse).or_insert_with(|| {
            lanes.push(Lane { warehouse: row.warehouse, ..Lane::default() });
            lanes.len() - 1
        });
        let documents = &mut lanes[lane].documents;
        let key = (row.warehouse, row.customer, row.time);
        let room = open.get(&key).and_then(|place| documents.get_mut(*place));
        match room.filter(|document| document.rows.len() < lines_max) {
            Some(document) => document.rows.push(index),
            None => {
                open.insert(key, documents.len());
                documents.push(Document { rows: vec![index] });
            }
        }
    }
    lanes.sort_by_key(|lane| lane.warehouse);
    lanes
}

#[cfg(test)]
mod tests {
    use vocabulary::Quantity;

    use super::super::row::Action;
    use super::*;

    /// One word a row: warehouse, customer and minute, one digit each.
    fn check(text: &str, lines_max: usize, expected: &str) {
        let digit = |word: &str, place: usize| u32::from(word.as_bytes()[place] - b'0');
        let rows: Vec<Row> = (1..)
            .zip(text.split_whitespace())
            .map(|(ordinal, word)| Row {
                ordinal,
                line: u64::from(ordinal),
                time: Timestamp::from_micros(i64::from(digit(word, 2))).unwrap(),
                warehouse: u16::try_from(digit(word, 0)).unwrap(),
                customer: digit(word, 1),
                item: 0,
                action: Action::Issue(Quantity::from(1)),
            })
            .collect();
        let lanes: Vec<String> = group(&rows, lines_max)
            .iter()
            .map(|lane| {
                format!(
                    "{}: {}",
                    lane.warehouse,
                    lane.documents.iter().map(|d| format!("{:?}", d.rows)).collect::<String>()
                )
            })
            .collect();
        assert_eq!(lanes.join(" "), expected, "{text}");
    }

    #[test]
    fn one_customer_time_and_warehouse_is_one_document() {
        check("011 011 011", 1000, "0: [0, 1, 2]");
        check("011 021 011", 1000, "0: [0, 2][1]");
        check("011 012 111 011", 1000, "0: [0, 3][1] 1: [2]");
        check("111 011", 1000, "0: [1] 1: [0]");
    }

    #[test]
    fn documents_are_split_when_they_are_full() {
        check("011 011 011", 2, "0: [0, 1][2]");
        check("011 021 011 011 011", 2, "0: [0, 2][1][3, 4]");
        check("011 011", 1, "0: [0][1]");
    }
}

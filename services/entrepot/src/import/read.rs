//! The first pass: every line of the file becomes a row or a reject. Nothing is lost: rows + rejects = data lines.

use std::borrow::Cow;

use super::cells::{lines, split};
use super::fault::ImportFault;
use super::header::Header;
use super::item::Items;
use super::judge::{Judge, Wrong};
use super::map::{Known, OrderMap};
use super::reject::{Reject, RejectReason};
use super::row::Row;
use super::source::Source;

/// Most data lines of a file.
pub(super) const LINES_MAX: u32 = 10_000_000;

/// What an order file holds.
#[derive(Debug)]
pub(crate) struct Orders {
    /// The lines that become movements, in the order of the file.
    pub(crate) rows: Vec<Row>,
    /// The others, in the order of the file.
    pub(crate) rejects: Vec<Reject>,
    /// The items that rows name by number.
    pub(crate) items: Items,
    /// The reasons that adjustments name by number.
    pub(crate) reasons: Vec<Box<str>>,
    /// How many data lines there are.
    pub(crate) lines: u32,
}

/// Reads a file.
pub(super) fn read(source: &Source, map: &OrderMap) -> Result<Orders, ImportFault> {
    let mut lines = lines(&source.bytes);
    let first = lines.next().ok_or_else(|| ImportFault::BadHeader("the file is empty".to_owned()))?;
    let header = Header::parse(first, map)?;
    let mut judge = Judge::new(map, &header);
    let (mut rows, mut rejects) = (Vec::new(), Vec::new());
    let mut count = 0;
    let mut cells = Vec::with_capacity(header.width);
    for (ordinal, bytes) in (1..).zip(lines) {
        if ordinal > LINES_MAX {
            return Err(ImportFault::TooManyLines(LINES_MAX));
        }
        count = ordinal;
        match judge_line(&mut judge, ordinal, bytes, &mut cells) {
            Ok(row) => rows.push(row),
            Err((line, wrong)) => rejects.push(reject(&header, line, &wrong)),
        }
    }
    let (items, reasons) = judge.into_parts();
    if map.item.known == Known::OncePriced {
        let name = header.name(header.item);
        (rows, rejects) = drop_never_priced(rows, rejects, &items, name);
    }
    Ok(Orders { rows, rejects, items, reasons, lines: count })
}

fn judge_line<'a>(
    judge: &mut Judge<'_>,
    ordinal: u32,
    bytes: &'a [u8],
    cells: &mut Vec<Cow<'a, str>>,
) -> Result<Row, (u64, Wrong)> {
    // The header is line 1 of the file.
    let place = u64::from(ordinal) + 1;
    let delimiter = judge.delimiter();
    let text = std::str::from_utf8(bytes).map_err(|_| (place, not_utf8(bytes, delimiter)))?;
    split(text, delimiter, cells).map_err(|_| (place, Wrong::line(RejectReason::BadQuotes, text)))?;
    if cells.len() != judge.width() {
        return Err((place, Wrong::line(RejectReason::WrongColumnCount, text)));
    }
    let line = judge.line_number(cells, place).map_err(|wrong| (place, wrong))?;
    judge.row(ordinal, line, cells).map_err(|wrong| (line, wrong))
}

fn not_utf8(bytes: &[u8], delimiter: u8) -> Wrong {
    let text = String::from_utf8_lossy(bytes);
    let mut cells = Vec::new();
    let column = match split(&text, delimiter, &mut cells) {
        Ok(()) => cells.iter().position(|cell| cell.contains(char::REPLACEMENT_CHARACTER)),
        Err(_) => None,
    };
    let value = column.and_then(|column| cells.get(column)).map_or(&*text, AsRef::as_ref).to_owned();
    Wrong { column, reason: RejectReason::NotUtf8, value }
}

fn reject(header: &Header, line: u64, wrong: &Wrong) -> Reject {
    let field = wrong.column.map_or("", |column| header.name(column));
    Reject::new(line, field, wrong.reason, &wrong.value)
}

/// Takes out the rows of texts that no line gives a price: notes, not items.
fn drop_never_priced(
    rows: Vec<Row>,
    rejects: Vec<Reject>,
    items: &Items,
    field: &str,
) -> (Vec<Row>, Vec<Reject>) {
    let priced = |row: &Row| items.get(row.item).is_some_and(|item| item.priced);
    let (kept, dropped): (Vec<Row>, Vec<Row>) = rows.into_iter().partition(priced);
    let mut rejects = rejects;
    rejects.extend(dropped.iter().map(|row| {
        let text = items.get(row.item).map_or("", |item| item.sku.as_str());
        Reject::new(row.line, field, RejectReason::ItemUnknown, text)
    }));
    rejects.sort_by_key(|reject| reject.line);
    (kept, rejects)
}

#[cfg(test)]
mod tests {
    use vocabulary::Quantity;

    use super::super::row::Action;
    use super::*;

    const UCI_MAP: &str = include_str!("../../maps/uci_retail.toml");
    const UCI_EXCERPT: &[u8] = include_bytes!("../../maps/uci_excerpt.csv");
    const HEADER: &str = "line,invoiced_at,description,quantity,unit_price,customer,country";

    fn orders(text: &[u8], map: &str) -> Orders {
        read(&Source::from_bytes(text.to_vec()), &OrderMap::parse(map).unwrap()).unwrap()
    }

    fn describe(orders: &Orders) -> String {
        let mut answers: Vec<(u64, String)> = orders
            .rejects
            .iter()
            .map(|r| (r.line, format!("{} {} {}", r.line, r.reason, r.field).trim_end().to_owned()))
            .collect();
        for row in &orders.rows {
            let action = match row.action {
                Action::Issue(quantity) => format!("issue {quantity}"),
                Action::Return(quantity) => format!("return {quantity}"),
                Action::Adjust { delta, reason } => {
                    format!("adjust {delta} ({})", orders.reasons[reason as usize])
                }
            };
            let sku = &orders.items.get(row.item).unwrap().sku;
            answers.push((row.line, format!("{} {action} {sku}", row.line)));
        }
        answers.sort();
        answers.into_iter().map(|(_, text)| text).collect::<Vec<_>>().join("\n")
    }

    /// `line` follows the columns of the UCI map, and stands beside a priced line of the item MUG.
    fn check_with(map: &str, line: &[u8], expected: &str) {
        let priced = b"1,2010-12-01T08:00:00,MUG,1,2.5,7,France".as_slice();
        let text = [HEADER.as_bytes(), priced, line].join(&b'\n');
        let orders = orders(&text, map);
        assert_eq!(orders.lines as usize, orders.rows.len() + orders.rejects.len());
        let described = describe(&orders);
        let answer = described.lines().find(|l| *l != "1 issue 1 MUG").unwrap_or_default();
        assert_eq!(answer, expected, "{}", String::from_utf8_lossy(line));
    }

    fn check(line: &str, expected: &str) {
        check_with(UCI_MAP, line.as_bytes(), expected);
    }

    #[test]
    fn lines_become_movements() {
        check("2,2010-12-01T08:26:00,  mug ,6,2.55,17850,France", "2 issue 6 MUG");
        check("2,2010-12-01T08:26:00,\"CARD,  BIG\",6,2.55,17850,France", "2 issue 6 CARD, BIG");
        check("2,2010-12-01T08:26:00,MUG,6,0,,France", "2 issue 6 MUG");
        check("2,2010-12-01T08:26:00,MUG,-6,2.5,17850,France", "2 return 6 MUG");
        check("2,2010-12-01T08:26:00,MUG,-6,2.5,,France", "2 return 6 MUG");
        check(
            "2,2010-12-01T08:26:00,MUG,-6,0,,France",
            "2 adjust -6 (stock correction without customer and price) MUG",
        );
        check("2,2010-12-01T08:26:00,MUG,6,2.55,17850,France\r", "2 issue 6 MUG");
    }

    #[test]
    fn lines_are_rejected_with_a_reason_and_a_field() {
        check("2,2010-12-01T08:26:00, ,6,2.55,17850,France", "2 ITEM_MISSING description");
        check("2,2010-12-01T08:26:00,Damages,-6,0,,France", "2 ITEM_UNKNOWN description");
        check("2,2010-12-01T08:26:00,never sold,6,0,,France", "2 ITEM_UNKNOWN description");
        check("2,2010-12-01T08:26:00,Postage,1,18,17850,France", "2 NOT_STOCK description");
        check("2,2010-12-01T08:26:00,=1+2,1,18,17850,France", "2 FORMULA_CELL description");
        check("2,2010-12-01T08:26:00,MUG,@1,18,17850,France", "2 FORMULA_CELL quantity");
        check("2,2010-12-01T08:26:00,MUG,1,18,=7,France", "2 FORMULA_CELL customer");
        check("2,2010-12-01T08:26:00,MUG,0,2.55,17850,France", "2 ZERO_QUANTITY quantity");
        check("2,2010-12-01T08:26:00,MUG,,2.55,17850,France", "2 BAD_QUANTITY quantity");
        check("2,2010-12-01T08:26:00,MUG,-2-1,2.55,17850,France", "2 BAD_QUANTITY quantity");
        check("2,2010-12-01T08:26:00,MUG,1000000001,2.55,17850,France", "2 BAD_QUANTITY quantity");
        check("2,2010-12-01T08:26:00,MUG,0.5,2.55,17850,France", "2 TOO_MANY_DECIMALS quantity");
        check("2,2010-12-01T08:26:00,MUG,1,-2.55,17850,France", "2 NEGATIVE_PRICE unit_price");
        check("2,2010-12-01T08:26:00,MUG,1,,17850,France", "2 BAD_PRICE unit_price");
        check("2,yesterday,MUG,1,1,17850,France", "2 BAD_TIMESTAMP invoiced_at");
        check("2,2010-12-01T08:26:00,MUG,1,1,17850,Narnia", "2 WAREHOUSE_UNKNOWN country");
        check("x,2010-12-01T08:26:00,MUG,1,1,17850,France", "3 BAD_LINE_NUMBER line");
        check("2,2010-12-01T08:26:00,MUG,1,1,17850", "3 WRONG_COLUMN_COUNT");
        check("2,2010-12-01T08:26:00,\"MUG,1,1,17850,France", "3 BAD_QUOTES");
        check("\r", "3 WRONG_COLUMN_COUNT");
        check_with(UCI_MAP, b"2,2010-12-01T08:26:00,M\xfcG,1,1,17850,France", "3 NOT_UTF8 description");
    }

    #[test]
    fn a_map_decides_what_remarks_and_negative_quantities_mean() {
        let adjusting = UCI_MAP.replace("without_item = \"reject\"", "without_item = \"adjust\"");
        let adjusting = adjusting.replace("\"once_priced\"", "\"always\"");
        check_with(
            &adjusting,
            b"2,2010-12-01T08:26:00,Wet  boxes,-6,0,,France",
            "2 adjust -6 (Wet boxes) WET BOXES",
        );
        let rejecting = UCI_MAP.replace("with_customer = \"return\"", "with_customer = \"reject\"");
        check_with(&rejecting, b"2,2010-12-01T08:26:00,MUG,-6,1,7,France", "2 NEGATIVE_QUANTITY quantity");
        let noted = UCI_MAP.replace("customer = \"customer\"", "note = \"customer\"");
        check_with(
            &noted,
            b"2,2010-12-01T08:26:00,MUG,-6,1,thrown away.,France",
            "2 adjust -6 (thrown away.) MUG",
        );
    }

    #[test]
    fn headers_are_checked_before_anything_else() {
        let map = OrderMap::parse(UCI_MAP).unwrap();
        for (text, named) in [
            ("", "empty"),
            ("a,b\n", "no column `line`"),
            (
                "line,line,invoiced_at,description,quantity,unit_price,customer,country\n",
                "`line` is there twice",
            ),
            ("\u{0}\n", "no column"),
            ("\"line,invoiced_at\n", "quote"),
        ] {
            let fault = read(&Source::from_bytes(text.as_bytes().to_vec()), &map).unwrap_err();
            assert!(fault.to_string().contains(named), "{text}: {fault}");
        }
        let utf16 = [0xff, 0xfe, b'l', 0, b'\n', 0];
        let fault = read(&Source::from_bytes(utf16.to_vec()), &map).unwrap_err();
        assert!(fault.to_string().contains("UTF-8"), "{fault}");
    }

    #[test]
    fn line_ends_and_marks_do_not_matter() {
        let plain = describe(&orders(UCI_EXCERPT, UCI_MAP));
        let crlf: Vec<u8> = UCI_EXCERPT
            .iter()
            .flat_map(|b| if *b == b'\n' { vec![b'\r', b'\n'] } else { vec![*b] })
            .collect();
        let marked = [b"\xef\xbb\xbf", &*crlf].concat();
        assert_eq!(describe(&orders(&marked, UCI_MAP)), plain);
    }

    #[test]
    fn the_excerpt_has_every_kind_of_dirt() {
        let orders = orders(UCI_EXCERPT, UCI_MAP);
        assert_eq!((orders.lines, orders.rows.len(), orders.rejects.len()), (87, 48, 39));
        for reason in RejectReason::ALL {
            let expected = reason != RejectReason::NegativeQuantity;
            assert_eq!(
                orders.rejects.iter().any(|r| r.reason == reason.as_str()),
                expected,
                "{}",
                reason.as_str()
            );
        }
        let adjusted = |row: &&Row| matches!(row.action, Action::Adjust { delta, .. } if delta == Quantity::from(4).negated());
        assert_eq!(orders.rows.iter().filter(adjusted).count(), 1);
    }
}

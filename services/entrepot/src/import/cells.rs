//! Lines and cells of a CSV file, read so that one broken line costs one line.
//!
//! A line of the file is a record: a quoted cell ends on its line, or the line is rejected. (RFC 4180 would let a cell run over
//! line ends; in a file of order lines that is a lost quote, and it would swallow the orders after it.)

use std::borrow::Cow;

use super::map::Case;

/// A quote that does not end, or has text behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct BadQuotes;

/// The lines of `bytes` without their ends (LF or CRLF). What follows the last end is a line only if it is not empty.
pub(super) fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = bytes;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let end = rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
        let (line, after) = rest.split_at(end);
        rest = after.get(1..).unwrap_or_default();
        Some(line.strip_suffix(b"\r").unwrap_or(line))
    })
}

/// Splits a line into cells. A quote inside an unquoted cell is a character like any other.
pub(super) fn split<'a>(
    line: &'a str,
    delimiter: u8,
    cells: &mut Vec<Cow<'a, str>>,
) -> Result<(), BadQuotes> {
    cells.clear();
    let mut rest = line;
    loop {
        let (cell, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted_cell(quoted)?,
            None => {
                let end = rest.bytes().position(|b| b == delimiter).unwrap_or(rest.len());
                let (cell, after) = rest.split_at(end);
                (Cow::Borrowed(cell), after)
            }
        };
        cells.push(cell);
        if after.is_empty() {
            return Ok(());
        }
        // The delimiter is one ASCII byte, so this cannot cut a character.
        rest = match after.as_bytes().first() {
            Some(byte) if *byte == delimiter => after.get(1..).unwrap_or_default(),
            Some(_) | None => return Err(BadQuotes),
        };
    }
}

fn quoted_cell(text: &str) -> Result<(Cow<'_, str>, &str), BadQuotes> {
    let mut from = 0;
    let mut doubled = false;
    loop {
        let quote = text.get(from..).and_then(|t| t.find('"')).ok_or(BadQuotes)? + from;
        let after = text.get(quote + 1..).unwrap_or_default();
        if !after.starts_with('"') {
            let cell = text.get(..quote).unwrap_or_default();
            let cell = if doubled { Cow::Owned(cell.replace("\"\"", "\"")) } else { Cow::Borrowed(cell) };
            return Ok((cell, after));
        }
        doubled = true;
        from = quote + 2;
    }
}

/// The key that a text makes: trimmed, inner spaces collapsed to one, and in capitals if the map says so.
pub(super) fn collapse(text: &str, case: Case) -> Cow<'_, str> {
    let trimmed = text.trim();
    let plain = !trimmed.contains("  ") && !trimmed.contains(|c: char| c.is_whitespace() && c != ' ');
    let spaced: Cow<'_, str> = if plain {
        Cow::Borrowed(trimmed)
    } else {
        Cow::Owned(trimmed.split_whitespace().collect::<Vec<_>>().join(" "))
    };
    match case {
        Case::AsWritten => spaced,
        Case::Upper if !spaced.contains(char::is_lowercase) => spaced,
        Case::Upper => Cow::Owned(spaced.to_uppercase()),
    }
}

/// Whether a spreadsheet would run the cell as a formula. A leading minus counts only in a text.
pub(super) fn is_formula(cell: &str) -> bool {
    let numeric = || cell.bytes().all(|b| b.is_ascii_digit() || b"-.".contains(&b));
    match cell.trim_start_matches(' ').bytes().next() {
        Some(b'=' | b'+' | b'@' | b'\t') => true,
        Some(b'-') => !numeric(),
        Some(_) | None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<&[&str]>) {
        let mut cells = Vec::new();
        let got = split(line, b',', &mut cells)
            .ok()
            .map(|()| cells.iter().map(AsRef::as_ref).collect::<Vec<&str>>());
        assert_eq!(got.as_deref(), expected, "{line}");
    }

    #[test]
    fn cells_are_split() {
        check("a,b", Some(&["a", "b"]));
        check("", Some(&[""]));
        check("a,,", Some(&["a", "", ""]));
        check("\"a,b\",c", Some(&["a,b", "c"]));
        check("\"say \"\"hi\"\"\",c", Some(&["say \"hi\"", "c"]));
        check("\"\"", Some(&[""]));
        check("5\" PLATE,6", Some(&["5\" PLATE", "6"]));
        check("£20,é", Some(&["£20", "é"]));
        check("\"a", None);
        check("\"a\"b,c", None);
        check("a,\"b\"\"", None);
    }

    #[test]
    fn lines_end_in_lf_or_crlf() {
        for (text, expected) in [
            ("a\nb", vec!["a", "b"]),
            ("a\r\nb\r\n", vec!["a", "b"]),
            ("a\n\nb\n", vec!["a", "", "b"]),
            ("", vec![]),
        ] {
            let got: Vec<_> = lines(text.as_bytes()).map(|l| std::str::from_utf8(l).unwrap()).collect();
            assert_eq!(got, expected, "{text:?}");
        }
    }

    #[test]
    fn keys_are_collapsed() {
        for (text, case, expected) in [
            ("  RED   MUG ", Case::Upper, "RED MUG"),
            ("Red\tMug", Case::Upper, "RED MUG"),
            ("Red Mug", Case::AsWritten, "Red Mug"),
            (" \t ", Case::Upper, ""),
        ] {
            assert_eq!(collapse(text, case), expected, "{text:?}");
        }
    }

    #[test]
    fn formulas_are_seen() {
        for (cell, expected) in [
            ("=1+2", true),
            ("+5", true),
            ("@SUM(A1)", true),
            (" =1", true),
            ("-1+2", true),
            ("-12.5", false),
            ("MUG", false),
            ("", false),
        ] {
            assert_eq!(is_formula(cell), expected, "{cell}");
        }
    }
}

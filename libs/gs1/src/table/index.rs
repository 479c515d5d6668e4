use super::row::Row;
use super::{details, items, measures, other, parties, transport};

/// The table. The digits of an AI are settled by its first two.
const GROUPS: [&[Row]; 6] =
    [items::ROWS, measures::ROWS, parties::ROWS, transport::ROWS, details::ROWS, other::ROWS];

const ENTRIES_COUNT: usize = count();
const EMPTY: Entry = Entry { text: "", row: &GROUPS[0][0] };

static ENTRIES: [Entry; ENTRIES_COUNT] = entries();

/// For the digits of an AI, filled up with zeros to four: 1 + its position in `ENTRIES`, or 0.
static POSITIONS: [u16; 10_000] = positions();

/// For the first two digits of an AI: how many it has in all, or 0.
static LENGTHS: [u8; 100] = lengths();

/// One AI, and the row that says what it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    pub(crate) text: &'static str,
    pub(crate) row: &'static Row,
}

/// Every AI, in the order of the table.
pub(crate) fn all() -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter()
}

/// The AI that is written like this.
pub(crate) fn exact(text: &str) -> Option<&'static Entry> {
    let position = POSITIONS.get(key(text.as_bytes())?)?.checked_sub(1)?;
    ENTRIES.get(usize::from(position)).filter(|entry| entry.text == text)
}

/// The AI that a text begins with.
pub(crate) fn at_start(text: &str) -> Option<&'static Entry> {
    let first_two = number(text.as_bytes().get(..2)?)?;
    let length = LENGTHS.get(first_two)?;
    exact(text.get(..usize::from(*length))?)
}

fn key(digits: &[u8]) -> Option<usize> {
    let filled = match digits.len() {
        2 => 100,
        3 => 10,
        4 => 1,
        _ => return None,
    };
    Some(number(digits)?.saturating_mul(filled))
}

fn number(digits: &[u8]) -> Option<usize> {
    digits.iter().try_fold(0_usize, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| digit.saturating_sub(b'0'))?;
        Some(number.saturating_mul(10).saturating_add(usize::from(digit)))
    })
}

// What follows is computed by the compiler: a wrong index there is a build that fails.

const fn count() -> usize {
    let mut count = 0_usize;
    let mut group = 0_usize;
    while group < GROUPS.len() {
        let mut row = 0_usize;
        while row < GROUPS[group].len() {
            count = count.saturating_add(GROUPS[group][row].ais.len());
            row = row.saturating_add(1);
        }
        group = group.saturating_add(1);
    }
    count
}

const fn entries() -> [Entry; ENTRIES_COUNT] {
    let mut entries = [EMPTY; ENTRIES_COUNT];
    let (mut group, mut row, mut ai) = (0_usize, 0_usize, 0_usize);
    let mut position = 0_usize;
    while position < ENTRIES_COUNT {
        let rows = GROUPS[group];
        if row == rows.len() {
            (group, row) = (group.saturating_add(1), 0);
        } else if ai == rows[row].ais.len() {
            (row, ai) = (row.saturating_add(1), 0);
        } else {
            entries[position] = Entry { text: rows[row].ais[ai], row: &rows[row] };
            position = position.saturating_add(1);
            ai = ai.saturating_add(1);
        }
    }
    entries
}

const fn positions() -> [u16; 10_000] {
    let entries = entries();
    let mut positions = [0; 10_000];
    let mut position = 0_u16;
    while (position as usize) < ENTRIES_COUNT {
        let digits = entries[position as usize].text.as_bytes();
        let mut key = 0_usize;
        let mut digit = 0_usize;
        while digit < 4 {
            let value = if digit < digits.len() { digits[digit].saturating_sub(b'0') } else { 0 };
            key = key.saturating_mul(10).saturating_add(value as usize);
            digit = digit.saturating_add(1);
        }
        position = position.saturating_add(1);
        positions[key] = position;
    }
    positions
}

const fn lengths() -> [u8; 100] {
    let entries = entries();
    let mut lengths = [0; 100];
    let mut position = 0_usize;
    while position < ENTRIES_COUNT {
        let digits = entries[position].text.as_bytes();
        let tens = digits[0].saturating_sub(b'0') as usize;
        let ones = digits[1].saturating_sub(b'0') as usize;
        lengths[tens.saturating_mul(10).saturating_add(ones)] = match digits.len() {
            2 => 2,
            3 => 3,
            _ => 4,
        };
        position = position.saturating_add(1);
    }
    lengths
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_ai_is_found_by_its_digits() {
        for entry in all() {
            assert_eq!(exact(entry.text).map(|found| found.text), Some(entry.text));
            let followed = format!("{}99999999", entry.text);
            assert_eq!(at_start(&followed).map(|found| found.text), Some(entry.text), "{followed}");
        }
        assert_eq!(all().count(), 541);
    }

    #[test]
    fn what_is_no_ai_is_not_found() {
        for text in ["", "0", "1", "04", "010", "0100", "23", "230", "310", "3106", "31030", "1A", "é1", "８"]
        {
            assert!(exact(text).is_none(), "{text}");
        }
        for text in ["", "0", "04123", "19", "2312", "3106123456", "310", "é", "1é", "310é"] {
            assert!(at_start(text).is_none(), "{text}");
        }
    }

    #[test]
    fn the_first_two_digits_settle_how_many_there_are() {
        for (a, b) in all().zip(all().skip(1)) {
            let same = a.text.get(..2) == b.text.get(..2);
            assert!(!same || a.text.len() == b.text.len(), "{} {}", a.text, b.text);
        }
    }
}

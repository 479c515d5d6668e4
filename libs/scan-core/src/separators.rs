use std::borrow::Cow;
use std::fmt;

use gs1::FNC1;

/// Longest way in which a separator is written, in bytes.
const BYTES_MAX: usize = 8;

/// How a keyboard-wedge scanner writes the separator FNC1, which no keyboard has a key for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Separators(Vec<String>);

/// A separator that would eat what it should separate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadSeparator(String);

/// A text with its separators put back, which remembers where everything stood.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Restored<'a> {
    pub(crate) text: Cow<'a, str>,
    /// For every replaced separator: where it ends now, and by how much the rest moved.
    moved: Vec<(usize, usize)>,
}

impl Default for Separators {
    /// What the manuals of common scanners offer.
    fn default() -> Self {
        Self(["<GS>", "{GS}", "[GS]", "\\x1d", "\\u001d", "^]", "~", "|"].map(str::to_owned).into())
    }
}

impl Separators {
    /// Checks a list. Longer ones are looked for first.
    ///
    /// # Errors
    /// [`BadSeparator`] for one that is empty, longer than 8 bytes, or of nothing but letters and digits.
    pub fn parse<T: AsRef<str>>(list: &[T]) -> Result<Self, BadSeparator> {
        let mut separators: Vec<String> = list.iter().map(|text| text.as_ref().to_owned()).collect();
        let bad = |text: &&String| {
            text.is_empty() || text.len() > BYTES_MAX || text.bytes().all(|byte| byte.is_ascii_alphanumeric())
        };
        if let Some(text) = separators.iter().find(bad) {
            return Err(BadSeparator(text.clone()));
        }
        separators.sort_by_key(|text| std::cmp::Reverse(text.len()));
        Ok(Self(separators))
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }

    /// Puts FNC1 where one of them stands. A text that has FNC1 already came from a scanner that can send it: it stays as it is.
    pub(crate) fn restore<'a>(&self, text: &'a str) -> Restored<'a> {
        let mut restored = String::new();
        let mut moved = Vec::new();
        let mut rest = text;
        while !text.contains(FNC1)
            && let Some((before, separator, after)) = self.first(rest)
        {
            restored.push_str(before);
            restored.push(FNC1);
            moved.push((restored.len(), separator.len().saturating_sub(FNC1.len_utf8())));
            rest = after;
        }
        if moved.is_empty() {
            return Restored { text: Cow::Borrowed(text), moved };
        }
        restored.push_str(rest);
        Restored { text: Cow::Owned(restored), moved }
    }

    /// What stands before the first separator, it, and what follows.
    fn first<'a>(&self, text: &'a str) -> Option<(&'a str, &str, &'a str)> {
        text.char_indices().find_map(|(at, _)| {
            let (before, from) = text.split_at_checked(at)?;
            let separator = self.0.iter().find(|separator| from.starts_with(separator.as_str()))?;
            // `|]e0` stands before the composite component of an EAN symbol, and is no separator.
            let after = from.strip_prefix(separator.as_str()).filter(|after| !after.starts_with("]e0"))?;
            Some((before, separator.as_str(), after))
        })
    }
}

impl Restored<'_> {
    /// Where a byte of the restored text stood in the text that was given.
    pub(crate) fn position_as_given(&self, at: usize) -> usize {
        let before = self.moved.iter().take_while(|(end, _)| *end <= at);
        before.fold(at, |position, (_, by)| position.saturating_add(*by))
    }
}

impl fmt::Display for BadSeparator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} cannot stand for FNC1: give 1 to 8 bytes, not only letters and digits", self.0)
    }
}

impl std::error::Error for BadSeparator {}

#[cfg(test)]
mod tests {
    use super::*;

    /// `text | restored`; `#` stands for FNC1.
    fn check(row: &str) {
        let (text, expected) = row.split_once(" => ").unwrap();
        let text = text.replace('#', "\u{1d}");
        let restored = Separators::default().restore(&text);
        assert_eq!(restored.text.replace('\u{1d}', "#"), expected, "{row}");
    }

    #[test]
    fn separators_are_put_back() {
        check("10A~21B => 10A#21B");
        check("10A|21B|99C => 10A#21B#99C");
        check("<GS>10A<GS>21B => #10A#21B");
        check("10A^]21B => 10A#21B");
        check("10A\\x1d21B => 10A#21B");
        check("10A{GS}21B => 10A#21B");
        check("10A#21B~C => 10A#21B~C");
        check("]E0123|]e010A|21B => ]E0123|]e010A#21B");
        check("Grüße~10A => Grüße#10A");
        check(" => ");
    }

    #[test]
    fn positions_are_those_of_the_text_that_was_given() {
        let restored = Separators::default().restore("10A<GS>21B~99C");
        for (now, given) in [(0, 0), (2, 2), (3, 3), (4, 7), (6, 9), (7, 10), (8, 11), (10, 13)] {
            assert_eq!(restored.position_as_given(now), given, "{now}");
        }
    }

    #[test]
    fn a_list_is_checked() {
        for (list, is_good) in [
            (vec!["$$"], true),
            (vec!["GS"], false),
            (vec![""], false),
            (vec!["123456789"], false),
            (vec![], true),
        ] {
            assert_eq!(Separators::parse(&list).is_ok(), is_good, "{list:?}");
        }
        let both = Separators::parse(&["!", "!!"]).unwrap();
        assert_eq!(both.restore("A!!B").text, "A\u{1d}B", "the longer one is looked for first");
    }
}

/// The characters that a part of a value may consist of (GS1 General Specifications, figures 7.11-1 to 7.11-3).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charset {
    /// `0` to `9`.
    Digits,
    /// Letters, digits and the punctuation of ISO/IEC 646 that is the same everywhere.
    Cset82,
    /// Capital letters, digits and `#-/`.
    Cset39,
    /// Letters, digits, `-` and `_`; `=` fills up at the end.
    Cset64,
}

const DIGITS: u8 = 1;
const CSET82: u8 = 2;
const CSET39: u8 = 4;
const CSET64: u8 = 8;
const URI: u8 = 16;
const UNRESERVED: u8 = 32;

/// For every byte, the sets that it belongs to.
static SETS: [u8; 256] = sets();

impl Charset {
    /// Where the first character stands that is not of this set.
    pub(crate) fn first_other(self, text: &str) -> Option<usize> {
        let set = match self {
            Self::Digits => DIGITS,
            Self::Cset82 => CSET82,
            Self::Cset39 => CSET39,
            Self::Cset64 => CSET64,
        };
        text.bytes().position(|byte| !is_in(set, byte))
    }
}

/// The value of a character in character set 82: its place in it, 0 to 81.
pub(crate) fn cset82_value(byte: u8) -> Option<u32> {
    let before = SETS.iter().take(usize::from(byte)).filter(|sets| **sets & CSET82 != 0).count();
    is_in(CSET82, byte).then(|| u32::try_from(before).ok())?
}

/// Where the first character stands that no URI may hold, not even to mean something else (RFC 3986, section 2).
pub(crate) fn first_outside_uri(text: &str) -> Option<usize> {
    text.bytes().position(|byte| !is_in(URI, byte))
}

/// Whether a URI may hold the character as itself, wherever it stands (RFC 3986, section 2.3).
pub(crate) fn is_unreserved(byte: u8) -> bool {
    is_in(UNRESERVED, byte)
}

fn is_in(set: u8, byte: u8) -> bool {
    SETS.get(usize::from(byte)).is_some_and(|sets| *sets & set != 0)
}

const fn sets() -> [u8; 256] {
    let mut sets = [0; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        sets[byte as usize] = sets_of(byte);
        byte = byte.saturating_add(1);
    }
    sets
}

const fn sets_of(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => DIGITS | CSET82 | CSET39 | CSET64 | URI | UNRESERVED,
        b'A'..=b'Z' => CSET82 | CSET39 | CSET64 | URI | UNRESERVED,
        b'a'..=b'z' | b'_' => CSET82 | CSET64 | URI | UNRESERVED,
        b'-' => CSET82 | CSET39 | CSET64 | URI | UNRESERVED,
        b'.' => CSET82 | URI | UNRESERVED,
        b'/' => CSET82 | CSET39 | URI,
        b'#' => CSET39 | URI,
        b'~' => URI | UNRESERVED,
        b'!' | b'%' | b'&' | b'\'' | b'(' | b')' | b'*' | b'+' | b',' | b':' | b';' | b'=' | b'?' => {
            CSET82 | URI
        }
        b'"' | b'<' | b'>' => CSET82,
        b'[' | b']' | b'@' | b'$' => URI,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_have_their_members() {
        let members =
            |set| (0..=u8::MAX).filter(|byte| is_in(set, *byte)).map(char::from).collect::<String>();
        assert_eq!(members(DIGITS), "0123456789");
        assert_eq!(members(CSET39), "#-/0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");
        assert_eq!(members(CSET64).len(), 64);
        assert_eq!(
            members(CSET82),
            "!\"%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"
        );
        assert_eq!(members(UNRESERVED).len(), 66);
        assert_eq!(members(URI).len(), 66 + "%:/?#[]@!$&'()*+,;=".len());
    }

    #[test]
    fn values_count_up() {
        for (byte, value) in
            [(b'!', Some(0)), (b'0', Some(13)), (b'A', Some(29)), (b'z', Some(81)), (b' ', None)]
        {
            assert_eq!(cset82_value(byte), value, "{}", char::from(byte));
        }
    }

    #[test]
    fn the_first_stranger_is_named() {
        for (charset, text, at) in [
            (Charset::Digits, "12x", Some(2)),
            (Charset::Digits, "1é", Some(1)),
            (Charset::Cset82, "a b", Some(1)),
            (Charset::Cset82, "a\"b", None),
            (Charset::Cset39, "A-1#/", None),
            (Charset::Cset39, "Ab", Some(1)),
            (Charset::Cset64, "a=", Some(1)),
        ] {
            assert_eq!(charset.first_other(text), at, "{text}");
        }
    }
}

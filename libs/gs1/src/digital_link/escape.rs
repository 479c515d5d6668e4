use std::borrow::Cow;

use crate::charset::is_unreserved;

/// Where a text stands in a URI. In a query, `+` means a space.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
}

/// A text without its escapes. A percent sign that no two hexadecimal digits follow means itself (WHATWG URL, percent-decode).
///
/// The error is the byte where what is not UTF-8 begins.
pub(crate) fn unescaped(text: &str, place: Place) -> Result<Cow<'_, str>, usize> {
    let is_escape = |byte: u8| byte == b'%' || (byte == b'+' && place == Place::Query);
    if !text.bytes().any(is_escape) {
        return Ok(Cow::Borrowed(text));
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, behind)) = next(rest, place) {
        bytes.push(byte);
        rest = behind;
    }
    String::from_utf8(bytes).map(Cow::Owned).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        position_as_written(text, valid)
    })
}

/// Where a byte of the text stands as it is written.
pub(crate) fn position_as_written(text: &str, at: usize) -> usize {
    let mut rest = text.as_bytes();
    for _ in 0..at {
        rest = next(rest, Place::Path).map_or(&[], |(_, behind)| behind);
    }
    text.len().saturating_sub(rest.len())
}

/// The next byte that is meant, and what follows it.
fn next(bytes: &[u8], place: Place) -> Option<(u8, &[u8])> {
    match bytes {
        [b'%', high, low, behind @ ..] => match hexadecimal(*high, *low) {
            Some(byte) => Some((byte, behind)),
            None => Some((b'%', bytes.get(1..)?)),
        },
        [b'+', behind @ ..] if place == Place::Query => Some((b' ', behind)),
        [byte, behind @ ..] => Some((*byte, behind)),
        [] => None,
    }
}

fn hexadecimal(high: u8, low: u8) -> Option<u8> {
    let digit = |byte: u8| u8::try_from(char::from(byte).to_digit(16)?).ok();
    Some(digit(high)?.saturating_mul(16).saturating_add(digit(low)?))
}

/// Writes a text so that it means itself wherever it stands in a URI.
pub(super) fn push_escaped(uri: &mut String, text: &str) {
    const HEXADECIMAL: [char; 16] =
        ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    for byte in text.bytes() {
        if is_unreserved(byte) {
            uri.push(char::from(byte));
        } else {
            uri.push('%');
            let [high, low] = [byte.div_euclid(16), byte.rem_euclid(16)];
            uri.extend([high, low].iter().filter_map(|half| HEXADECIMAL.get(usize::from(*half))));
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn escapes_mean_bytes() {
        for (text, path, query) in [
            ("abc", "abc", "abc"),
            ("32a%2Fb", "32a/b", "32a/b"),
            ("a%2fb%20c", "a/b c", "a/b c"),
            ("a+b%2B", "a+b+", "a b+"),
            ("%", "%", "%"),
            ("%4", "%4", "%4"),
            ("%4G%", "%4G%", "%4G%"),
            ("%%41", "%A", "%A"),
            ("%C3%A9", "é", "é"),
        ] {
            assert_eq!(unescaped(text, Place::Path).as_deref(), Ok(path), "{text}");
            assert_eq!(unescaped(text, Place::Query).as_deref(), Ok(query), "{text}");
        }
        assert_eq!(unescaped("a%41%FFb", Place::Path), Err(4));
    }

    #[test]
    fn positions_are_those_of_the_written_text() {
        for (at, written) in [(0, 0), (1, 1), (2, 4), (3, 7), (9, 8)] {
            assert_eq!(position_as_written("a%41%42c", at), written, "{at}");
        }
    }

    proptest! {
        #[test]
        fn what_is_escaped_is_unescaped(text in "\\PC{0,20}") {
            let mut escaped = String::new();
            push_escaped(&mut escaped, &text);
            prop_assert!(escaped.bytes().all(|byte| is_unreserved(byte) || byte == b'%'));
            for place in [Place::Path, Place::Query] {
                let unescaped = unescaped(&escaped, place);
                prop_assert_eq!(unescaped.as_deref(), Ok(text.as_str()));
            }
        }
    }
}

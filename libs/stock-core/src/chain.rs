use std::fmt;

use sha2::{Digest, Sha256};

/// The hash of a journal up to an entry: SHA-256 over the hash before and then the entry's bytes. 32 zero bytes stand
/// before the first entry.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ChainHash([u8; 32]);

impl ChainHash {
    /// Before the first entry.
    pub const START: Self = Self([0; 32]);

    /// The hash after `entry`.
    #[must_use]
    pub fn next(&self, entry: &[u8]) -> Self {
        Self(Sha256::new().chain_update(self.0).chain_update(entry).finalize().into())
    }

    /// From stored bytes.
    pub const fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// As bytes.
    pub const fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Display for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Every record of the event log carries it: a table instead of 32 formatted writes.
        const DIGITS: &[u8; 16] = b"0123456789abcdef";
        let digit = |nibble: u8| DIGITS.get(usize::from(nibble)).map_or('0', |digit| char::from(*digit));
        let text: String = self.0.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect();
        f.write_str(&text)
    }
}

impl fmt::Debug for ChainHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_chain_is_plain_sha256() {
        // printf '%064d' 0 | xxd -r -p | cat - <(printf abc) | sha256sum
        let first = ChainHash::START.next(b"abc");
        let expected: [u8; 32] = Sha256::digest([&[0; 32][..], b"abc"].concat()).into();
        assert_eq!(first.as_bytes(), &expected);
        assert_ne!(first.next(b""), first);
    }

    #[test]
    fn it_is_shown_in_hex() {
        let mut bytes = [0; 32];
        (bytes[0], bytes[1], bytes[31]) = (0x0f, 0xa0, 0xff);
        let expected = format!("0fa0{}ff", "0".repeat(58));
        assert_eq!(ChainHash::from_bytes(bytes).to_string(), expected);
    }
}

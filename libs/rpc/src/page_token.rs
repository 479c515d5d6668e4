use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

use crate::{ApiError, Reason};

const VERSION: u8 = 1;
const SCOPE_BYTES: usize = 8;
const CHECKSUM_BYTES: usize = 4;
const TOKEN_LENGTH_MAX: usize = 4096;

/// An opaque page token: the key of the last row of a page (keyset paging) and what the page belongs to. It carries no secret and
/// no authority: it only says where to go on, and is refused when it was cut, changed, or made for another request.
#[derive(Debug, Clone, Copy)]
pub struct PageToken;

impl PageToken {
    /// The token of the page after `key`. `scope` is every other field of the request that must stay the same, as text.
    pub fn encode(key: &[&str], scope: &str) -> String {
        let mut bytes = vec![VERSION];
        bytes.extend(head(scope.as_bytes(), SCOPE_BYTES));
        for part in key {
            bytes.extend(u32::try_from(part.len()).unwrap_or(u32::MAX).to_be_bytes());
            bytes.extend(part.as_bytes());
        }
        let checksum = head(&bytes, CHECKSUM_BYTES);
        bytes.extend(checksum);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The key in `token`, as many parts as were encoded. An empty token is the first page: do not decode it.
    ///
    /// # Errors
    /// `BAD_PAGE_TOKEN` for anything that [`PageToken::encode`] did not make for this scope.
    pub fn decode(token: &str, scope: &str) -> Result<Vec<String>, ApiError> {
        let unreadable =
            || refused("cannot be read: pass it on exactly as it was answered, or leave it empty");
        if token.len() > TOKEN_LENGTH_MAX {
            return Err(unreadable());
        }
        let bytes = URL_SAFE_NO_PAD.decode(token).map_err(|_| unreadable())?;
        let (body, checksum) = bytes.split_last_chunk::<CHECKSUM_BYTES>().ok_or_else(unreadable)?;
        if head(body, CHECKSUM_BYTES) != checksum {
            return Err(unreadable());
        }
        let (version, body) = body.split_first().ok_or_else(unreadable)?;
        let (token_scope, key) = body.split_at_checked(SCOPE_BYTES).ok_or_else(unreadable)?;
        if *version != VERSION || token_scope != head(scope.as_bytes(), SCOPE_BYTES) {
            return Err(refused(
                "belongs to another request: keep every other field as it was, or leave it empty",
            ));
        }
        parts(key).ok_or_else(unreadable)
    }
}

fn parts(mut bytes: &[u8]) -> Option<Vec<String>> {
    let mut parts = Vec::new();
    while !bytes.is_empty() {
        let (length, rest) = bytes.split_first_chunk::<4>()?;
        let (part, rest) = rest.split_at_checked(usize::try_from(u32::from_be_bytes(*length)).ok()?)?;
        parts.push(std::str::from_utf8(part).ok()?.to_owned());
        bytes = rest;
    }
    Some(parts)
}

fn head(bytes: &[u8], length: usize) -> Vec<u8> {
    Sha256::digest(bytes).iter().copied().take(length).collect()
}

fn refused(problem: &str) -> ApiError {
    ApiError::invalid(Reason::BadPageToken, "page_token", format!("the page token {problem}"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn round_trips(key in prop::collection::vec(".{0,40}", 0..4), scope in ".{0,40}", other in ".{0,40}") {
            let parts: Vec<&str> = key.iter().map(String::as_str).collect();
            let token = PageToken::encode(&parts, &scope);
            prop_assert_eq!(PageToken::decode(&token, &scope).unwrap(), key);
            prop_assert_eq!(PageToken::decode(&token, &other).is_ok(), other == scope);
        }

        #[test]
        fn a_changed_token_is_refused(at in 0_usize..30, to in "[A-Za-z0-9_-]") {
            let token = PageToken::encode(&["A-1", "MAIN"], "BER");
            let mut changed = token.clone();
            changed.replace_range(at..=at, &to);
            prop_assert_eq!(PageToken::decode(&changed, "BER").is_ok(), changed == token);
        }

        #[test]
        fn anything_else_is_refused(token in ".{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            prop_assert!(PageToken::decode(&token, "").is_err());
            let encoded = URL_SAFE_NO_PAD.encode(bytes);
            prop_assert_eq!(PageToken::decode(&encoded, "").unwrap_err().reason, Reason::BadPageToken);
        }
    }
}

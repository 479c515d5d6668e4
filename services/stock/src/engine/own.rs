//! Documents of the warehouse's own jobs. Their ids are UUIDs of version 8 (RFC 9562, section 5.8), which no caller may give: an id
//! that somebody else had used would keep a job from doing its work for ever.

use stock_core::{Document, Line, RequestDigest};
use vocabulary::RequestId;

use super::Request;

const VERSION: usize = 8;

/// About what such a document takes in the queue, in bytes.
const BYTES_A_DOCUMENT: usize = 64;

/// A document whose id and digest follow from a name alone, so that it is the same after a restart.
pub(super) fn document(name: &str, reference: impl Into<String>, lines: Vec<Line>) -> Document {
    let digest = RequestDigest::of(name.as_bytes());
    Document {
        request_id: named_id(digest),
        digest,
        effective_at: None,
        reference: reference.into(),
        lines,
        pass_lock: false,
        time_may_move: false,
        today: None,
    }
}

/// It as the owner takes it.
pub(super) fn request(document: Document) -> Request {
    let (request_id, digest) = (document.request_id, document.digest);
    Request { request_id, digest, bytes: BYTES_A_DOCUMENT, document: Ok(document), traceparent: None }
}

/// Whether only the warehouse itself gives such ids.
pub(crate) fn is_own(id: RequestId) -> bool {
    id.uuid().get_version_num() == VERSION
}

/// 122 bits of a SHA-256 (RFC 9562, appendix B.2).
fn named_id(digest: RequestDigest) -> RequestId {
    let mut bytes = *digest.as_bytes();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    RequestId::from_bytes(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_follows_from_the_name() {
        let id = |name: &str| document(name, "", Vec::new()).request_id;
        assert_eq!(id("expire 12-0"), id("expire 12-0"));
        assert_ne!(id("expire 12-0"), id("expire 12-1"));
        let text = id("expire 12-0").to_string();
        let read = RequestId::parse(&text).unwrap();
        assert!(read.to_string() == text && is_own(read));
        assert!(!is_own(RequestId::parse("6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f").unwrap()));
    }
}

use sha2::{Digest, Sha256};

/// Digest of a request's content as it was sent: the same request id with another digest is another request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct RequestDigest([u8; 16]);

impl RequestDigest {
    /// SHA-256 over `content`, first 16 bytes.
    pub fn of(content: &[u8]) -> Self {
        let full: [u8; 32] = Sha256::digest(content).into();
        let mut half = [0; 16];
        half.copy_from_slice(full.split_at(16).0);
        Self(half)
    }

    /// From stored bytes.
    pub const fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }

    /// As bytes.
    pub const fn as_bytes(&self) -> &[u8; 16] {
        &self.0
    }
}

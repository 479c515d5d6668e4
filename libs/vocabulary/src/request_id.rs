use std::fmt;

use uuid::Uuid;

use crate::Invalid;

/// The caller's id of a request: a UUID. One id has one effect.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RequestId(Uuid);

impl RequestId {
    /// Reads a UUID in its hyphenated form; the nil UUID is refused.
    ///
    /// # Errors
    /// [`Invalid`] for anything else.
    pub fn parse(text: &str) -> Result<Self, Invalid> {
        const ALLOWED: &str = "a UUID such as 6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f, not the nil UUID";
        match Uuid::try_parse(text) {
            Ok(uuid) if text.len() == 36 && !uuid.is_nil() => Ok(Self(uuid)),
            Ok(_) | Err(_) => Err(Invalid::new("request_id", text, ALLOWED)),
        }
    }

    /// From the 16 bytes of a stored id.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }

    /// From a UUID made by the program itself.
    pub fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// As UUID.
    pub fn uuid(self) -> Uuid {
        self.0
    }

    /// As bytes.
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hyphenated_uuids() {
        for (text, ok) in [
            ("6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f", true),
            ("6f2c1c5e8f0a4f7e9d5b0a1b2c3d4e5f", false),
            ("00000000-0000-0000-0000-000000000000", false),
            ("{6f2c1c5e-8f0a-4f7e-9d5b-0a1b2c3d4e5f}", false),
            ("", false),
        ] {
            assert_eq!(RequestId::parse(text).is_ok(), ok, "{text:?}");
        }
    }
}

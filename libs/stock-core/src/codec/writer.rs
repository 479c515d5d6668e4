use std::fmt::{Display, Write as _};

/// Writes protobuf (encoding guide, protobuf.dev) straight from our own types. The generated messages would first be filled with
/// copies of every text, which costs several times as much as writing. As proto3 wants, defaults are left out.
#[derive(Debug, Default)]
pub(super) struct Writer {
    bytes: Vec<u8>,
}

const VARINT: u32 = 0;
const LENGTH_DELIMITED: u32 = 2;

impl Writer {
    pub(super) fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    pub(super) fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// Fields that somebody else has written.
    pub(super) fn written(&mut self, fields: &[u8]) {
        self.bytes.extend_from_slice(fields);
    }

    /// An integer, an enum's number or a bool.
    pub(super) fn number(&mut self, field: u32, value: impl Into<u64>) {
        let value = value.into();
        if value != 0 {
            self.key(field, VARINT);
            self.varint(value);
        }
    }

    /// An int64, which is never negative here.
    pub(super) fn signed(&mut self, field: u32, value: i64) {
        self.number(field, value.cast_unsigned());
    }

    pub(super) fn bytes(&mut self, field: u32, value: &[u8]) {
        if !value.is_empty() {
            self.key(field, LENGTH_DELIMITED);
            self.varint(value.len() as u64);
            self.bytes.extend_from_slice(value);
        }
    }

    pub(super) fn text(&mut self, field: u32, value: &str) {
        self.bytes(field, value.as_bytes());
    }

    /// A message, written even when it is empty.
    pub(super) fn message(&mut self, field: u32, content: impl FnOnce(&mut Self)) {
        self.key(field, LENGTH_DELIMITED);
        let start = self.bytes.len();
        // Room for the length of nearly every message; a longer one is moved.
        self.bytes.push(0);
        content(self);
        self.put_length(start);
    }

    /// A `Decimal`: a message with the number as text in its first field.
    pub(super) fn decimal(&mut self, field: u32, number: impl Display) {
        self.message(field, |message| {
            message.key(1, LENGTH_DELIMITED);
            let start = message.bytes.len();
            message.bytes.push(0);
            // Writing into memory does not fail.
            let _written = write!(message, "{number}");
            message.put_length(start);
        });
    }

    /// Puts the length of what stands behind the byte at `start` into that byte, or makes room for a longer one.
    fn put_length(&mut self, start: usize) {
        let length = self.bytes.len().saturating_sub(start).saturating_sub(1);
        match (u8::try_from(length), self.bytes.get_mut(start)) {
            (Ok(length @ 0..=0x7f), Some(byte)) => *byte = length,
            _ => {
                let mut prefix = Self::default();
                prefix.varint(length as u64);
                let _placeholder = self.bytes.splice(start..=start, prefix.bytes);
            }
        }
    }

    fn key(&mut self, field: u32, kind: u32) {
        self.varint(u64::from(field << 3 | kind));
    }

    fn varint(&mut self, mut value: u64) {
        while let Ok(more) = u8::try_from(value & 0x7f)
            && value > 0x7f
        {
            self.bytes.push(more | 0x80);
            value >>= 7;
        }
        self.bytes.push(u8::try_from(value).unwrap_or(u8::MAX));
    }
}

impl std::fmt::Write for Writer {
    fn write_str(&mut self, text: &str) -> std::fmt::Result {
        self.bytes.extend_from_slice(text.as_bytes());
        Ok(())
    }
}

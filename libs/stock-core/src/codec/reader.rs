use super::CodecError;

/// Reads protobuf (encoding guide, protobuf.dev) without copying a text: a start reads a million entries, and most of what
/// the generated messages would hold is dropped at once. Fields that are not known are passed over.
#[derive(Debug, Clone, Copy)]
pub(super) struct Reader<'a> {
    rest: &'a [u8],
}

/// A field's content.
#[derive(Debug, Clone, Copy)]
pub(super) enum Field<'a> {
    /// A number.
    Number(u64),
    /// A text, bytes or a message.
    Bytes(&'a [u8]),
    /// A kind that this format does not use.
    Other,
}

const BITS_A_BYTE: u32 = 7;
const SHIFT_MAX: u32 = 63;

impl<'a> Reader<'a> {
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// All that was not read yet.
    pub(super) const fn rest(self) -> &'a [u8] {
        self.rest
    }

    /// The next field's number and content, `None` at the end.
    pub(super) fn next(&mut self) -> Result<Option<(u64, Field<'a>)>, CodecError> {
        if self.rest.is_empty() {
            return Ok(None);
        }
        let key = self.varint()?;
        let field = match key & 7 {
            0 => Field::Number(self.varint()?),
            1 => self.skip(8)?,
            2 => {
                let length = usize::try_from(self.varint()?).map_err(|_| cut())?;
                Field::Bytes(self.take(length)?)
            }
            5 => self.skip(4)?,
            other => return Err(CodecError::Protobuf(format!("a field of wire type {other}"))),
        };
        Ok(Some((key >> 3, field)))
    }

    fn skip(&mut self, length: usize) -> Result<Field<'a>, CodecError> {
        self.take(length).map(|_| Field::Other)
    }

    fn take(&mut self, length: usize) -> Result<&'a [u8], CodecError> {
        let (taken, rest) = self.rest.split_at_checked(length).ok_or_else(cut)?;
        self.rest = rest;
        Ok(taken)
    }

    fn varint(&mut self) -> Result<u64, CodecError> {
        let mut value = 0_u64;
        for shift in (0..=SHIFT_MAX).step_by(7) {
            let (byte, rest) = self.rest.split_first().ok_or_else(cut)?;
            self.rest = rest;
            let low = u64::from(byte & 0x7f);
            // The tenth byte holds the 64th bit and nothing else.
            if shift == SHIFT_MAX && low > 1 {
                break;
            }
            value |= low << shift;
            if byte >> BITS_A_BYTE == 0 {
                return Ok(value);
            }
        }
        Err(CodecError::Protobuf("a number of more than 64 bits".to_owned()))
    }
}

impl<'a> Field<'a> {
    /// A number; 0 for anything else.
    pub(super) const fn number(self) -> u64 {
        match self {
            Self::Number(number) => number,
            Self::Bytes(_) | Self::Other => 0,
        }
    }

    pub(super) fn small(self) -> Result<u32, CodecError> {
        u32::try_from(self.number())
            .map_err(|_| CodecError::Protobuf("a number of more than 32 bits".to_owned()))
    }

    /// Bytes; none for anything else.
    pub(super) const fn bytes(self) -> &'a [u8] {
        match self {
            Self::Bytes(bytes) => bytes,
            Self::Number(_) | Self::Other => &[],
        }
    }

    pub(super) fn text(self) -> Result<&'a str, CodecError> {
        std::str::from_utf8(self.bytes()).map_err(|e| CodecError::Protobuf(e.to_string()))
    }

    pub(super) const fn message(self) -> Reader<'a> {
        Reader::new(self.bytes())
    }
}

fn cut() -> CodecError {
    CodecError::Protobuf("it ends in the middle of a field".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_protobuf_is_said_so() {
        for bytes in [
            &[0x08][..],
            &[0x08, 0x80],
            &[0x12, 5, 1],
            &[0x0b],
            &[0x09, 1],
            &[0x08, 255, 255, 255, 255, 255, 255, 255, 255, 255, 2],
        ] {
            let mut reader = Reader::new(bytes);
            assert!(reader.next().is_err(), "{bytes:?}");
        }
    }

    #[test]
    fn fields_come_in_order_and_unknown_kinds_are_passed_over() {
        // 1: 300, 2: "ab", 3: fixed64, 4: fixed32, 5: the largest number.
        let mut bytes =
            vec![0x08, 0xac, 0x02, 0x12, 2, b'a', b'b', 0x19, 0, 0, 0, 0, 0, 0, 0, 0, 0x25, 0, 0, 0, 0, 0x28];
        bytes.extend([0xff; 9]);
        bytes.push(1);
        let (mut reader, mut found) = (Reader::new(&bytes), Vec::new());
        while let Some((number, field)) = reader.next().unwrap() {
            found.push((number, field.number(), field.text().unwrap()));
        }
        assert_eq!(found, [(1, 300, ""), (2, 0, "ab"), (3, 0, ""), (4, 0, ""), (5, u64::MAX, "")]);
    }
}

//! Headers as one blob: for each the length of its name and of its value (u32, little endian), then both.

use bytes::{Buf, Bytes};

use crate::fault::LogFault;
use crate::header::{Header, name};

pub(super) fn encode(headers: &[Header]) -> Vec<u8> {
    let size = headers.iter().map(|(name, value)| 8 + name.len() + value.len()).sum();
    let mut blob = Vec::with_capacity(size);
    for (name, value) in headers {
        for length in [name.len(), value.len()] {
            // `limits::check_record` bounds both far below 4 GiB.
            blob.extend_from_slice(&u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes());
        }
        blob.extend_from_slice(name.as_bytes());
        blob.extend_from_slice(value);
    }
    blob
}

pub(super) fn decode(mut blob: Bytes) -> Result<Vec<Header>, LogFault> {
    let mut headers = Vec::new();
    while !blob.is_empty() {
        headers
            .push(decode_one(&mut blob).ok_or_else(|| LogFault::rejected("the file has damaged headers"))?);
    }
    Ok(headers)
}

fn decode_one(blob: &mut Bytes) -> Option<Header> {
    let name_length = length(blob)?;
    let value_length = length(blob)?;
    let text = take(blob, name_length)?;
    Some((name(std::str::from_utf8(&text).ok()?), take(blob, value_length)?))
}

fn length(blob: &mut Bytes) -> Option<usize> {
    usize::try_from(blob.try_get_u32_le().ok()?).ok()
}

fn take(blob: &mut Bytes, length: usize) -> Option<Bytes> {
    (length <= blob.len()).then(|| blob.split_to(length))
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;

    use super::{decode, encode};

    #[test]
    fn round_trips_in_order() {
        let headers = vec![
            ("ce_id".into(), Bytes::from_static(b"BER/1")),
            ("twice".into(), Bytes::new()),
            ("twice".into(), Bytes::from_static(&[0, 255])),
        ];
        assert_eq!(decode(encode(&headers).into()), Ok(headers));
        assert_eq!(decode(Bytes::new()), Ok(vec![]));
    }

    #[test]
    fn damaged_headers_are_a_fault_at_every_length() {
        let blob = encode(&[("name".into(), Bytes::from_static(b"value"))]);
        for length in 1..blob.len() {
            assert!(decode(Bytes::copy_from_slice(&blob[..length])).is_err(), "{length}");
        }
    }
}

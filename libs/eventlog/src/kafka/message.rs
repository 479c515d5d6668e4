//! Between our records and librdkafka's messages.

use bytes::{Bytes, BytesMut};
use rdkafka::message::{BorrowedMessage, Header, Headers, Message, OwnedHeaders};

use crate::header::name;
use crate::record::{Delivered, Record};

pub(super) fn headers_of(record: &Record) -> OwnedHeaders {
    let headers = OwnedHeaders::new_with_capacity(record.headers.len());
    record.headers.iter().fold(headers, |headers, (key, value)| {
        let value: &[u8] = value;
        headers.insert(Header { key, value: Some(value) })
    })
}

/// Copies the message out of librdkafka's memory, into one buffer that its parts share. A missing key, value or header
/// value, which we never publish, is read as an empty one.
pub(super) fn delivered(message: &BorrowedMessage<'_>) -> Delivered {
    let (key, value) = (message.key().unwrap_or_default(), message.payload().unwrap_or_default());
    let headers = || message.headers().into_iter().flat_map(Headers::iter);
    let headers_size: usize = headers().map(|header| header.value.map_or(0, <[u8]>::len)).sum();
    let mut buffer = BytesMut::with_capacity(key.len() + value.len() + headers_size);
    let mut own = |part: &[u8]| -> Bytes {
        buffer.extend_from_slice(part);
        buffer.split().freeze()
    };
    let record = Record {
        key: own(key),
        value: own(value),
        headers: headers().map(|header| (name(header.key), own(header.value.unwrap_or_default()))).collect(),
    };
    Delivered { partition: message.partition(), offset: message.offset(), record }
}

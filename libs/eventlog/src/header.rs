use std::borrow::Cow;

use bytes::Bytes;

/// A header's name. The names that nearly every record carries are never copied.
pub type HeaderName = Cow<'static, str>;

/// A header's name and value.
pub type Header = (HeaderName, Bytes);

/// The attributes of a CloudEvent in Kafka's binary mode, as our publishers name them.
const KNOWN: [&str; 10] = [
    "ce_specversion",
    "ce_id",
    "ce_source",
    "ce_type",
    "ce_subject",
    "ce_time",
    "ce_sequence",
    "ce_hash",
    "content-type",
    "traceparent",
];

/// The name `text`, without a copy if it is a known one.
pub(crate) fn name(text: &str) -> HeaderName {
    let known = KNOWN.iter().find(|known| **known == text);
    known.map_or_else(|| Cow::Owned(text.to_owned()), |known| Cow::Borrowed(*known))
}

use gs1::{Content, Scan, parse_scan};
use serde_json::Value;

use super::answer::{Fields, compare, list};
use super::question::{input, rules};
use crate::case::Case;
use crate::verdict::Verdict;

/// What a scanner sent.
pub(super) fn judge(case: &Case) -> Result<Verdict, Verdict> {
    compare(case, parse_scan(input(case)?, &rules(case)?).map(|scan| fields(&scan)))
}

fn fields(scan: &Scan<'_>) -> Fields {
    let (text, link, gtin) = match &scan.content {
        Content::Text(text) => (Value::from(*text), Value::Null, Value::Null),
        Content::Elements(_) => (Value::Null, Value::Null, Value::Null),
        Content::DigitalLink(link) => (Value::Null, Value::from(link.uri()), Value::Null),
        Content::Article { gtin, .. } => (Value::Null, Value::Null, Value::from(gtin.as_str())),
    };
    vec![
        ("symbology", scan.symbology.as_str().into()),
        ("plain_text", text),
        ("elements", scan.content.elements().map_or(Value::Null, list)),
        ("digital_link", link),
        ("gtin14", gtin),
    ]
}

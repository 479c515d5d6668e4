use gs1::DigitalLink;
use serde_json::Value;

use super::answer::{compare, list};
use super::question::{input, option, rules};
use crate::case::Case;
use crate::verdict::Verdict;

/// A Digital Link URI.
pub(super) fn judge(case: &Case) -> Result<Verdict, Verdict> {
    let (input, rules) = (input(case)?, rules(case)?);
    let permitted = option(case, "permit_zero_suppressed_gtin").and_then(Value::as_bool).unwrap_or_default();
    let link = if permitted {
        DigitalLink::parse_zero_suppressed(input, &rules)
    } else {
        DigitalLink::parse(input, &rules)
    };
    let fields = link.map(|link| {
        let elements = link.elements();
        vec![("elements", list(elements)), ("element_string", elements.to_element_string().into())]
    });
    compare(case, fields)
}

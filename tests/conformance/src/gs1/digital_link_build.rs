use gs1::{Stem, build_digital_link, parse_bracketed};
use serde_json::Value;

use super::answer::compare;
use super::question::{input, option, rules};
use crate::case::Case;
use crate::verdict::Verdict;

/// Elements in brackets, to be written as a Digital Link.
pub(super) fn judge(case: &Case) -> Result<Verdict, Verdict> {
    let (input, rules) = (input(case)?, rules(case)?);
    let uri = parse_bracketed(input, &rules).and_then(|elements| build_digital_link(stem(case)?, &elements));
    compare(case, uri.map(|uri| vec![("uri", uri.into())]))
}

fn stem(case: &Case) -> Result<Stem<'_>, gs1::Error> {
    option(case, "stem").and_then(Value::as_str).map_or(Ok(Stem::CANONICAL), Stem::parse)
}

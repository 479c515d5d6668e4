use super::{
    association, check_digit, digital_link, digital_link_build, element_string, epc_urn, label, scan,
    semantics,
};
use crate::case::Case;
use crate::verdict::Verdict;

/// Fields that ask, and fields for the reader: nothing to compare.
const NOT_COMPARED: &[&str] = &[
    "basis", "checks", "formula", "group", "input", "key_type", "kind", "note", "options", "origin",
    "reason", "rule", "source", "title",
];

/// Judges a case by its kind.
pub(crate) fn judge(case: &Case) -> Verdict {
    let Some(kind) = case.text("kind") else { return Verdict::malformed("it has no kind") };
    let judge: fn(&Case) -> Result<Verdict, Verdict> = match kind {
        "association" => association::judge,
        "bracketed" | "content_rule" => element_string::judge_bracketed,
        "check_digit" => |case| Ok(check_digit::judge(case)),
        "digital_link" => digital_link::judge,
        "digital_link_build" => digital_link_build::judge,
        "element_string" => element_string::judge,
        "epc_urn" => epc_urn::judge,
        "label" => label::judge,
        "scan" => scan::judge,
        "semantics" => semantics::judge,
        other => return Verdict::unsupported(format!("gs1 {other}")),
    };
    let compared = compared(kind);
    match case.fields.keys().find(|field| ![NOT_COMPARED, compared].concat().contains(&field.as_str())) {
        Some(field) => Verdict::unsupported(format!("field {field} of {kind}")),
        None => judge(case).unwrap_or_else(|verdict| verdict),
    }
}

/// The fields that are compared.
fn compared(kind: &str) -> &'static [&'static str] {
    match kind {
        "association" => &["valid", "overall_valid"],
        "check_digit" => &["valid", "expect"],
        _ => &["valid", "expect", "error"],
    }
}

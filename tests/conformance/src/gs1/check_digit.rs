use serde_json::Value;

use crate::case::Case;
use crate::verdict::Verdict;

/// Digits including the check digit, and a key type. Compared: the right check digit, and whether it is there.
pub(super) fn judge(case: &Case) -> Verdict {
    let (Some(input), Some(key_type)) = (case.text("input"), case.text("key_type")) else {
        return Verdict::malformed("it has no input or no key_type");
    };
    let Some(length) = length(key_type) else {
        return Verdict::unsupported(format!("key type {key_type}"));
    };
    let Some(valid) = case.fields.get("valid") else {
        return Verdict::malformed("it does not say whether the key is valid");
    };
    let (body, given) = input.split_at_checked(input.len().saturating_sub(1)).unwrap_or((input, ""));
    let right = vocabulary::check_digit(body).map(|digit| digit.to_string());
    let got_valid = input.len() == length && right.as_deref() == Some(given);
    let mut fields = vec![("valid", valid.clone(), Value::Bool(got_valid))];
    for (field, expected) in case.fields.get("expect").and_then(Value::as_object).into_iter().flatten() {
        match field.as_str() {
            "check_digit" => fields.push(("check_digit", expected.clone(), Value::from(right.clone()))),
            other => return Verdict::unsupported(format!("expectation {other} of check_digit")),
        }
    }
    Verdict::of_fields(fields)
}

/// Digits of a key of this type, the check digit included.
fn length(key_type: &str) -> Option<usize> {
    match key_type {
        "GTIN-8" => Some(8),
        "GTIN-12" => Some(12),
        "GTIN-13" | "GLN" => Some(13),
        "GTIN-14" => Some(14),
        "GSIN" => Some(17),
        "SSCC" => Some(18),
        _ => None,
    }
}

use serde_json::Value;

/// A JSON value as the text of a table or CSV cell: lists are joined by spaces, nested objects are left as JSON.
pub(super) fn text(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(values)) => {
            let parts: Vec<_> = values.iter().map(|v| text(Some(v))).collect();
            parts.join(" ")
        }
        Some(other @ (Value::Bool(_) | Value::Number(_) | Value::Object(_))) => other.to_string(),
    }
}

/// A cell that a spreadsheet would run as a formula gets an apostrophe in front, so that it stays text. Numbers keep their sign.
pub(super) fn harmless(cell: String) -> String {
    if is_number(&cell) { cell } else { catalog_core::item_csv::armed(&cell) }
}

fn is_number(cell: &str) -> bool {
    cell.trim_start_matches('-').bytes().all(|b| b.is_ascii_digit() || b == b'.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_become_text_and_numbers_stay() {
        for (cell, expected) in [
            ("=1+1", "'=1+1"),
            ("-2+3", "'-2+3"),
            ("-12.5", "-12.5"),
            ("@A1", "'@A1"),
            ("A-1", "A-1"),
            ("", ""),
        ] {
            assert_eq!(harmless(cell.to_owned()), expected);
        }
    }

    #[test]
    fn lists_are_joined() {
        assert_eq!(text(Some(&serde_json::json!(["a", 1, true]))), "a 1 true");
        assert_eq!(text(None), "");
    }
}

//! The configuration as TOML, without its secrets.

use serde::Serialize;
use serde_json::Value;

use crate::redact;

/// `settings` as TOML. What is not set (null) is left out: TOML has no word for it.
pub(crate) fn show<T: Serialize>(settings: &T) -> String {
    match serde_json::to_value(settings) {
        Ok(Value::Object(table)) => redacted(table.iter()).to_string(),
        Ok(_) => "# the configuration is not a table\n".to_owned(),
        Err(error) => format!("# the configuration cannot be shown: {error}\n"),
    }
}

fn redacted<'a>(entries: impl Iterator<Item = (&'a String, &'a Value)>) -> toml::Table {
    entries.filter_map(|(key, value)| Some((key.clone(), shown(key, value)?))).collect()
}

fn shown(key: &str, value: &Value) -> Option<toml::Value> {
    Some(match value {
        Value::Null => return None,
        Value::Bool(truth) => toml::Value::Boolean(*truth),
        Value::Number(number) => shown_number(number),
        Value::String(text) => toml::Value::String(redact::value(key, text)),
        Value::Array(values) => {
            toml::Value::Array(values.iter().filter_map(|value| shown(key, value)).collect())
        }
        Value::Object(table) => toml::Value::Table(redacted(table.iter())),
    })
}

/// TOML knows 64 bits with sign; what is greater is shown as text.
fn shown_number(number: &serde_json::Number) -> toml::Value {
    match (number.as_i64(), number.as_f64()) {
        (Some(whole), _) => toml::Value::Integer(whole),
        (None, Some(float)) if number.is_f64() => toml::Value::Float(float),
        _ => toml::Value::String(number.to_string()),
    }
}

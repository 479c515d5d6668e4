//! The environment as a layer.

use serde_json::Value;

use crate::SettingsError;
use crate::layer::{KeyPath, Layer, Source, Table, lookup};

/// Variables that begin with the prefix and are not configuration: the client's flags, and where tests find servers.
const RESERVED: [&str; 5] = ["SERVER", "OUTPUT", "CONFIG", "TIMEOUT", "LEDGER"];
const RESERVED_PREFIX: &str = "TEST_";
/// Stands between the parts of a nested key.
const NESTING: &str = "__";

/// Environment variables, and the prefix of those that are meant for us.
#[derive(Debug)]
pub(crate) struct Environment<'a> {
    pub(crate) prefix: &'a str,
    pub(crate) variables: &'a [(String, String)],
}

/// The variables of this process.
pub(crate) fn of_process() -> Vec<(String, String)> {
    let text = |os: std::ffi::OsString| os.to_string_lossy().into_owned();
    std::env::vars_os().map(|(name, value)| (text(name), text(value))).collect()
}

impl Environment<'_> {
    /// The variables as a layer over `beneath`, whose values tell what type a text stands for.
    pub(crate) fn layer(&self, beneath: &Table) -> Result<Layer, SettingsError> {
        let mut layer = Layer::new(Source::Environment { prefix: self.prefix.to_owned() }, Table::new());
        for (name, text) in self.variables {
            let Some(rest) = name.strip_prefix(self.prefix) else { continue };
            if is_reserved(rest) || is_service_link(rest, text) {
                continue;
            }
            let path: KeyPath = rest.to_lowercase().split(NESTING).map(str::to_owned).collect();
            let value = typed(text, lookup(beneath, &path));
            if !insert(&mut layer.values, &path, value) {
                return Err(SettingsError::BadValue {
                    key: path.join("."),
                    origin: layer.origin(&path),
                    problem: "another variable sets a key above or beneath it".to_owned(),
                });
            }
        }
        Ok(layer)
    }
}

fn is_reserved(rest: &str) -> bool {
    RESERVED.contains(&rest) || rest.starts_with(RESERVED_PREFIX)
}

/// Kubernetes tells every pod about every service: one called `entrepot` gives `ENTREPOT_SERVICE_HOST`,
/// `ENTREPOT_PORT=tcp://…`, `ENTREPOT_PORT_7700_TCP_ADDR` and more. Nobody wrote those as configuration.
fn is_service_link(rest: &str, text: &str) -> bool {
    if rest.contains(NESTING) {
        return false;
    }
    let parts: Vec<&str> = rest.split('_').collect();
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    parts.ends_with(&["SERVICE", "HOST"])
        || parts.windows(2).any(|pair| pair == ["SERVICE", "PORT"])
        || parts.windows(3).any(|three| three[0] == "PORT" && is_number(three[1]) && is_protocol(three[2]))
        || (parts.last() == Some(&"PORT") && text.contains("://"))
}

fn is_protocol(part: &str) -> bool {
    matches!(part, "TCP" | "UDP" | "SCTP")
}

/// A text as the type that stands there now: numbers, truth values and lists are parsed, everything else stays text.
/// (What is not known here is still converted when the value is read, except inside tagged enums.)
fn typed(text: &str, now: Option<&Value>) -> Value {
    let parsed = || serde_json::from_str::<Value>(text).ok();
    let text_value = || Value::String(text.to_owned());
    match now {
        Some(Value::Number(_)) => parsed().filter(Value::is_number).unwrap_or_else(text_value),
        Some(Value::Bool(_)) => parsed().filter(Value::is_boolean).unwrap_or_else(text_value),
        Some(Value::Array(_)) => parsed().filter(Value::is_array).unwrap_or_else(|| list(text)),
        Some(Value::Object(_)) => parsed().filter(Value::is_object).unwrap_or_else(text_value),
        Some(Value::Null | Value::String(_)) | None => text_value(),
    }
}

/// `BER,PAR` as a list of texts.
fn list(text: &str) -> Value {
    let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
    Value::Array(parts.map(|part| Value::String(part.to_owned())).collect())
}

/// Sets a nested key. False when it is set already, or when a value stands in the way.
fn insert(table: &mut Table, path: &[String], value: Value) -> bool {
    match path {
        [] => false,
        [last] => !table.contains_key(last) && table.insert(last.clone(), value).is_none(),
        [first, rest @ ..] => match table.entry(first.clone()).or_insert_with(|| Value::Object(Table::new()))
        {
            Value::Object(inner) => insert(inner, rest, value),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => false,
        },
    }
}

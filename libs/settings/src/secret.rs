//! `x_file`: the value of `x` is the content of a file.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use crate::SettingsError;
use crate::layer::{KeyPath, Layer, Table, lookup};

const SUFFIX: &str = "_file";

/// Replaces every `x_file` of the layer by `x`. A key that the program's defaults have (`certificate_file`) is a key of
/// its own, not a secret, and stays.
pub(crate) fn resolve(layer: &mut Layer, defaults: &Table) -> Result<(), SettingsError> {
    let mut found = Vec::new();
    collect(&layer.values, &mut Vec::new(), &mut found);
    for named in found {
        if lookup(defaults, &named).is_none() {
            replace(layer, &named)?;
        }
    }
    Ok(())
}

fn collect(table: &Table, above: &mut KeyPath, found: &mut Vec<KeyPath>) {
    for (key, value) in table {
        above.push(key.clone());
        match value {
            Value::Object(inner) => collect(inner, above, found),
            Value::String(_) if key.len() > SUFFIX.len() && key.ends_with(SUFFIX) => {
                found.push(above.clone())
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {}
        }
        above.pop();
    }
}

/// Replaces the key `named`, which ends in `_file`.
fn replace(layer: &mut Layer, named: &[String]) -> Result<(), SettingsError> {
    let mut target = named.to_vec();
    if let Some(last) = target.last_mut() {
        last.truncate(last.len() - SUFFIX.len());
    }
    if layer.sets(&target) {
        return Err(SettingsError::SetTwice { key: target.join("."), origin: layer.origin(&target) });
    }
    let Some(Value::String(path)) = lookup(&layer.values, named) else { return Ok(()) };
    let path = match layer.folder() {
        Some(folder) => folder.join(path),
        None => PathBuf::from(path),
    };
    let content = fs::read_to_string(&path).map_err(|error| SettingsError::SecretFile {
        key: named.join("."),
        origin: layer.origin(named),
        path,
        problem: error.to_string(),
    })?;
    if let (Some(table), Some(old), Some(new)) =
        (parent(&mut layer.values, named), named.last(), target.last())
    {
        table.remove(old);
        table.insert(new.clone(), Value::String(content.trim().to_owned()));
    }
    layer.from_secret_files.push(target);
    Ok(())
}

/// The table a key stands in.
fn parent<'a>(table: &'a mut Table, path: &[String]) -> Option<&'a mut Table> {
    match path {
        [] => None,
        [_] => Some(table),
        [first, rest @ ..] => parent(table.get_mut(first)?.as_object_mut()?, rest),
    }
}

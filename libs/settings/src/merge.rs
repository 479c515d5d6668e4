//! Laying the layers over each other and reading the result.

use std::path::Path;

use figment::Figment;
use figment::error::Kind;
use figment::providers::Serialized;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::environment::Environment;
use crate::layer::{KeyPath, Layer, Source, Table, lookup, variable};
use crate::{Origin, SettingsError, redact, secret};

/// Reads `T` from everything that can set it.
pub(crate) fn load<T>(
    file: Option<&Path>,
    environment: &Environment<'_>,
    flags: Value,
) -> Result<T, SettingsError>
where
    T: Serialize + DeserializeOwned + Default,
{
    let defaults = table_of(serde_json::to_value(T::default()).map_err(|error| bug(&error))?)?;
    let mut stack = Stack { merged: defaults.clone(), layers: Vec::new(), prefix: environment.prefix };
    if let Some(file) = file {
        stack.push(Layer::from_file(file)?, &defaults)?;
    }
    stack.push(environment.layer(&stack.merged)?, &defaults)?;
    stack.push(Layer::new(Source::Flags, without_nulls(table_of(flags)?)), &defaults)?;
    stack.extract()
}

/// The layers so far, the strongest last. The defaults are only in `merged`: what no layer sets is a default.
struct Stack<'a> {
    merged: Table,
    layers: Vec<Layer>,
    prefix: &'a str,
}

impl Stack<'_> {
    fn push(&mut self, mut layer: Layer, defaults: &Table) -> Result<(), SettingsError> {
        secret::resolve(&mut layer, defaults)?;
        overlay(&mut self.merged, &layer.values);
        self.layers.push(layer);
        Ok(())
    }

    fn extract<T: DeserializeOwned>(mut self) -> Result<T, SettingsError> {
        loop {
            let error = match Figment::from(Serialized::defaults(&self.merged)).extract_lossy() {
                Ok(settings) => return Ok(settings),
                Err(error) => error,
            };
            if !self.drop_leftover(&error) {
                return Err(self.explain(&error));
            }
        }
    }

    /// When a user chooses another variant of an enum (Kafka for the embedded log), the default's fields stay behind
    /// and are refused as unknown. Nobody wrote them: take them away. Every call removes a key, so this ends.
    fn drop_leftover(&mut self, error: &figment::Error) -> bool {
        let Kind::UnknownField(name, _) = &error.kind else { return false };
        let path = self.refused(&error.path, name);
        self.setter(&path).is_none() && remove(&mut self.merged, &path)
    }

    /// The key that was refused as unknown: inside tagged enums the error's path stops at the enum.
    fn refused(&self, path: &[String], name: &str) -> KeyPath {
        let longer = joined(path, name);
        if lookup(&self.merged, &longer).is_some() { longer } else { path.to_vec() }
    }

    /// The strongest layer that sets the key.
    fn setter(&self, path: &[String]) -> Option<&Layer> {
        self.layers.iter().rev().find(|layer| layer.sets(path))
    }

    /// The key as the user wrote it, and where.
    fn locate(&self, path: &[String]) -> (String, Origin) {
        self.setter(path).map_or_else(
            || (path.join("."), Origin::Default),
            |layer| {
                let written = layer.written(path);
                (written.join("."), layer.origin(&written))
            },
        )
    }

    fn explain(&self, error: &figment::Error) -> SettingsError {
        if let Kind::UnknownField(name, known) = &error.kind {
            let (key, origin) = self.locate(&self.refused(&error.path, name));
            let known = known.iter().map(|key| (*key).to_owned()).collect();
            return SettingsError::UnknownKey { key, origin, known };
        }
        if let Kind::MissingField(name) = &error.kind {
            let path = joined(&error.path, name);
            return SettingsError::Missing { key: path.join("."), variable: variable(self.prefix, &path) };
        }
        let (key, origin) = self.locate(&error.path);
        let is_secret = error.path.iter().any(|part| redact::is_secret_key(part));
        let problem = match is_secret {
            true => "it has the wrong type or form".to_owned(),
            false => redact::text(&error.kind.to_string()),
        };
        SettingsError::BadValue { key, origin, problem }
    }
}

/// Lays `over` on `table`: nested tables are merged, everything else is replaced.
fn overlay(table: &mut Table, over: &Table) {
    for (key, value) in over {
        match (table.get_mut(key), value) {
            (Some(Value::Object(beneath)), Value::Object(over)) => overlay(beneath, over),
            _ => {
                table.insert(key.clone(), value.clone());
            }
        }
    }
}

fn remove(table: &mut Table, path: &[String]) -> bool {
    match path {
        [] => false,
        [last] => table.remove(last).is_some(),
        [first, rest @ ..] => {
            table.get_mut(first).and_then(Value::as_object_mut).is_some_and(|inner| remove(inner, rest))
        }
    }
}

/// The path of a key that an error names. Mostly the error's own path ends with it already; inside a tagged enum it does not.
fn joined(path: &[String], last: &str) -> KeyPath {
    let parent = path.strip_suffix(&[last.to_owned()]).unwrap_or(path);
    parent.iter().cloned().chain([last.to_owned()]).collect()
}

/// A flag that was not given is null.
fn without_nulls(table: Table) -> Table {
    let keep = |(key, value)| match value {
        Value::Null => None,
        Value::Object(inner) => Some((key, Value::Object(without_nulls(inner)))),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => Some((key, value)),
    };
    table.into_iter().filter_map(keep).collect()
}

fn table_of(value: Value) -> Result<Table, SettingsError> {
    match value {
        Value::Object(table) => Ok(table),
        Value::Null => Ok(Table::new()),
        Value::Bool(_) | Value::Number(_) | Value::String(_) | Value::Array(_) => {
            Err(bug(&"configuration must be a table"))
        }
    }
}

fn bug(problem: &dyn std::fmt::Display) -> SettingsError {
    SettingsError::Bug { problem: problem.to_string() }
}

//! One source of values beside the defaults: the file, the environment or the flags.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};

use crate::{Origin, SettingsError};

/// A table of values, nested.
pub(crate) type Table = Map<String, Value>;

/// A key in full: `["stock", "database", "url"]`.
pub(crate) type KeyPath = Vec<String>;

/// What kind of source a layer is.
#[derive(Debug, Clone)]
pub(crate) enum Source {
    File(PathBuf),
    Environment { prefix: String },
    Flags,
}

/// One source of values.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    pub(crate) source: Source,
    pub(crate) values: Table,
    /// Keys whose value came from a file that `<key>_file` named.
    pub(crate) from_secret_files: Vec<KeyPath>,
}

impl Layer {
    pub(crate) const fn new(source: Source, values: Table) -> Self {
        Self { source, values, from_secret_files: Vec::new() }
    }

    /// The configuration file.
    pub(crate) fn from_file(path: &Path) -> Result<Self, SettingsError> {
        let text = fs::read_to_string(path).map_err(|error| SettingsError::Unreadable {
            path: path.to_path_buf(),
            problem: error.to_string(),
        })?;
        Self::from_toml(path, &text)
    }

    pub(crate) fn from_toml(path: &Path, text: &str) -> Result<Self, SettingsError> {
        // Editors on Windows like to begin a file with a byte order mark.
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let values = toml::from_str(text).map_err(|error| SettingsError::Syntax {
            path: path.to_path_buf(),
            line: line_of(text, error.span().map_or(0, |span| span.start)),
            // Not the whole error: it quotes the line, which may hold a secret.
            problem: error.message().to_owned(),
        })?;
        Ok(Self::new(Source::File(path.to_path_buf()), values))
    }

    /// The folder that relative paths in this layer start from.
    pub(crate) fn folder(&self) -> Option<&Path> {
        match &self.source {
            Source::File(path) => path.parent(),
            Source::Environment { .. } | Source::Flags => None,
        }
    }

    /// Whether this layer sets the key, or something beneath it.
    pub(crate) fn sets(&self, path: &[String]) -> bool {
        lookup(&self.values, path).is_some()
    }

    /// The key as the user wrote it in this layer.
    pub(crate) fn written(&self, path: &[String]) -> KeyPath {
        let mut written = path.to_vec();
        if self.from_secret_files.iter().any(|secret| secret == path)
            && let Some(last) = written.last_mut()
        {
            last.push_str("_file");
        }
        written
    }

    /// Where, in this layer, a key (as written) was set.
    pub(crate) fn origin(&self, written: &[String]) -> Origin {
        match &self.source {
            Source::File(path) => Origin::File(path.clone()),
            Source::Environment { prefix } => Origin::Variable(variable(prefix, written)),
            Source::Flags => Origin::Flag,
        }
    }
}

/// The environment variable that sets a key.
pub(crate) fn variable(prefix: &str, path: &[String]) -> String {
    format!("{prefix}{}", path.join("__").to_uppercase())
}

/// The value of a key, if it is set.
pub(crate) fn lookup<'a>(table: &'a Table, path: &[String]) -> Option<&'a Value> {
    let (first, rest) = path.split_first()?;
    let value = table.get(first)?;
    match (rest, value) {
        ([], value) => Some(value),
        (rest, Value::Object(inner)) => lookup(inner, rest),
        _ => None,
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.bytes().take(offset).filter(|byte| *byte == b'\n').count() + 1
}

//! What is wrong with the configuration, and where to mend it.

use std::fmt;
use std::path::PathBuf;

/// Where a value was set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Nowhere: the program's own default.
    Default,
    /// The configuration file.
    File(PathBuf),
    /// The environment variable of this name.
    Variable(String),
    /// A flag of the command line.
    Flag,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("the defaults"),
            Self::File(path) => write!(f, "the file {}", path.display()),
            Self::Variable(name) => write!(f, "the environment variable {name}"),
            Self::Flag => f.write_str("the flags"),
        }
    }
}

/// What is wrong with the configuration. Messages never hold the value of a secret.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// The configuration file cannot be read.
    #[error("cannot read the configuration file {}: {problem}", path.display())]
    Unreadable {
        /// The configuration file.
        path: PathBuf,
        /// What the operating system said.
        problem: String,
    },
    /// The configuration file is not TOML.
    #[error("the configuration file {} is not valid TOML at line {line}: {problem}", path.display())]
    Syntax {
        /// The configuration file.
        path: PathBuf,
        /// Counted from 1.
        line: usize,
        /// What the parser said.
        problem: String,
    },
    /// A key that nothing reads: most likely a misspelling.
    #[error("unknown key `{key}` in {origin}; {}", known_here(known))]
    UnknownKey {
        /// The key in full, as it was written.
        key: String,
        /// Where it was set.
        origin: Origin,
        /// The keys that could stand in its place.
        known: Vec<String>,
    },
    /// A key without a default was not set.
    #[error("the key `{key}` is missing; set it in the configuration file or as {variable}")]
    Missing {
        /// The key in full.
        key: String,
        /// The environment variable that sets it.
        variable: String,
    },
    /// A value of the wrong type or out of its range.
    #[error("the value of `{key}` in {origin} is not usable: {problem}")]
    BadValue {
        /// The key in full.
        key: String,
        /// Where it was set.
        origin: Origin,
        /// What is wrong with it.
        problem: String,
    },
    /// The file that holds a secret cannot be read.
    #[error("cannot read the file {} that `{key}` in {origin} names: {problem}", path.display())]
    SecretFile {
        /// The key in full, with `_file`.
        key: String,
        /// Where it was set.
        origin: Origin,
        /// The file it names.
        path: PathBuf,
        /// What the operating system said.
        problem: String,
    },
    /// Both a value and the file that holds it.
    #[error("both `{key}` and `{key}_file` are set in {origin}; keep one of them")]
    SetTwice {
        /// The key in full, without `_file`.
        key: String,
        /// Where both were set.
        origin: Origin,
    },
    /// The defaults of the program or its flags are broken: a bug.
    #[error("the configuration of the program itself is broken: {problem}; please report this")]
    Bug {
        /// What is wrong.
        problem: String,
    },
}

fn known_here(known: &[String]) -> String {
    match known {
        [] => "no key can stand here".to_owned(),
        known => format!("known here: {}", known.join(", ")),
    }
}

use std::io;
use std::path::PathBuf;

use rpc::Reason;
use thiserror::Error;
use vocabulary::QuantityOverflow;

use super::map::MapFault;
use crate::output::Failure;

/// Why an import cannot begin, or cannot say what it rejected.
#[derive(Debug, Error)]
pub(crate) enum ImportFault {
    /// The map cannot be used.
    #[error(transparent)]
    BadMap(#[from] MapFault),
    /// A file cannot be read, or the rejects file cannot be written.
    #[error("`{}`: {error}", path.display())]
    BadFile {
        /// Which.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// The header lacks a column, has it twice, or is no header at all.
    #[error("the header cannot be used: {0}")]
    BadHeader(String),
    /// The file has too many lines.
    #[error("the file has more than {0} lines: split it")]
    TooManyLines(u32),
    /// The sum of an item's quantities leaves the range of a quantity.
    #[error("the quantities of an item add up to more than a quantity can hold: split the file")]
    Overflow(#[from] QuantityOverflow),
}

impl From<ImportFault> for Failure {
    fn from(fault: ImportFault) -> Self {
        let message = fault.to_string();
        match fault {
            ImportFault::BadMap(MapFault::Syntax(_)) => Self::new(Reason::BadMap, message),
            ImportFault::BadMap(MapFault::Value { key, .. }) => Self::new(Reason::BadMap, message).at(key),
            ImportFault::BadFile { path, error } => Self::file(&path, &error),
            ImportFault::BadHeader(_) | ImportFault::TooManyLines(_) | ImportFault::Overflow(_) => {
                Self::new(Reason::BadCsv, message)
            }
        }
    }
}

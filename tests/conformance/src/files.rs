use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::case::{Case, CaseFile, Format};

/// Why the cases cannot be read.
#[derive(Debug, Error)]
pub(crate) enum FilesFault {
    #[error("{} cannot be read: {source}", path.display())]
    Unreadable { path: PathBuf, source: io::Error },
    #[error("{} is not a file of cases: {source}", path.display())]
    NotCases { path: PathBuf, source: serde_json::Error },
}

/// Every case below the folder whose format is known, or of one format only, in the order of the files' paths.
pub(crate) fn read(folder: &Path, only: Option<Format>) -> Result<Vec<(Format, Case)>, FilesFault> {
    let mut paths = Vec::new();
    collect(folder, &mut paths)?;
    paths.sort();
    let mut cases = Vec::new();
    for path in paths {
        let bytes =
            fs::read(&path).map_err(|source| FilesFault::Unreadable { path: path.clone(), source })?;
        let file: CaseFile =
            serde_json::from_slice(&bytes).map_err(|source| FilesFault::NotCases { path, source })?;
        let format = file.format.as_deref().and_then(Format::parse);
        if let Some(format) = format.filter(|format| only.is_none_or(|only| only == *format)) {
            cases.extend(file.cases.into_iter().map(|case| (format, case)));
        }
    }
    Ok(cases)
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result<(), FilesFault> {
    let unreadable = |source| FilesFault::Unreadable { path: folder.to_path_buf(), source };
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if path.is_dir() {
            collect(&path, paths)?;
        } else if path.extension().is_some_and(|extension| extension == "json") {
            paths.push(path);
        }
    }
    Ok(())
}

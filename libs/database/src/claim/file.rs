//! The claim on a SQLite database: an exclusive lock on a file beside it.

use std::ffi::OsString;
use std::fs::{File, OpenOptions, TryLockError};
use std::future;
use std::io::{self, Read, Seek, Write};
use std::path::{Path, PathBuf};

use super::ClaimFault;

/// The text of a claim file is one short line; more than this is not ours.
const HOLDER_BYTES_MAX: u64 = 200;

/// An exclusive lock on `<database file>.claim`. The operating system frees it when the process ends, however it ends.
/// The file stays behind: removing it would let two processes lock two files of the same name.
#[derive(Debug)]
pub struct FileClaim {
    file: File,
    path: PathBuf,
}

impl FileClaim {
    /// Claims the database in `database_file`.
    ///
    /// # Errors
    /// [`ClaimFault::Held`] when it is claimed, [`ClaimFault::File`] when the claim file cannot be made.
    pub fn acquire(database_file: &Path) -> Result<Self, ClaimFault> {
        let path = claim_path(database_file);
        let mut file = open(&path).map_err(|error| file_fault(&path, &error))?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(ClaimFault::Held {
                    name: database_file.display().to_string(),
                    holder: read_holder(&mut file),
                });
            }
            Err(TryLockError::Error(error)) => return Err(file_fault(&path, &error)),
        }
        // The lock is what counts. The text is a courtesy, so a full disk does not keep an owner from starting.
        if let Err(error) = write_holder(&mut file) {
            tracing::warn!(file = %path.display(), %error, "cannot write who holds the claim");
        }
        Ok(Self { file, path })
    }

    /// A file lock cannot be taken away, so this is always so.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        true
    }

    /// Never resolves: a file lock lives as long as the process.
    pub async fn lost(&mut self) {
        future::pending().await
    }

    /// The claim file.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for FileClaim {
    fn drop(&mut self) {
        // Closing the file frees the lock too, unless a child process inherited the handle.
        if let Err(error) = self.file.unlock() {
            tracing::warn!(file = %self.path.display(), %error, "cannot give the claim back");
        }
    }
}

fn claim_path(database_file: &Path) -> PathBuf {
    let mut path = OsString::from(database_file);
    path.push(".claim");
    PathBuf::from(path)
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)
}

fn write_holder(file: &mut File) -> io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "process {}", std::process::id())
}

fn read_holder(file: &mut File) -> String {
    let mut text = String::new();
    match file.take(HOLDER_BYTES_MAX).read_to_string(&mut text) {
        Ok(_) if !text.trim().is_empty() => text.trim().to_owned(),
        _ => "another process".to_owned(),
    }
}

fn file_fault(path: &Path, error: &io::Error) -> ClaimFault {
    ClaimFault::File { file: path.display().to_string(), problem: error.to_string() }
}

use std::path::Path;

pub use tempfile::TempDir;

/// A directory that is gone with the returned value: keep it alive as long as the test uses files in it.
///
/// # Panics
/// When the directory cannot be made.
#[must_use]
pub fn temp_dir() -> TempDir {
    TempDir::with_prefix("entrepot-test-").expect("a directory for temporary files that can be written")
}

/// The URL of the SQLite database `file` in `directory`, as `DatabaseConfig` takes it.
#[must_use]
pub fn sqlite_url(directory: &Path, file: &str) -> String {
    format!("sqlite://{}", directory.join(file).display())
}

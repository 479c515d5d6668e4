use std::path::{Path, PathBuf};

use database::claim::{ClaimFault, FileClaim};
use rpc::Reason;

use crate::output::Failure;

/// The directory of `up`, claimed for this process as long as the value lives.
#[derive(Debug)]
pub(crate) struct DataDir {
    _claim: FileClaim,
}

impl DataDir {
    /// Makes the directory when it is not there, and claims it. The operating system gives the claim back when the process ends,
    /// however it ends.
    pub(crate) fn claim(path: &Path) -> Result<Self, Failure> {
        std::fs::create_dir_all(path).map_err(|e| Failure::file(path, &e))?;
        let claim = FileClaim::acquire(&Self::lock_of(path)).map_err(|fault| refused(path, &fault))?;
        Ok(Self { _claim: claim })
    }

    fn lock_of(path: &Path) -> PathBuf {
        path.join("entrepot")
    }
}

fn refused(path: &Path, fault: &ClaimFault) -> Failure {
    match fault {
        ClaimFault::Held { holder, .. } => {
            let message = format!(
                "`{}` is used by another entrepot ({holder}): stop it, or choose another directory with --data",
                path.display()
            );
            Failure::new(Reason::DataInUse, message).with("holder", holder)
        }
        ClaimFault::Database(_) | ClaimFault::File { .. } => Failure::new(Reason::BadFile, fault.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time() {
        let parent = tempfile::tempdir().unwrap();
        let path = parent.path().join("data");
        let first = DataDir::claim(&path).unwrap();
        assert_eq!(DataDir::claim(&path).unwrap_err().reason(), "DATA_IN_USE");
        drop(first);
        DataDir::claim(&path).unwrap();
    }
}

use std::process::ExitCode;

use tonic::Code;

/// How a command ended. The numbers are stable: scripts decide by them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exit {
    /// Something broke, here or in the server.
    Fault,
    /// The command line, a file, the configuration or a value in them is wrong; the same again will fail again.
    Usage,
    /// Understood, and refused: stock that is not there, a record that exists, a stale etag.
    Refused,
    /// What was asked for does not exist.
    NotFound,
    /// No server, an overloaded one, or out of time; the same again may work.
    Unavailable,
    /// A journal breaks a law.
    Unsound,
}

/// The list of exit codes in `entrepot --help`.
pub(crate) const EXIT_CODES: &str = "\
Exit codes:
  0  done
  1  fault: something broke, here or in the server
  2  usage: the command line, a file, the configuration or a value in them is wrong
  3  refused: understood, and refused (stock that is not there, a record that exists, a stale etag)
  4  not found
  5  unavailable: no server, an overloaded one, or out of time; the same again may work
  6  a journal breaks a law

Errors go to stderr; with --output json as one object {code, reason, message, field, metadata}.";

impl Exit {
    /// The class of a failed call.
    pub(crate) const fn of(code: Code) -> Self {
        match code {
            Code::InvalidArgument | Code::OutOfRange => Self::Usage,
            Code::FailedPrecondition
            | Code::AlreadyExists
            | Code::Aborted
            | Code::PermissionDenied
            | Code::Unauthenticated => Self::Refused,
            Code::NotFound => Self::NotFound,
            Code::Unavailable | Code::DeadlineExceeded | Code::ResourceExhausted | Code::Cancelled => {
                Self::Unavailable
            }
            Code::Ok | Code::Unknown | Code::Unimplemented | Code::Internal | Code::DataLoss => Self::Fault,
        }
    }

    const fn number(self) -> u8 {
        match self {
            Self::Fault => 1,
            Self::Usage => 2,
            Self::Refused => 3,
            Self::NotFound => 4,
            Self::Unavailable => 5,
            Self::Unsound => 6,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.number().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_exit_code_is_in_the_help() {
        for exit in
            [Exit::Fault, Exit::Usage, Exit::Refused, Exit::NotFound, Exit::Unavailable, Exit::Unsound]
        {
            assert!(EXIT_CODES.contains(&format!("\n  {}  ", exit.number())), "{exit:?}");
        }
    }

    #[test]
    fn the_documentation_says_the_same() {
        let page = include_str!("../../../../docs/cli.md");
        for line in EXIT_CODES.lines().skip(1).take_while(|line| !line.is_empty()) {
            let (number, meaning) = line.trim().split_once("  ").unwrap();
            assert!(page.contains(&format!("| {number} | {meaning} |")), "docs/cli.md lacks {line:?}");
        }
    }

    #[test]
    fn refusals_and_bad_input_are_told_apart() {
        assert_eq!(Exit::of(Code::InvalidArgument), Exit::Usage);
        assert_eq!(Exit::of(Code::FailedPrecondition), Exit::Refused);
        assert_eq!(Exit::of(Code::DeadlineExceeded), Exit::Unavailable);
    }
}

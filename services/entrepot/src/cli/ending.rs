use std::ffi::OsString;
use std::io::{self, Write};
use std::process::ExitCode;

use clap::error::ErrorKind;

use crate::output::{Exit, Failure, Format};

/// Says what went wrong, and with which code the process ends.
pub(super) fn finish(ended: Result<(), Failure>, format: Format) -> ExitCode {
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        // Whoever read our output went away (`entrepot … | head`): nothing is wrong.
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            report(&failure, format);
            failure.exit().into()
        }
    }
}

/// Help and version are answers; everything else that clap says is a usage error.
pub(super) fn explain(error: &clap::Error, arguments: &[OsString]) -> ExitCode {
    let format = format_of(arguments);
    let answers = [
        ErrorKind::DisplayHelp,
        ErrorKind::DisplayVersion,
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand,
    ];
    let is_answer = answers.contains(&error.kind());
    if is_answer || format != Format::Json {
        // Nothing can be done when even this cannot be written.
        let _unwritable = error.print();
    } else {
        let message = error.to_string();
        let message = message.trim_start_matches("error: ").lines().next().unwrap_or_default();
        report(&Failure::usage(message), format);
    }
    if is_answer && error.kind() != ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        ExitCode::SUCCESS
    } else {
        Exit::Usage.into()
    }
}

fn report(failure: &Failure, format: Format) {
    // Nothing can be done when stderr is closed.
    let _unwritable = writeln!(io::stderr().lock(), "{}", failure.render(format));
}

/// The output format of a command line that could not be read.
fn format_of(arguments: &[OsString]) -> Format {
    let words: Vec<_> = arguments.iter().filter_map(|word| word.to_str()).collect();
    let asked = words.contains(&"--output=json") || words.windows(2).any(|pair| pair == ["--output", "json"]);
    let by_environment = || std::env::var_os("ENTREPOT_OUTPUT").is_some_and(|value| value == "json");
    if asked || by_environment() { Format::Json } else { Format::Table }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_found_in_broken_command_lines() {
        for (line, format) in [
            ("entrepot x --output json", Format::Json),
            ("entrepot --output=json", Format::Json),
            ("entrepot x", Format::Table),
        ] {
            let words: Vec<OsString> = line.split(' ').map(Into::into).collect();
            assert_eq!(format_of(&words), format, "{line}");
        }
    }
}

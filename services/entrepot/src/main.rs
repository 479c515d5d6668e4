//! Entrepot: every role in one binary, and the operator's command line for all of them.
//!
//! | module | what it is for |
//! |---|---|
//! | [`cli`] | the command tree; one folder per command group |
//! | [`client`] | connections to a server, request ids, retries |
//! | [`demo`] | a short story, to see it all work |
//! | [`import`] | files of other systems become documents |
//! | [`demo`] | a short story, to see it all work |
//! | [`import`] | files of other systems become documents |
//! | [`demo`] | a short story over two warehouses |
//! | [`output`] | tables, JSON and CSV on stdout; errors on stderr; exit codes |
//! | [`roles`] | composition: which services run in this process, on which parts |

mod cli;
mod client;
mod demo;
mod import;
mod output;
mod roles;

fn main() -> std::process::ExitCode {
    cli::main()
}

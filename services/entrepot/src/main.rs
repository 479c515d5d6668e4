//! Entrepot: every role in one binary, and the operator's command line for all of them.
//!
//! | module | what it is for |
//! |---|---|
//! | [`bench`] | how fast it is on this machine |
//! | [`cli`] | the command tree; one folder per command group |
//! | [`client`] | connections to a server, request ids, retries |
//! | [`demo`] | a short story, to see it all work |
//! | [`import`] | files of other systems become documents |
//! | [`demo`] | a short story, to see it all work |
//! | [`import`] | files of other systems become documents |
//! | [`demo`] | a short story over two warehouses |
//! | [`output`] | tables, JSON and CSV on stdout; errors on stderr; exit codes |
//! | [`roles`] | composition: which services run in this process, on which parts |

mod bench;
mod cli;
mod client;
mod demo;
mod import;
mod output;
mod roles;

/// A document is a few dozen small allocations that one thread makes and another frees: in a profile of stock under
/// `bench --only stream`, a third of the samples were in the system allocator, and half as many with this one.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    cli::main()
}

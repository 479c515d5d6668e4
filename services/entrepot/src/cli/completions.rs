use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::Context;
use crate::output::Failure;

/// `entrepot completions bash > /etc/bash_completion.d/entrepot`
#[derive(Debug, Args)]
pub(crate) struct CompletionsArgs {
    /// The shell.
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the script.
pub(super) fn run<Tree: CommandFactory>(args: &CompletionsArgs, context: &Context) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Tree::command(), "entrepot", &mut script);
    context.output().raw(&script)
}

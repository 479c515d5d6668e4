use clap::Subcommand;

use super::Context;
use crate::output::{Failure, Format};
use crate::roles::Config;

/// `entrepot config …`
#[derive(Debug, Subcommand)]
pub(crate) enum ConfigCommand {
    /// The configuration as the roles would see it: defaults, file, environment. Secrets are hidden.
    #[command(after_long_help = SOURCES)]
    Show,
}

const SOURCES: &str = "\
Later wins: defaults, the file of --config (TOML), environment variables, flags.
ENTREPOT_SERVER__LISTEN sets listen in [server]. A key with _file at its end (url_file) takes the value from that file.
Unknown keys are refused.";

pub(super) fn run(command: &ConfigCommand, context: &Context) -> Result<(), Failure> {
    match command {
        ConfigCommand::Show => show(context),
    }
}

fn show(context: &Context) -> Result<(), Failure> {
    let text = Config::load(context.config_file(), serde_json::json!({}))?.shown();
    match context.output().format() {
        Format::Table | Format::Csv => context.output().raw(text.as_bytes()),
        Format::Json => {
            let value: serde_json::Value =
                toml::from_str(&text).map_err(|e| Failure::fault(e.to_string()))?;
            context.output().raw(format!("{value}\n").as_bytes())
        }
    }
}

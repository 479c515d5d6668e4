use clap::Args;
use serde::Serialize;

use super::Context;
use crate::output::{Failure, View};
use crate::roles::{Config, Role, migrate};

/// `entrepot migrate`
///
/// Several processes may do it at once, and again: one waits for the other. A newer schema is left as it is.
#[derive(Debug, Args)]
pub(crate) struct MigrateArgs {
    /// Only these; all when absent.
    #[arg(value_enum, value_name = "ROLE")]
    roles: Vec<Role>,
}

#[derive(Debug, Serialize)]
struct MigratedView {
    role: &'static str,
    done: String,
}

impl View for MigratedView {
    const COLUMNS: &'static [&'static str] = &["role", "done"];
}

pub(super) async fn run(mut args: MigrateArgs, context: &Context) -> Result<(), Failure> {
    let config = Config::load(context.config_file(), serde_json::json!({}))?;
    if args.roles.is_empty() {
        args.roles.extend(Role::ALL);
    }
    let mut done = Vec::new();
    for role in args.roles {
        done.push(MigratedView { role: role.name(), done: migrate(role, &config).await? });
    }
    context.output().many(&done)
}

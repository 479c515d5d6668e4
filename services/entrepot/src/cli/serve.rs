use std::net::SocketAddr;

use clap::Args;
use rpc::Reason;
use stock::Warehouses;
use vocabulary::WarehouseCode;

use super::Context;
use crate::output::Failure;
use crate::roles::{self, Config, Role};

/// `entrepot serve`
///
/// Databases, event log and cache come from the configuration: see `entrepot config show`. Brings the schema of its databases up
/// to date first.
#[derive(Debug, Args)]
pub(crate) struct ServeArgs {
    /// What to run, one or more.
    #[arg(value_enum, required = true, value_name = "ROLE")]
    roles: Vec<Role>,
    /// For stock: a warehouse to own, or `all` of the catalog's; repeatable.
    #[arg(long, short, value_name = "CODE")]
    warehouse: Vec<String>,
    /// The address to listen on; port 0 takes a free one [default: 127.0.0.1:7700]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// The address of /metrics; nowhere when it is not configured.
    #[arg(long, value_name = "ADDR")]
    metrics_listen: Option<SocketAddr>,
}

pub(super) async fn run(mut args: ServeArgs, context: &Context) -> Result<(), Failure> {
    let flags = serde_json::json!({
        "server": { "listen": args.listen },
        "telemetry": { "metrics_listen": args.metrics_listen },
    });
    let mut config = Config::load(context.config_file(), flags)?;
    args.roles.sort_unstable();
    args.roles.dedup();
    if let Some(owned) = owned(&args)? {
        config.stock.warehouses = owned;
    }
    roles::run(&config, &args.roles, context.output()).await
}

/// The warehouses named by flags; `None` leaves it to the configuration.
fn owned(args: &ServeArgs) -> Result<Option<Warehouses>, Failure> {
    if args.warehouse.is_empty() {
        return Ok(None);
    }
    if !args.roles.contains(&Role::Stock) {
        return Err(Failure::usage("only stock owns warehouses: leave --warehouse out").at("--warehouse"));
    }
    if args.warehouse.iter().any(|code| code == "all") {
        return Ok(Some(Warehouses::All));
    }
    for code in &args.warehouse {
        WarehouseCode::parse(code)
            .map_err(|e| Failure::new(Reason::BadUsage, e.to_string()).at("--warehouse"))?;
    }
    Ok(Some(Warehouses::Named(args.warehouse.clone())))
}

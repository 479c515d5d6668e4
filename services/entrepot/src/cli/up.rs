use std::net::SocketAddr;
use std::path::PathBuf;

use clap::Args;

use super::Context;
use crate::output::Failure;
use crate::roles::{self, Config, DataDir, Role};

/// `entrepot up`
///
/// Keeps everything in one directory: catalog.db, stock/WAREHOUSE.db, papers.db and events.db. Prints one line with `ready` and the
/// addresses when it can be used.
#[derive(Debug, Args)]
pub(crate) struct UpArgs {
    /// The directory; made when it is not there [default: entrepot-data]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to listen on; port 0 takes a free one [default: 127.0.0.1:7700]
    #[arg(long, value_name = "ADDR")]
    listen: Option<SocketAddr>,
    /// The address of /metrics [default: the port after that of --listen]
    #[arg(long, value_name = "ADDR")]
    metrics_listen: Option<SocketAddr>,
}

pub(super) async fn run(args: UpArgs, context: &Context) -> Result<(), Failure> {
    let flags = serde_json::json!({
        "data": args.data,
        "server": { "listen": args.listen },
        "telemetry": { "metrics_listen": args.metrics_listen },
    });
    let config = Config::load(context.config_file(), flags)?.for_up();
    let data = DataDir::claim(&config.data)?;
    let ended = roles::run(&config, &Role::ALL, context.output()).await;
    drop(data);
    ended
}

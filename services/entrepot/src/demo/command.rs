use clap::Args;

use super::{own_server, plot, stage, tell};
use crate::cli::Context;
use crate::client::Client;
use crate::import::import_excerpt;
use crate::output::Failure;

/// Which story, and where.
#[derive(Debug, Args)]
pub(crate) struct DemoArgs {
    /// Which story: the same number tells the same one.
    #[arg(long, default_value_t = 7, value_name = "NUMBER")]
    seed: u64,
}

/// Runs `entrepot demo`: on the server that was given, or on one of its own that is gone afterwards.
pub(crate) async fn run(args: DemoArgs, context: &Context) -> Result<(), Failure> {
    if context.server().is_some() {
        return play(&args, &context.client().await?, context).await;
    }
    let server = own_server::OwnServer::start().await?;
    let client = context.client_of(server.address()).await?;
    let played = play(&args, &client, context).await;
    drop(client);
    played.and(server.stop().await)
}

async fn play(args: &DemoArgs, client: &Client, context: &Context) -> Result<(), Failure> {
    let mut stage = stage::Stage::set(client, args.seed).await?;
    plot::play(&mut stage).await?;
    let availability = stage.availability().await?;
    let import = import_excerpt(client).await?;
    let story = tell::Story::new(&stage, availability, &import);
    tell::tell(&story, context.output())
}

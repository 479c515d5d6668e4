use clap::{Args, Subcommand};
use proto::catalog::v1::{
    Bom, BomAlternative, BomDepth, BomKind, BomLine, BomOutput, BomOutputKind, CreateBomRequest,
    ExplodeBomRequest, GetBomRequest, ListBomsRequest, RetireBomRequest, UpdateBomRequest,
};

use super::args::{Change, Expected, List};
use super::bom_view::{BomView, NeedView};
use super::mask::Mask;
use crate::cli::Context;
use crate::cli::text::decimal;
use crate::client::pages;
use crate::output::Failure;

/// `entrepot catalog bom …`
#[derive(Debug, Subcommand)]
pub(crate) enum BomCommand {
    /// Create a version of a bill: what stands in it never changes.
    Set(Box<SetArgs>),
    /// Show a version of a bill.
    Show(ShowArgs),
    /// List bills.
    List(List),
    /// Change the name or the days of a version.
    Update(UpdateArgs),
    /// Retire a version: it holds on no day any more.
    Retire(RetireArgs),
    /// What a quantity of an item takes.
    Explode(ExplodeArgs),
}

/// `… set`
#[derive(Debug, Args)]
pub(crate) struct SetArgs {
    /// The item that is made.
    sku: String,
    /// The version, for example 1.
    version: String,
    /// Name for people.
    #[arg(long, default_value = "", hide_default_value = true)]
    name: String,
    /// A kit: assembled when it is ordered.
    #[arg(long)]
    kit: bool,
    /// How much is begun with what the components say.
    #[arg(long, default_value = "1", value_name = "QUANTITY")]
    base: String,
    /// How much of what is begun turns out good, in percent.
    #[arg(long = "yield", default_value = "100", value_name = "PERCENT")]
    good: String,
    /// The first day it holds.
    #[arg(long, default_value = "", hide_default_value = true, value_name = "DAY")]
    from: String,
    /// The last day it holds.
    #[arg(long, default_value = "", hide_default_value = true, value_name = "DAY")]
    until: String,
    /// A component, and how much of it; once for each.
    #[arg(long, num_args = 2, value_names = ["SKU", "QUANTITY"], required = true)]
    component: Vec<String>,
    /// How much of a component is lost, in percent of what is taken.
    #[arg(long, num_args = 2, value_names = ["SKU", "PERCENT"])]
    scrap: Vec<String>,
    /// A component that is never in stock: its own components are taken.
    #[arg(long, value_name = "SKU")]
    phantom: Vec<String>,
    /// What may be taken in the place of a component, and how much of it; the best first.
    #[arg(long, num_args = 3, value_names = ["SKU", "OTHER", "QUANTITY"])]
    instead: Vec<String>,
    /// What comes out besides, and is wanted.
    #[arg(long, num_args = 2, value_names = ["SKU", "QUANTITY"])]
    co_product: Vec<String>,
    /// What is left over, and of some use.
    #[arg(long, num_args = 2, value_names = ["SKU", "QUANTITY"])]
    by_product: Vec<String>,
    #[command(flatten)]
    change: Change,
}

/// `… show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// The item that is made.
    sku: String,
    /// The version.
    version: String,
}

/// `… update`
#[derive(Debug, Args)]
pub(crate) struct UpdateArgs {
    /// The item that is made.
    sku: String,
    /// The version.
    version: String,
    /// New name.
    #[arg(long)]
    name: Option<String>,
    /// The first day it holds; empty for no first.
    #[arg(long, value_name = "DAY")]
    from: Option<String>,
    /// The last day it holds; empty for no last.
    #[arg(long, value_name = "DAY")]
    until: Option<String>,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

/// `… retire`
#[derive(Debug, Args)]
pub(crate) struct RetireArgs {
    /// The item that is made.
    sku: String,
    /// The version.
    version: String,
    #[command(flatten)]
    expected: Expected,
    #[command(flatten)]
    change: Change,
}

/// `… explode`
#[derive(Debug, Args)]
pub(crate) struct ExplodeArgs {
    /// The item that is made.
    sku: String,
    /// How many good ones are wanted.
    quantity: String,
    /// The day that decides which versions hold, YYYY-MM-DD; today (UTC) when absent.
    #[arg(long)]
    day: Option<String>,
    /// Only what one production takes: one level, and through phantoms.
    #[arg(long)]
    one: bool,
}

pub(super) async fn run(command: BomCommand, context: &Context) -> Result<(), Failure> {
    match command {
        BomCommand::Set(args) => set(*args, context).await,
        BomCommand::Show(args) => show(args, context).await,
        BomCommand::List(args) => list(args, context).await,
        BomCommand::Update(args) => update(args, context).await,
        BomCommand::Retire(args) => retire(args, context).await,
        BomCommand::Explode(args) => explode(args, context).await,
    }
}

async fn set(args: SetArgs, context: &Context) -> Result<(), Failure> {
    let request = CreateBomRequest {
        request_id: args.change.request_id(),
        validate_only: args.change.dry_run,
        bom: Some(bom(args)?),
    };
    let client = context.client().await?;
    let answer = client.call(&request, async |r| client.catalog().create_bom(r).await).await?;
    context.output().one(&BomView::new(answer.bom.unwrap_or_default(), Some(answer.revision)))
}

fn bom(args: SetArgs) -> Result<Bom, Failure> {
    let mut lines: Vec<BomLine> = pairs(&args.component)
        .map(|(sku, quantity)| BomLine { sku, quantity: decimal(&quantity), ..BomLine::default() })
        .collect();
    for (sku, percent) in pairs(&args.scrap) {
        line_of(&mut lines, &sku, "--scrap")?.scrap_percent = decimal(&percent);
    }
    for sku in &args.phantom {
        line_of(&mut lines, sku, "--phantom")?.phantom = true;
    }
    for choice in args.instead.chunks_exact(3) {
        let [sku, other, quantity] = choice else { continue };
        let other = BomAlternative { sku: other.clone(), quantity: decimal(quantity) };
        line_of(&mut lines, sku, "--instead")?.alternatives.push(other);
    }
    let output = |kind: BomOutputKind| {
        move |(sku, quantity): (String, String)| BomOutput {
            sku,
            quantity: decimal(&quantity),
            kind: kind.into(),
        }
    };
    let wanted = pairs(&args.co_product).map(output(BomOutputKind::CoProduct));
    let left = pairs(&args.by_product).map(output(BomOutputKind::ByProduct));
    let kind = if args.kit { BomKind::Kit } else { BomKind::Make };
    Ok(Bom {
        outputs: wanted.chain(left).collect(),
        sku: args.sku,
        version: args.version,
        name: args.name,
        kind: kind.into(),
        base_quantity: decimal(&args.base),
        yield_percent: decimal(&args.good),
        valid_from: args.from,
        valid_until: args.until,
        lines,
        ..Bom::default()
    })
}

fn pairs(values: &[String]) -> impl Iterator<Item = (String, String)> {
    values.chunks_exact(2).filter_map(|pair| match pair {
        [first, second] => Some((first.clone(), second.clone())),
        _ => None,
    })
}

fn line_of<'a>(lines: &'a mut [BomLine], sku: &str, option: &str) -> Result<&'a mut BomLine, Failure> {
    let line = lines.iter_mut().find(|line| line.sku == sku);
    line.ok_or_else(|| Failure::usage(format!("{option} names {sku}, which is no --component")))
}

async fn show(args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let request = GetBomRequest { sku: args.sku, version: args.version };
    let answer = client.call(&request, async |r| client.catalog().get_bom(r).await).await?;
    context.output().one(&BomView::new(answer.bom.unwrap_or_default(), None))
}

async fn list(args: List, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let boms = pages(args.limit, async |page_size, page_token| {
        let request = ListBomsRequest { page_size, page_token, filter: args.filter.clone() };
        let page = client.call(&request, async |r| client.catalog().list_boms(r).await).await?;
        Ok((page.boms, page.next_page_token))
    });
    let views: Vec<_> = boms.await?.into_iter().map(|bom| BomView::new(bom, None)).collect();
    context.output().many(&views)
}

async fn update(args: UpdateArgs, context: &Context) -> Result<(), Failure> {
    let UpdateArgs { sku, version, .. } = args;
    let mut bom = Bom { sku, version, etag: args.expected.etag, ..Bom::default() };
    let mut mask = Mask::default();
    mask.set("name", &mut bom.name, args.name);
    mask.set("valid_from", &mut bom.valid_from, args.from);
    mask.set("valid_until", &mut bom.valid_until, args.until);
    let request = UpdateBomRequest {
        request_id: args.change.request_id(),
        bom: Some(bom),
        update_mask: Some(mask.finish()?),
        validate_only: args.change.dry_run,
    };
    let client = context.client().await?;
    let answer = client.call(&request, async |r| client.catalog().update_bom(r).await).await?;
    context.output().one(&BomView::new(answer.bom.unwrap_or_default(), Some(answer.revision)))
}

async fn retire(args: RetireArgs, context: &Context) -> Result<(), Failure> {
    let request = RetireBomRequest {
        request_id: args.change.request_id(),
        sku: args.sku,
        version: args.version,
        etag: args.expected.etag,
        validate_only: args.change.dry_run,
    };
    let client = context.client().await?;
    let answer = client.call(&request, async |r| client.catalog().retire_bom(r).await).await?;
    context.output().one(&BomView::new(answer.bom.unwrap_or_default(), Some(answer.revision)))
}

async fn explode(args: ExplodeArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let today = || vocabulary::Date::of(rpc::clock::now()).to_string();
    let request = ExplodeBomRequest {
        sku: args.sku.clone(),
        quantity: decimal(&args.quantity),
        day: args.day.unwrap_or_else(today),
        depth: if args.one { BomDepth::One } else { BomDepth::All }.into(),
    };
    let answer = client.call(&request, async |r| client.catalog().explode_bom(r).await).await?;
    context.output().many(&NeedView::all(&args.sku, answer))
}

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use proto::papers::v1::issue_paper_request::Subject;
use proto::papers::v1::{
    CorrectPaperRequest, GetPaperRequest, IssuePaperRequest, ListPapersRequest, PaperFormat, PaperKind,
    RenderPaperRequest, TracedGoods,
};

use super::issuer::IssuerArgs;
use super::views::PaperView;
use crate::cli::Context;
use crate::client::{pages, request_id_or_new};
use crate::output::Failure;

/// What a paper is.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum KindArg {
    /// What came of a delivery.
    GoodsReceiptNote,
    /// Where goods that came are to be put.
    PutAwayList,
    /// What is to be taken from where.
    PickList,
    /// What is in a handling unit.
    PackingList,
    /// What goes to a customer.
    DeliveryNote,
    /// The label of a handling unit.
    SsccLabel,
    /// What is to be counted.
    CountSheet,
    /// What is to be made of what.
    ProductionOrder,
    /// What came back from a customer.
    ReturnNote,
    /// Where a lot came from, and where it went.
    TraceCertificate,
}

/// As what a paper is shown.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub(crate) enum FormatArg {
    /// For printing and keeping.
    Pdf,
    /// For a browser.
    Html,
    /// For programs.
    Json,
}

/// `… issue`
#[derive(Debug, Args)]
pub(crate) struct IssueArgs {
    /// What it is to be.
    #[arg(value_enum, value_name = "KIND")]
    kind: KindArg,
    /// Where it is issued: its legal entity issues it, and its time zone says which day it is.
    #[arg(long, short)]
    warehouse: String,
    #[command(flatten)]
    about: AboutArgs,
    /// The lot of --sku.
    #[arg(long, requires = "sku", default_value = "", hide_default_value = true)]
    lot: String,
    /// The serial number of --sku.
    #[arg(long, requires = "sku", conflicts_with = "lot", default_value = "", hide_default_value = true)]
    serial: String,
    #[command(flatten)]
    how: HowArgs,
}

/// What it is about.
#[derive(Debug, Args)]
#[group(required = true, multiple = false)]
pub(crate) struct AboutArgs {
    /// A delivery: its key.
    #[arg(long, value_name = "KEY")]
    delivery: Option<String>,
    /// A handling unit: its SSCC.
    #[arg(long, value_name = "SSCC")]
    handling_unit: Option<String>,
    /// A count: its key.
    #[arg(long, value_name = "KEY")]
    count: Option<String>,
    /// An outbound order: its key.
    #[arg(long, value_name = "KEY")]
    order: Option<String>,
    /// A wave: its key.
    #[arg(long, value_name = "KEY")]
    wave: Option<String>,
    /// A lot or a unit of this item: with --lot or --serial.
    #[arg(long)]
    sku: Option<String>,
}

/// How every paper is issued.
#[derive(Debug, Args)]
pub(crate) struct HowArgs {
    /// en, de, fr or es [default: that of the legal entity, or of the paper that is corrected]
    #[arg(long, value_name = "CODE", default_value = "", hide_default_value = true)]
    language: String,
    /// The day of issue at the warehouse, YYYY-MM-DD, not in the future [default: today]
    #[arg(long, value_name = "DATE", default_value = "", hide_default_value = true)]
    issue_date: String,
    /// What the journal said at this sequence; now when absent.
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "SEQUENCE")]
    as_of: u64,
    /// UUID of the request; the same id has one paper, however often it is sent. Made anew when absent.
    #[arg(long, value_name = "UUID")]
    request_id: Option<String>,
}

/// `… correct`
#[derive(Debug, Args)]
pub(crate) struct CorrectArgs {
    #[command(flatten)]
    which: ShowArgs,
    /// What was wrong: 1 to 200 characters.
    #[arg(long)]
    reason: String,
    #[command(flatten)]
    how: HowArgs,
}

/// `… show`
#[derive(Debug, Args)]
pub(crate) struct ShowArgs {
    /// Its number, for example GRN-2026-000017.
    number: String,
    #[command(flatten)]
    issuer: IssuerArgs,
}

/// `… render`
#[derive(Debug, Args)]
pub(crate) struct RenderArgs {
    #[command(flatten)]
    which: ShowArgs,
    /// As what.
    #[arg(long, value_enum, default_value_t = FormatArg::Pdf)]
    format: FormatArg,
    /// The file; stdout when absent.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// `… list`
#[derive(Debug, Args)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    issuer: IssuerArgs,
    /// Only of this kind.
    #[arg(long, value_enum)]
    kind: Option<KindArg>,
    /// Only of this year.
    #[arg(long, default_value_t = 0, hide_default_value = true)]
    year: u32,
    /// Only about this: the key of a delivery or a count, an SSCC, or item and lot.
    #[arg(long, default_value = "", hide_default_value = true)]
    subject: String,
    /// At most this many; all when absent.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
}

impl KindArg {
    const fn wire(self) -> PaperKind {
        match self {
            Self::GoodsReceiptNote => PaperKind::GoodsReceiptNote,
            Self::PutAwayList => PaperKind::PutAwayList,
            Self::PickList => PaperKind::PickList,
            Self::PackingList => PaperKind::PackingList,
            Self::DeliveryNote => PaperKind::DeliveryNote,
            Self::SsccLabel => PaperKind::SsccLabel,
            Self::CountSheet => PaperKind::CountSheet,
            Self::ProductionOrder => PaperKind::ProductionOrder,
            Self::ReturnNote => PaperKind::ReturnNote,
            Self::TraceCertificate => PaperKind::TraceCertificate,
        }
    }
}

pub(super) async fn issue(args: IssueArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let IssueArgs { kind, warehouse, about, lot, serial, how } = args;
    let AboutArgs { delivery, handling_unit, count, order, wave, sku } = about;
    let traced = sku.map(|sku| Subject::Traced(TracedGoods { sku, lot, serial }));
    let (of_unit, of_count) = (handling_unit.map(Subject::HandlingUnit), count.map(Subject::Count));
    let outbound = order.map(Subject::Order).or_else(|| wave.map(Subject::Wave));
    let request = IssuePaperRequest {
        request_id: request_id_or_new(how.request_id.as_deref()),
        warehouse,
        kind: kind.wire().into(),
        language: how.language,
        issue_date: how.issue_date,
        as_of_sequence: how.as_of,
        subject: delivery.map(Subject::Delivery).or(of_unit).or(of_count).or(outbound).or(traced),
    };
    let answer = client.call(&request, async |r| client.papers().issue_paper(r).await).await?;
    context.output().one(&PaperView::from(answer.paper.unwrap_or_default()))
}

pub(super) async fn correct(args: CorrectArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let CorrectArgs { which, reason, how } = args;
    let request = CorrectPaperRequest {
        request_id: request_id_or_new(how.request_id.as_deref()),
        legal_entity: which.issuer.legal_entity(&client).await?,
        number: which.number,
        reason,
        language: how.language,
        issue_date: how.issue_date,
        as_of_sequence: how.as_of,
    };
    let answer = client.call(&request, async |r| client.papers().correct_paper(r).await).await?;
    context.output().one(&PaperView::from(answer.paper.unwrap_or_default()))
}

pub(super) async fn show(args: ShowArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let legal_entity = args.issuer.legal_entity(&client).await?;
    let request = GetPaperRequest { legal_entity, number: args.number };
    let answer = client.call(&request, async |r| client.papers().get_paper(r).await).await?;
    context.output().one(&PaperView::from(answer.paper.unwrap_or_default()))
}

pub(super) async fn render(args: RenderArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let format = match args.format {
        FormatArg::Pdf => PaperFormat::Pdf,
        FormatArg::Html => PaperFormat::Html,
        FormatArg::Json => PaperFormat::Json,
    };
    let legal_entity = args.which.issuer.legal_entity(&client).await?;
    let request = RenderPaperRequest { legal_entity, number: args.which.number, format: format.into() };
    let answer = client.call(&request, async |r| client.papers().render_paper(r).await).await?;
    match &args.out {
        None => context.output().raw(&answer.content),
        Some(path) => std::fs::write(path, answer.content).map_err(|e| Failure::file(path, &e)),
    }
}

pub(super) async fn list(args: ListArgs, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    let legal_entity = args.issuer.legal_entity(&client).await?;
    let kind = args.kind.map_or(PaperKind::Unspecified, KindArg::wire);
    let rows = pages(args.limit, async |page_size, page_token| {
        let request = ListPapersRequest {
            legal_entity: legal_entity.clone(),
            page_size,
            page_token,
            kind: kind.into(),
            year: args.year,
            warehouse: String::new(),
            subject: args.subject.clone(),
        };
        let page = client.call(&request, async |r| client.papers().list_papers(r).await).await?;
        Ok((page.papers.into_iter().map(PaperView::from).collect(), page.next_page_token))
    });
    context.output().many(&rows.await?)
}

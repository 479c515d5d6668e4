use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use proto::stock::v1::PostDocumentRequest;
use rpc::{Backoff, Reason};
use tokio::time::Instant;

use super::document::DocumentForm;
use super::{master_data, views::ReceiptView};
use crate::cli::Context;
use crate::client::Client;
use crate::output::Failure;

/// `entrepot stock post`
#[derive(Debug, Args)]
pub(crate) struct PostArgs {
    /// The document, JSON; - for stdin.
    #[arg(long, short, value_name = "FILE")]
    file: PathBuf,
    /// The warehouse, when the document does not name it.
    #[arg(long, short)]
    warehouse: Option<String>,
    /// UUID of the document, when it does not have one.
    #[arg(long, value_name = "UUID")]
    request_id: Option<String>,
    /// Only check: answer as if it were posted, and change nothing.
    #[arg(long)]
    dry_run: bool,
    /// Judge against master data at least this new (as answered by a change of the catalog).
    #[arg(long, default_value_t = 0, hide_default_value = true, value_name = "REVISION")]
    catalog_revision: u64,
}

/// Posts a document from a file.
pub(super) async fn from_file(args: PostArgs, context: &Context) -> Result<(), Failure> {
    let (warehouse, mut form) = read_form(&args.file, args.warehouse)?;
    form.request_id = form.request_id.or(args.request_id);
    let request = PostDocumentRequest {
        warehouse,
        document: Some(form.into_document()?),
        validate_only: args.dry_run,
        catalog_revision: args.catalog_revision,
    };
    send(request, context).await
}

/// A document in a file, with the warehouse that it or the flag names.
pub(super) fn read_form(file: &Path, warehouse: Option<String>) -> Result<(String, DocumentForm), Failure> {
    let text = read(file)?;
    let mut form: DocumentForm = serde_json::from_str(&text).map_err(|e| unreadable(file, &e))?;
    let Some(warehouse) = form.warehouse.take().or(warehouse) else {
        let message = "the document names no warehouse: add \"warehouse\", or give --warehouse";
        return Err(Failure::usage(message).at("warehouse"));
    };
    Ok((warehouse, form))
}

/// Posts a document and shows the receipt.
pub(super) async fn send(request: PostDocumentRequest, context: &Context) -> Result<(), Failure> {
    let client = context.client().await?;
    context.output().one(&receipt(&client, &request).await?)
}

/// Posts a document.
pub(super) async fn receipt(client: &Client, request: &PostDocumentRequest) -> Result<ReceiptView, Failure> {
    post(client, request).await.map_err(|failure| with_request_id(failure, request))
}

/// Master data takes a moment from the catalog to the warehouse. When the warehouse says that it does not know something which the
/// catalog does know, the document is posted again until it does, or the timeout is over.
async fn post(client: &Client, request: &PostDocumentRequest) -> Result<ReceiptView, Failure> {
    let deadline = Instant::now() + client.timeout();
    let mut backoff = Backoff::new(Duration::from_millis(20), Duration::from_millis(500));
    loop {
        let answer = client.call(request, async |r| client.stock().post_document(r).await).await;
        let failure = match answer {
            Ok(answer) => return Ok(ReceiptView::new(answer.receipt.unwrap_or_default())),
            Err(failure) => failure,
        };
        let next = Instant::now() + backoff.delay();
        if next >= deadline
            || !master_data::is_unknown(&failure)
            || !master_data::is_in_catalog(client, request).await
        {
            return Err(failure);
        }
        tokio::time::sleep_until(next).await;
    }
}

/// Without its request id nobody could send the document again.
fn with_request_id(failure: Failure, request: &PostDocumentRequest) -> Failure {
    match &request.document {
        Some(document) => failure.with("request_id", &document.request_id),
        None => failure,
    }
}

fn read(path: &Path) -> Result<String, Failure> {
    let mut text = String::new();
    let done = if path == Path::new("-") {
        std::io::stdin().lock().read_to_string(&mut text)
    } else {
        std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text))
    };
    done.map_err(|e| Failure::file(path, &e))?;
    Ok(text)
}

fn unreadable(path: &Path, error: &serde_json::Error) -> Failure {
    let message =
        format!("`{}` is not a document: {error}; see `entrepot stock post --help`", path.display());
    Failure::new(Reason::BadFile, message).with("line", error.line())
}

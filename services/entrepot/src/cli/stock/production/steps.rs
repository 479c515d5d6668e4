use proto::catalog::v1::{BomDepth, ExplodeBomRequest, ExplodeBomResponse};
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{DocumentLine, PostDocumentRequest};

use crate::cli::text::decimal;
use crate::client::Client;
use crate::output::Failure;

/// What one production of so much takes.
pub(super) async fn explode(
    client: &Client,
    sku: &str,
    quantity: &str,
    day: &str,
) -> Result<ExplodeBomResponse, Failure> {
    let request = ExplodeBomRequest {
        sku: sku.to_owned(),
        quantity: decimal(quantity),
        day: day.to_owned(),
        depth: BomDepth::One.into(),
    };
    client.call(&request, async |r| client.catalog().explode_bom(r).await).await
}

/// The document with more lines behind its first.
pub(super) fn with_lines(
    mut request: PostDocumentRequest,
    more: impl IntoIterator<Item = Action>,
) -> PostDocumentRequest {
    if let Some(document) = &mut request.document {
        document.lines.extend(more.into_iter().map(|action| DocumentLine { action: Some(action) }));
    }
    request
}

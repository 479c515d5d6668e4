use std::collections::BTreeMap;

use proto::catalog::v1::{BomDepth, ExplodeBomRequest, ExplodeBomResponse};
use proto::common::v1::Decimal;
use proto::stock::v1::document_line::Action;
use proto::stock::v1::{DocumentLine, PostDocumentRequest};
use vocabulary::Quantity;

use crate::cli::text::decimal;
use crate::client::Client;
use crate::output::Failure;

/// How much of each item.
pub(super) type Amounts = BTreeMap<String, Quantity>;

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

/// What is needed of each item, and what comes out besides.
pub(super) fn amounts(found: &ExplodeBomResponse) -> (Amounts, Amounts) {
    let amount = |sku: &str, quantity: Option<&Decimal>| {
        Some((sku.to_owned(), Quantity::parse(&quantity?.value).ok()?)).filter(|(_, much)| much.is_positive())
    };
    let needed = found.requirements.iter().filter_map(|need| amount(&need.sku, need.quantity.as_ref()));
    let outputs = found.outputs.iter().filter_map(|output| amount(&output.sku, output.quantity.as_ref()));
    (needed.collect(), outputs.collect())
}

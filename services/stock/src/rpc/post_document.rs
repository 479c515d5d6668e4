use proto::stock::v1::{PostDocumentRequest, PostDocumentResponse};
use rpc::{ApiError, Reason};
use tonic::Request;

use super::answer::receipt;
use super::document::DocumentParser;
use super::found::Found;
use super::{StockRpc, catalog};
use crate::engine::Answer;

/// One document; all its lines, or none.
pub(super) async fn handle(
    service: &StockRpc,
    request: Request<PostDocumentRequest>,
) -> Result<PostDocumentResponse, ApiError> {
    let deadline = rpc::deadline(&request);
    let message = request.into_inner();
    catalog::reached(&service.catalog, message.catalog_revision, deadline).await?;
    let partition = service.partition(&message.warehouse)?;
    let document = message.document.ok_or_else(|| {
        ApiError::invalid(Reason::BadField, "document", "the request has no document: give one")
    })?;
    let found = Found::of(&partition, &service.catalog, std::slice::from_ref(&document)).await?;
    let parser = DocumentParser::new(service, &partition.warehouse, found);
    let in_document = |error: ApiError| error.in_field("document");
    let parsed = parser.parse(&document).map_err(in_document)?;
    let request_id = parsed.request_id;
    let answer = if message.validate_only {
        partition.judge(parsed).await?
    } else {
        let answer: Option<Answer> = partition.try_post(vec![parsed]).await?.pop();
        answer.ok_or_else(|| partition.interrupted())?
    };
    let receipt = receipt(answer, &partition.warehouse, request_id).map_err(in_document)?;
    Ok(PostDocumentResponse { receipt: Some(receipt) })
}

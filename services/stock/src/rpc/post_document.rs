use proto::stock::v1::{PostDocumentRequest, PostDocumentResponse, Receipt};
use rpc::{ApiError, Reason};
use stock_core::{Document, decide};
use tonic::Request;
use vocabulary::RequestId;

use super::answer::{receipt, refused};
use super::document::DocumentParser;
use super::{StockRpc, reserved};
use crate::engine::{Answer, Handle};

/// One document; all its lines, or none.
pub(super) async fn handle(
    service: &StockRpc,
    request: Request<PostDocumentRequest>,
) -> Result<PostDocumentResponse, ApiError> {
    let deadline = rpc::deadline(&request);
    let message = request.into_inner();
    DocumentParser::wait_for_catalog(&service.catalog, message.catalog_revision, deadline).await?;
    let partition = service.partition(&message.warehouse)?;
    let document = message.document.ok_or_else(|| {
        ApiError::invalid(Reason::BadField, "document", "the request has no document: give one")
    })?;
    let reserved = reserved::items(&partition, std::slice::from_ref(&document)).await?;
    let parser = DocumentParser::new(&service.catalog, &service.limits, &partition.warehouse, reserved);
    let in_document = |error: ApiError| error.in_field("document");
    let parsed = parser.parse(&document).map_err(in_document)?;
    let request_id = parsed.request_id;
    if message.validate_only {
        let document = parsed.document.map_err(in_document)?;
        let receipt = validate(&partition, document, request_id).await.map_err(in_document)?;
        return Ok(PostDocumentResponse { receipt: Some(receipt) });
    }
    let mut answers = partition.try_post(vec![parsed]).await?;
    let answer: Answer = answers.pop().ok_or_else(|| partition.interrupted())?;
    let receipt = receipt(answer, &partition.warehouse, request_id).map_err(in_document)?;
    Ok(PostDocumentResponse { receipt: Some(receipt) })
}

async fn validate(
    partition: &Handle,
    document: Document,
    request_id: RequestId,
) -> Result<Receipt, ApiError> {
    let effective_at = document.effective_at.map(super::answer::timestamp);
    partition
        .look(move |state| decide(state, &document).map(drop))
        .await?
        .map_err(|refusal| refused(&refusal))?;
    Ok(Receipt {
        request_id: request_id.to_string(),
        warehouse: partition.warehouse.to_string(),
        effective_at,
        ..Receipt::default()
    })
}

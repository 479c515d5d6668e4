//! What tests ask of the service, and its answers in short.

use std::time::Duration;

use proto::stock::v1::stock_service_client::StockServiceClient;
use proto::stock::v1::{
    Document, GetJournalHeadRequest, GetJournalHeadResponse, GetPositionRequest, JournalRecord, Position,
    PostDocumentRequest, ReadJournalRequest, Receipt,
};
use rpc::Backoff;
use rpc::client::RemoteError;
use tonic::Status;
use tonic::transport::Channel;

use crate::fixtures::document;
use crate::test_app::TestApp;

pub(crate) fn request(document: &Document) -> PostDocumentRequest {
    PostDocumentRequest {
        warehouse: "BER".into(),
        document: Some(document.clone()),
        ..PostDocumentRequest::default()
    }
}

pub(crate) async fn post(app: &TestApp, document: &Document) -> Result<Receipt, RemoteError> {
    post_with(&mut app.client(), document).await
}

pub(crate) async fn post_with(
    client: &mut StockServiceClient<Channel>,
    document: &Document,
) -> Result<Receipt, RemoteError> {
    let answer = client.post_document(request(document)).await;
    answer.map(|answer| answer.into_inner().receipt.unwrap()).map_err(|status| RemoteError::from(&status))
}

/// As a caller does who was told to come back: the same request, until it is answered. Also says how often it was told so.
pub(crate) async fn post_until_answered(
    client: &mut StockServiceClient<Channel>,
    document: &Document,
) -> (Result<Receipt, RemoteError>, u32) {
    let mut backoff = Backoff::new(Duration::from_millis(10), Duration::from_millis(200));
    let mut refused = 0;
    let answered = async {
        loop {
            match post_with(client, document).await {
                Err(error) if error.is_retryable() => {
                    assert!(error.retry_after.is_some(), "{error}");
                    refused += 1;
                }
                answer => return answer,
            }
            backoff.wait().await;
        }
    };
    let answer = tokio::time::timeout(Duration::from_secs(30), answered).await;
    (answer.expect("the service comes back"), refused)
}

/// Posts a document written as text: `ok`, or `REASON field`.
pub(crate) async fn say(app: &TestApp, text: &str) -> String {
    short(&post(app, &document(text)).await)
}

pub(crate) fn short(answer: &Result<Receipt, RemoteError>) -> String {
    match answer {
        Ok(_) => "ok".to_owned(),
        Err(error) => refusal(error),
    }
}

pub(crate) fn refusal(error: &RemoteError) -> String {
    format!("{} {}", error.reason, error.field).trim_end().to_owned()
}

/// What a refused call says: `REASON field`.
pub(crate) fn refused<T: std::fmt::Debug>(result: Result<tonic::Response<T>, Status>) -> String {
    refusal(&RemoteError::from(&result.expect_err("refused")))
}

/// `on hand/reserved/available`.
pub(crate) async fn position(app: &TestApp, sku: &str, location: &str) -> String {
    let request = GetPositionRequest {
        warehouse: "BER".into(),
        sku: sku.into(),
        location: location.into(),
        ..GetPositionRequest::default()
    };
    in_short(&app.client().get_position(request).await.unwrap().into_inner().position.unwrap())
}

pub(crate) fn in_decimal(decimal: Option<&proto::common::v1::Decimal>) -> &str {
    decimal.map_or("", |decimal| &decimal.value)
}

pub(crate) fn in_short(position: &Position) -> String {
    let number = |decimal: &Option<proto::common::v1::Decimal>| decimal.as_ref().unwrap().value.clone();
    let Position { on_hand, reserved, available, .. } = position;
    format!("{}/{}/{}", number(on_hand), number(reserved), number(available))
}

pub(crate) async fn head(app: &TestApp) -> Result<GetJournalHeadResponse, Status> {
    let request = GetJournalHeadRequest { warehouse: "BER".into() };
    app.journal().get_journal_head(request).await.map(tonic::Response::into_inner)
}

/// The whole journal, page by page.
pub(crate) async fn read_journal(app: &TestApp, page_size: i32) -> Vec<JournalRecord> {
    let mut records: Vec<JournalRecord> = Vec::new();
    loop {
        let after_sequence = records.last().map_or(0, |record| record.sequence);
        let request = ReadJournalRequest { warehouse: "BER".into(), after_sequence, page_size };
        let page = app.journal().read_journal(request).await.unwrap().into_inner().records;
        if page.is_empty() {
            return records;
        }
        records.extend(page);
    }
}

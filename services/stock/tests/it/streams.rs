use proto::stock::v1::document_result::Outcome;
use proto::stock::v1::{Document, PostDocumentsRequest};
use rpc::client::RemoteError;

use crate::calls::{position, refusal};
use crate::fixtures::document;
use crate::test_app::TestApp;

pub(crate) async fn stream(app: &TestApp, messages: Vec<Vec<Document>>) -> Vec<String> {
    let request =
        |documents| PostDocumentsRequest { warehouse: "BER".into(), documents, catalog_revision: 0 };
    let requests = futures::stream::iter(messages.into_iter().map(request));
    let mut answers = app.client().post_documents(requests).await.unwrap().into_inner();
    let mut found = Vec::new();
    loop {
        let results = match answers.message().await {
            Ok(Some(answer)) => answer.results,
            Ok(None) => return found,
            Err(status) => {
                found.push(format!("end: {}", refusal(&RemoteError::from(&status))));
                return found;
            }
        };
        found.extend(results.into_iter().map(|result| match result.outcome.unwrap() {
            Outcome::Receipt(receipt) => receipt.sequence.to_string(),
            Outcome::Error(error) => refusal(&RemoteError::from(&error)),
        }));
    }
}

pub(crate) async fn answers_keep_the_order_of_the_documents(app: &mut TestApp) {
    let bad = vec![document("receive A MAIN 1"), document("receive X MAIN 1"), document("issue A MAIN 9")];
    let twice = document("receive A MAIN 1");
    let messages = vec![bad, vec![twice.clone()], vec![twice, document("issue A MAIN 2")]];
    let expected = [
        "1",
        "UNKNOWN_ITEM documents[1].lines[0].receive.sku",
        "INSUFFICIENT_AVAILABLE documents[2].lines[0]",
        "3",
        "3",
        "4",
    ];
    assert_eq!(stream(app, messages).await, expected);
    assert_eq!(position(app, "A", "MAIN").await, "0/0/0");
}

pub(crate) async fn a_long_stream_keeps_its_order(app: &mut TestApp) {
    app.restart_with(|limits| (limits.stream_requests_max, limits.batch_documents_max) = (2, 3)).await;
    let messages = (0..100).map(|_| vec![document("receive A MAIN 1"), document("issue A MAIN 1")]).collect();
    let expected: Vec<String> = (1..=200).map(|n: u32| n.to_string()).collect();
    assert_eq!(stream(app, messages).await, expected);
}

pub(crate) async fn an_empty_message_ends_a_stream(app: &mut TestApp) {
    let messages = vec![vec![document("receive A MAIN 1")], vec![], vec![document("receive A MAIN 1")]];
    assert_eq!(stream(app, messages).await, ["1", "end: NO_DOCUMENTS documents"]);
    assert_eq!(position(app, "A", "MAIN").await, "1/0/1");
}

/// What a message names is looked up before it is judged: only so much of it, and each once.
pub(crate) async fn a_message_names_only_so_much(app: &mut TestApp) {
    let receipts: Vec<Document> = (0..1001).map(|_| document("receive A MAIN 1")).collect();
    let posted = stream(app, receipts.chunks(1000).map(<[_]>::to_vec).collect()).await;
    assert_eq!(posted.last().unwrap(), "1001");
    let documents = |lines: Vec<String>| -> Vec<Document> {
        lines.chunks(500).map(|lines| document(&lines.join(";"))).collect()
    };
    let reversals = |last: u32| documents((1..=last).map(|n| format!("reverse {n}-0")).collect());
    assert_eq!(stream(app, vec![reversals(1001)]).await, ["end: TOO_MANY_REFERENCES"]);
    let releases = documents((1..=10_001).map(|n| format!("release 7-{n} 1")).collect());
    assert_eq!(stream(app, vec![releases]).await, ["end: TOO_MANY_REFERENCES"]);
    assert_eq!(position(app, "A", "MAIN").await, "1001/0/1001", "nothing was posted");
    let too_long = document(&vec!["reverse 1-0"; 1001].join(";"));
    let answers = stream(app, vec![[reversals(1000), vec![too_long]].concat()]).await;
    assert_eq!(answers, ["1002", "1003", "TOO_MANY_LINES documents[2].lines"]);
    assert_eq!(position(app, "A", "MAIN").await, "1/0/1");
}

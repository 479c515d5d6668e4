use proto::catalog::v1::{Item, LifecycleState};
use proto::events::v1::{CatalogChange, catalog_change};
use proto::stock::v1::{Document, PostDocumentRequest};

use crate::calls::{head, position, post, request, say, short};
use crate::fixtures::{document, item};
use crate::test_app::TestApp;

pub(crate) async fn an_answer_is_remembered(app: &mut TestApp) {
    let receive = document("receive A MAIN 5; reserve A MAIN 1");
    let first = post(app, &receive).await.unwrap();
    let refuse = document("issue A MAIN 50");
    let refusal = post(app, &refuse).await.unwrap_err();
    say(app, "receive A MAIN 100").await;
    for _ in 0..2 {
        let again = post(app, &receive).await.unwrap();
        assert!(again.remembered && !first.remembered);
        assert_eq!(proto::stock::v1::Receipt { remembered: false, ..again }, first);
        assert_eq!(post(app, &refuse).await.unwrap_err(), refusal, "though there would be enough now");
        app.restart().await;
    }
    assert_eq!(head(app).await.unwrap().sequence, 3);
}

pub(crate) async fn answers_are_found_beyond_the_limit_of_memory(app: &mut TestApp) {
    app.restart_with(|limits| (limits.remembered_answers_max, limits.batch_documents_max) = (2, 1)).await;
    let documents: Vec<Document> = (0..40).map(|_| document("receive A MAIN 1")).collect();
    for document in &documents {
        assert!(!post(app, document).await.unwrap().remembered);
    }
    for (sequence, document) in (1..).zip(&documents) {
        let again = post(app, document).await.unwrap();
        assert_eq!((again.remembered, again.sequence), (true, sequence));
    }
    assert_eq!(position(app, "A", "MAIN").await, "40/0/40");
}

pub(crate) async fn an_id_is_not_used_twice(app: &mut TestApp) {
    let one = document("receive A MAIN 5");
    post(app, &one).await.unwrap();
    let other = Document { request_id: one.request_id.clone(), ..document("receive A MAIN 6") };
    for _ in 0..2 {
        let error = post(app, &other).await.unwrap_err();
        assert_eq!(
            (error.reason.as_str(), error.field.as_str()),
            ("REQUEST_ID_REUSED", "document.request_id")
        );
        assert_eq!(error.metadata["sequence"], "1");
        app.restart().await;
    }
    assert_eq!(position(app, "A", "MAIN").await, "5/0/5");
}

pub(crate) async fn a_retired_item_does_not_take_its_answers_along(app: &mut TestApp) {
    let receive = document("receive A MAIN 5");
    post(app, &receive).await.unwrap();
    let retired = Item { state: LifecycleState::Retired.into(), ..item("A") };
    let record = Some(catalog_change::Record::Item(retired));
    app.catalog.apply(&CatalogChange { revision: 1000, record });
    assert!(post(app, &receive).await.unwrap().remembered);
    app.restart().await;
    assert!(post(app, &receive).await.unwrap().remembered);
    assert_eq!(say(app, "receive A MAIN 5").await, "ITEM_RETIRED document.lines[0].receive.sku");
}

pub(crate) async fn validating_changes_nothing(app: &mut TestApp) {
    let validate = async |app: &TestApp, document: &Document| {
        let request = PostDocumentRequest { validate_only: true, ..request(document) };
        app.client().post_document(request).await.map(|answer| answer.into_inner().receipt.unwrap())
    };
    let (receive, issue) = (document("receive A MAIN 5"), document("issue A MAIN 1"));
    assert_eq!(validate(app, &receive).await.unwrap().sequence, 0);
    let refused = validate(app, &issue).await.unwrap_err();
    assert_eq!(rpc::client::RemoteError::from(&refused).reason, "INSUFFICIENT_AVAILABLE");
    assert_eq!(head(app).await.unwrap().sequence, 0);
    assert_eq!(short(&post(app, &receive).await), "ok");
    assert_eq!(short(&post(app, &issue).await), "ok", "the refusal was not remembered");
    for _ in 0..2 {
        let known = validate(app, &issue).await.unwrap();
        assert_eq!((known.sequence, known.remembered), (2, true), "the id has an answer");
        let reused = Document { request_id: issue.request_id.clone(), ..document("receive A MAIN 6") };
        let refused = validate(app, &reused).await.unwrap_err();
        assert_eq!(rpc::client::RemoteError::from(&refused).reason, "REQUEST_ID_REUSED");
        app.restart().await;
    }
    assert_eq!(head(app).await.unwrap().sequence, 2);
}

use std::time::Duration;

use futures::future::join_all;

use crate::calls::{head, position, post, post_until_answered, post_with, say};
use crate::fixtures::document;
use crate::test_app::TestApp;

pub(crate) async fn sixty_four_clients_sell_exactly_what_is_there(app: &mut TestApp) {
    say(app, "receive A MAIN 100").await;
    let sell = async || {
        let (mut client, mut sold) = (app.client(), 0);
        while post_with(&mut client, &document("issue A MAIN 1")).await.is_ok() {
            sold += 1;
        }
        sold
    };
    let sold: i32 = join_all((0..64).map(|_| sell())).await.into_iter().sum();
    assert_eq!(sold, 100);
    assert_eq!(position(app, "A", "MAIN").await, "0/0/0");
    assert_eq!(head(app).await.unwrap().sequence, 1 + 100 + 64, "every client was refused once");
}

pub(crate) async fn a_full_queue_says_so(app: &mut TestApp) {
    app.restart_with(|limits| (limits.queue_requests_max, limits.batch_documents_max) = (1, 1)).await;
    full(app).await;
    assert_eq!(position(app, "A", "MAIN").await, "256/0/256");
    app.restart_with(|limits| (limits.queue_bytes_max, limits.batch_documents_max) = (1, 1)).await;
    full(app).await;
    assert_eq!(position(app, "A", "MAIN").await, "512/0/512");
}

async fn full(app: &TestApp) {
    let documents: Vec<_> = (0..256).map(|_| document("receive A MAIN 1")).collect();
    let answers = join_all(documents.iter().map(|document| post(app, document))).await;
    let full: Vec<_> = answers.iter().filter_map(|answer| answer.as_ref().err()).collect();
    assert!(!full.is_empty(), "256 at once are too many");
    for error in full {
        assert_eq!(error.reason, "QUEUE_FULL");
        assert!(error.retry_after.is_some());
    }
    for document in &documents {
        post_until_answered(&mut app.client(), document).await.0.unwrap();
    }
}

pub(crate) async fn a_dropped_caller_leaves_no_half(app: &mut TestApp) {
    let lines = vec!["receive A MAIN 1"; 200].join(";");
    let documents: Vec<_> = (0..40).map(|_| document(&lines)).collect();
    for (n, document) in (0..).zip(&documents) {
        // The caller goes away sooner or later: some before the request arrived, some while it is written.
        let _gone = tokio::time::timeout(Duration::from_micros(300 * n), post(app, document)).await;
    }
    for document in &documents {
        post_until_answered(&mut app.client(), document).await.0.unwrap();
    }
    assert_eq!(position(app, "A", "MAIN").await, "8000/0/8000");
    assert_eq!(head(app).await.unwrap().sequence, 40, "each once, none in halves");
}

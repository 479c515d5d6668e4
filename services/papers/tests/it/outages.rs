//! Bad days: the database goes away in the middle, or several processes issue at once.

use std::time::Duration;

use database::DatabaseConfig;
use papers::{Papers, PapersConfig, PapersFault, Parts};
use proto::papers::v1::IssuePaperRequest;
use rpc::Backoff;
use rpc::client::is_retryable;
use testkit::{FaultProxy, Way};
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;

use crate::fixtures::note;
use crate::test_app::{Client, TestApp};

/// As a caller does who was told to come back: the same request, until it is answered.
async fn issue(client: &mut Client, delivery: &str) -> String {
    let request = note(delivery);
    let mut backoff = Backoff::new(Duration::from_millis(20), Duration::from_millis(300));
    for _ in 0..200 {
        match client.issue_paper(request.clone()).await {
            Ok(issued) => return issued.into_inner().paper.unwrap().number,
            Err(status) => assert!(is_retryable(&status), "{status}"),
        }
        backoff.wait().await;
    }
    panic!("the database never came back")
}

/// The line breaks after any number of bytes: before the number is taken, between it and the paper, and after the commit whose answer
/// never comes.
#[tokio::test]
async fn a_commit_that_breaks_anywhere_leaves_no_gap() {
    testkit::on_postgres("papers", async |schema: testkit::Schema| {
        let server = schema.url.rsplit_once('@').and_then(|(_, rest)| rest.split('/').next()).unwrap();
        let line = FaultProxy::to(server).await;
        let url = schema.url.replace(server, line.url().trim_start_matches("http://"));
        let database = DatabaseConfig::new(url).with_schema(schema.name);
        let app = TestApp::start(database, testkit::temp_dir()).await;
        let mut client = app.client();
        let mut numbers = vec![issue(&mut client, "PO-1").await];
        let before = (line.passed(Way::Requests), line.passed(Way::Answers));
        numbers.push(issue(&mut client, "PO-1").await);
        let (asked, answered) = (line.passed(Way::Requests) - before.0, line.passed(Way::Answers) - before.1);
        for part in 0..12 {
            let (way, bytes) = if part % 2 == 0 { (Way::Requests, asked) } else { (Way::Answers, answered) };
            line.cut_after(way, bytes * part / 12);
            let (issued, ()) = tokio::join!(issue(&mut client, "PO-1"), mend_when_cut(&line));
            numbers.push(issued);
        }
        assert!(numbers.is_sorted(), "{numbers:?}");
        numbers.dedup();
        assert_eq!(numbers.len(), 14, "each request has a paper of its own");
        assert_eq!(app.papers("ACME-DE").await.len(), 14, "and none has two");
        app.check_numbers().await;
        app.stop().await;
    })
    .await;
}

async fn mend_when_cut(line: &FaultProxy) {
    let mut backoff = Backoff::new(Duration::from_millis(10), Duration::from_millis(50));
    for _ in 0..20 {
        if line.is_cut() {
            break;
        }
        backoff.wait().await;
    }
    line.mend();
}

/// The paper that others ask for, too, and three of its own.
async fn write(mut client: Client, shared: IssuePaperRequest) {
    client.issue_paper(shared).await.unwrap();
    for _ in 0..3 {
        issue(&mut client, "PO-2").await;
    }
}

#[tokio::test]
async fn two_processes_count_together() {
    testkit::on_postgres("papers", async |schema: testkit::Schema| {
        let database = DatabaseConfig::new(schema.url).with_schema(schema.name);
        let one = TestApp::start(database.clone(), testkit::temp_dir()).await;
        let other = TestApp::start(database, testkit::temp_dir()).await;
        let shared = note("PO-1");
        let mut writers = JoinSet::new();
        for writer in 0..32 {
            let client = if writer % 2 == 0 { one.client() } else { other.client() };
            writers.spawn(write(client, shared.clone()));
        }
        writers.join_all().await;
        one.check_numbers().await;
        assert_eq!(one.papers("ACME-DE").await.len(), 32 * 3 + 1, "the shared request is one paper");
        other.stop().await;
        one.stop().await;
    })
    .await;
}

#[tokio::test]
async fn a_sqlite_file_has_one_server() {
    let directory = testkit::temp_dir();
    let database = DatabaseConfig::new(testkit::sqlite_url(directory.path(), "papers.db"));
    let app = TestApp::start(database, directory).await;
    let here = Some("127.0.0.1:1".to_owned());
    let config = PapersConfig {
        database: app.database().clone(),
        catalog: here.clone(),
        stock: here,
        ..PapersConfig::default()
    };
    let start = |config| Papers::start(Parts { config, cancel: CancellationToken::new() });
    let fault = start(config.clone()).await.unwrap_err();
    assert!(matches!(fault, PapersFault::Claim(_)), "{fault}");
    for config in
        [PapersConfig { catalog: None, ..config.clone() }, PapersConfig { stock: Some("x".into()), ..config }]
    {
        let fault = start(config).await.unwrap_err();
        assert!(matches!(fault, PapersFault::Config(_)), "{fault}");
    }
    app.stop().await;
}

use std::collections::BTreeSet;

use proto::papers::v1::{IssuePaperRequest, PaperKind};
use tokio::task::JoinSet;

use crate::fixtures::{PALLET, id, note, of_unit};
use crate::test_app::{Client, TestApp};

const WRITERS: usize = 32;
const PAPERS: usize = 5;

async fn issue(client: &mut Client, request: IssuePaperRequest) -> String {
    client.issue_paper(request).await.unwrap().into_inner().paper.unwrap().number
}

pub(crate) async fn thirty_two_writers_leave_no_gap(app: &mut TestApp) {
    let mut writers = JoinSet::new();
    for writer in 0..WRITERS {
        let mut client = app.client();
        writers.spawn(async move {
            let mut numbers = Vec::new();
            for _ in 0..PAPERS {
                // Between the others are papers that are refused, which must take no number.
                let refused = client.issue_paper(note(if writer % 2 == 0 { "PO-404" } else { "PO-0" })).await;
                assert!(refused.is_err());
                numbers.push(issue(&mut client, note("PO-1")).await);
            }
            numbers
        });
    }
    let numbers: Vec<Vec<String>> = writers.join_all().await;
    assert!(numbers.iter().all(|own| own.is_sorted()), "a writer sees its own order");
    let all: BTreeSet<&String> = numbers.iter().flatten().collect();
    assert_eq!(all.len(), WRITERS * PAPERS, "no number twice");
    assert_eq!(app.papers("ACME-DE").await.len(), WRITERS * PAPERS);
}

pub(crate) async fn the_same_request_of_many_is_one_paper(app: &mut TestApp) {
    let request = note("PO-1");
    let mut callers = JoinSet::new();
    for _ in 0..WRITERS {
        let (mut client, request) = (app.client(), request.clone());
        callers.spawn(async move { issue(&mut client, request).await });
    }
    let numbers: BTreeSet<String> = callers.join_all().await.into_iter().collect();
    assert_eq!(numbers.len(), 1, "{numbers:?}");
    assert_eq!(app.papers("ACME-DE").await.len(), 1);
}

pub(crate) async fn every_legal_entity_kind_and_year_counts_for_itself(app: &mut TestApp) {
    let mut client = app.client();
    let at = |warehouse: &str, issue_date: &str| IssuePaperRequest {
        request_id: id(),
        warehouse: warehouse.into(),
        issue_date: issue_date.into(),
        ..note("PO-1")
    };
    for (request, number) in [
        (at("BER", "2024-12-31"), "GRN-2024-000001"),
        (at("MUC", "2024-01-01"), "GRN-2024-000002"),
        (at("LAX", "2024-05-05"), "GRN-2024-000001"),
        (at("BER", "2025-01-01"), "GRN-2025-000001"),
        (at("BER", "2024-12-30"), "GRN-2024-000003"),
    ] {
        assert_eq!(issue(&mut client, request).await, number);
    }
    let list =
        IssuePaperRequest { issue_date: "2024-12-31".into(), ..of_unit(PaperKind::PackingList, PALLET) };
    assert_eq!(issue(&mut client, list).await, "PACK-2024-000001");
}

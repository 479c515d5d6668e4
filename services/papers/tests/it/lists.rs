use proto::papers::v1::{ListPapersRequest, PaperKind};

use crate::fixtures::{PALLET, note, of_unit};
use crate::test_app::{TestApp, refused};

pub(crate) async fn pages_are_complete_and_in_order(app: &mut TestApp) {
    let mut client = app.client();
    for n in 0..5 {
        client.issue_paper(note(&format!("PO-{}", n % 2 + 1))).await.unwrap();
        client.issue_paper(of_unit(PaperKind::PackingList, PALLET)).await.unwrap();
    }
    let of = |page_token| ListPapersRequest {
        legal_entity: "ACME-DE".into(),
        page_size: 3,
        page_token,
        ..ListPapersRequest::default()
    };
    let mut numbers = Vec::new();
    let mut token = String::new();
    for size in [3, 3, 3, 1] {
        let page = client.list_papers(of(token)).await.unwrap().into_inner();
        assert_eq!(page.papers.len(), size);
        assert!(page.papers.iter().all(|paper| paper.content.is_empty() && !paper.digest.is_empty()));
        numbers.extend(page.papers.into_iter().map(|paper| paper.number));
        token = page.next_page_token;
    }
    assert!(token.is_empty() && numbers.is_sorted(), "{numbers:?}");
    assert_eq!(numbers.len(), 10);

    let year = numbers[0][4..8].parse().unwrap();
    let all = || ListPapersRequest { page_size: 0, ..of(String::new()) };
    for (request, count) in [
        (ListPapersRequest { kind: PaperKind::PackingList.into(), ..all() }, 5),
        (ListPapersRequest { subject: "PO-1".into(), ..all() }, 3),
        (ListPapersRequest { warehouse: "BER".into(), ..all() }, 10),
        (ListPapersRequest { warehouse: "MUC".into(), ..all() }, 0),
        (ListPapersRequest { year, ..all() }, 10),
        (ListPapersRequest { year: 1999, ..all() }, 0),
        (ListPapersRequest { legal_entity: "ACME-US".into(), ..all() }, 0),
    ] {
        let listed = client.list_papers(request.clone()).await.unwrap().into_inner().papers;
        assert_eq!(listed.len(), count, "{request:?}");
    }
}

pub(crate) async fn bad_lists_are_refused(app: &mut TestApp) {
    let mut client = app.client();
    let all = || ListPapersRequest { legal_entity: "ACME-DE".into(), ..ListPapersRequest::default() };
    for (request, refusal) in [
        (ListPapersRequest::default(), "BAD_FIELD legal_entity"),
        (ListPapersRequest { page_size: -1, ..all() }, "BAD_PAGE_SIZE page_size"),
        (ListPapersRequest { page_size: 1001, ..all() }, "BAD_PAGE_SIZE page_size"),
        (ListPapersRequest { page_token: "x".into(), ..all() }, "BAD_PAGE_TOKEN page_token"),
        (ListPapersRequest { kind: 99, ..all() }, "BAD_FIELD kind"),
        (ListPapersRequest { year: 26, ..all() }, "BAD_FIELD year"),
        (ListPapersRequest { year: 100_000, ..all() }, "BAD_FIELD year"),
    ] {
        assert_eq!(refused(client.list_papers(request).await), refusal);
    }
}

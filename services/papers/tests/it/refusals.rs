use proto::papers::v1::issue_paper_request::Subject;
use proto::papers::v1::{
    CorrectPaperRequest, GetPaperRequest, IssuePaperRequest, Paper, PaperKind, RenderPaperRequest,
};
use rpc::client::RemoteError;

use crate::fixtures::{EMPTY, PALLET, certificate, correct, issue, note, of_unit, sheet};
use crate::test_app::{TestApp, refused};

fn refusals() -> Vec<(IssuePaperRequest, &'static str)> {
    let with = |change: fn(&mut IssuePaperRequest)| {
        let mut request = note("PO-1");
        change(&mut request);
        request
    };
    vec![
        (with(|r| r.request_id.clear()), "REQUEST_ID_MISSING request_id"),
        (with(|r| r.request_id = "17".into()), "REQUEST_ID_MALFORMED request_id"),
        (with(|r| r.warehouse = "NONE".into()), "UNKNOWN_WAREHOUSE warehouse"),
        (with(|r| r.warehouse = "MARS".into()), "BAD_FIELD warehouse"),
        (with(|r| r.language = "it".into()), "BAD_LANGUAGE language"),
        (with(|r| r.language = "DE".into()), "BAD_LANGUAGE language"),
        (with(|r| r.issue_date = "1.12.2026".into()), "BAD_FIELD issue_date"),
        (with(|r| r.issue_date = "9999-01-01".into()), "BAD_FIELD issue_date"),
        (with(|r| r.warehouse = "OLD".into()), "PAPER_YEAR_CLOSED issue_date"),
        (with(|r| r.kind = 0), "BAD_FIELD kind"),
        (with(|r| r.kind = 99), "BAD_FIELD kind"),
        (with(|r| r.kind = PaperKind::PickList.into()), "PAPER_NOT_OF_KIND kind"),
        (with(|r| r.kind = PaperKind::DeliveryNote.into()), "PAPER_NOT_OF_KIND kind"),
        (with(|r| r.kind = PaperKind::ProductionOrder.into()), "BAD_FIELD kind"),
        (with(|r| r.kind = PaperKind::PackingList.into()), "PAPER_NOT_OF_KIND kind"),
        (with(|r| r.subject = None), "BAD_FIELD subject"),
        (with(|r| r.subject = Some(Subject::Delivery("PO\t1".into()))), "BAD_CODE delivery"),
        (note("PO-404"), "DELIVERY_NOT_FOUND delivery"),
        (note("PO-0"), "PAPER_EMPTY delivery"),
        (of_unit(PaperKind::SsccLabel, "376104250021234560"), "BAD_CODE handling_unit"),
        (of_unit(PaperKind::SsccLabel, "006104250021234565"), "HANDLING_UNIT_NOT_FOUND handling_unit"),
        (of_unit(PaperKind::PackingList, EMPTY), "PAPER_EMPTY handling_unit"),
        (of_unit(PaperKind::GoodsReceiptNote, PALLET), "PAPER_NOT_OF_KIND kind"),
        (sheet("C-404"), "COUNT_NOT_FOUND count"),
        (sheet("C-0"), "PAPER_EMPTY count"),
        (issue(PaperKind::CountSheet, Subject::Delivery("PO-1".into())), "PAPER_NOT_OF_KIND kind"),
        (certificate("CHAIR", "NONE"), "PAPER_EMPTY traced"),
        (certificate("CHAIR", "HUGE"), "PAPER_TOO_LARGE traced"),
        (issue(PaperKind::TraceCertificate, Subject::Delivery("PO-1".into())), "PAPER_NOT_OF_KIND kind"),
    ]
}

pub(crate) async fn each_is_refused_with_its_reason_and_takes_no_number(app: &mut TestApp) {
    let mut client = app.client();
    for (request, refusal) in refusals() {
        assert_eq!(refused(client.issue_paper(request.clone()).await), refusal, "{request:?}");
    }
    let unknown = GetPaperRequest { legal_entity: "ACME-DE".into(), number: "GRN-2026-000001".into() };
    assert_eq!(refused(client.get_paper(unknown).await), "UNKNOWN_PAPER number");
    let show = |number: &str, format| RenderPaperRequest {
        legal_entity: "ACME-DE".into(),
        number: number.into(),
        format,
    };
    assert_eq!(refused(client.render_paper(show("GRN-2026-000001", 0)).await), "UNKNOWN_PAPER number");
    assert_eq!(refused(client.render_paper(show("17", 0)).await), "BAD_CODE number");
    assert_eq!(refused(client.render_paper(show("GRN-2026-000001", 99)).await), "BAD_FIELD format");
    let of =
        |number: &str| Paper { legal_entity: "ACME-DE".into(), number: number.into(), ..Paper::default() };
    let none = correct(&of("GRN-2026-000001"), "wrong");
    assert_eq!(refused(client.correct_paper(none).await), "UNKNOWN_PAPER number");
    assert!(app.papers("ACME-DE").await.is_empty(), "nothing changed");

    let paper = client.issue_paper(note("PO-1")).await.unwrap().into_inner().paper.unwrap();
    assert!(paper.number.ends_with("-000001"), "{}", paper.number);
    assert_eq!(refused(client.correct_paper(correct(&paper, " ")).await), "BAD_FIELD reason");
    assert_eq!(
        refused(client.correct_paper(correct(&paper, &"x".repeat(201))).await),
        "TEXT_TOO_LONG reason"
    );
    let wrong = CorrectPaperRequest { language: "it".into(), ..correct(&paper, "wrong") };
    assert_eq!(refused(client.correct_paper(wrong).await), "BAD_LANGUAGE language");
    let elsewhere = CorrectPaperRequest { legal_entity: "ACME-US".into(), ..correct(&paper, "wrong") };
    assert_eq!(refused(client.correct_paper(elsewhere).await), "UNKNOWN_PAPER number");
}

pub(crate) async fn sources_that_are_away_are_said_to_be(app: &mut TestApp) {
    app.ask_nobody().await;
    let error = RemoteError::from(&app.client().issue_paper(note("PO-1")).await.unwrap_err());
    assert_eq!((error.reason.as_str(), error.is_retryable()), ("SERVER_UNREACHABLE", true));
    assert!(error.retry_after.is_some());
}

use proto::papers::v1::{
    GetPaperRequest, IssuePaperRequest, JournalPosition, Paper, PaperFormat, PaperKind, RenderPaperRequest,
};
use serde_json::Value;

use crate::fixtures::{PALLET, certificate, id, note, of_unit};
use crate::sources::SEQUENCE;
use crate::test_app::{Client, TestApp, refused};

async fn issued(client: &mut Client, request: IssuePaperRequest) -> Paper {
    client.issue_paper(request).await.unwrap().into_inner().paper.unwrap()
}

/// What stands on it.
fn content(paper: &Paper) -> Value {
    serde_json::from_str(&paper.content).unwrap()
}

fn place(number: &str) -> &str {
    number.rsplit('-').next().unwrap()
}

pub(crate) async fn a_delivery_gets_its_note(app: &mut TestApp) {
    let mut client = app.client();
    let paper = issued(&mut client, note("PO-1")).await;
    assert_eq!((place(&paper.number), paper.kind()), ("000001", PaperKind::GoodsReceiptNote));
    assert_eq!(paper.number, format!("GRN-{}-000001", &paper.issue_date[..4]));
    assert_eq!((paper.legal_entity.as_str(), paper.warehouse.as_str()), ("ACME-DE", "BER"));
    assert_eq!((paper.subject.as_str(), paper.language.as_str()), ("PO-1", "de"));
    assert_eq!(paper.as_of, [JournalPosition { warehouse: "BER".into(), sequence: SEQUENCE }]);
    let content = content(&paper);
    assert_eq!(content["head"]["number"], paper.number);
    assert_eq!(content["head"]["issuer"]["name"], "Acme Möbel GmbH");
    assert_eq!(content["head"]["issued"]["time_zone"], "Europe/Berlin");
    let row = &content["tables"][0]["rows"][0];
    assert_eq!(row[2]["text"], "Möbel CHAIR");
    assert_eq!(row[4]["quantity"], serde_json::json!(["38.5", "EA"]));
    let read = GetPaperRequest { legal_entity: "ACME-DE".into(), number: paper.number.clone() };
    assert_eq!(client.get_paper(read).await.unwrap().into_inner().paper, Some(paper));
    // As of an entry that is further back.
    let paper = issued(&mut client, IssuePaperRequest { as_of_sequence: 7, ..note("PO-2") }).await;
    assert_eq!((place(&paper.number), paper.as_of[0].sequence), ("000002", 7));
}

pub(crate) async fn a_return_gets_its_own_note(app: &mut TestApp) {
    let mut client = app.client();
    let request = IssuePaperRequest { kind: PaperKind::ReturnNote.into(), ..note("RMA-1") };
    let paper = issued(&mut client, request).await;
    assert!(paper.number.starts_with("RET-"), "{}", paper.number);
    assert_eq!(refused(client.issue_paper(note("RMA-1")).await), "PAPER_NOT_OF_KIND kind");
    let request = IssuePaperRequest { kind: PaperKind::ReturnNote.into(), ..note("PO-1") };
    assert_eq!(refused(client.issue_paper(request).await), "PAPER_NOT_OF_KIND kind");
}

pub(crate) async fn a_pallet_gets_its_list_and_its_label(app: &mut TestApp) {
    let mut client = app.client();
    let list = issued(&mut client, of_unit(PaperKind::PackingList, PALLET)).await;
    let content = content(&list);
    let rows = content["tables"][0]["rows"].as_array().unwrap();
    let items: Vec<&str> = rows.iter().map(|row| row[1]["text"].as_str().unwrap()).collect();
    assert_eq!(items, ["CHAIR", "LAMP"], "what is right in it, and in the box in it");
    assert_eq!(content["barcodes"][0][1], format!("(00){PALLET}"));
    let label = issued(&mut client, of_unit(PaperKind::SsccLabel, PALLET)).await;
    assert!(label.number.starts_with("LABEL-"), "{}", label.number);
}

pub(crate) async fn a_lot_gets_its_certificate(app: &mut TestApp) {
    let mut client = app.client();
    let paper = issued(&mut client, certificate("CHAIR", "L-7")).await;
    assert_eq!(paper.subject, "CHAIR L-7");
    assert_eq!(paper.as_of, [JournalPosition { warehouse: "BER".into(), sequence: SEQUENCE }]);
    let refusal = IssuePaperRequest { as_of_sequence: 7, ..certificate("CHAIR", "L-7") };
    assert_eq!(refused(client.issue_paper(refusal).await), "BAD_FIELD as_of_sequence");
}

pub(crate) async fn papers_are_shown_as_files(app: &mut TestApp) {
    let mut client = app.client();
    let paper = issued(&mut client, note("PO-1")).await;
    let number = paper.number.clone();
    let show = |format: PaperFormat| RenderPaperRequest {
        legal_entity: "ACME-DE".into(),
        number: number.clone(),
        format: format.into(),
    };
    for (format, ending, media_type, begins) in [
        (PaperFormat::Unspecified, "pdf", "application/pdf", "%PDF-"),
        (PaperFormat::Html, "html", "text/html; charset=utf-8", "<!doctype html>\n<html lang=\"de\">"),
        (PaperFormat::Json, "json", "application/json", "{"),
    ] {
        let file = client.render_paper(show(format)).await.unwrap().into_inner();
        assert_eq!(file.file_name, format!("{number}.{ending}"));
        assert_eq!(file.media_type, media_type);
        assert!(file.content.starts_with(begins.as_bytes()), "{ending}");
        let again = client.render_paper(show(format)).await.unwrap().into_inner();
        assert_eq!(again, file, "the same bytes");
    }
    let json = client.render_paper(show(PaperFormat::Json)).await.unwrap().into_inner();
    assert_eq!(String::from_utf8(json.content).unwrap(), paper.content);
}

pub(crate) async fn a_request_has_one_paper(app: &mut TestApp) {
    let mut client = app.client();
    let request = note("PO-1");
    let paper = issued(&mut client, request.clone()).await;
    assert_eq!(issued(&mut client, request.clone()).await, paper);
    let other = IssuePaperRequest { language: "fr".into(), ..request.clone() };
    assert_eq!(refused(client.issue_paper(other).await), "REQUEST_ID_REUSED request_id");
    app.ask_nobody().await;
    let mut client = app.client();
    assert_eq!(issued(&mut client, request).await, paper, "whatever became of what it is about");
    assert_eq!(app.papers("ACME-DE").await.len(), 1);
}

pub(crate) async fn the_language_is_asked_for_or_that_of_the_legal_entity(app: &mut TestApp) {
    let mut client = app.client();
    for (warehouse, asked, language) in
        [("BER", "", "de"), ("BER", "fr", "fr"), ("LAX", "", "en"), ("LAX", "es", "es")]
    {
        let (warehouse, asked) = (warehouse.to_owned(), asked.to_owned());
        let request = IssuePaperRequest { request_id: id(), warehouse, language: asked, ..note("PO-1") };
        assert_eq!(issued(&mut client, request).await.language, language);
    }
}

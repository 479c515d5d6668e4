use proto::papers::v1::{GetPaperRequest, Paper, PaperFormat, RenderPaperRequest};
use tokio::task::JoinSet;

use crate::fixtures::{correct, note};
use crate::test_app::{Client, TestApp, refused};

async fn read(client: &mut Client, number: &str) -> Paper {
    let request = GetPaperRequest { legal_entity: "ACME-DE".into(), number: number.into() };
    client.get_paper(request).await.unwrap().into_inner().paper.unwrap()
}

pub(crate) async fn a_correction_takes_the_place_of_a_paper(app: &mut TestApp) {
    let mut client = app.client();
    let wrong = client.issue_paper(note("PO-1")).await.unwrap().into_inner().paper.unwrap();
    let request = correct(&wrong, "2 zu viel gezählt");
    let right = client.correct_paper(request.clone()).await.unwrap().into_inner().paper.unwrap();
    assert_eq!(
        (right.corrects.as_str(), right.correction_reason.as_str()),
        (wrong.number.as_str(), "2 zu viel gezählt")
    );
    assert_eq!((&right.subject, &right.language), (&wrong.subject, &wrong.language));
    assert!(right.number.ends_with("-000002"), "{}", right.number);
    // What was issued stays as it is; only that it was corrected is told with it.
    let now = read(&mut client, &wrong.number).await;
    assert_eq!(now, Paper { corrected_by: right.number.clone(), ..wrong.clone() });
    let show = RenderPaperRequest {
        legal_entity: "ACME-DE".into(),
        number: wrong.number.clone(),
        format: PaperFormat::Html.into(),
    };
    let html = client.render_paper(show).await.unwrap().into_inner().content;
    let said = format!("Nicht mehr gültig: berichtigt durch {}", right.number);
    assert!(String::from_utf8(html).unwrap().contains(&said));

    assert_eq!(
        client.correct_paper(request).await.unwrap().into_inner().paper,
        Some(right.clone()),
        "harmless to repeat"
    );
    assert_eq!(refused(client.correct_paper(correct(&wrong, "again")).await), "PAPER_CORRECTED number");
    let third = client.correct_paper(correct(&right, "again")).await.unwrap().into_inner().paper.unwrap();
    assert_eq!(third.corrects, right.number);
    let corrected: Vec<String> =
        app.papers("ACME-DE").await.into_iter().map(|paper| paper.corrected_by).collect();
    assert_eq!(corrected, [right.number, third.number, String::new()]);
}

pub(crate) async fn one_of_many_corrects_a_paper(app: &mut TestApp) {
    let wrong = app.client().issue_paper(note("PO-1")).await.unwrap().into_inner().paper.unwrap();
    let mut writers = JoinSet::new();
    for _ in 0..8 {
        let (mut client, request) = (app.client(), correct(&wrong, "wrong"));
        writers.spawn(async move {
            match client.correct_paper(request).await {
                Ok(_) => "won".to_owned(),
                refusal => refused(refusal),
            }
        });
    }
    let mut outcomes = writers.join_all().await;
    outcomes.sort();
    assert_eq!(outcomes.iter().filter(|outcome| *outcome == "won").count(), 1, "{outcomes:?}");
    assert!(
        outcomes.iter().all(|outcome| outcome == "won" || outcome == "PAPER_CORRECTED number"),
        "{outcomes:?}"
    );
    assert_eq!(app.papers("ACME-DE").await.len(), 2);
}

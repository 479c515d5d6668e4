//! What stands on every kind of paper in every language, compared with what stood there when somebody last looked at it.
//! `GOLDEN=write` writes what stands there now: look at the difference, and at the pictures that `cargo run -p paper-core --example show` makes.

use std::path::PathBuf;

use paper_core::{Kind, Language, Paper};

use crate::fixtures::{correction, delivery, head, paper};
use crate::seen::texts;

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/it/golden").join(name)
}

fn check(name: &str, now: &str) {
    let path = file(name);
    if std::env::var("GOLDEN").is_ok_and(|wish| wish == "write") {
        std::fs::write(&path, now).unwrap();
    }
    let then = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(then == now, "{name} is not what it was:\n{now}");
}

/// The texts of its PDF, page by page.
fn text(paper: &Paper) -> String {
    let pages = texts(&paper.to_pdf(None).unwrap());
    let page = |texts: &Vec<String>| texts.iter().map(|text| format!("{text}\n")).collect::<String>();
    pages.iter().map(page).collect::<Vec<_>>().join("--- next page ---\n").replace('\u{a0}', " ")
}

#[test]
fn every_kind_says_what_it_said_in_every_language() {
    for (kind, language) in
        Kind::ALL.into_iter().flat_map(|kind| Language::ALL.map(|language| (kind, language)))
    {
        check(&format!("{kind}.{language}.txt"), &text(&paper(kind, language)));
    }
}

#[test]
fn a_correction_says_what_it_corrects() {
    check("correction.de.txt", &text(&correction(Language::De)));
}

#[test]
fn json_and_html_are_what_they_were() {
    let paper = paper(Kind::GoodsReceiptNote, Language::De);
    check("goods_receipt_note.de.json", &paper.to_json().unwrap());
    check("goods_receipt_note.de.html", &paper.to_html(None).unwrap());
}

#[test]
fn a_long_paper_says_on_every_page_what_it_is() {
    let paper = delivery(90).compose(head(Kind::DeliveryNote, Language::Fr));
    let pages = texts(&paper.to_pdf(None).unwrap());
    assert!(pages.len() > 2, "{} pages", pages.len());
    for (number, texts) in (1..).zip(&pages) {
        let has = |text: &str| texts.iter().any(|other| other == text);
        assert!(has("Désignation") || number == pages.len(), "the head of the table on page {number}");
        assert!(has(&format!("Page {number} sur {}", pages.len())), "{texts:?}");
        assert!(number == 1 || has("Bon de livraison DN-2026-000017"), "{texts:?}");
    }
    let lines = pages.iter().flatten().filter(|text| text.starts_with("ART-")).count();
    assert_eq!(lines, 90, "every line once");
}

#[test]
fn the_same_paper_is_the_same_bytes() {
    for kind in Kind::ALL {
        let paper = paper(kind, Language::Es);
        let read = Paper::from_json(&paper.to_json().unwrap()).unwrap();
        assert_eq!(read, paper);
        assert_eq!(read.to_pdf(None).unwrap(), paper.to_pdf(None).unwrap(), "{kind}");
        assert_eq!(read.to_html(None).unwrap(), paper.to_html(None).unwrap(), "{kind}");
    }
}

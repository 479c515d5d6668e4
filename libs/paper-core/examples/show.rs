//! Writes every kind of paper in every language as PDF, HTML and pictures, to be looked at: `cargo run -p paper-core --example show DIRECTORY`.

#![expect(clippy::unwrap_used, reason = "a program for the bench: what goes wrong ends it")]
#![allow(dead_code, reason = "the tests use more of what they share")]

use std::path::{Path, PathBuf};

use paper_core::{Kind, Language, Number, Paper};

#[path = "../tests/it/fixtures.rs"]
mod fixtures;
#[path = "../tests/it/seen.rs"]
mod seen;

fn main() {
    let directory = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| "target/papers".into()));
    std::fs::create_dir_all(&directory).unwrap();
    for (kind, language) in
        Kind::ALL.into_iter().flat_map(|kind| Language::ALL.map(|language| (kind, language)))
    {
        write(&directory, &format!("{kind}.{language}"), &fixtures::paper(kind, language), None);
    }
    let long = fixtures::delivery(90).compose(fixtures::head(Kind::DeliveryNote, Language::De));
    write(&directory, "long.de", &long, None);
    let by = Number::try_new(Kind::GoodsReceiptNote, 2026, 18).unwrap();
    write(&directory, "correction.de", &fixtures::correction(Language::De), Some(by));
}

fn write(directory: &Path, name: &str, paper: &Paper, corrected_by: Option<Number>) {
    let file = paper.to_pdf(corrected_by).unwrap();
    std::fs::write(directory.join(format!("{name}.pdf")), &file).unwrap();
    std::fs::write(directory.join(format!("{name}.html")), paper.to_html(corrected_by).unwrap()).unwrap();
    for (number, picture) in (1..).zip(seen::pictures(&file)) {
        std::fs::write(directory.join(format!("{name}.{number}.png")), picture.into_png().unwrap()).unwrap();
    }
}

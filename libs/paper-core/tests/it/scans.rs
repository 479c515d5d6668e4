//! Barcodes are read from the page, as a scanner reads them.

use std::collections::BTreeSet;

use paper_core::{Kind, Language, Paper};
use rxing::{BarcodeFormat, DecodeHints};

use crate::fixtures::{GTIN, SSCC, paper};
use crate::seen::{SCALE, grey, pictures};

/// What stands for FNC1 in what is read.
const FNC1: char = '\u{1d}';

/// What a scanner reads in a part of the first page, whose edges are in points; nothing where it reads nothing.
fn read(picture: &Picture, format: BarcodeFormat, [left, top, right, bottom]: [usize; 4]) -> Option<String> {
    let (pixels, width) = picture;
    let [left, top, right, bottom] = [left, top, right, bottom].map(|points| points * usize::from(SCALE));
    let right = right.min(*width);
    let rows = pixels.chunks(*width).skip(top).take(bottom - top);
    let part: Vec<u8> = rows.flat_map(|row| &row[left..right]).copied().collect();
    let (wide, high) =
        (u32::try_from(right - left).unwrap(), u32::try_from(part.len() / (right - left)).unwrap());
    let mut hints = DecodeHints { AssumeGs1: Some(true), TryHarder: Some(true), ..DecodeHints::default() };
    let read = rxing::helpers::detect_in_luma_slice_with_hints(&part, wide, high, Some(format), &mut hints);
    Some(read.ok()?.getText().trim_start_matches("]C1").trim_start_matches(FNC1).to_owned())
}

/// Grey values of the first page, and how many are in a row.
type Picture = (Vec<u8>, usize);

fn first_page(paper: &Paper) -> Picture {
    let pictures = pictures(&paper.to_pdf(None).unwrap());
    let (pixels, width, _) = grey(&pictures[0]);
    (pixels, width as usize)
}

/// All bars of the first page: it is read strip by strip, as a hand moves down with a scanner.
fn bars(paper: &Paper) -> BTreeSet<String> {
    let picture = first_page(paper);
    let strips = (0..400).step_by(20).map(|top| [0, top, 600, top + 24]);
    strips.filter_map(|strip| read(&picture, BarcodeFormat::CODE_128, strip)).collect()
}

#[test]
fn the_number_of_every_paper_is_read_from_its_first_page() {
    for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::SsccLabel) {
        let paper = paper(kind, Language::De);
        let text = read(&first_page(&paper), BarcodeFormat::DATA_MATRIX, [470, 30, 570, 120]);
        assert_eq!(text, Some(format!("93{}", paper.head.number)), "{kind}");
    }
}

#[test]
fn the_handling_unit_of_a_packing_list_is_read() {
    assert_eq!(bars(&paper(Kind::PackingList, Language::Fr)), [format!("00{SSCC}")].into());
}

#[test]
fn unit_and_item_of_a_logistic_label_are_read() {
    let both = [format!("00{SSCC}"), format!("01{GTIN}")].into();
    assert_eq!(bars(&paper(Kind::SsccLabel, Language::Es)), both);
}

//! A logistic label on one page of A6.

use super::barcodes;
use super::font::{Fonts, Weight};
use super::length::{Length, hundredths, part_of, pt, times};
use super::sheet::{Area, Ink, Page, Style};
use crate::{Barcode, Cell, Number, Paper, PaperFault, Word};

const WIDTH: Length = hundredths(29_764);
const HEIGHT: Length = hundredths(41_953);
const LEFT: Length = pt(16);
/// A module of the bars: 0.53 mm, where GS1 asks for 0.495 to 1.016 on logistic units (General Specifications, symbol specification table 5).
const MODULE: Length = hundredths(150);
/// 31.75 mm and more, as asked for there.
const BARS_HIGH: Length = pt(91);

const NAME: Style = Style::new(Weight::Bold, pt(11), Ink::Black);
const LABEL: Style = Style::new(Weight::Regular, pt(7), Ink::Grey);
const VALUE: Style = Style::new(Weight::Bold, pt(10), Ink::Black);
const CAPTION: Style = Style::new(Weight::Regular, pt(11), Ink::Black);

pub(super) fn pages(
    paper: &Paper,
    fonts: &Fonts,
    corrected_by: Option<Number>,
) -> Result<Vec<Page>, PaperFault> {
    let language = paper.head.language;
    let mut page = Page::new(WIDTH, HEIGHT);
    let mut y = pt(16) + NAME.size;
    for line in fonts.lines(&paper.head.issuer.name, NAME, WIDTH - LEFT - LEFT).iter().take(2) {
        page.text((LEFT, y), NAME, line);
        y += NAME.leading();
    }
    page.area(Ink::Black, Area { x: LEFT, y: y - pt(8), width: WIDTH - LEFT - LEFT, height: pt(1) });
    y += pt(4);
    if let Some(number) = corrected_by {
        let style = Style::new(Weight::Bold, pt(8), Ink::Red);
        page.text((LEFT, y), style, &format!("{} {number}", Word::CorrectedBy.in_language(language)));
        y += style.leading();
    }
    facts(&mut page, paper, fonts, y);
    let mut bottom = HEIGHT - pt(16);
    let foot = format!("{} · {}", paper.head.warehouse.code, paper.head.number);
    page.text((LEFT, bottom), LABEL, &foot);
    for (_, barcode) in paper.barcodes.iter().rev() {
        bottom -= pt(26);
        symbol(&mut page, fonts, barcode, bottom)?;
        bottom -= BARS_HIGH;
    }
    Ok(vec![page])
}

/// Two facts a row.
fn facts(page: &mut Page, paper: &Paper, fonts: &Fonts, top: Length) {
    let language = paper.head.language;
    let known: Vec<_> = paper.facts.iter().filter(|fact| fact.value != Cell::Empty).collect();
    let width = part_of(WIDTH - LEFT - LEFT, hundredths(2));
    for (row, pair) in known.chunks(2).enumerate() {
        let y = top + pt(26) * times(row);
        for (column, fact) in pair.iter().enumerate() {
            let x = LEFT + width * times(column);
            page.text((x, y), LABEL, fact.label.in_language(language));
            let lines = fonts.lines(&fact.value.shown(language), VALUE, width - pt(4));
            page.text((x, y + pt(12)), VALUE, lines.first().map_or("", String::as_str));
        }
    }
}

/// Bars with their caption, whose base line is at `bottom`.
fn symbol(page: &mut Page, fonts: &Fonts, barcode: &Barcode, bottom: Length) -> Result<(), PaperFault> {
    let modules = barcode.bars()?;
    let width = MODULE * times(modules.len());
    let left = part_of(WIDTH - width, hundredths(2));
    let quiet = MODULE * times(barcodes::QUIET);
    page.marks.push(barcodes::bars(&modules, (left - quiet, bottom - pt(14) - BARS_HIGH), MODULE, BARS_HIGH));
    let x = part_of(WIDTH - fonts.width(barcode.caption(), CAPTION), hundredths(2));
    page.text((x, bottom), CAPTION, barcode.caption());
    Ok(())
}

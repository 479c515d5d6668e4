//! What stands above the tables: who, what, for whom, and what it refers to.

use super::barcodes;
use super::flow::{Flow, LEFT, RIGHT, SMALL, STRONG, TEXT, line};
use super::font::Weight;
use super::length::{Length, hundredths, part_of, pt, times};
use super::sheet::{Ink, Style};
use crate::{Align, Number, PaperFault, Word, show};

const NAME: Style = Style::new(Weight::Bold, pt(12), Ink::Navy);
const TITLE: Style = Style::new(Weight::Bold, pt(20), Ink::Navy);
const NUMBER: Style = Style::new(Weight::Bold, pt(13), Ink::Black);
const VOID: Style = Style::new(Weight::Bold, pt(10), Ink::Red);
/// A module of the DataMatrix: 1.06 mm.
const MATRIX_MODULE: Length = pt(3);
/// A module of bars: 0.353 mm, where GS1 asks for at least 0.25.
const BAR_MODULE: Length = pt(1);
const BARS_HIGH: Length = pt(40);
/// Facts side by side.
const FACTS_A_ROW: usize = 4;
const GAP: Length = pt(14);

pub(super) fn draw(flow: &mut Flow<'_>, corrected_by: Option<Number>) -> Result<(), PaperFault> {
    letterhead(flow)?;
    title(flow);
    validity(flow, corrected_by);
    parties(flow);
    facts(flow);
    symbols(flow)
}

/// The issuer on the left, the barcode of the number on the right.
fn letterhead(flow: &mut Flow<'_>) -> Result<(), PaperFault> {
    let rows = flow.paper.own_barcode().matrix()?;
    let side = MATRIX_MODULE * times(rows.len());
    let top = flow.y;
    flow.page.marks.push(barcodes::matrix(&rows, (RIGHT - side, top), MATRIX_MODULE));
    let (issuer, fonts) = (&flow.paper.head.issuer, flow.fonts);
    let room = RIGHT - LEFT - side - GAP;
    let mut y = top + NAME.size;
    for line in fonts.lines(&issuer.name, NAME, room) {
        flow.page.text((LEFT, y), NAME, &line);
        y += NAME.leading();
    }
    for line in issuer.address.iter().flat_map(|line| fonts.lines(line, SMALL, room)) {
        flow.page.text((LEFT, y), SMALL, &line);
        y += SMALL.leading();
    }
    flow.y = y.max(top + side) + pt(16);
    Ok(())
}

fn title(flow: &mut Flow<'_>) {
    let title = flow.word(flow.paper.kind.title());
    flow.y += TITLE.size;
    flow.page.text((LEFT, flow.y), TITLE, title);
    let number = flow.paper.head.number.to_string();
    flow.page.aligned(flow.fonts, (LEFT, RIGHT, flow.y), (Align::Right, NUMBER), &number);
    flow.y += pt(9);
    flow.page.area(Ink::Navy, line(flow.y, hundredths(125)));
    flow.y += pt(14);
}

/// What it corrects, and what corrects it.
fn validity(flow: &mut Flow<'_>, corrected_by: Option<Number>) {
    if let Some(number) = corrected_by {
        let text = format!("{} {number}", flow.word(Word::CorrectedBy));
        flow.paragraph(VOID, &text);
        flow.y += pt(6);
    }
    if let Some(correction) = &flow.paper.head.corrects {
        let text = format!("{} {}", flow.word(Word::Corrects), correction.number);
        flow.paragraph(STRONG, &text);
        let text = format!("{}: {}", flow.word(Word::Reason), correction.reason);
        flow.paragraph(TEXT, &text);
        flow.y += pt(8);
    }
}

/// Name and address of those it is for, side by side.
fn parties(flow: &mut Flow<'_>) {
    let (parties, fonts) = (&flow.paper.parties, flow.fonts);
    if parties.is_empty() {
        return;
    }
    let width = part_of(RIGHT - LEFT - GAP, hundredths(2));
    let (mut x, mut deepest) = (LEFT, flow.y);
    for party in parties {
        let mut y = flow.y + SMALL.size;
        flow.page.text((x, y), SMALL, flow.word(party.role));
        y += pt(14);
        for (at, text) in party.lines.iter().enumerate() {
            let style = if at == 0 { STRONG } else { TEXT };
            for line in fonts.lines(text, style, width) {
                flow.page.text((x, y), style, &line);
                y += style.leading();
            }
        }
        deepest = deepest.max(y);
        x += width + GAP;
    }
    flow.y = deepest + pt(6);
}

/// Labels with their values below, in columns.
fn facts(flow: &mut Flow<'_>) {
    let (head, language) = (&flow.paper.head, flow.paper.head.language);
    let place = [head.warehouse.code.as_str(), head.warehouse.name.as_str()].join(" · ");
    let mut all = vec![(Word::Date, show::day(&head.issued.date, language)), (Word::Warehouse, place)];
    all.extend(flow.paper.facts.iter().map(|fact| (fact.label, fact.value.shown(language))));
    all.push((Word::IssuedAt, show::issued(&head.issued, language)));
    let count = times(FACTS_A_ROW);
    let width = part_of(RIGHT - LEFT - GAP * (count - hundredths(1)), count);
    for row in all.chunks(FACTS_A_ROW) {
        let shown: Vec<_> = row.iter().map(|(_, text)| flow.fonts.lines(text, TEXT, width)).collect();
        let deep = shown.iter().map(Vec::len).max().unwrap_or(0);
        flow.need(pt(20) + TEXT.leading() * times(deep));
        let mut x = LEFT;
        for ((label, _), lines) in row.iter().zip(shown) {
            flow.page.text((x, flow.y + SMALL.size), SMALL, flow.word(*label));
            let mut y = flow.y + pt(20);
            for line in lines {
                flow.page.text((x, y), TEXT, &line);
                y += TEXT.leading();
            }
            x += width + GAP;
        }
        flow.y += pt(20) + TEXT.leading() * times(deep);
    }
    flow.y += pt(4);
}

/// Bars, each with what it is above and what is in it below.
fn symbols(flow: &mut Flow<'_>) -> Result<(), PaperFault> {
    for (label, barcode) in &flow.paper.barcodes {
        let modules = barcode.bars()?;
        flow.need(BARS_HIGH + pt(36));
        flow.page.text((LEFT, flow.y + SMALL.size), SMALL, flow.word(*label));
        let (x, y) = (LEFT - BAR_MODULE * times(barcodes::QUIET), flow.y + pt(14));
        flow.page.marks.push(barcodes::bars(&modules, (x, y), BAR_MODULE, BARS_HIGH));
        flow.page.text((LEFT, y + BARS_HIGH + pt(11)), TEXT, barcode.caption());
        flow.y = y + BARS_HIGH + pt(20);
    }
    Ok(())
}

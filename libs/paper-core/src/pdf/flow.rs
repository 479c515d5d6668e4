//! Page after page of A4.

use super::font::{Fonts, Weight};
use super::length::{Length, hundredths, part_of, pt};
use super::sheet::{Area, Ink, Page, Style};
use super::{table, top};
use crate::{Align, AsOf, Number, Paper, PaperFault, Word};

pub(super) const WIDTH: Length = hundredths(59_528);
const HEIGHT: Length = hundredths(84_189);
pub(super) const LEFT: Length = pt(50);
pub(super) const RIGHT: Length = hundredths(54_528);
/// Where the first page begins, and the others, below their line of head.
const TOP: Length = pt(42);
const TOP_AGAIN: Length = pt(72);
/// Where the foot begins.
const BOTTOM: Length = hundredths(77_500);

pub(super) const SMALL: Style = Style::new(Weight::Regular, hundredths(750), Ink::Grey);
pub(super) const TEXT: Style = Style::new(Weight::Regular, hundredths(900), Ink::Black);
pub(super) const STRONG: Style = Style::new(Weight::Bold, hundredths(900), Ink::Black);

/// A paper as it grows downwards.
pub(super) struct Flow<'a> {
    pub(super) paper: &'a Paper,
    pub(super) fonts: &'a Fonts,
    pages: Vec<Page>,
    /// The page that is written on.
    pub(super) page: Page,
    /// How far down it is.
    pub(super) y: Length,
}

/// All pages of a paper.
pub(super) fn pages(
    paper: &Paper,
    fonts: &Fonts,
    corrected_by: Option<Number>,
) -> Result<Vec<Page>, PaperFault> {
    let mut flow = Flow { paper, fonts, pages: Vec::new(), page: Page::new(WIDTH, HEIGHT), y: TOP };
    top::draw(&mut flow, corrected_by)?;
    for listed in &paper.tables {
        table::draw(&mut flow, listed);
    }
    flow.notes();
    flow.signatures();
    Ok(flow.finish())
}

impl Flow<'_> {
    /// A word of the paper's language.
    pub(super) fn word(&self, word: Word) -> &'static str {
        word.in_language(self.paper.head.language)
    }

    /// What is left of the page.
    pub(super) fn room(&self) -> Length {
        BOTTOM - self.y
    }

    /// What an empty page has.
    pub(super) fn room_max() -> Length {
        BOTTOM - TOP_AGAIN
    }

    /// Goes on overleaf when there is less room than that.
    pub(super) fn need(&mut self, height: Length) {
        if self.room() < height {
            self.turn();
        }
    }

    /// The next page, with a line that says what it is of.
    pub(super) fn turn(&mut self) {
        self.pages.push(std::mem::replace(&mut self.page, Page::new(WIDTH, HEIGHT)));
        let head = &self.paper.head;
        let title = format!("{} {}", self.word(self.paper.kind.title()), head.number);
        self.page.text((LEFT, pt(48)), STRONG, &title);
        self.page.aligned(self.fonts, (LEFT, RIGHT, pt(48)), (Align::Right, SMALL), &head.issuer.name);
        self.page.area(Ink::Navy, line(pt(55), hundredths(75)));
        self.y = TOP_AGAIN;
    }

    /// Text in as many lines as it needs.
    pub(super) fn paragraph(&mut self, style: Style, text: &str) {
        for line in self.fonts.lines(text, style, RIGHT - LEFT) {
            self.need(style.leading());
            self.page.text((LEFT, self.y + style.size), style, &line);
            self.y += style.leading();
        }
    }

    fn notes(&mut self) {
        self.y += pt(8);
        let as_of = self
            .paper
            .head
            .as_of
            .iter()
            .map(|AsOf { warehouse, sequence }| format!("{warehouse} {sequence}"));
        let as_of: Vec<String> = as_of.collect();
        for note in &self.paper.notes {
            self.paragraph(TEXT, self.word(*note));
        }
        if !as_of.is_empty() {
            let text = format!("{}: {}", self.word(Word::AsOf), as_of.join(", "));
            self.paragraph(SMALL, &text);
        }
    }

    /// Lines to sign on, side by side and on one page.
    fn signatures(&mut self) {
        const HIGH: Length = pt(62);
        const GAP: Length = pt(22);
        let signers = &self.paper.signatures;
        if signers.is_empty() {
            return;
        }
        self.need(HIGH);
        let y = self.y + HIGH - pt(14);
        let count = super::length::times(signers.len().max(3));
        let width = part_of(RIGHT - LEFT - GAP * (count - hundredths(1)), count);
        let mut x = LEFT;
        for signer in signers {
            self.page.area(Ink::Grey, Area { x, y, width, height: hundredths(50) });
            let label = format!("{} · {}", self.word(*signer), self.word(Word::Date));
            let label =
                if self.fonts.width(&label, SMALL) > width { self.word(*signer).to_owned() } else { label };
            self.page.text((x, y + pt(10)), SMALL, &label);
            x += width + GAP;
        }
        self.y += HIGH;
    }

    fn finish(mut self) -> Vec<Page> {
        let mut pages = std::mem::take(&mut self.pages);
        pages.push(self.page);
        let head = &self.paper.head;
        let whose =
            [head.issuer.name.as_str(), head.warehouse.code.as_str(), &head.number.to_string()].join("  ·  ");
        let language = head.language;
        let (page_word, of) = (Word::Page.in_language(language), Word::Of.in_language(language));
        let count = pages.len();
        for (number, page) in (1..).zip(&mut pages) {
            let y = HEIGHT - pt(44);
            page.area(Ink::Silver, line(y - pt(11), hundredths(50)));
            page.text((LEFT, y), SMALL, &whose);
            let text = format!("{page_word} {number} {of} {count}");
            page.aligned(self.fonts, (LEFT, RIGHT, y), (Align::Right, SMALL), &text);
        }
        pages
    }
}

/// A line from margin to margin.
pub(super) fn line(y: Length, height: Length) -> Area {
    Area { x: LEFT, y, width: RIGHT - LEFT, height }
}

use super::font::{Fonts, Weight};
use super::length::{Length, hundredths, part_of};
use crate::Align;

/// Colours of a paper, so few that it looks right in grey.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ink {
    Black,
    Grey,
    /// Hairlines.
    Silver,
    /// Behind the heads of tables.
    Mist,
    /// Titles and the line below them.
    Navy,
    /// What must not be overlooked.
    Red,
}

impl Ink {
    /// Red, green and blue, in percent.
    pub(super) const fn percent(self) -> [u8; 3] {
        match self {
            Self::Black => [0, 0, 0],
            Self::Grey => [38, 41, 45],
            Self::Silver => [80, 82, 85],
            Self::Mist => [93, 94, 96],
            Self::Navy => [9, 21, 38],
            Self::Red => [72, 9, 13],
        }
    }
}

/// A rectangle from its upper left corner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Area {
    pub(super) x: Length,
    pub(super) y: Length,
    pub(super) width: Length,
    pub(super) height: Length,
}

/// How text looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Style {
    pub(super) weight: Weight,
    pub(super) size: Length,
    pub(super) ink: Ink,
}

impl Style {
    pub(super) const fn new(weight: Weight, size: Length, ink: Ink) -> Self {
        Self { weight, size, ink }
    }

    /// From one line to the next.
    pub(super) fn leading(self) -> Length {
        part_of(self.size * hundredths(5), hundredths(4))
    }
}

/// Something on a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Mark {
    /// Text from the left end of its base line.
    Text { x: Length, y: Length, style: Style, text: String },
    /// Filled rectangles.
    Areas { ink: Ink, areas: Vec<Area> },
}

/// A page, from its upper left corner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Page {
    pub(super) width: Length,
    pub(super) height: Length,
    pub(super) marks: Vec<Mark>,
}

impl Page {
    pub(super) const fn new(width: Length, height: Length) -> Self {
        Self { width, height, marks: Vec::new() }
    }

    /// Text from the left.
    pub(super) fn text(&mut self, (x, y): (Length, Length), style: Style, text: &str) {
        if !text.is_empty() {
            self.marks.push(Mark::Text { x, y, style, text: text.to_owned() });
        }
    }

    /// Text to the side that is asked for, between two edges.
    pub(super) fn aligned(
        &mut self,
        fonts: &Fonts,
        (left, right, y): (Length, Length, Length),
        (align, style): (Align, Style),
        text: &str,
    ) {
        let x = match align {
            Align::Left => left,
            Align::Right => right - fonts.width(text, style),
        };
        self.text((x, y), style, text);
    }

    /// A filled rectangle.
    pub(super) fn area(&mut self, ink: Ink, area: Area) {
        self.marks.push(Mark::Areas { ink, areas: vec![area] });
    }
}

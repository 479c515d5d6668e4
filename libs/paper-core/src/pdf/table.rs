//! Rows under a head that stands on every page.

use super::flow::{Flow, LEFT, RIGHT, line};
use super::font::Weight;
use super::length::{Length, hundredths, part_of, pt, times};
use super::sheet::{Area, Ink, Style};
use crate::{Align, Cell, Table};

const TITLE: Style = Style::new(Weight::Bold, pt(11), Ink::Navy);
const HEAD: Style = Style::new(Weight::Bold, hundredths(775), Ink::Black);
const TEXT: Style = Style::new(Weight::Regular, hundredths(850), Ink::Black);
const SUM: Style = Style::new(Weight::Bold, hundredths(850), Ink::Black);
/// Around the text of a cell: at its sides, above and below.
const SIDE: Length = pt(5);
const ABOVE: Length = pt(4);
/// A row that somebody writes in is at least this high, and its column this wide.
const PEN_HIGH: Length = pt(20);
const PEN_WIDE: Length = pt(48);

/// A column on the page.
#[derive(Debug, Clone, Copy)]
struct Place {
    left: Length,
    right: Length,
    align: Align,
}

impl Place {
    /// What text has.
    fn room(self) -> Length {
        self.right - self.left - SIDE - SIDE
    }
}

pub(super) fn draw(flow: &mut Flow<'_>, table: &Table) {
    let places = places(flow, table);
    let first = table.rows.first().map_or(pt(0), |row| height(&wrapped(flow, &places, row, TEXT), row));
    flow.y += pt(8);
    flow.need(pt(48) + first.min(pt(120)));
    flow.page.text((LEFT, flow.y + TITLE.size), TITLE, flow.word(table.title));
    flow.y += pt(18);
    head(flow, table, &places);
    for row in &table.rows {
        draw_row(flow, (table, &places), row, TEXT);
        flow.page.area(Ink::Silver, line(flow.y, hundredths(40)));
    }
    for row in &table.totals {
        draw_row(flow, (table, &places), row, SUM);
    }
    if !table.totals.is_empty() {
        flow.page.area(Ink::Navy, line(flow.y, hundredths(75)));
    }
    flow.y += pt(6);
}

fn head(flow: &mut Flow<'_>, table: &Table, places: &[Place]) {
    let labels: Vec<Cell> = table.columns.iter().map(|column| Cell::Word(column.label)).collect();
    let lines = wrapped(flow, places, &labels, HEAD);
    let height = height_of(&lines, HEAD);
    flow.page.area(Ink::Mist, line(flow.y, height));
    text(flow, places, &lines, HEAD);
    flow.y += height;
}

/// A row on this page, or on the next if it does not fit; one that fits on no page goes on overleaf.
fn draw_row(flow: &mut Flow<'_>, (table, places): (&Table, &[Place]), row: &[Cell], style: Style) {
    let mut left = wrapped(flow, places, row, style);
    loop {
        let high = height(&left, row);
        if high > flow.room() && (high <= Flow::room_max() - pt(40) || flow.room() < pt(40)) {
            flow.turn();
            head(flow, table, places);
        }
        let fits = part_of(flow.room() - ABOVE - ABOVE, style.leading());
        let fits = usize::try_from(fits.0).unwrap_or(0).max(1);
        let later: Vec<Vec<String>> =
            left.iter_mut().map(|lines| lines.split_off(fits.min(lines.len()))).collect();
        text(flow, places, &left, style);
        pens(flow, places, row);
        flow.y += height(&left, row);
        left = later;
        if left.iter().all(Vec::is_empty) {
            return;
        }
    }
}

/// Lines to write on, in cells that wait for a pen.
fn pens(flow: &mut Flow<'_>, places: &[Place], row: &[Cell]) {
    let y = flow.y + PEN_HIGH - ABOVE;
    for (place, _) in places.iter().zip(row).filter(|(_, cell)| **cell == Cell::Blank) {
        flow.page
            .area(Ink::Grey, Area { x: place.left + SIDE, y, width: place.room(), height: hundredths(40) });
    }
}

fn text(flow: &mut Flow<'_>, places: &[Place], lines: &[Vec<String>], style: Style) {
    for (place, lines) in places.iter().zip(lines) {
        let mut y = flow.y + ABOVE + style.size - hundredths(75);
        for line in lines {
            let edges = (place.left + SIDE, place.right - SIDE, y);
            flow.page.aligned(flow.fonts, edges, (place.align, style), line);
            y += style.leading();
        }
    }
}

fn wrapped(flow: &Flow<'_>, places: &[Place], row: &[Cell], style: Style) -> Vec<Vec<String>> {
    let language = flow.paper.head.language;
    let cell = |(place, cell): (&Place, &Cell)| flow.fonts.lines(&cell.shown(language), style, place.room());
    places.iter().zip(row).map(cell).collect()
}

fn height(lines: &[Vec<String>], row: &[Cell]) -> Length {
    let text = height_of(lines, TEXT);
    if row.contains(&Cell::Blank) { text.max(PEN_HIGH) } else { text }
}

fn height_of(lines: &[Vec<String>], style: Style) -> Length {
    let deep = lines.iter().map(Vec::len).max().unwrap_or(0).max(1);
    ABOVE + ABOVE + style.leading() * times(deep) - hundredths(200)
}

/// How wide columns are: at least their longest word. What is left goes where text would have to be broken, and then to each its share.
fn places(flow: &Flow<'_>, table: &Table) -> Vec<Place> {
    let all = RIGHT - LEFT;
    let wishes: Vec<(Length, Length)> = (0..table.columns.len()).map(|at| wish(flow, table, at)).collect();
    let sum =
        |of: fn(&(Length, Length)) -> Length| wishes.iter().map(of).fold(pt(0), |sum, width| sum + width);
    let (least, most) = (sum(|wish| wish.0), sum(|wish| wish.1));
    let shares = table.columns.iter().fold(0_i32, |sum, column| sum.saturating_add(i32::from(column.share)));
    let mut left = LEFT;
    let mut places: Vec<Place> = Vec::new();
    for (column, (least_here, most_here)) in table.columns.iter().zip(&wishes) {
        let width = if most <= all {
            *most_here + part(all - most, i32::from(column.share), shares)
        } else if least <= all {
            *least_here + part(all - least, (*most_here - *least_here).0, (most - least).0)
        } else {
            part(all, least_here.0, least.0)
        };
        places.push(Place { left, right: left + width, align: column.align });
        left += width;
    }
    places
}

/// The longest word and the longest text of a column, with what is around them.
fn wish(flow: &Flow<'_>, table: &Table, at: usize) -> (Length, Length) {
    let language = flow.paper.head.language;
    let mut wish = (pt(0), pt(0));
    let mut measure = |text: &str, style: Style| {
        let words = text.split(' ').map(|word| flow.fonts.width(word, style));
        wish.0 = wish.0.max(words.max().unwrap_or_default());
        wish.1 = wish.1.max(flow.fonts.width(text, style));
    };
    if let Some(column) = table.columns.get(at) {
        measure(column.label.in_language(language), HEAD);
    }
    let styled = table.rows.iter().map(|row| (row, TEXT)).chain(table.totals.iter().map(|row| (row, SUM)));
    for (cell, style) in styled.filter_map(|(row, style)| Some((row.get(at)?, style))) {
        measure(&cell.shown(language), style);
    }
    let pen = table.rows.iter().any(|row| row.get(at) == Some(&Cell::Blank));
    let around = SIDE + SIDE + hundredths(10);
    let least = if pen { wish.0.max(PEN_WIDE) } else { wish.0 };
    (least + around, wish.1.max(least) + around)
}

/// `of * share / all`.
fn part(of: Length, share: i32, all: i32) -> Length {
    let product = i64::from(of.0).saturating_mul(i64::from(share));
    hundredths(i32::try_from(product.checked_div(i64::from(all)).unwrap_or(0)).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_to_less_than_the_whole() {
        let parts: Length =
            [3, 5, 9].into_iter().map(|share| part(pt(100), share, 17)).fold(pt(0), |a, b| a + b);
        assert!(parts <= pt(100) && parts > pt(99));
        assert_eq!(part(pt(100), 1, 0), pt(0));
    }
}
